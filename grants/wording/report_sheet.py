"""The table of the annual report: one row a measure, frozen as data when a period is published.

Numbers are whole: tenths of a percent or of a point for shares, targets and variances, days or
minutes for lengths, counts for the rest. None is "not computable", never 0.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, fields
from datetime import date, datetime
from typing import TYPE_CHECKING, Any

from grants.domain.periods import Period
from grants.domain.results import TENTHS, PromiseFigures
from grants.wording import sheet_data
from grants.wording.results import GUARDS, INDICATOR, MEASURES, UNITS

if TYPE_CHECKING:
    from grants.queries.evidence import Evidence, Measure
    from grants.queries.tallies import Counted

FORMAT = "appui-resultats-1"
SHARE, GUARD = "share", "guard"
PERCENT = "%"
CLOCKS = "Dates des dossiers inscrites par le système"
REGISTERS = "Registres du système"
_OF_DELAYS = dict.fromkeys(
    ("target", "variance", "missed", "open_late", "excluded", "extended", "median", "nine_in_ten")
)
NO_COUNT = "Aucun nombre\u00a0: comment la promesse est protégée"


@dataclass(frozen=True)
class ReportRow:
    """One measure of one commitment over two years.

    `result` and `previous` are tenths of a percent when `unit` is "%", else a count or days;
    `kept` of `due` is the volume behind `result`. `median` and `nine_in_ten` are in `length_unit`.
    """

    code: str
    key: str
    commitment: str
    indicator: str
    unit: str
    target: int | None
    previous: int | None
    result: int | None
    variance: int | None
    kept: int | None
    due: int | None
    previous_kept: int | None
    previous_due: int | None
    missed: int | None
    open_late: int | None
    excluded: int | None
    extended: int | None
    median: int | None
    nine_in_ten: int | None
    length_unit: str
    explanation: str
    source: str

    @property
    def is_under_target(self) -> bool:
        """Whether the target is not reached, so that an explanation is due."""
        return self.variance is not None and self.variance < 0


NUMBERS = tuple(one.name for one in fields(ReportRow) if one.type == "int | None")
"""What is computed, so what can be computed again."""


@dataclass(frozen=True)
class ReportSheet:
    """Everything a publication says. `secretariat` is a `contacts.block`.

    `number` is 1, more for a correction, whose `reason` is then told; `as_of` is the instant the
    figures stand at.
    """

    secretariat_code: str
    secretariat: Mapping[str, Any]
    from_on: date
    until_on: date
    number: int
    as_of: datetime
    published_on: date
    reason: str
    rows: tuple[ReportRow, ...]

    @property
    def period(self) -> Period:
        """The days the results are of."""
        return Period(self.from_on, self.until_on)

    def to_data(self) -> dict[str, Any]:
        """The facts as JSON holds them."""
        return {"format": FORMAT, **sheet_data.plain(self)}

    @classmethod
    def from_data(cls, data: Mapping[str, Any]) -> ReportSheet:
        """The sheet that gave the data; ValueError when they are of another format."""
        if data.get("format") != FORMAT:
            raise ValueError("not the data of a publication")
        return sheet_data.restored(cls, data)


def rows_of(
    current: Counted, previous: Counted, explanations: Mapping[str, str]
) -> tuple[ReportRow, ...]:
    """The rows of what was counted: timed promises first, then the others."""
    return (
        *_timed(current, previous, explanations),
        *_untimed(current, previous, explanations),
    )


def _timed(
    current: Counted, previous: Counted, explanations: Mapping[str, str]
) -> Iterator[ReportRow]:
    before = {one.code: one for one in previous.figures}
    for one in current.figures:
        yield _promise(one, before.get(one.code), explanations.get(one.code, ""))


def _promise(one: PromiseFigures, before: PromiseFigures | None, explanation: str) -> ReportRow:
    return ReportRow(
        code=one.code,
        key=SHARE,
        commitment=one.sentence,
        indicator=INDICATOR,
        unit=PERCENT,
        target=one.target_percent * TENTHS,
        previous=before.share if before else None,
        result=one.share,
        variance=one.variance,
        kept=one.kept,
        due=one.due,
        previous_kept=before.kept if before else None,
        previous_due=before.due if before else None,
        missed=one.missed,
        open_late=one.open_late,
        excluded=one.excluded_count,
        extended=one.extended,
        median=one.median,
        nine_in_ten=one.nine_in_ten,
        length_unit=UNITS[one.unit],
        explanation=explanation,
        source=CLOCKS,
    )


def _untimed(
    current: Counted, previous: Counted, explanations: Mapping[str, str]
) -> Iterator[ReportRow]:
    before = {
        (one.code, measure.key): measure for one in previous.evidence for measure in one.measures
    }
    for one in current.evidence:
        explanation = explanations.get(one.code, "")
        for measure in one.measures:
            yield _evidence(one, measure, before.get((one.code, measure.key)), explanation)
        if not one.measures:
            yield _evidence(one, None, None, explanation or GUARDS.get(one.code, ""))


def _evidence(
    one: Evidence, measure: Measure | None, before: Measure | None, explanation: str
) -> ReportRow:
    words = MEASURES[measure.key] if measure else None
    is_part = measure is not None and measure.of is not None
    return ReportRow(
        code=one.code,
        key=measure.key if measure else GUARD,
        commitment=one.sentence,
        indicator=words.label if words else NO_COUNT,
        unit=words.unit if words else "",
        previous=before.value if before else None,
        result=measure.value if measure else None,
        kept=measure.value if measure and is_part else None,
        due=measure.of if measure else None,
        previous_kept=before.value if before and is_part else None,
        previous_due=before.of if before else None,
        length_unit="",
        explanation=explanation,
        source=REGISTERS,
        **_OF_DELAYS,
    )
