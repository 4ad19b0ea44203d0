"""A year of figures over a million promises, and the public page that shows the last count.

Ours: `queries.figures.figures`: what every promise became as of an instant, by length and reason,
with those put off, medians and shares. Baseline: one SQL aggregate of the same rows, that counts
them and those kept on time. The seconds are those of the wall: the work is the database's, and
PostgreSQL does it in processes of its own.

The page: the whole request, on the same database, in turns with its own statements replayed and
its own template.
"""

from collections.abc import Callable, Sequence
from contextlib import closing
from pathlib import Path
from statistics import median
from time import monotonic

from flask import Flask
from sqlalchemy import Connection, Select, case, func, select

from bench.bare_pages import bare, record
from bench.desk import Get, getter, recorded
from bench.measure import Count, Measured, figure, medians, quantity
from bench.year_data import Year, described, measured_year
from grants.domain.results import PromiseFigures
from grants.extensions import db
from grants.models.clocks import Clock
from grants.models.reference import ServiceCommitment
from grants.operations import tallies
from grants.queries import figures
from grants.queries import tallies as counted
from grants.unit_of_work import saving

NAME, PAGE_NAME = "Figures of a year", "Nos engagements"
CLOCKS = 1_000_000
LIMIT, PAGE_LIMIT, STATEMENTS_LIMIT = 3.0, 3.0, 12
RUNS, WARM_UP = 7, 1
PAGES = 10  # runs of the page for one of the figures
URL = "/engagements/saca"


def measure(
    engine: str, folder: Path, clocks: int = CLOCKS, runs: int = RUNS, warm_up: int = WARM_UP
) -> list[Measured]:
    """The figures beside the aggregate, then the page beside itself made bare."""
    with measured_year(engine, folder, clocks) as app:
        ours, baseline = compared(app, runs, warm_up)
        tally(app)
        page = getter(app, URL, "")
        gets = (page, bare(app, record(app, page)))
        times = medians([_run(get) for get in gets], PAGES * runs, PAGES * warm_up)
        return [
            quantity(f"{NAME}, {clocks} promises", "s", ours, baseline, LIMIT),
            figure(f"{PAGE_NAME}, {clocks} promises", times[0], times[1], PAGE_LIMIT),
            Count(f"{PAGE_NAME}, statements", len(statements(app)), STATEMENTS_LIMIT),
        ]


def compared(app: Flask, runs: int, warm_up: int) -> tuple[float, float]:
    """Median seconds of the figures and of the aggregate, in turns; both must count the same."""
    with app.app_context(), closing(db.engine.connect()) as connection:
        year = described(db.session())
        contenders = (lambda: _ours(year), lambda: _aggregate(connection, year))
        if _told(contenders[0]()) != contenders[1]():
            raise RuntimeError("the aggregate does not count what the figures count")
        spent: tuple[list[float], list[float]] = ([], [])
        for number in range(warm_up + runs):
            for place in (0, 1) if number % 2 else (1, 0):
                took = _seconds(contenders[place])
                if number >= warm_up:
                    spent[place].append(took)
        db.session.remove()
    return median(spent[0]), median(spent[1])


def tally(app: Flask) -> None:
    """What the job does each hour: count, then keep."""
    with app.app_context():
        year = described(db.session())
        found = counted.count(db.session(), year.secretariat_id, year.period, year.now)
        with saving() as session:
            tallies.keep(session, year.secretariat_id, found)
        db.session.remove()


def statements(app: Flask) -> list[str]:
    """The statements of the page, after another one filled the caches."""
    get = getter(app, URL, "")
    get()
    with app.app_context():
        engine = db.engine
    return recorded(engine, get)


def _ours(year: Year) -> list[PromiseFigures]:
    found = figures.figures(db.session(), year.secretariat_id, year.period, year.now)
    db.session.rollback()
    return found


def _told(found: Sequence[PromiseFigures]) -> dict[str, tuple[int, int]]:
    """All that were on record, and those kept or set apart in time, of promises that had any."""
    return {
        one.code: (one.due + one.excluded_count, one.kept + one.excluded_count)
        for one in found
        if one.due
    }


def _aggregate(connection: Connection, year: Year) -> dict[str, tuple[int, int]]:
    """How many promises, and how many ended by their date: one statement."""
    with connection.begin():
        rows = connection.execute(_counting(year))
        return {code: (int(every), int(on_time)) for code, every, on_time in rows}


def _counting(year: Year) -> Select[str, int, int]:
    on_time = func.sum(case((Clock.stopped_at <= Clock.due_at, 1), else_=0))
    return (
        select(ServiceCommitment.code, func.count(), on_time)
        .join(Clock, Clock.commitment_id == ServiceCommitment.id)
        .where(Clock.due_on.between(year.period.from_on, year.period.until_on))
        .where(Clock.commitment_id.in_(year.commitment_ids))
        .group_by(ServiceCommitment.code)
    )


def _seconds(task: Callable[[], object]) -> float:
    start = monotonic()
    task()
    return monotonic() - start


def _run(get: Get) -> Callable[[int], bytes]:
    return lambda _number: get()
