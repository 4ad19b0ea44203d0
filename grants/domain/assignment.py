"""Who should handle a file: one person is proposed, everybody is ranked, each with reasons.

Declared conflicts of interest and people of the matter's other side are out; then whoever has
the fewest open files comes first, ties by name (declaration of services; our decision where it
is silent). The team lead confirms, or changes with a reason.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import date
from enum import StrEnum

from grants.domain.errors import DomainError
from grants.domain.text import fold


class Why(StrEnum):
    """A reason for a place in the ranking; its words are in `grants.wording.assignments`."""

    DECLARED_CONFLICT = "declared_conflict"
    OTHER_SIDE = "other_side"
    AWAY = "away"
    ONLY_POSSIBLE = "only_possible"
    FEWEST_OPEN_FILES = "fewest_open_files"
    FIRST_BY_NAME = "first_by_name"
    MORE_OPEN_FILES = "more_open_files"
    LATER_BY_NAME = "later_by_name"


@dataclass(frozen=True)
class Candidate:
    """Somebody who may review files, as seen from one file.

    `open_files` counts what the person handles now, `proposed_files` what the same page already
    proposes to them. `conflict`: a tie with the organization was declared. `barred`: the person
    stands on the other side of the matter. `away_until` is the last day of the absence of the
    moment, None for somebody present.
    """

    person_id: int
    name: str
    open_files: int
    conflict: bool = False
    barred: bool = False
    proposed_files: int = 0
    away_until: date | None = None

    @property
    def possible(self) -> bool:
        """Whether the rules let this person handle the file; nobody away is given one."""
        return not (self.conflict or self.barred or self.away_until)

    @property
    def load(self) -> int:
        """Open files, those about to come included."""
        return self.open_files + self.proposed_files


@dataclass(frozen=True)
class Ranked:
    """A candidate at their place, with what put them there."""

    candidate: Candidate
    why: tuple[Why, ...]


@dataclass(frozen=True)
class Proposal:
    """The person proposed, why, and everybody in order, the impossible last."""

    person_id: int
    name: str
    why: tuple[Why, ...]
    ranked: tuple[Ranked, ...]

    def allows(self, person_id: int) -> bool:
        """Whether the rules let this person handle the file."""
        return any(
            place.candidate.person_id == person_id and place.candidate.possible
            for place in self.ranked
        )


def propose(candidates: Sequence[Candidate]) -> Proposal:
    """Rank the candidates of one file and propose the first.

    Raises `nobody_possible` when the rules leave nobody: the file waits and the team lead is
    told to name somebody else.
    """
    ranked = rank(candidates)
    if not ranked or not ranked[0].candidate.possible:
        raise DomainError("nobody_possible", count=len(candidates))
    first = ranked[0]
    return Proposal(first.candidate.person_id, first.candidate.name, first.why, ranked)


def rank(candidates: Sequence[Candidate]) -> tuple[Ranked, ...]:
    """Everybody in order: possible first, fewest open files first, ties by name."""
    ordered = sorted(candidates, key=_place)
    possible = [one for one in ordered if one.possible]
    return tuple(Ranked(one, _why(one, possible)) for one in ordered)


def with_load(candidates: Iterable[Candidate], proposed: Iterable[int]) -> list[Candidate]:
    """The candidates with what the page already proposes to them, one person id per file."""
    given = list(proposed)
    return [replace(one, proposed_files=given.count(one.person_id)) for one in candidates]


def _place(candidate: Candidate) -> tuple[bool, int, str, int]:
    return (not candidate.possible, candidate.load, fold(candidate.name), candidate.person_id)


def _why(candidate: Candidate, possible: list[Candidate]) -> tuple[Why, ...]:
    if not candidate.possible:
        out = (
            (candidate.conflict, Why.DECLARED_CONFLICT),
            (candidate.barred, Why.OTHER_SIDE),
            (candidate.away_until, Why.AWAY),
        )
        return tuple(reason for holds, reason in out if holds)
    if len(possible) == 1:
        return (Why.ONLY_POSSIBLE,)
    first = possible[0]
    if candidate is not first:
        return (Why.LATER_BY_NAME if candidate.load == first.load else Why.MORE_OPEN_FILES,)
    if possible[1].load == first.load:
        return (Why.FEWEST_OPEN_FILES, Why.FIRST_BY_NAME)
    return (Why.FEWEST_OPEN_FILES,)
