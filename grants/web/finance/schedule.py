"""The calendar of instalments of a fiscal year, by program and month."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from itertools import groupby
from operator import attrgetter

from flask import render_template, request

from grants import clock
from grants.domain.agreements import fiscal_year
from grants.domain.calendar import local_date
from grants.extensions import db
from grants.queries import desk
from grants.queries import schedule as queries
from grants.queries.schedule import IN_BATCH, PAID, PAYABLE, PLANNED, Cell
from grants.web.finance.envelope_lines import envelope_lines
from grants.web.session import current_actor
from grants.wording.agreements import year as year_words
from grants.wording.payments import month as month_words

STATES = {
    PLANNED: "Prévu",
    PAYABLE: "Prêt à verser",
    IN_BATCH: "Dans un lot",
    PAID: "Versé",
}
FIRST, LAST = 1990, 2200  # years that a picker could ask for


@dataclass(frozen=True)
class MonthRow:
    """One month of a program: how many instalments, and the amount in each state."""

    month: str
    count: int
    amounts: Sequence[tuple[str, int]]


@dataclass(frozen=True)
class ProgramRows:
    """The months of one program."""

    title: str
    rows: Sequence[MonthRow]
    count: int
    cents: int


def schedule() -> str:
    """What is planned, payable, in a batch and paid, month by month."""
    session, actor = db.session(), current_actor()
    this_year = fiscal_year(local_date(clock.utc_now()))
    year = request.args.get("exercice", this_year, type=_year)
    cells = queries.of_year(session, year, actor=actor)
    known = sorted({this_year, year, *queries.years(session, actor=actor)}, reverse=True)
    return render_template(
        "finance/schedule.html",
        year=year,
        name=year_words(year),
        years=[(value, year_words(value)) for value in known],
        programs=[_program(title, list(of)) for title, of in groupby(cells, _BY_PROGRAM)],
        total=_amounts(cells),
        envelopes=envelope_lines(session, year, desk.programs(session, actor)),
    )


_BY_PROGRAM = attrgetter("program")
_BY_MONTH = attrgetter("month")


def _year(text: str) -> int:
    """A year of the picker; ValueError, so the present one, for anything else."""
    value = int(text[:4])
    if not FIRST <= value <= LAST:
        raise ValueError(text)
    return value


def _program(title: str, cells: Sequence[Cell]) -> ProgramRows:
    rows = [_month(on, list(of)) for on, of in groupby(cells, _BY_MONTH)]
    count = sum(cell.count for cell in cells)
    return ProgramRows(title, rows, count, sum(cell.cents for cell in cells))


def _month(on: date, cells: Sequence[Cell]) -> MonthRow:
    return MonthRow(month_words(on), sum(cell.count for cell in cells), _amounts(cells))


def _amounts(cells: Iterable[Cell]) -> list[tuple[str, int]]:
    """The amount in each state, then their sum."""
    known = list(cells)
    by_state = [
        (label, sum(cell.cents for cell in known if cell.state == state))
        for state, label in STATES.items()
    ]
    return [*by_state, ("Total", sum(cell.cents for cell in known))]
