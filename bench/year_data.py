"""A year of promises in bulk: 1,000 requests written one by one, then copied by the database.

Each file carries the four timed promises of the office, due on some day of last fiscal year: more
than any file has, so that the database holds few files and many promises. One answer in twenty was
put off, with the question and the notice that say so. One promise in 200 is open and late, one in
50 was kept too late, one in 100 was withdrawn in time.
"""

from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from pathlib import Path
from typing import Any

from flask import Flask
from sqlalchemy import CTE, Column, Connection, String, cast, insert, literal, select, true
from sqlalchemy.orm import Session

from bench.data import analyze, insert_rows, prepared
from bench.files import ADVISOR, NEVER, Row, key
from grants.clock import utc_now
from grants.domain.calendar import at_local_time, end_of_day, local_date
from grants.domain.periods import Period, fiscal_year_of
from grants.extensions import db
from grants.models import Base
from grants.queries import calendars, commitments

OFFICE = "SACA"
PROMISES = ("SACA_ACK", "SACA_ANSWER", "SACA_CALLBACK", "SACA_PAY")
ANSWER = PROMISES.index("SACA_ANSWER")
FIRST = 1_000_001  # the id of the first request, far from the other files
WRITTEN = 1_000  # requests written one by one
TAKEN = 5
WEEK, DAY = timedelta(days=7), timedelta(days=1)
MORNING = time(10, 0)


@dataclass(frozen=True)
class Year:
    """What the rows need to know: the office, the promises, the business days of last year."""

    now: datetime
    period: Period
    secretariat_id: int
    commitment_ids: Sequence[int]
    days: Sequence[date]


@contextmanager
def measured_year(engine: str, folder: Path, clocks: int) -> Iterator[Flask]:
    """The product with so many promises due last fiscal year."""
    with prepared(engine, folder, 1) as app:
        with app.app_context():
            fill(db.session(), clocks)
            db.session.remove()
            db.engine.dispose()
        yield app


def fill(session: Session, clocks: int) -> None:
    """Write the first requests, then have the database copy them."""
    year, requests = described(session), clocks // len(PROMISES)
    written = min(WRITTEN, requests)
    session.rollback()
    with db.engine.begin() as connection:
        for name, make in ROWS.items():
            rows = [row for place in range(written) for row in make(year, place)]
            insert_rows(connection, name, rows)
        for name in ROWS:
            _copy(connection, name, requests // written)
        analyze(connection)


def described(session: Session) -> Year:
    """Last fiscal year at the office."""
    now, calendar = utc_now(), calendars.calendar(session)
    period = fiscal_year_of(local_date(now)).previous
    office = commitments.secretariat(session, OFFICE)
    in_force = {one.code: one.id for one in commitments.in_force(session, office.id, now.date())}
    every = (period.from_on + number * DAY for number in range(365))
    return Year(
        now,
        period,
        office.id,
        [in_force[code] for code in PROMISES],
        [day for day in every if calendar.is_business_day(day)],
    )


def _copy(connection: Connection, name: str, times: int) -> None:
    """Have every row `times` times, its keys moved on each time."""
    table, again = Base.metadata.tables[name], _numbers(times)
    moved: dict[str, Any] = {}
    for column in table.columns:
        if column.name in ("id", "case_file_id") and _is_key(name, column):
            moved[column.name] = column + again.c.rank * WRITTEN
        elif column.name in ("public_id", "number"):
            moved[column.name] = column + literal("-") + cast(again.c.rank, String)
        elif column.name != "id":
            moved[column.name] = column
    rows = select(*moved.values()).select_from(table.join(again, true()))
    if times > 1:
        first = table.c[next(iter(moved))] if name == "case_file" else table.c.case_file_id
        connection.execute(insert(table).from_select(list(moved), rows.where(first >= FIRST)))


def _is_key(name: str, column: Column[Any]) -> bool:
    """Whether a column names the request: an id of anything else is given by the database."""
    return column.name == "case_file_id" or name == "case_file"


def _numbers(times: int) -> CTE:
    """1, 2, 3… one less than `times`."""
    first = select(literal(1).label("rank")).cte("again", recursive=True)
    return first.union_all(select(first.c.rank + 1).where(first.c.rank < times - 1))


def _case_file(year: Year, place: int) -> list[Row]:
    received_at, is_open = _received_at(year, place), place % 200 == 0
    row = {
        "id": FIRST + place,
        "public_id": key(FIRST + place)[-12:],
        "number": f"REN-{FIRST + place}",
        "kind": "information_request",
        "secretariat_id": year.secretariat_id,
        "channel": "web",
        "received_at": received_at,
        "entered_at": received_at,
        "status": "in_hand" if is_open else "answered",
        "advisor_id": ADVISOR,
        "next_due_at": NEVER,
        "touched_at": received_at,
        "closed_at": None if is_open else year.now,
        "version": 3,
    }
    return [row]


def _request(_year: Year, place: int) -> list[Row]:
    """The question of a request whose answer was put off."""
    row = {
        "case_file_id": FIRST + place,
        "kind": "information_request",
        "topic": "general",
        "question": "Combien d’organismes votre programme soutient-il?",
        "requester": "Aline Canari",
        "email": "aline@canari.exemple",
        "answer_by": "email",
        "wants_callback": False,
        "urgent": False,
        "details": {},
    }
    return [row] if _is_put_off(place, ANSWER) else []


def _clocks(year: Year, place: int) -> list[Row]:
    return [_clock(year, place, rank) for rank in range(len(PROMISES))]


def _clock(year: Year, place: int, rank: int) -> Row:
    due_on = _due_on(year, place, rank)
    due_at = end_of_day(due_on)
    received_at = at_local_time(due_on - WEEK, MORNING)
    stopped_at, event, taken = _end(place + rank, due_at)
    return {
        "case_file_id": FIRST + place,
        "commitment_id": year.commitment_ids[rank],
        "received_at": received_at,
        "start_on": due_on - WEEK,
        "due_on": due_on,
        "due_at": due_at,
        "calendar_version": 1,
        "provisional": False,
        "recorded_at": received_at,
        "extended_due_at": due_at + WEEK if _is_put_off(place, rank) else None,
        "stopped_at": stopped_at,
        "stop_event": event,
        "stop_recorded_at": stopped_at,
        "taken": taken,
    }


def _end(number: int, due_at: datetime) -> tuple[datetime | None, str | None, int | None]:
    """When a promise ended, why, and after how many days."""
    if number % 200 == 0:
        return None, None, None
    if number % 50 == 1:
        late = 1 + number % 4
        return due_at + late * DAY, "answer_sent", TAKEN + late
    early = number % TAKEN
    event = "withdrawn" if number % 100 == 2 else "answer_sent"
    return due_at - early * DAY, event, TAKEN - early


def _reply(year: Year, place: int) -> list[Row]:
    """The notice that puts the answer off."""
    told_at = _received_at(year, place)
    row = {
        "public_id": key(FIRST + place)[-12:],
        "case_file_id": FIRST + place,
        "kind": "extension",
        "channel": "email",
        "body": "Nous vous répondrons une semaine plus tard.",
        "due_on": _due_on(year, place, ANSWER) + WEEK,
        "made_by_id": ADVISOR,
        "made_at": told_at,
        "recorded_at": told_at,
    }
    return [row] if _is_put_off(place, ANSWER) else []


def _is_put_off(place: int, rank: int) -> bool:
    return rank == ANSWER and place % 20 == 0


def _due_on(year: Year, place: int, rank: int) -> date:
    return year.days[(place * (1 + 6 * rank)) % len(year.days)]


def _received_at(year: Year, place: int) -> datetime:
    return at_local_time(_due_on(year, place, 0) - WEEK, MORNING)


ROWS: Mapping[str, Callable[[Year, int], list[Row]]] = {
    "case_file": _case_file,
    "information_request": _request,
    "clock": _clocks,
    "reply": _reply,
}
