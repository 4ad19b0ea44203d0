"""The number of a case file survives the telephone: one slip is always seen."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from grants.domain.case_number import LETTERS, is_valid, make, normalize
from grants.domain.errors import DomainError

CHARACTERS = "ABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789-"

prefixes = st.text(LETTERS, min_size=3, max_size=3)
numbers = st.builds(make, prefixes, st.integers(2000, 2099), st.integers(1, 12_000))


def test_the_form_is_the_one_people_read() -> None:
    assert make("DCD", 2027, 211) == "DCD-2027-0211-M"
    assert is_valid("DCD-2027-0211-M")


@pytest.mark.parametrize(
    ("prefix", "year", "sequence"),
    [("DCI", 2027, 1), ("DC", 2027, 1), ("dcd", 2027, 1), ("DCD", 27000, 1), ("DCD", 2027, 0)],
)
def test_a_number_that_cannot_be_written_is_refused(prefix: str, year: int, sequence: int) -> None:
    with pytest.raises(DomainError) as refusal:
        make(prefix, year, sequence)
    assert refusal.value.code == "case_number_range"


@pytest.mark.parametrize(
    "typed",
    ["dcd 2027 0211 m", "DCD20270211M", " DCD–2027–O2ll–M ", "dcd.2027.0211.m"],
)
def test_what_is_typed_is_brought_to_the_form(typed: str) -> None:
    assert normalize(typed) == "DCD-2027-0211-M"


@given(numbers)
def test_a_number_made_is_valid_and_stable(number: str) -> None:
    assert is_valid(number)
    assert normalize(number.lower().replace("-", " ")) == number


@given(numbers, st.data())
def test_one_wrong_character_is_always_seen(number: str, data: st.DataObject) -> None:
    place = data.draw(st.integers(0, len(number) - 1))
    other = data.draw(st.sampled_from([c for c in CHARACTERS if c != number[place]]))
    assert not is_valid(number[:place] + other + number[place + 1 :])


@given(numbers, st.data())
def test_two_swapped_neighbours_are_always_seen(number: str, data: st.DataObject) -> None:
    pairs = [i for i in range(len(number) - 1) if number[i] != number[i + 1]]
    place = data.draw(st.sampled_from(pairs))
    swapped = number[:place] + number[place + 1] + number[place] + number[place + 2 :]
    assert not is_valid(swapped)


@given(st.text())
def test_no_text_breaks_the_reading(typed: str) -> None:
    assert not is_valid(typed) or make(typed[:3], int(typed[4:8]), int(typed[9:-2])) == typed
    assert isinstance(normalize(typed), str)
