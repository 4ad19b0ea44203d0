"""What a review must hold before a recommendation, and what may be recommended."""

from collections.abc import Callable
from functools import partial

import pytest

from grants.domain.errors import DomainError
from grants.domain.program_rules import Criterion, ProgramRules, RequiredDocument, RevisionRight
from grants.domain.reviews import (
    check_amount,
    check_outcome,
    left,
    read_document_state,
    read_finding,
    unmet,
)

BYLAWS = RequiredDocument("bylaws", "Règlements généraux", "if_changed")
BUDGET = RequiredDocument("budget", "Prévisions budgétaires", "required")
ROOTED = Criterion("AC2", "Enraciné dans la communauté", "")
INDEPENDENT = Criterion("ACA8", "Indépendant du réseau public", "", priority=True)
RULES = ProgramRules(
    mode="project",
    months=12,
    criteria=[ROOTED, INDEPENDENT],
    documents=[BYLAWS, BUDGET],
    reasons={},
    instalments=[],
    revision=RevisionRight(granted=False, days=30, posted_extra_days=0),
    agreement={},
)
REQUESTED = 50_000_00


def refused(act: Callable[[], object]) -> str:
    """The code of what a rule refuses; empty when it lets pass."""
    try:
        act()
    except DomainError as error:
        return error.code
    return ""


@pytest.mark.parametrize(
    ("document", "state", "note", "code"),
    [
        (BUDGET, "received", "", ""),
        (BUDGET, "missing", "Demandé par téléphone", ""),
        (BUDGET, "missing", "  ", "document_note_required"),
        (BUDGET, "not_needed", "Inutile", "document_always_needed"),
        (BYLAWS, "not_needed", "Inchangés depuis 2024", ""),
        (BYLAWS, "unusable", "", "document_note_required"),
        (BYLAWS, "perdu", "Perdu", "document_state_required"),
    ],
)
def test_documents(document: RequiredDocument, state: str, note: str, code: str) -> None:
    assert refused(partial(read_document_state, document, state, note)) == code


@pytest.mark.parametrize(
    ("finding", "note", "code"),
    [
        ("met", "", ""),
        ("partly_met", "Deux sièges sur neuf", ""),
        ("partly_met", "", "criterion_note_required"),
        ("to_document", " ", "criterion_note_required"),
        ("", "Une note", "choice_required"),
    ],
)
def test_findings(finding: str, note: str, code: str) -> None:
    assert refused(partial(read_finding, finding, note)) == code


def test_what_is_left() -> None:
    nothing = left(RULES, {}, {})
    assert [one.key for one in nothing.documents] == ["bylaws", "budget"]
    assert [one.code for one in nothing.criteria] == ["AC2"], "a priority excludes nobody"
    checked = {"bylaws": "not_needed", "budget": "missing"}
    assert left(RULES, checked, {"AC2": "not_met"}).is_nothing
    half = left(RULES, checked, {"AC2": "met", "ACA8": "to_document"})
    assert [one.code for one in half.criteria] == ["ACA8"]


def test_a_request_is_held_to_what_is_required_only() -> None:
    assert unmet(RULES, {"AC2": "partly_met", "ACA8": "not_met"}) == []
    assert unmet(RULES, {"AC2": "not_met"}) == [ROOTED]


@pytest.mark.parametrize(
    ("outcome", "side", "failed", "code"),
    [
        ("accepted", "first", [], ""),
        ("refused", "first", [ROOTED], ""),
        ("standby", "first", [ROOTED], "outcome_not_eligible"),
        ("accepted_in_part", "revision", [ROOTED], "outcome_not_eligible"),
        ("upheld", "revision", [ROOTED], ""),
        ("upheld", "first", [], "outcome_required"),
        ("refused", "revision", [], "outcome_required"),
        ("", "first", [], "outcome_required"),
    ],
)
def test_outcomes(outcome: str, side: str, failed: list[Criterion], code: str) -> None:
    assert refused(partial(check_outcome, outcome, side, failed)) == code


@pytest.mark.parametrize(
    ("outcome", "cents", "code"),
    [
        ("accepted", REQUESTED, ""),
        ("accepted", REQUESTED - 1, "amount_not_of_outcome"),
        ("accepted_in_part", REQUESTED - 1, ""),
        ("accepted_in_part", REQUESTED, "amount_not_in_part"),
        ("accepted_in_part", 0, "amount_not_in_part"),
        ("standby", 0, ""),
        ("refused", 1, "amount_not_of_outcome"),
    ],
)
def test_amounts(outcome: str, cents: int, code: str) -> None:
    assert refused(partial(check_amount, outcome, cents, REQUESTED)) == code
