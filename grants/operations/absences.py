"""Absences: recorded by the person or by who leads the team, cancelled, never erased."""

import secrets
from dataclasses import dataclass
from datetime import date, datetime

from sqlalchemy import ColumnElement, select
from sqlalchemy.orm import Session

from grants.domain.absences import Neighbours, Period, check_neighbours, check_period
from grants.domain.access import Action, Actor, demand
from grants.domain.calendar import local_date
from grants.domain.errors import DomainError, Refusal
from grants.models.people import Absence
from grants.operations.offices import colleague, lock_office
from grants.operations.trail import record


@dataclass(frozen=True)
class AbsenceDetails:
    """Who is away, which days (both included), and who takes their place.

    `public_id` is the one the page carried: a second post finds the absence recorded.
    """

    person_id: int
    from_on: date
    until_on: date
    substitute_id: int
    public_id: str = ""


def record_absence(
    session: Session, details: AbsenceDetails, *, actor: Actor, now: datetime
) -> Absence:
    """Record an absence: no file is proposed to the person meanwhile, and the substitute sees
    the person's files and requests.

    Anybody records their own; who leads the team, anybody's (our decision). Nothing changes
    hands by itself. Errors: not_allowed, absence_order, absence_over, absence_long,
    substitute_same, substitute_gone, absence_overlaps, substitute_away, absence_replaces.
    """
    _demand(actor, details.person_id)
    lock_office(session, actor)
    known = session.scalar(select(Absence).where(Absence.public_id == details.public_id))
    if known is not None and known.recorded_by_id == actor.person_id:
        return known
    period = Period(details.from_on, details.until_on)
    check_period(period, today=local_date(now))
    _check_people(session, details, actor)
    check_neighbours(period, _around(session, details))
    absence = Absence(
        public_id=details.public_id or secrets.token_hex(16),
        person_id=details.person_id,
        substitute_id=details.substitute_id,
        from_on=period.from_on,
        until_on=period.until_on,
        recorded_by_id=actor.person_id,
        recorded_at=now,
    )
    session.add(absence)
    session.flush()
    _tell(session, "absence_recorded", absence, actor, now)
    return absence


def cancel(session: Session, absence_id: int, *, actor: Actor, now: datetime) -> None:
    """Cancel an absence, or end it when it runs: the person is back from this moment.

    A second post finds it cancelled; one that is over stays as it was. Raises `not_allowed`.
    """
    lock_office(session, actor)
    absence = session.get_one(Absence, absence_id, with_for_update=True, populate_existing=True)
    colleague(session, absence.person_id, actor=actor)
    _demand(actor, absence.person_id)
    if absence.cancelled_at is not None or absence.until_on < local_date(now):
        return
    absence.cancelled_at = now
    _tell(session, "absence_cancelled", absence, actor, now)


def _demand(actor: Actor, person_id: int) -> None:
    own = person_id == actor.person_id
    demand(actor, Action.RECORD_OWN_ABSENCE if own else Action.RECORD_ABSENCE)


def _check_people(session: Session, details: AbsenceDetails, actor: Actor) -> None:
    """Both are of this secretariat, two persons, and the substitute can sign in."""
    if details.person_id == details.substitute_id:
        raise DomainError("substitute_same")
    colleague(session, details.person_id, actor=actor)
    try:
        _, account = colleague(session, details.substitute_id, actor=actor)
    except Refusal:
        raise DomainError("substitute_gone") from None
    if account.disabled_at is not None or account.totp_enrolled_at is None:
        raise DomainError("substitute_gone")


def _around(session: Session, details: AbsenceDetails) -> Neighbours:
    person, substitute = details.person_id, details.substitute_id
    return Neighbours(
        own=_periods(session, Absence.person_id == person),
        of_substitute=_periods(session, Absence.person_id == substitute),
        replaced=_periods(session, Absence.substitute_id == person),
    )


def _periods(session: Session, whose: ColumnElement[bool]) -> list[Period]:
    query = (
        select(Absence.from_on, Absence.until_on)
        .where(whose, Absence.cancelled_at.is_(None))
        .order_by(Absence.from_on)
    )
    return [Period(*row) for row in session.execute(query)]


def _tell(session: Session, kind: str, absence: Absence, actor: Actor, now: datetime) -> None:
    record(
        session,
        kind,
        actor=actor,
        now=now,
        absence_id=absence.id,
        person_id=absence.person_id,
        substitute_id=absence.substitute_id,
        from_on=absence.from_on.isoformat(),
        until_on=absence.until_on.isoformat(),
    )
