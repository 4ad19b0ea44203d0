"""Dates as people type them."""

from contextlib import suppress
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from grants.domain.dates import parse_date, write_parts
from grants.domain.errors import DomainError


@pytest.mark.parametrize(
    ("typed", "day"),
    [
        (["9", "11", "2026"], date(2026, 11, 9)),
        (["09", " 11 ", "2026"], date(2026, 11, 9)),
        (["1er", "avril", "2026"], date(2026, 4, 1)),
        (["24", "FEVRIER", "2026"], date(2026, 2, 24)),
        ("2026-11-09", date(2026, 11, 9)),
        ("1er avril 2026", date(2026, 4, 1)),
        ("29 février 2028", date(2028, 2, 29)),
    ],
)
def test_usual_forms_are_read(typed: str | list[str], day: date) -> None:
    assert parse_date(typed) == day


@pytest.mark.parametrize(
    ("typed", "code"),
    [
        (["", "11", "2026"], "date_incomplete"),
        (["9", "11"], "date_incomplete"),
        (["31", "2", "2026"], "date_impossible"),
        (["29", "2", "2026"], "date_impossible"),
        (["9", "13", "2026"], "date_impossible"),
        (["0", "1", "2026"], "date_impossible"),
        (["9", "11", "26"], "date_year"),
        (["9", "11", "0026"], "date_year"),
        (["9", "brumaire", "2026"], "date_format"),
        (["²", "11", "2026"], "date_format"),
        ("03/04/26", "date_format"),
        ("", "date_format"),
    ],
)
def test_anything_else_is_refused_with_its_reason(typed: str | list[str], code: str) -> None:
    with pytest.raises(DomainError) as refusal:
        parse_date(typed)
    assert refusal.value.code == code


def test_the_missing_part_is_named() -> None:
    with pytest.raises(DomainError) as refusal:
        parse_date(["9", "", "2026"])
    assert refusal.value.facts == {"missing": "month"}


@given(st.dates(date(1800, 1, 1), date(2200, 12, 31)))
def test_parts_and_iso_are_read_back(day: date) -> None:
    assert parse_date(write_parts(day)) == day
    assert parse_date(day.isoformat()) == day


@given(st.text() | st.lists(st.text(), max_size=5))
def test_no_text_does_anything_but_be_read_or_refused(typed: str | list[str]) -> None:
    with suppress(DomainError):
        assert isinstance(parse_date(typed), date)
