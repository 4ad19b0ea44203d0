"""Envelopes: set by the installation, drawn on by decisions, compared with their entries."""

import pytest
from sqlalchemy import select, update
from sqlalchemy.orm import Session

from grants.domain.access import SYSTEM
from grants.domain.errors import DomainError
from grants.models.decisions import Decision, Envelope
from grants.models.trail import JournalEvent
from grants.operations import envelopes
from grants.queries import envelopes as known
from grants.unit_of_work import saving
from tests.decided import PART, make_decided
from tests.factories import NOW, make_staff
from tests.money_cases import PLENTY

pytestmark = pytest.mark.engine


def set_total(cents: int, program: str = "dcd", year: int = 2027) -> None:
    with saving() as saved:
        envelopes.set_total(saved, program, year, cents, actor=SYSTEM, now=NOW)


def test_an_envelope_is_set_then_changed_never_below_what_is_used(session: Session) -> None:
    set_total(100_00)
    make_decided_from = session.scalars(select(Envelope)).one()
    assert (make_decided_from.total_cents, make_decided_from.used_cents) == (100_00, 0)
    set_total(PLENTY)
    make_decided(session, outcome="accepted_in_part")
    with pytest.raises(DomainError, match="envelope_below_used") as error:
        set_total(PART - 1)
    assert error.value.facts == {"used": PART}
    set_total(PART)
    line = known.listed(session)[0]
    assert (line.program, line.fiscal_year, line.left_cents, line.percent) == ("DCD", 2027, 0, 100)
    kinds = session.scalars(select(JournalEvent.kind)).all()
    assert kinds.count("envelope_set") == 3


@pytest.mark.parametrize(
    ("facts", "code"),
    [
        ({"program": "XYZ"}, "program_unknown"),
        ({"year": 1927}, "fiscal_year_unknown"),
        ({"cents": -1}, "money_negative"),
        ({"cents": 10**14 + 1}, "money_too_large"),
    ],
)
def test_an_impossible_envelope_is_refused(
    session: Session, facts: dict[str, object], code: str
) -> None:
    with pytest.raises(DomainError, match=code):
        set_total(**{"cents": 1, **facts})


def test_only_the_installation_sets_an_envelope(session: Session) -> None:
    decider = make_staff(session, "Irène Vallée", "decider")
    with pytest.raises(DomainError, match="not_allowed"), saving() as saved:
        envelopes.set_total(saved, "DCD", 2027, 1, actor=decider, now=NOW)


def test_the_counter_is_compared_with_its_entries(session: Session) -> None:
    decision = make_decided(session, outcome="accepted_in_part")
    assert known.mismatches(session) == []
    session.execute(update(Envelope).values(used_cents=PART + 1))
    gap = known.mismatches(session)[0]
    assert (gap.counter_cents, gap.entries_cents) == (PART + 1, PART)
    assert session.get_one(Decision, decision.id).granted_cents == PART
