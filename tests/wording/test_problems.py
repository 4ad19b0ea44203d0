"""Every refusal of the product has a sentence that can be written with its facts."""

import ast
from collections.abc import Iterator
from datetime import UTC, date, datetime
from pathlib import Path
from string import Formatter

import pytest

from grants.domain.errors import DomainError
from grants.wording.problems import SENTENCES, sentence

SOURCES = Path(__file__).parents[2] / "grants"


def raised() -> Iterator[tuple[str, str, set[str]]]:
    """Place, code and names of the facts of each refusal written in the product."""
    for path in sorted(SOURCES.rglob("*.py")):
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if isinstance(node, ast.Call) and _names_a_code(node):
                facts = {keyword.arg for keyword in node.keywords if keyword.arg}
                yield f"{path.name}:{node.lineno}", ast.literal_eval(node.args[0]), facts


def _names_a_code(call: ast.Call) -> bool:
    refuses = isinstance(call.func, ast.Name) and call.func.id in ("DomainError", "Refusal")
    return refuses and isinstance(call.args[0], ast.Constant)


@pytest.mark.parametrize(("place", "code", "facts"), list(raised()))
def test_each_refusal_has_its_sentence(place: str, code: str, facts: set[str]) -> None:
    fields = {name for _, name, _, _ in Formatter().parse(SENTENCES[code]) if name}
    assert fields <= facts, place


def test_an_unknown_code_is_a_mistake_of_ours() -> None:
    with pytest.raises(KeyError):
        sentence(DomainError("nobody_knows"))


def test_facts_are_written_as_people_read_them(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(SENTENCES, "trial", "{amount:money}, {day:date}, {at:instant}, {count}")
    facts = {"amount": 123_450, "day": date(2026, 12, 1), "count": 3}
    error = DomainError("trial", at=datetime(2026, 11, 24, 20, 12, tzinfo=UTC), **facts)
    assert sentence(error).replace("\u00a0", " ") == (
        "1 234,50 $, 1er décembre 2026, mardi 24 novembre 2026 à 15 h 12, 3"
    )


@pytest.mark.parametrize("code", sorted(SENTENCES))
def test_sentences_follow_the_typography_of_quebec(code: str) -> None:
    words = SENTENCES[code]
    assert words.endswith((".", "?")), "a whole sentence"
    assert words[0].isupper() or words[0] == "«"
    for wrong in ("'", " :", " ;", " !", " ?", "« ", " »", "\u202f", "\u00a0;", "\u00a0?"):
        assert wrong not in words
