"""The table of the year read, and added up by itself: nothing of the product is asked."""

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime
from pathlib import Path
from zoneinfo import ZoneInfo

TABLE = Path(__file__).with_name("stories.txt")
QUEBEC = ZoneInfo("America/Toronto")
DONE = ("kept", "missed")
DUE = (*DONE, "given_up", "open_late")


@dataclass(frozen=True)
class End:
    """What became of one promise, as typed."""

    code: str
    due_on: date
    outcome: str
    taken: int | None
    reason: str
    extended: bool


@dataclass(frozen=True)
class Story:
    """One line of the table: `count` files that went alike."""

    count: int
    name: str
    came: Sequence[str]
    acts: Sequence[Sequence[str]]
    ends: Sequence[End]


@dataclass(frozen=True)
class Total:
    """The figures of one promise over a year; `share` in tenths of a percent."""

    due: int
    kept: int
    missed: int
    open_late: int
    share: int | None
    median: int | None
    nine_in_ten: int | None
    extended: int = 0
    not_due: int = 0
    excluded: tuple[tuple[str, int], ...] = ()

    @property
    def excluded_count(self) -> int:
        """How many were set apart."""
        return sum(count for _, count in self.excluded)


def read() -> list[Story]:
    """Every line of the table."""
    lines = TABLE.read_text(encoding="utf-8").splitlines()
    return [_story(line) for line in lines if line and not line.startswith("#")]


def instant(day: str, clock: str) -> datetime:
    """What a clock in Québec City shows, as an instant."""
    return datetime.fromisoformat(f"{day} {clock}").replace(tzinfo=QUEBEC).astimezone(UTC)


def total(stories: Iterable[Story], code: str, first: date, last: date) -> Total:
    """One promise over a period, counted one file at a time."""
    ends = [
        end
        for story in stories
        for end in story.ends
        if end.code == code and first <= end.due_on <= last
        for _ in range(story.count)
    ]
    outcomes = Counter(end.outcome for end in ends)
    due, kept = sum(outcomes[one] for one in DUE), outcomes["kept"]
    lengths = sorted(end.taken for end in ends if end.outcome in DONE and end.taken is not None)
    return Total(
        due=due,
        kept=kept,
        missed=outcomes["missed"] + outcomes["given_up"],
        open_late=outcomes["open_late"],
        share=int(kept * 1000 / due + 0.5) if due else None,
        median=_at(lengths, 50),
        nine_in_ten=_at(lengths, 90),
        extended=sum(end.extended for end in ends if end.outcome in DUE),
        not_due=outcomes["not_due"],
        excluded=tuple(sorted(Counter(end.reason for end in ends if end.reason).items())),
    )


def _at(lengths: Sequence[int], percent: int) -> int | None:
    """The value at the nearest rank, by going through them."""
    for rank, length in enumerate(lengths, start=1):
        if 100 * rank >= percent * len(lengths):
            return length
    return None


def _story(line: str) -> Story:
    count, name, came, acts, ends = (part.strip() for part in line.split("|"))
    return Story(
        int(count),
        name,
        came.split(),
        [act.split() for act in acts.split(";") if act.strip()],
        list(_ends(ends)),
    )


def _ends(text: str) -> Iterator[End]:
    for typed in filter(None, (part.split() for part in text.split(";"))):
        code, due_on, outcome, *rest = typed
        numbers = [int(word) for word in rest if word.isdigit()]
        reason = rest[0] if outcome == "excluded" else ""
        taken = numbers[0] if numbers else None
        yield End(code, date.fromisoformat(due_on), outcome, taken, reason, "extended" in rest)
