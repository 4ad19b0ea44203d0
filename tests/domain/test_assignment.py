"""Who is proposed for a file: conflicts and barred people out, fewest files first, by name."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from grants.domain.assignment import Candidate, Why, propose, rank, with_load
from grants.domain.errors import DomainError

ODILE = Candidate(1, "Odile Marchand", 12)
MARC = Candidate(2, "Marc Élie", 4)
EVE = Candidate(3, "Ève Bouchard", 4)


def test_the_fewest_open_files_come_first() -> None:
    proposal = propose([ODILE, MARC])
    assert (proposal.person_id, proposal.why) == (2, (Why.FEWEST_OPEN_FILES,))
    assert proposal.ranked[1].why == (Why.MORE_OPEN_FILES,)


def test_a_tie_goes_by_name_without_accents() -> None:
    proposal = propose([ODILE, MARC, EVE])
    assert proposal.name == "Ève Bouchard"
    assert proposal.why == (Why.FEWEST_OPEN_FILES, Why.FIRST_BY_NAME)
    assert [place.why for place in proposal.ranked[1:]] == [
        (Why.LATER_BY_NAME,),
        (Why.MORE_OPEN_FILES,),
    ]


def test_a_declared_conflict_takes_a_person_out() -> None:
    proposal = propose([ODILE, Candidate(2, "Marc Élie", 0, conflict=True)])
    assert (proposal.person_id, proposal.why) == (1, (Why.ONLY_POSSIBLE,))
    assert proposal.ranked[-1].why == (Why.DECLARED_CONFLICT,)
    assert proposal.allows(1)
    assert not proposal.allows(2)


def test_whoever_took_the_other_side_is_barred() -> None:
    both = Candidate(2, "Marc Élie", 0, conflict=True, barred=True)
    assert rank([both])[0].why == (Why.DECLARED_CONFLICT, Why.OTHER_SIDE)


@pytest.mark.parametrize("people", [[], [Candidate(1, "A B", 0, barred=True)]])
def test_nobody_possible_is_said(people: list[Candidate]) -> None:
    with pytest.raises(DomainError) as refused:
        propose(people)
    assert refused.value.code == "nobody_possible"


def test_a_page_that_proposes_several_files_spreads_them() -> None:
    people = [Candidate(1, "Anne", 0), Candidate(2, "Bruno", 0), Candidate(3, "Carla", 1)]
    given_to: list[int] = []
    for _ in range(5):
        given_to.append(propose(with_load(people, given_to)).person_id)
    assert given_to == [1, 2, 1, 2, 3]


def test_somebody_away_is_out() -> None:
    away = Candidate(1, "Anne", 0, away_until=date(2026, 11, 27))
    found = propose([away, Candidate(2, "Bruno", 4)])
    assert (found.person_id, found.allows(1)) == (2, False)
    assert found.ranked[-1].why == (Why.AWAY,)


candidates = st.lists(
    st.builds(
        Candidate,
        person_id=st.integers(1, 9),
        name=st.text(min_size=2, max_size=8),
        open_files=st.integers(0, 5),
        conflict=st.booleans(),
        barred=st.booleans(),
    ),
    unique_by=lambda one: one.person_id,
    max_size=6,
)


@given(candidates)
def test_nobody_possible_stands_behind_somebody_impossible(people: list[Candidate]) -> None:
    ranked = rank(people)
    possible = [place.candidate.possible for place in ranked]
    assert possible == sorted(possible, reverse=True)
    loads = [place.candidate.load for place in ranked if place.candidate.possible]
    assert loads == sorted(loads)
    assert {place.candidate.person_id for place in ranked} == {one.person_id for one in people}
    assert all(place.why for place in ranked)
