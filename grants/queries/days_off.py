"""The days off held by year, and the promises that a change of one year may move."""

from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from sqlalchemy import ColumnElement, Select, or_, select
from sqlalchemy.orm import Session, selectinload

from grants.domain.access import Actor
from grants.domain.calendar import DayOff, start_of_day
from grants.domain.calendar_changes import Computed, Running, computed_anew, with_year
from grants.domain.deadlines import Delay, ReceiptPolicy, Unit
from grants.models.case_files import CaseFile
from grants.models.clocks import Clock
from grants.models.reference import (
    CalendarYear,
    Secretariat,
    ServiceCommitment,
    ServiceDeclaration,
)
from grants.queries import calendars, commitments
from grants.queries.staff import without_tie

SHOWN = 50


@dataclass(frozen=True)
class HeldYear:
    """A year of the calendar: its days, whether a person confirmed them, its version (0: none)."""

    year: int
    confirmed: bool
    version: int
    days: tuple[DayOff, ...]


@dataclass(frozen=True)
class MovedPromise:
    """One promise that would move, as the manager reads it."""

    number: str
    commitment: str
    from_due_on: date
    to_due_on: date


@dataclass(frozen=True)
class Effect:
    """What a change would do: promises that still run, those that move, the first of them.

    `moved` counts both secretariats; `lines` are those of the reader's own that the reader sees.
    """

    running: int
    moved: int
    lines: Sequence[MovedPromise]


def years(session: Session) -> list[HeldYear]:
    """Every year held, newest first."""
    query = (
        select(CalendarYear)
        .options(selectinload(CalendarYear.days_off))
        .order_by(CalendarYear.year.desc())
    )
    return [_held(row) for row in session.scalars(query)]


def one_year(session: Session, year: int) -> HeldYear | None:
    """One year held, or None."""
    query = select(CalendarYear).where(CalendarYear.year == year)
    found = session.scalar(query.options(selectinload(CalendarYear.days_off)))
    return None if found is None else _held(found)


def _held(row: CalendarYear) -> HeldYear:
    days = sorted((DayOff(day.on_date, day.label) for day in row.days_off), key=lambda day: day.on)
    return HeldYear(row.year, row.confirmed, row.version, tuple(days))


def touching(year: int) -> ColumnElement[bool]:
    """The clocks that run over a day of this year and whose delay has a length."""
    return (
        Clock.stopped_at.is_(None)
        & (Clock.received_at < start_of_day(date(year + 1, 1, 1)))
        & (Clock.due_on >= date(year, 1, 1))
        & Clock.commitment_id.in_(
            select(ServiceCommitment.id).where(ServiceCommitment.quantity.is_not(None))
        )
    )


def running(session: Session, year: int) -> list[Running]:
    """The promises running over a day of this year, each with its own delay and office hours."""
    spans = {
        office.id: commitments.opening_span(office)
        for office in session.scalars(select(Secretariat))
    }
    return [
        Running(
            clock_id=row.id,
            case_file_id=row.case_file_id,
            received_at=row.received_at,
            due_on=row.due_on,
            due_at=row.due_at,
            delay=Delay(row.quantity, Unit(row.unit), ReceiptPolicy(row.receipt_policy)),
            span=spans[row.secretariat_id],
        )
        for row in session.execute(_running(year))
    ]


def _running(year: int) -> Select[*tuple[Any, ...]]:
    return (
        select(
            Clock.id,
            Clock.case_file_id,
            Clock.received_at,
            Clock.due_on,
            Clock.due_at,
            ServiceCommitment.quantity,
            ServiceCommitment.unit,
            ServiceCommitment.receipt_policy,
            ServiceDeclaration.secretariat_id,
        )
        .join(ServiceCommitment, ServiceCommitment.id == Clock.commitment_id)
        .join(ServiceDeclaration, ServiceDeclaration.id == ServiceCommitment.declaration_id)
        .where(touching(year))
        .order_by(Clock.case_file_id, Clock.id)
    )


def effect(
    session: Session, year: int, days: Collection[DayOff], *, actor: Actor, now: datetime
) -> Effect:
    """What confirming these days would move, without moving anything.

    Raises `year_without_days_off` when a promise would reach a year that is not held.
    """
    promises = running(session, year)
    changed = with_year(calendars.calendar(session), year, days)
    moved = [one for one in computed_anew(promises, changed, now) if one.moved]
    return Effect(len(promises), len(moved), _lines(session, moved, actor))


def _lines(session: Session, moved: Iterable[Computed], actor: Actor) -> list[MovedPromise]:
    """The first promises of the actor's secretariat, those of a declared conflict left out."""
    by_clock = {one.running.clock_id: one for one in moved}
    found: list[MovedPromise] = []
    ids = sorted(by_clock)
    for first in range(0, len(ids), SHOWN):
        for clock_id, number, code in session.execute(_named(ids[first : first + SHOWN], actor)):
            one = by_clock[clock_id]
            found.append(MovedPromise(number, code, one.running.due_on, one.due_on))
        if len(found) >= SHOWN:
            break
    return found[:SHOWN]


def _named(clock_ids: Sequence[int], actor: Actor) -> Select[int, str, str]:
    return (
        select(Clock.id, CaseFile.number, ServiceCommitment.sentence)
        .join(CaseFile, CaseFile.id == Clock.case_file_id)
        .join(ServiceCommitment, ServiceCommitment.id == Clock.commitment_id)
        .where(Clock.id.in_(clock_ids), CaseFile.secretariat_id == actor.secretariat_id)
        .where(or_(CaseFile.organization_id.is_(None), without_tie(actor.person_id)))
        .order_by(Clock.id)
    )
