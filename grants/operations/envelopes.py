"""Envelopes: what a program may grant in a year, and what each decision takes of it."""

from datetime import datetime

from sqlalchemy import select, update
from sqlalchemy.orm import Session

from grants.domain.access import SYSTEM, Actor
from grants.domain.errors import DomainError, Refusal
from grants.models.decisions import Decision, Envelope, EnvelopeEntry
from grants.models.programs import Program
from grants.operations.trail import record

MAX_CENTS = 1_000_000_000_00
YEARS = range(2000, 2101)


def set_total(
    session: Session,
    program_code: str,
    fiscal_year: int,
    total_cents: int,
    *,
    actor: Actor,
    now: datetime,
) -> Envelope:
    """Set what a program may grant in the fiscal year that begins on 1 April of `fiscal_year`.

    The amount is voted elsewhere: only a command of the installation sets it (our decision), and
    what decisions took already is never taken back. Raises `not_allowed`, `program_unknown`,
    `fiscal_year_unknown`, `money_negative`, `money_too_large`, `envelope_below_used`.
    """
    if actor is not SYSTEM:
        raise Refusal("not_allowed", actor_id=actor.person_id)
    _check_amount(fiscal_year, total_cents)
    envelope = _locked(session, program_code, fiscal_year)
    if total_cents < envelope.used_cents:
        raise DomainError("envelope_below_used", used=envelope.used_cents)
    envelope.total_cents = total_cents
    session.flush()
    record(session, "envelope_set", actor=actor, now=now, of=envelope.id, total_cents=total_cents)
    return envelope


def encumber(session: Session, envelope_id: int, decision: Decision, *, now: datetime) -> None:
    """Write a decision that grants money, with what it takes of its envelope.

    `decision` is not in the session yet: it is added once the envelope gave `granted_cents`, and
    keeps what was left. One conditional UPDATE takes the amount, so two decisions at the same
    instant never take the same money; the entry is the truth that the counter is compared with.
    Raises `envelope_short` with what is available.
    """
    amount = decision.granted_cents
    taken = (
        update(Envelope)
        .where(Envelope.id == envelope_id, Envelope.used_cents + amount <= Envelope.total_cents)
        .values(used_cents=Envelope.used_cents + amount)
        .returning(Envelope.total_cents - Envelope.used_cents)
        .execution_options(synchronize_session=False)
    )
    left = session.scalar(taken)
    if left is None:
        raise DomainError("envelope_short", available=_available(session, envelope_id))
    decision.envelope_id, decision.available_after_cents = envelope_id, left
    session.add(decision)
    session.flush()
    session.add(
        EnvelopeEntry(
            envelope_id=envelope_id, decision_id=decision.id, amount_cents=amount, entered_at=now
        )
    )
    session.flush()


def _check_amount(fiscal_year: int, total_cents: int) -> None:
    if fiscal_year not in YEARS:
        raise DomainError("fiscal_year_unknown", first=YEARS[0], last=YEARS[-1])
    if total_cents < 0:
        raise DomainError("money_negative")
    if total_cents > MAX_CENTS:
        raise DomainError("money_too_large", limit=MAX_CENTS)


def _locked(session: Session, program_code: str, fiscal_year: int) -> Envelope:
    """The envelope of a program and a year, empty when it is new."""
    program = session.scalar(select(Program).where(Program.code == program_code.upper()))
    if program is None:
        raise DomainError("program_unknown", program=program_code)
    query = (
        select(Envelope)
        .where(Envelope.program_id == program.id, Envelope.fiscal_year == fiscal_year)
        .with_for_update()
        .execution_options(populate_existing=True)
    )
    found = session.scalar(query)
    if found is None:
        found = Envelope(
            program_id=program.id, fiscal_year=fiscal_year, total_cents=0, used_cents=0
        )
        session.add(found)
    return found


def _available(session: Session, envelope_id: int) -> int:
    left = Envelope.total_cents - Envelope.used_cents
    return session.scalars(select(left).where(Envelope.id == envelope_id)).one()
