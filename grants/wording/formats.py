"""Dates, hours, amounts and sizes as French readers of Québec write them.

No-break spaces (U+00A0) keep together what is read together: "15 h 12", "1,8 Mo".
"""

import datetime
from functools import lru_cache

from babel.dates import format_date
from babel.numbers import format_decimal

from grants.domain.calendar import local_time
from grants.domain.money import write_cents

NBSP = "\u00a0"

_LOCALE = "fr_CA"
_SIZE_UNITS = ("octets", "ko", "Mo", "Go")
_STEP = 1000
_DAYS_KEPT = 4096  # a list says the same few days over and over


@lru_cache(maxsize=_DAYS_KEPT)
def date_long(day: datetime.date) -> str:
    """ "mardi 24 novembre 2026"; the first of a month is "1er"."""
    weekday = format_date(day, "EEEE", locale=_LOCALE)
    return f"{weekday} {date_short(day)}"


@lru_cache(maxsize=_DAYS_KEPT)
def date_short(day: datetime.date) -> str:
    """ "24 novembre 2026"; the first of a month is "1er"."""
    number = "1er" if day.day == 1 else str(day.day)
    return f"{number}{NBSP}{format_date(day, 'MMMM y', locale=_LOCALE)}"


def day_month(day: datetime.date) -> str:
    """ "24 novembre", where the year is plain to see."""
    return date_short(day).rsplit(" ", 1)[0]


def month_year(day: datetime.date) -> str:
    """ "avril 2026"."""
    return format_date(day, "MMMM y", locale=_LOCALE).replace(" ", NBSP)


def month_short(day: datetime.date) -> str:
    """ "avr.", where the year is plain to see."""
    return format_date(day, "MMM", locale=_LOCALE)


def time(moment: datetime.time | datetime.datetime) -> str:
    """ "15 h 12", "8 h 5", "13 h": the hour as it is on the value, without conversion."""
    minutes = f"{NBSP}{moment.minute}" if moment.minute else ""
    return f"{moment.hour}{NBSP}h{minutes}"


def instant(moment: datetime.datetime) -> str:
    """ "mardi 24 novembre 2026 à 15 h 12", Québec City time; the instant carries its zone."""
    local = local_time(moment)
    return f"{date_long(local.date())} à{NBSP}{time(local)}"


def instant_to_the_second(moment: datetime.datetime) -> str:
    """ "mardi 24 novembre 2026 à 23 h 59 min 40 s", for a proof of receipt."""
    local = local_time(moment)
    clock = f"{local.hour}{NBSP}h{NBSP}{local.minute}{NBSP}min{NBSP}{local.second}{NBSP}s"
    return f"{date_long(local.date())} à{NBSP}{clock}"


def size(octets: int) -> str:
    """A file size in decimal units: "212 ko", "1,8 Mo"."""
    value, rank = float(octets), 0
    while value >= _STEP - 0.5 and rank < len(_SIZE_UNITS) - 1:
        value, rank = value / _STEP, rank + 1
    pattern = "#,##0.#" if rank > 1 else "#,##0"
    return f"{_plain(format_decimal(value, pattern, locale=_LOCALE))}{NBSP}{_SIZE_UNITS[rank]}"


def number(value: int) -> str:
    """A whole number with its groups of three: "12 345"."""
    return f"{value:,}".replace(",", NBSP)


def plural(quantity: int, singular: str, several: str) -> str:
    """The French form of a word for a quantity: 0 and 1 are singular."""
    return singular if abs(quantity) <= 1 else several


def count(quantity: int, singular: str, several: str = "") -> str:
    """A quantity and its word: "1 pièce", "3 pièces"; `several` when an "s" does not do."""
    return f"{number(quantity)}{NBSP}{plural(quantity, singular, several or singular + 's')}"


def money(cents: int) -> str:
    """An amount: "1 234,50 $"."""
    return write_cents(cents)


def _plain(text: str) -> str:
    """Narrow no-break spaces of the locale data replaced by the ordinary ones of our rule."""
    return text.replace("\u202f", NBSP)
