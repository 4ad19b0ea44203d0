"""How things are measured: alternating runs, medians of CPU time, figures that say if they hold.

CPU time of the process (`time.process_time`), not time on the wall: other programs of the machine
and the wait for a disk do not count. What is compared runs in turns, the order turned round each
time, so that a machine that slows down or warms up does it to all alike.
"""

from collections.abc import Callable, Sequence
from contextlib import AbstractContextManager
from dataclasses import asdict, dataclass
from gc import collect
from statistics import median
from time import process_time

Run = Callable[[int], object]  # given the number of the run
Stage = Callable[[], AbstractContextManager[Callable[[], object]]]  # makes ready, then runs


@dataclass(frozen=True)
class Figure:
    """What one measurement found: ours beside the baseline, in milliseconds of CPU."""

    name: str
    ours_ms: float
    baseline_ms: float
    ratio: float
    limit: float
    passed: bool

    def facts(self) -> dict[str, object]:
        """The figure as `results.json` holds it."""
        return asdict(self)


@dataclass(frozen=True)
class Count:
    """A number that has a limit and is no time, such as statements."""

    name: str
    count: int
    limit: int

    @property
    def passed(self) -> bool:
        """Whether the limit holds."""
        return self.count <= self.limit

    def facts(self) -> dict[str, object]:
        """The number as `results.json` holds it."""
        return {**asdict(self), "passed": self.passed}


@dataclass(frozen=True)
class Quantity:
    """Ours beside a baseline in a unit of its own; `ratio` says how much worse ours is."""

    name: str
    unit: str
    ours: float
    baseline: float
    ratio: float
    limit: float

    @property
    def passed(self) -> bool:
        """Whether the limit holds."""
        return self.ratio <= self.limit

    def facts(self) -> dict[str, object]:
        """The quantity as `results.json` holds it."""
        return {**asdict(self), "passed": self.passed}


Measured = Figure | Count | Quantity


def quantity(name: str, unit: str, ours: float, baseline: float, limit: float) -> Quantity:
    """Compare two quantities, the fewer the better, and say whether the limit holds."""
    ratio = round(ours / baseline, 3)
    return Quantity(name, unit, round(ours, 3), round(baseline, 3), ratio, limit)


def rate(name: str, ours: float, baseline: float, limit: float) -> Quantity:
    """Compare how many are made in a second: the more the better."""
    ratio = round(baseline / ours, 3)
    return Quantity(name, "a second", round(ours, 3), round(baseline, 3), ratio, limit)


def figure(name: str, ours_ms: float, baseline_ms: float, limit: float) -> Figure:
    """Compare two medians and say whether ours stays under `limit` times the baseline."""
    ratio = round(ours_ms / baseline_ms, 3)
    return Figure(name, round(ours_ms, 3), round(baseline_ms, 3), ratio, limit, ratio <= limit)


def medians(contenders: Sequence[Run], runs: int, warm_up: int) -> list[float]:
    """The median CPU time of each contender in milliseconds, over `runs` alternating runs.

    The first `warm_up` runs are not counted: caches fill, code is compiled.
    """
    spent: list[list[float]] = [[] for _ in contenders]
    places = range(len(contenders))
    for number in range(warm_up + runs):
        if number == warm_up:
            collect()
        for place in places if number % 2 else reversed(places):
            took = _cpu(contenders[place], number)
            if number >= warm_up:
                spent[place].append(took)
    return [median(times) for times in spent]


def staged(stages: Sequence[Stage], runs: int, warm_up: int) -> list[float]:
    """The same for what must be made ready before each run, such as a database of its own.

    Only the run is timed, neither what comes before nor what comes after.
    """
    spent: list[list[float]] = [[] for _ in stages]
    places = range(len(stages))
    for number in range(warm_up + runs):
        for place in places if number % 2 else reversed(places):
            with stages[place]() as run:
                collect()
                took = _cpu(lambda _, run=run: run(), number)
            if number >= warm_up:
                spent[place].append(took)
    return [median(times) for times in spent]


def _cpu(run: Run, number: int) -> float:
    start = process_time()
    run(number)
    return (process_time() - start) * 1000
