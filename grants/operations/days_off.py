"""Days off of a year, confirmed or corrected by a manager, and the promises this moves."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import Update, delete, func, insert, select, update
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Session

from grants.domain import calendar_changes
from grants.domain.access import Action, Actor, demand
from grants.domain.calendar import DayOff
from grants.domain.calendar_changes import Computed, computed_anew
from grants.domain.errors import DomainError
from grants.models import reference
from grants.models.case_files import CaseFile
from grants.models.clocks import Clock, ClockMove
from grants.models.reference import CalendarYear
from grants.operations.clocks import NEVER
from grants.operations.trail import record
from grants.queries import calendars
from grants.queries import days_off as queries

AT_ONCE = 1_000  # rows that one statement takes


@dataclass(frozen=True)
class DaysOffDetails:
    """The days off of a year as a manager confirms them; `version` of the page, 0 when new."""

    year: int
    days: Sequence[DayOff]
    version: int


def confirm(session: Session, details: DaysOffDetails, *, actor: Actor, now: datetime) -> int:
    """Confirm the days off of a year and move the promises that still run; return how many moved.

    The days are common to both secretariats, so any manager may confirm them (our decision). Every
    clock that runs over this year is computed again from its receipt, with its own delay; one past
    due does not move and none falls before today (decision 11); those stopped, and dates announced
    to a person, stay. Raises `not_allowed`, `stale_page`, what `calendar_changes.check` raises,
    and `year_without_days_off`.
    """
    demand(actor, Action.CONFIRM_DAYS_OFF)
    _lock_files(session, details.year)  # before the year: acts on a file lock in this order too
    year = _locked(session, details)
    calendar_changes.check(details.year, details.days)
    _lock_files(session, details.year)  # those that arrived while we waited for the year
    _replace(session, year, details.days)
    calendar = calendars.calendar(session)
    computed = list(computed_anew(queries.running(session, details.year), calendar, now))
    moved = [one for one in computed if one.moved]
    _move(session, computed, calendar.version)
    _trace(session, moved, calendar.version, actor, now)
    record(
        session,
        "days_off_confirmed",
        actor=actor,
        now=now,
        year=details.year,
        version=year.version,
        days=[day.on.isoformat() for day in details.days],
        moved=len(moved),
    )
    return len(moved)


def _locked(session: Session, details: DaysOffDetails) -> CalendarYear:
    """The year as it is now, or a new one; two managers never write over each other."""
    found = session.get(CalendarYear, details.year, with_for_update=True, populate_existing=True)
    if (found.version if found else 0) != details.version:
        raise DomainError("stale_page")
    if found is None:
        found = _added(session, details.year)
    return found


def _added(session: Session, year: int) -> CalendarYear:
    """The row of a new year; a year that somebody adds at the same instant is theirs."""
    row = CalendarYear(year=year, confirmed=True, version=0)
    try:
        with session.begin_nested():
            session.add(row)
    except IntegrityError:
        raise DomainError("stale_page") from None
    return row


def _replace(session: Session, year: CalendarYear, days: Sequence[DayOff]) -> None:
    year.confirmed, year.version = True, year.version + 1
    session.flush()
    of_year = delete(reference.DayOff).where(reference.DayOff.year == year.year)
    session.execute(of_year.execution_options(synchronize_session=False))
    rows = [{"on_date": day.on, "year": year.year, "label": day.label.strip()} for day in days]
    session.execute(insert(reference.DayOff), rows)
    session.expire(year, ["days_off"])


def _lock_files(session: Session, year: int) -> None:
    """Lock the files before their clocks, in the order of their ids, as every act does."""
    files = select(Clock.case_file_id).where(queries.touching(year))
    session.execute(
        select(CaseFile.id).where(CaseFile.id.in_(files)).order_by(CaseFile.id).with_for_update()
    ).all()


def _move(session: Session, computed: Sequence[Computed], version: int) -> None:
    """Write the dates, in a few statements, then the earliest one of each file that moved."""
    if not computed:
        return
    _drop_extensions(session, {one.running.clock_id: one.due_at for one in computed if one.moved})
    rows = [
        {
            "id": one.running.clock_id,
            "due_on": one.due_on,
            "due_at": one.due_at,
            "provisional": one.provisional,
            "calendar_version": version,
        }
        for one in computed
    ]
    session.execute(update(Clock), rows)
    for files in _by_chunk(sorted({one.running.case_file_id for one in computed if one.moved})):
        session.execute(_refresh(files))
    session.expire_all()


def _drop_extensions(session: Session, moved: Mapping[int, datetime]) -> None:
    """An extension that the computed date reaches gives no more time: it falls (our decision)."""
    extended = select(Clock.id, Clock.extended_due_at).where(
        Clock.stopped_at.is_(None), Clock.extended_due_at.is_not(None)
    )
    rows = [
        {"id": clock_id, "extended_due_at": None}
        for clock_id, until in session.execute(extended)
        if until is not None and clock_id in moved and until <= moved[clock_id]
    ]
    if rows:
        session.execute(update(Clock), rows)


def _refresh(files: Sequence[int]) -> Update:
    """The earliest running due date of these files, where the desk's index finds it."""
    earliest = (
        select(func.min(func.coalesce(Clock.extended_due_at, Clock.due_at)))
        .where(Clock.case_file_id == CaseFile.id, Clock.stopped_at.is_(None))
        .scalar_subquery()
    )
    return (
        update(CaseFile)
        .where(CaseFile.id.in_(files))
        .values(next_due_at=func.coalesce(earliest, NEVER))
        .execution_options(synchronize_session=False)
    )


def _trace(
    session: Session, moved: Sequence[Computed], version: int, actor: Actor, now: datetime
) -> None:
    """One row by moved promise, and one event in the history of its file."""
    if moved:
        how = {
            "moved_at": now,
            "moved_by_id": actor.person_id,
            "calendar_version": version,
        }
        session.execute(insert(ClockMove), [{**how, **_move_row(one)} for one in moved])
    for one in moved:
        record(
            session,
            "due_date_moved",
            actor=actor,
            now=now,
            case_file_id=one.running.case_file_id,
            due_from=one.running.due_on.isoformat(),
            due_to=one.due_on.isoformat(),
        )


def _move_row(one: Computed) -> dict[str, object]:
    dates = {"from_due_on": one.running.due_on, "to_due_on": one.due_on}
    return {"clock_id": one.running.clock_id, **dates}


def _by_chunk(ids: Sequence[int]) -> Iterator[Sequence[int]]:
    for first in range(0, len(ids), AT_ONCE):
        yield ids[first : first + AT_ONCE]
