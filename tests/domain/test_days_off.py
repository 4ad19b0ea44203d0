"""The 13 days off: proposed by rule, kept as data.

Sources of the dates below. The list of 13: public service conditions of work, clause 8-35.01, and
LégisQuébec, chapter J-3, r. 3, section 3. Winter 2011-2012: SFPQ. Winter 2023-2024 and the whole
of 2024: published by the Italian trade office in Montréal, which keeps the same days. 2026 and
2027: the same rules on printed calendars. 24 June and 1 July 2028 rest on the unconfirmed rule.
"""

import json
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from grants.domain.days_off import proposed_days_off
from grants.domain.legal_holidays import first_day_not_legal_holiday, legal_holiday
from grants.domain.movable_days import easter_sunday

DATA = Path(__file__).parents[2] / "grants" / "data" / "days_off.json"

TABLE = [
    ("Jour de l’An", "2026-01-01", "2027-01-01", "2028-01-03"),
    ("Lendemain du jour de l’An", "2026-01-02", "2027-01-04", "2028-01-04"),
    ("Vendredi saint", "2026-04-03", "2027-03-26", "2028-04-14"),
    ("Lundi de Pâques", "2026-04-06", "2027-03-29", "2028-04-17"),
    ("Journée nationale des patriotes", "2026-05-18", "2027-05-24", "2028-05-22"),
    ("Fête nationale du Québec", "2026-06-24", "2027-06-24", "2028-06-23"),
    ("Fête du Canada", "2026-07-01", "2027-07-01", "2028-06-30"),
    ("Fête du Travail", "2026-09-07", "2027-09-06", "2028-09-04"),
    ("Action de grâces", "2026-10-12", "2027-10-11", "2028-10-09"),
    ("Veille de Noël", "2026-12-24", "2027-12-24", "2028-12-22"),
    ("Noël", "2026-12-25", "2027-12-27", "2028-12-25"),
    ("Lendemain de Noël", "2026-12-28", "2027-12-28", "2028-12-26"),
    ("Veille du jour de l’An", "2026-12-31", "2027-12-31", "2028-12-29"),
]

PUBLISHED_WINTERS = {
    2011: ["2011-12-23", "2011-12-26", "2011-12-27", "2011-12-30"],
    2012: ["2012-01-02", "2012-01-03"],
    2023: ["2023-12-22", "2023-12-25", "2023-12-26", "2023-12-29"],
    2024: ["2024-01-01", "2024-01-02"],
}


def held_years() -> list[dict[str, Any]]:
    years: list[dict[str, Any]] = json.loads(DATA.read_text("utf-8"))
    return years


@pytest.mark.parametrize(("column", "year"), [(1, 2026), (2, 2027), (3, 2028)])
def test_the_thirteen_days_of_the_table(column: int, year: int) -> None:
    proposed = [(day.label, day.on.isoformat()) for day in proposed_days_off(year)]
    assert proposed == [(row[0], row[column]) for row in TABLE]


@pytest.mark.parametrize("year", PUBLISHED_WINTERS)
def test_the_winters_that_were_published(year: int) -> None:
    winter = [day.on.isoformat() for day in proposed_days_off(year) if day.on.month in (1, 12)]
    assert [on for on in winter if on in PUBLISHED_WINTERS[year]] == PUBLISHED_WINTERS[year]
    assert len(winter) == 6


def test_summer_days_move_both_ways() -> None:
    taken = {day.label: day.on for year in (2028, 2029) for day in proposed_days_off(year)}
    assert taken["Fête nationale du Québec"] == date(2029, 6, 25)
    assert taken["Fête du Canada"] == date(2029, 7, 2)


def test_every_year_has_thirteen_different_weekdays() -> None:
    for year in range(2000, 2100):
        days = {day.on for day in proposed_days_off(year)}
        assert len(days) == 13, year
        assert all(on.year == year and on.weekday() < 5 for on in days), year


def test_easter() -> None:
    """Published dates, with the earliest and the latest possible ones."""
    assert easter_sunday(1818) == date(1818, 3, 22)
    assert easter_sunday(1943) == date(1943, 4, 25)
    easters = [easter_sunday(year).strftime("%m-%d") for year in range(2024, 2033)]
    assert easters[:5] == ["03-31", "04-20", "04-05", "03-28", "04-16"]
    assert easters[5:] == ["04-01", "04-21", "04-13", "03-28"]


def test_the_data_hold_2024_to_2032_confirmed_to_2027() -> None:
    confirmed = {row["year"]: row["confirmed"] for row in held_years()}
    assert confirmed == {year: year <= 2027 for year in range(2024, 2033)}


@pytest.mark.parametrize("row", held_years(), ids=lambda row: str(row["year"]))
def test_the_data_hold_what_the_rule_proposes(row: dict[str, Any]) -> None:
    proposed = proposed_days_off(row["year"])
    assert row["days"] == [{"date": day.on.isoformat(), "label": day.label} for day in proposed]


@pytest.mark.parametrize(
    ("on", "label"),
    # Interpretation Act, chapter I-16, section 61, paragraph 23.
    [
        ("2026-11-22", "Dimanche"),
        ("2026-01-01", "Jour de l’An"),
        ("2026-04-03", "Vendredi saint"),
        ("2026-04-06", "Lundi de Pâques"),
        ("2026-05-18", "Journée nationale des patriotes"),
        ("2026-06-24", "Fête nationale du Québec"),
        ("2026-07-01", "Fête du Canada"),
        ("2029-07-01", "Dimanche"),
        ("2029-07-02", "Fête du Canada"),
        ("2026-09-07", "Fête du Travail"),
        ("2026-10-12", "Action de grâces"),
        ("2027-12-25", "Noël"),
    ],
)
def test_legal_holidays(on: str, label: str) -> None:
    assert legal_holiday(date.fromisoformat(on)) == label


@pytest.mark.parametrize(
    "on",
    [
        "2026-11-21",  # a Saturday
        "2026-01-02",
        "2026-07-02",  # the first was not a Sunday
        "2029-06-25",  # 24 June, a Sunday, moves nothing in this list
        "2026-12-24",
        "2025-12-26",
        "2026-12-28",
        "2026-12-31",
        "2026-09-30",  # federal days, and the first Monday of August
        "2026-11-11",
        "2026-08-03",
    ],
)
def test_days_that_extend_nothing(on: str) -> None:
    assert legal_holiday(date.fromisoformat(on)) is None


def test_holidays_in_a_row_are_all_passed() -> None:
    assert first_day_not_legal_holiday(date(2029, 7, 1)) == date(2029, 7, 3)
    assert first_day_not_legal_holiday(date(2026, 4, 5)) == date(2026, 4, 7)
    assert first_day_not_legal_holiday(date(2026, 4, 3)) == date(2026, 4, 4)
