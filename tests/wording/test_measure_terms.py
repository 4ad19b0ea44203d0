"""Every promise that ships can be explained: what starts it, what stops it, what ended it."""

import json
from pathlib import Path

from grants.domain.results import EXCLUDING
from grants.wording import measure_terms, promises, results

FILES = sorted((Path(__file__).resolve().parents[2] / "grants/data/declarations").glob("*.json"))


def test_every_timed_promise_has_its_words() -> None:
    timed = [
        one
        for file in FILES
        for one in json.loads(file.read_text(encoding="utf-8"))["commitments"]
        if one["unit"]
    ]
    assert len(timed) > 4
    for one in timed:
        assert one["code"] in promises.WORDS
        facts = (one["start_event"], one["stop_event"], one["unit"])
        assert all(words for _, words in measure_terms.terms(*facts, "Le secrétariat"))


def test_what_sets_a_promise_apart_has_its_words() -> None:
    assert set(promises.ENDED) == set(results.REASONS) == EXCLUDING
