"""The table of the annual report in the words that pages and paper print."""

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import groupby
from operator import attrgetter

from grants.domain.deadlines import Unit
from grants.wording import formats, promises, results
from grants.wording.report_sheet import GUARD, PERCENT, ReportRow

_LENGTHS = {words: unit for unit, words in results.UNITS.items() if unit != Unit.ANNOUNCED.value}
_BY_CODE = attrgetter("code")


@dataclass(frozen=True)
class ShownPromise:
    """One promise with a delay, ready to print."""

    code: str
    title: str
    commitment: str
    indicator: str
    target: str
    previous: str
    result: str
    percent: int | None
    variance: str
    volume: str
    missed: str
    open_late: str
    excluded: str
    extended: str
    median: str
    nine_in_ten: str
    explanation: str
    source: str


@dataclass(frozen=True)
class ShownMeasure:
    """One count of a promise without a delay, over two years."""

    indicator: str
    previous: str
    result: str


@dataclass(frozen=True)
class ShownCommitment:
    """One promise without a delay: its counts, what is told of it, or how it is guarded."""

    code: str
    commitment: str
    measures: tuple[ShownMeasure, ...]
    explanation: str
    source: str


def timed(rows: Sequence[ReportRow]) -> list[ShownPromise]:
    """The promises with a delay, in order."""
    return [_promise(row) for row in rows if row.unit == PERCENT]


def untimed(rows: Sequence[ReportRow]) -> list[ShownCommitment]:
    """The other promises, each with its counts."""
    others = [row for row in rows if row.unit != PERCENT]
    return [_commitment(code, list(of)) for code, of in groupby(others, _BY_CODE)]


def _promise(row: ReportRow) -> ShownPromise:
    unit = _LENGTHS[row.length_unit]
    return ShownPromise(
        code=row.code,
        title=promises.WORDS[row.code].title,
        commitment=row.commitment,
        indicator=row.indicator,
        target=results.percent(row.target),
        previous=results.percent(row.previous),
        result=results.percent(row.result),
        percent=None if row.result is None else row.result // 10,
        variance=results.points(row.variance),
        volume=results.volume(row.kept or 0, row.due or 0),
        missed=formats.number(row.missed or 0),
        open_late=formats.number(row.open_late or 0),
        excluded=formats.number(row.excluded or 0),
        extended=formats.number(row.extended or 0),
        median=results.length(row.median, unit),
        nine_in_ten=results.length(row.nine_in_ten, unit),
        explanation=row.explanation,
        source=row.source,
    )


def _commitment(code: str, rows: Sequence[ReportRow]) -> ShownCommitment:
    first = rows[0]
    return ShownCommitment(
        code=code,
        commitment=first.commitment,
        measures=tuple(_measure(row) for row in rows if row.key != GUARD),
        explanation=first.explanation,
        source=first.source,
    )


def _measure(row: ReportRow) -> ShownMeasure:
    return ShownMeasure(
        row.indicator,
        results.measured(row.previous, row.previous_due),
        results.measured(row.result, row.due),
    )
