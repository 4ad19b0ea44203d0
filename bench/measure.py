"""How things are measured: alternating runs, medians of CPU time, figures that say if they hold.

CPU time of the process (`time.process_time`), not time on the wall: other programs of the machine
and the wait for a disk do not count. What is compared runs in turns, the order turned round each
time, so that a machine that slows down or warms up does it to all alike.
"""

from collections.abc import Callable, Sequence
from dataclasses import asdict, dataclass
from gc import collect
from statistics import median
from time import process_time

Run = Callable[[int], object]  # given the number of the run


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


def _cpu(run: Run, number: int) -> float:
    start = process_time()
    run(number)
    return (process_time() - start) * 1000
