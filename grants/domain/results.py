"""The figures of a promise over a period: what is counted, and how. Source: our decisions.

A promise belongs to the period of the last day on which it may be kept. It is counted once that
moment has passed: before, nobody knows what becomes of it, and counting only those kept early
would flatter us. Kept on time, or missed; open and late counts as missed. What ended for another
reason before its date (`EXCLUDING`) is set apart with its reason; the same after the date is
missed. Figures are those known at an instant: what was written down later is not known yet.

Shares are tenths of a percent, whole numbers: 964 is 96.4 %. When nothing was due there is no
share, neither 0 nor 100. A share never says that all were kept when one was missed, nor that none
was when one was kept.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from itertools import takewhile

from grants.domain.deadlines import Unit

WHOLE = 1000  # tenths of a percent
TENTHS = 10
MEDIAN, NINE_IN_TEN = 50, 90
PERCENTS = 100
MINUTES = 60

EXCLUDING = frozenset({"withdrawn", "duplicate", "moved", "unreachable"})
"""The events that set a promise apart when they come by its date: nobody waits any more."""


class Outcome(StrEnum):
    """What became of a promise, as known at an instant.

    `MISSED` was done after its date, `GIVEN_UP` ended after its date without being done,
    `OPEN_LATE` still waits: the three count against us.
    """

    KEPT = "kept"
    MISSED = "missed"
    GIVEN_UP = "given_up"
    OPEN_LATE = "open_late"
    EXCLUDED = "excluded"
    NOT_DUE = "not_due"


DONE = frozenset({Outcome.KEPT, Outcome.MISSED})
NEVER = frozenset({Outcome.GIVEN_UP, Outcome.OPEN_LATE})
DUE = DONE | NEVER


@dataclass(frozen=True)
class Promise:
    """A timed commitment as the declaration words it; `quantity` is None for announced dates."""

    code: str
    sentence: str
    unit: Unit
    quantity: int | None
    target_percent: int


@dataclass(frozen=True)
class Tallied:
    """So many promises with the same end: `taken` when done, `reason` is the event that ended them.

    `extended` how many of them were; `quantity` is the delay they ran with, None for that of now.
    """

    outcome: Outcome
    count: int
    taken: int | None = None
    reason: str | None = None
    extended: int = 0
    quantity: int | None = None


@dataclass(frozen=True)
class Histogram:
    """How long those done took: `taken` to how many; and how many were due but never done.

    Days of the delay, or minutes for hours.
    """

    unit: Unit
    done: Mapping[int, int]
    never: int = 0

    @property
    def due(self) -> int:
        """All that were due."""
        return sum(self.done.values()) + self.never


@dataclass(frozen=True)
class PromiseFigures:
    """The figures of one promise over a period.

    `due` = `kept` + `missed` + `open_late`; `missed` are closed, done too late or given up after
    their date. `excluded` counts those set apart, by reason. `extended` of those due were extended
    while they ran: the measure keeps their first date. `not_due` are outside, their date to come.
    `median` and `nine_in_ten` are over those done, in days of the delay or minutes for hours;
    `share` in tenths of a percent. None where there is nothing to compute.
    """

    code: str
    sentence: str
    unit: str
    quantity: int | None
    target_percent: int
    due: int
    kept: int
    missed: int
    open_late: int
    excluded: Mapping[str, int] = field(default_factory=dict)
    extended: int = 0
    not_due: int = 0
    median: int | None = None
    nine_in_ten: int | None = None
    share: int | None = None

    @property
    def excluded_count(self) -> int:
        """How many were set apart."""
        return sum(self.excluded.values())

    @property
    def variance(self) -> int | None:
        """Share less target, in tenths of a point; None without a share."""
        return None if self.share is None else self.share - self.target_percent * TENTHS


def figures_of(promise: Promise, rows: Iterable[Tallied]) -> PromiseFigures:
    """The figures of one promise: the one place where they are computed."""
    known = list(rows)
    kept = _sum(known, Outcome.KEPT)
    missed = _sum(known, Outcome.MISSED) + _sum(known, Outcome.GIVEN_UP)
    open_late = _sum(known, Outcome.OPEN_LATE)
    due = kept + missed + open_late
    done = _lengths(known)
    return PromiseFigures(
        code=promise.code,
        sentence=promise.sentence,
        unit=promise.unit.value,
        quantity=promise.quantity,
        target_percent=promise.target_percent,
        due=due,
        kept=kept,
        missed=missed,
        open_late=open_late,
        excluded=_by_reason(known),
        extended=sum(row.extended for row in known if row.outcome in DUE),
        not_due=_sum(known, Outcome.NOT_DUE),
        median=percentile(done, MEDIAN),
        nine_in_ten=percentile(done, NINE_IN_TEN),
        share=share(kept, due),
    )


def histogram_of(promise: Promise, rows: Iterable[Tallied]) -> Histogram:
    """How long those done took, from the same rows, to see what another delay would have given.

    What was missed by doing it on a closed day after its last day took no more business days than
    promised: it counts as one more than the delay it ran with, so that the delay of a period gives
    the share of that period.
    """
    done: dict[int, int] = {}
    never = 0
    for row in rows:
        if row.outcome in DONE and row.taken is not None:
            taken = max(row.taken, _least(promise, row))
            done[taken] = done.get(taken, 0) + row.count
        elif row.outcome in NEVER:
            never += row.count
    return Histogram(promise.unit, done, never)


def _least(promise: Promise, row: Tallied) -> int:
    """The shortest that something with this end can have taken, in days."""
    promised = promise.quantity if row.quantity is None else row.quantity
    if row.outcome is Outcome.KEPT or promised is None or promise.unit is Unit.HOURS:
        return 0
    return promised + 1


def share(kept: int, due: int) -> int | None:
    """The part kept, in tenths of a percent rounded half up; None when nothing was due.

    Short of all it is never 1000, and above none never 0: 1,999 of 2,000 is 99.9 %.
    """
    if due == 0:
        return None
    rounded = (2 * WHOLE * kept + due) // (2 * due)
    if kept < due:
        rounded = min(rounded, WHOLE - 1)
    return max(rounded, 1) if kept else 0


def percentile(histogram: Mapping[int, int], percent: int) -> int | None:
    """The value at the nearest rank, ceil(percent × n / 100); None of nothing.

    It is always a value that happened, never a mean of two.
    """
    total = sum(histogram.values())
    rank = -(-percent * total // PERCENTS)
    for value in sorted(histogram):
        rank -= histogram[value]
        if rank <= 0:
            return value
    return None


def simulate(histogram: Histogram, quantity: int) -> int | None:
    """The share, in tenths of a percent, if the delay had been so many units; None of nothing.

    Hours are read strictly, nights and weekends included. What was done on time on a closed day
    counts on the business day before it: this says what to expect, and is never published.
    """
    limit = quantity * MINUTES if histogram.unit is Unit.HOURS else quantity
    within = takewhile(lambda taken: taken <= limit, sorted(histogram.done))
    return share(sum(histogram.done[taken] for taken in within), histogram.due)


def _sum(rows: Iterable[Tallied], outcome: Outcome) -> int:
    return sum(row.count for row in rows if row.outcome is outcome)


def _lengths(rows: Iterable[Tallied]) -> dict[int, int]:
    """How many of those done took so long."""
    lengths: dict[int, int] = {}
    for row in rows:
        if row.outcome in DONE and row.taken is not None:
            lengths[row.taken] = lengths.get(row.taken, 0) + row.count
    return lengths


def _by_reason(rows: Iterable[Tallied]) -> dict[str, int]:
    reasons: dict[str, int] = {}
    for row in rows:
        if row.outcome is Outcome.EXCLUDED and row.count:
            reason = row.reason or ""
            reasons[reason] = reasons.get(reason, 0) + row.count
    return dict(sorted(reasons.items()))
