"""Days whose date changes with the year: Easter and the Mondays fixed by law."""

from datetime import date, timedelta

MONDAY = 0


def easter_sunday(year: int) -> date:
    """Easter by the Gregorian computus (Meeus, Jones and Butcher)."""
    golden = year % 19
    century, of_century = divmod(year, 100)
    leaps, since_leap = divmod(century, 4)
    moon_shift = (century - (century + 8) // 25 + 1) // 3
    epact = (19 * golden + century - leaps - moon_shift + 15) % 30
    quads, since_quad = divmod(of_century, 4)
    to_sunday = (32 + 2 * since_leap + 2 * quads - epact - since_quad) % 7
    late_moon = (golden + 11 * epact + 22 * to_sunday) // 451
    month, day = divmod(epact + to_sunday - 7 * late_moon + 114, 31)
    return date(year, month, day + 1)


def good_friday(year: int) -> date:
    """Two days before Easter."""
    return easter_sunday(year) - timedelta(days=2)


def easter_monday(year: int) -> date:
    """The day after Easter."""
    return easter_sunday(year) + timedelta(days=1)


def patriots_day(year: int) -> date:
    """The Monday that precedes 25 May."""
    eve = date(year, 5, 24)
    return eve - timedelta(days=eve.weekday())


def labour_day(year: int) -> date:
    """The first Monday of September."""
    return _monday_from(date(year, 9, 1))


def thanksgiving(year: int) -> date:
    """The second Monday of October."""
    return _monday_from(date(year, 10, 8))


def _monday_from(on: date) -> date:
    """The first Monday on or after this date."""
    return on + timedelta(days=(MONDAY - on.weekday()) % 7)
