"""Dates, hours, sizes and counts in the French of Québec."""

from datetime import UTC, date, datetime, time

import pytest

from grants.wording import formats

INSTANT = datetime(2026, 11, 24, 20, 12, 40, tzinfo=UTC)


def plain(text: str) -> str:
    """The words, once the no-break spaces have been seen to be the ordinary ones."""
    assert "\u202f" not in text
    return text.replace("\u00a0", " ")


def test_dates_are_in_words() -> None:
    assert plain(formats.date_long(date(2026, 11, 24))) == "mardi 24 novembre 2026"
    assert plain(formats.date_long(date(2026, 12, 1))) == "mardi 1er décembre 2026"
    assert plain(formats.date_short(date(2027, 8, 1))) == "1er août 2027"
    assert plain(formats.day_month(date(2027, 2, 3))) == "3 février"


@pytest.mark.parametrize(
    ("moment", "words"),
    [(time(15, 12), "15 h 12"), (time(8, 5), "8 h 5"), (time(13, 0), "13 h"), (time(0, 0), "0 h")],
)
def test_hours_have_no_leading_zero(moment: time, words: str) -> None:
    assert plain(formats.time(moment)) == words
    assert " " not in formats.time(moment)


def test_instants_are_told_in_the_time_of_quebec() -> None:
    assert plain(formats.instant(INSTANT)) == "mardi 24 novembre 2026 à 15 h 12"
    assert (
        plain(formats.instant_to_the_second(INSTANT)) == "mardi 24 novembre 2026 à 15 h 12 min 40 s"
    )


@pytest.mark.parametrize(
    ("octets", "words"),
    [
        (0, "0 octets"),
        (999, "999 octets"),
        (1000, "1 ko"),
        (212_345, "212 ko"),
        (999_499, "999 ko"),
        (999_700, "1 Mo"),
        (1_800_000, "1,8 Mo"),
        (15_000_000, "15 Mo"),
        (2_500_000_000, "2,5 Go"),
    ],
)
def test_sizes(octets: int, words: str) -> None:
    assert plain(formats.size(octets)) == words


@pytest.mark.parametrize(
    ("quantity", "words"), [(0, "0 pièce"), (1, "1 pièce"), (2, "2 pièces"), (1234, "1 234 pièces")]
)
def test_zero_and_one_are_singular(quantity: int, words: str) -> None:
    assert plain(formats.count(quantity, "pièce")) == words


def test_an_irregular_plural_is_given() -> None:
    assert plain(formats.count(3, "jour ouvrable", "jours ouvrables")) == "3 jours ouvrables"
    assert formats.plural(1, "est", "sont") == "est"
    assert plain(formats.money(123_450)) == "1 234,50 $"
