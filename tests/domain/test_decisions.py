"""What a decision may say, without any table."""

from dataclasses import replace

import pytest

from grants.domain.decisions import Outcome, Ruling, check, granted, possible, send_back_reason
from grants.domain.errors import DomainError

ASKED = 48_500_00
REASONS = {"criteria", "complete"}
NO = Ruling("refused", 0, ("criteria",), "Ce que nous avons vu.", False, "", "Aucun programme.")
YES = replace(NO, outcome="accepted", granted_cents=ASKED, no_alternative="")


def refused(ruling: Ruling, side: str = "first") -> str:
    with pytest.raises(DomainError) as error:
        check(ruling, side=side, requested_cents=ASKED, reasons=REASONS)
    return error.value.code


def test_each_side_has_its_no() -> None:
    assert Outcome.REFUSED in possible("first") and Outcome.UPHELD not in possible("first")
    assert Outcome.UPHELD in possible("revision") and Outcome.REFUSED not in possible("revision")
    assert refused(NO, "revision") == refused(replace(NO, outcome="upheld")) == "outcome_required"
    assert refused(replace(NO, outcome="")) == "outcome_required"


def test_what_the_rules_allow_passes() -> None:
    for ruling in (NO, YES, replace(YES, outcome="accepted_in_part", granted_cents=1)):
        outcome = check(ruling, side="first", requested_cents=ASKED, reasons=REASONS)
        assert outcome == ruling.outcome


@pytest.mark.parametrize(
    ("outcome", "cents", "code"),
    [
        ("accepted", ASKED - 1, "granted_not_whole"),
        ("accepted_in_part", 0, "granted_not_part"),
        ("accepted_in_part", ASKED, "granted_not_part"),
        ("accepted_in_part", -1, "granted_not_part"),
        ("standby", 1, "granted_not_nothing"),
        ("refused", 1, "granted_not_nothing"),
    ],
)
def test_the_amount_follows_the_outcome(outcome: str, cents: int, code: str) -> None:
    assert refused(replace(YES, outcome=outcome, granted_cents=cents)) == code


@pytest.mark.parametrize(
    ("changes", "code"),
    [
        ({"reason_codes": ()}, "reason_required"),
        ({"reason_codes": ("criteria", "weather")}, "reason_unknown"),
        ({"explanation": ""}, "explanation_required"),
        ({"explanation": "x" * 4001}, "text_too_long"),
        ({"no_alternative": ""}, "alternative_required"),
        ({"alternative": "La Ruche"}, "alternative_and_none"),
        ({"has_call": True}, "alternative_and_none"),
        ({"no_alternative": "x" * 1001}, "text_too_long"),
    ],
)
def test_a_no_says_why_and_what_else(changes: dict[str, object], code: str) -> None:
    assert refused(replace(NO, **changes)) == code


def test_another_call_or_a_resource_is_an_alternative() -> None:
    for changes in ({"has_call": True}, {"alternative": "La Ruche"}):
        ruling = replace(NO, no_alternative="", **changes)
        assert check(ruling, side="first", requested_cents=ASKED, reasons=REASONS) == "refused"


def test_only_a_part_needs_a_typed_amount() -> None:
    assert granted("accepted", 7, ASKED) == ASKED
    assert granted("accepted_in_part", 7, ASKED) == 7
    assert granted("refused", 7, ASKED) == granted("", 7, ASKED) == 0


def test_a_file_goes_back_with_a_reason() -> None:
    assert send_back_reason(" Le budget ") == "Le budget"
    for text, code in ((" ", "send_back_reason_required"), ("x" * 501, "text_too_long")):
        with pytest.raises(DomainError, match=code):
            send_back_reason(text)
