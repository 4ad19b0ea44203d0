"""The declarations, secretariats and regions shipped as data say what was promised."""

import json
from datetime import time
from pathlib import Path
from typing import Any

import pytest

from grants.domain.deadlines import Delay, ReceiptPolicy, Unit

DATA = Path(__file__).parents[2] / "grants" / "data"
NO_BREAK_SPACE = "\u00a0"


def held(name: str) -> Any:
    return json.loads((DATA / name).read_text("utf-8"))


DECLARATIONS = [held("declarations/saca-2003.json"), held("declarations/sct.json")]
COMMITMENTS = {item["code"]: item for held_ in DECLARATIONS for item in held_["commitments"]}


@pytest.mark.parametrize(
    ("code", "quantity", "unit", "start", "stop"),
    [
        ("SACA_ACK", 5, "business", "received", "acknowledged"),
        ("SACA_PAY", 10, "business", "agreement_received", "funds_available"),
        ("SACA_CALLBACK", 24, "hours", "call_received", "call_returned"),
        ("SCT_ACK", 10, "business", "received", "acknowledged"),
    ],
)
def test_the_timed_promises(code: str, quantity: int, unit: str, start: str, stop: str) -> None:
    item = COMMITMENTS[code]
    assert (item["quantity"], item["unit"]) == (quantity, unit)
    assert (item["start_event"], item["stop_event"]) == (start, stop)
    assert Delay(quantity, Unit(unit), ReceiptPolicy(item["receipt_policy"]))


def test_no_other_promise_has_a_delay() -> None:
    timed = {code for code, item in COMMITMENTS.items() if item["quantity"] is not None}
    assert timed == {"SACA_ACK", "SACA_PAY", "SACA_CALLBACK", "SCT_ACK"}
    others = {code: item["unit"] for code, item in COMMITMENTS.items() if code not in timed}
    announced = {code for code, unit in others.items() if unit == "announced"}
    assert announced == {"SACA_ANSWER", "SCT_ANSWER"}
    assert {others[code] for code in others.keys() - announced} == {None}


def test_no_promise_pauses_and_all_aim_at_every_case() -> None:
    assert {item["pauses_allowed"] for item in COMMITMENTS.values()} == {False}
    assert {item["target_percent"] for item in COMMITMENTS.values()} == {100}
    assert {item["receipt_policy"] for item in COMMITMENTS.values()} == {"arrival"}


def test_the_acknowledgement_covers_every_request_at_saca_and_written_ones_at_sct() -> None:
    saca, sct = COMMITMENTS["SACA_ACK"]["applies_to"], COMMITMENTS["SCT_ACK"]["applies_to"]
    assert saca["kinds"] == ["application", "revision", "information_request"]
    assert saca["channels"] == "all"
    assert not {"phone", "counter", "exhibit"} & set(sct["channels"])


def test_only_the_declaration_of_saca_is_dated() -> None:
    dates = {held_["secretariat"]: held_["in_force_from"] for held_ in DECLARATIONS}
    assert dates == {"SACA": "2003-01-20", "SCT": None}


def test_sentences_follow_french_typography() -> None:
    for item in COMMITMENTS.values():
        sentence = item["sentence"]
        assert sentence.endswith(".")
        assert "'" not in sentence
        assert sentence.count(":") == sentence.count(f"{NO_BREAK_SPACE}:")


def test_the_opening_span_covers_the_office_hours() -> None:
    for item in held("secretariats.json"):
        opens, closes = map(time.fromisoformat, item["opening_span"])
        assert opens == time.fromisoformat(item["hours"][0]["opens"]) == time(8, 30)
        assert closes == time.fromisoformat(item["hours"][-1]["closes"]) == time(16, 30)


def test_what_is_invented_is_marked_as_demonstration() -> None:
    for item in held("secretariats.json"):
        assert item["email"].endswith("@exemple.quebec")
        assert "email" in item["demonstration"]
        assert set(item["demonstration"]) <= set(item)


def test_the_seventeen_regions() -> None:
    regions = held("regions.json")
    assert [item["code"] for item in regions] == [f"{number:02}" for number in range(1, 18)]
    assert len({item["name"] for item in regions}) == 17
