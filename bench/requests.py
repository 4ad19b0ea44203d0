"""The queue of requests for information, among 100 open ones and among 10,000.

Ours: the whole request through the WSGI application, as an advisor who answers requests. Baseline:
`bench.bare_pages` on the same database. One request in 250 waits for a call, forty at most.
"""

from collections.abc import Callable, Iterator, Sequence
from contextlib import ExitStack, contextmanager
from datetime import datetime, timedelta
from pathlib import Path

from flask import Flask

from bench.data import CHUNK, TOKEN, analyze, insert_rows, prepared
from bench.files import Row, key
from bench.measure import Count, Measured, figure, medians
from bench.pages import Page
from grants.clock import utc_now
from grants.domain.deadlines import Due, compute
from grants.extensions import db
from grants.queries import calendars, commitments

NAME = "Renseignements"
SIZES = (100, 10_000)
BASELINE_LIMIT, GROWTH_LIMIT, STATEMENTS_LIMIT = 3.0, 2.0, 12
RUNS, WARM_UP = 60, 10
URL = "/bureau/renseignements"
PAGE = Page(NAME, URL, TOKEN)
FIRST = 1_000_001  # the id of the first request
OFFICE, PROMISES = "SACA", ("SACA_ACK", "SACA_CALLBACK")
CALLS, ONE_CALL_IN = 40, 250
AGES = 4  # days since the receipt of the oldest


def measure(
    engine: str,
    folder: Path,
    sizes: Sequence[int] = SIZES,
    runs: int = RUNS,
    warm_up: int = WARM_UP,
) -> list[Measured]:
    """The page at each size, in turns with its baseline, and at the large beside the small."""
    with ExitStack() as stack:
        apps = [stack.enter_context(asked(engine, folder, size)) for size in sizes]
        gets = [get for app in apps for get in (PAGE.ours(app), PAGE.baseline(app))]
        times = medians([_run(get) for get in gets], runs, warm_up)
        small, large = sizes
        return [
            figure(f"{NAME}, {small} open", times[0], times[1], BASELINE_LIMIT),
            figure(f"{NAME}, {large} open", times[2], times[3], BASELINE_LIMIT),
            figure(f"{NAME}, {large} beside {small}", times[2], times[0], GROWTH_LIMIT),
            Count(f"{NAME}, statements", len(PAGE.statements(apps[-1])), STATEMENTS_LIMIT),
        ]


@contextmanager
def asked(engine: str, folder: Path, size: int) -> Iterator[Flask]:
    """The product with so many open requests that nobody has in hand."""
    with prepared(engine, folder, 1) as app:
        with app.app_context():
            fill(size)
        yield app


def fill(size: int) -> None:
    """Write the requests, each with its promises."""
    write = _writer()
    with db.engine.begin() as connection:
        for first in range(0, size, CHUNK):
            places = range(first, min(first + CHUNK, size))
            for name in ("case_file", "information_request", "clock"):
                insert_rows(connection, name, [row for one in places for row in write(name, one)])
        analyze(connection)


def _writer() -> Callable[[str, int], list[Row]]:
    """Gives the rows of one request in a table."""
    session, now = db.session(), utc_now().replace(microsecond=0)
    office, calendar = commitments.secretariat(session, OFFICE), calendars.calendar(session)
    span, office_id = commitments.opening_span(office), office.id
    in_force = {one.code: one for one in commitments.in_force(session, office.id, now.date())}
    delays = {code: (in_force[code].id, commitments.delay(in_force[code])) for code in PROMISES}
    ages = [now - timedelta(days=age) for age in range(AGES)]
    kept = [(one, delay) for one, delay in delays.values() if delay]
    dues = [[(one, compute(at, delay, calendar, span)) for one, delay in kept] for at in ages]
    db.session.remove()

    def write(name: str, place: int) -> list[Row]:
        promised = dues[place % AGES][: 1 + _waits(place)]
        if name == "clock":
            return [_clock(place, *one) for one in promised]
        if name == "case_file":
            next_due_at = min(due.due_at for _, due in promised)
            return [_case_file(place, office_id, promised[0][1].received_at, next_due_at)]
        return [_request(place)]

    return write


def _waits(place: int) -> bool:
    """Whether somebody waits for a call."""
    return place % ONE_CALL_IN == 0 and place < CALLS * ONE_CALL_IN


def _case_file(place: int, office_id: int, received_at: datetime, due_at: datetime) -> Row:
    return {
        "id": FIRST + place,
        "public_id": key(FIRST + place),
        "number": f"REN-{FIRST + place}",
        "kind": "information_request",
        "secretariat_id": office_id,
        "channel": "phone" if _waits(place) else "web",
        "received_at": received_at,
        "entered_at": received_at,
        "status": "received",
        "next_due_at": due_at,
        "touched_at": received_at,
        "version": 1,
    }


def _request(place: int) -> Row:
    return {
        "case_file_id": FIRST + place,
        "kind": "information_request",
        "topic": "general",
        "question": "Combien d’organismes votre programme soutient-il dans ma région? " * 3,
        "requester": f"Aline Canari {place}",
        "search_name": f"aline canari {place}",
        "email": "aline@canari.exemple",
        "phone": "4185550177",
        "answer_by": "phone" if _waits(place) else "email",
        "wants_callback": _waits(place),
        "urgent": False,
        "details": {},
    }


def _clock(place: int, commitment_id: int, due: Due) -> Row:
    return {
        "case_file_id": FIRST + place,
        "commitment_id": commitment_id,
        "received_at": due.received_at,
        "start_on": due.start_on,
        "due_on": due.due_on,
        "due_at": due.due_at,
        "calendar_version": due.calendar_version,
        "provisional": due.provisional,
        "recorded_at": due.received_at,
    }


def _run(get: Callable[[], bytes]) -> Callable[[int], bytes]:
    return lambda _number: get()
