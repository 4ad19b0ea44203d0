"""Calls: a program opens to applications between two dates, with its newest form and terms."""

import secrets
from dataclasses import dataclass
from datetime import date, datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from grants.domain.access import Actor
from grants.domain.calendar import call_closing, end_of_day, start_of_day
from grants.domain.errors import DomainError
from grants.models.programs import Call, FormVersion, Program, ProgramTerms
from grants.operations.trail import record
from grants.queries import calendars


@dataclass(frozen=True)
class CallDetails:
    """A call to announce. `year` is the one printed in case numbers."""

    program_code: str
    title: str
    year: int
    opens_on: date
    closes_on: date
    decision_due_on: date | None


def announce(session: Session, details: CallDetails, *, actor: Actor, now: datetime) -> Call:
    """Announce a call: open from 0:00 of its first day until 23:59:59 of its last.

    A closing date that is not a business day moves to the next one (our decision, R6). Raises
    `program_unknown`, `call_dates` when it would close before it opens.
    """
    program = session.scalar(select(Program).where(Program.code == details.program_code))
    if program is None:
        raise DomainError("program_unknown", program=details.program_code)
    if details.closes_on < details.opens_on:
        raise DomainError("call_dates")
    closes_on = call_closing(details.closes_on, calendars.calendar(session))
    call = Call(
        public_id=secrets.token_hex(16),
        program_id=program.id,
        terms_id=_terms(session, program, details.opens_on).id,
        form_version_id=_newest_form(session, program).id,
        title=details.title,
        year=details.year,
        opens_at=start_of_day(details.opens_on),
        closes_at=end_of_day(closes_on),
        decision_due_on=details.decision_due_on,
    )
    session.add(call)
    session.flush()
    record(session, "call_announced", actor=actor, now=now, call=call.id)
    return call


def _terms(session: Session, program: Program, on: date) -> ProgramTerms:
    query = (
        select(ProgramTerms)
        .where(ProgramTerms.program_id == program.id, ProgramTerms.effective_from <= on)
        .order_by(ProgramTerms.effective_from.desc())
    )
    found = session.scalars(query).first()
    if found is None:
        raise DomainError("program_without_terms")
    return found


def _newest_form(session: Session, program: Program) -> FormVersion:
    query = (
        select(FormVersion)
        .where(FormVersion.program_id == program.id)
        .order_by(FormVersion.number.desc())
    )
    return session.scalars(query.limit(1)).one()
