"""The time left of a promise in words, and near dates as people say them."""

from dataclasses import dataclass
from datetime import date, datetime
from functools import lru_cache

from babel.dates import format_date

from grants.domain.calendar import local_date, local_time
from grants.domain.time_left import TimeLeft, Urgency
from grants.wording import formats


@dataclass(frozen=True)
class Chip:
    """A deadline as its macro wants it: state, words, squares, and the date below."""

    state: str
    words: str
    total: int
    past: int
    below: str


def chip(left: TimeLeft, due_at: datetime, today: date) -> Chip:
    """The chip of a promise that runs."""
    below = _below(left, due_at, today)
    return Chip(left.urgency.value, _words(left), left.total, left.past, below)


@lru_cache(maxsize=4096)
def day_short(day: date) -> str:
    """ "mer. 25 nov.", as the week strip writes it; the first of a month is "1er"."""
    number = "1er" if day.day == 1 else str(day.day)
    weekday, month = (format_date(day, part, locale="fr_CA") for part in ("EEE", "MMM"))
    return f"{weekday} {number}\u00a0{month}"


def near(moment: datetime, now: datetime) -> str:
    """ "aujourd’hui 7 h 48", "hier 15 h 50", "le 17 novembre, 21 h 14"."""
    local, today = local_time(moment), local_date(now)
    days = (today - local.date()).days
    hour = formats.time(local)
    if days in (0, 1):
        return f"{'hier' if days else 'aujourd’hui'} {hour}"
    day = formats.day_month if local.year == today.year else formats.date_short
    return f"le {day(local.date())}, {hour}"


def _words(left: TimeLeft) -> str:
    if left.urgency is Urgency.LATE:
        return f"{formats.count(-left.left, 'jour')} de retard" if left.left else "En retard"
    return formats.count(left.left, "jour") if left.left else "Aujourd’hui"


def _below(left: TimeLeft, due_at: datetime, today: date) -> str:
    local = local_time(due_at)
    if left.urgency is Urgency.LATE:
        return f"promis le {day_short(local.date())}"
    if local.date() == today:
        return f"avant {formats.time(local)}"
    return day_short(local.date())


def until(moment: datetime, now: datetime) -> str:
    """ "avant 15 h 02 aujourd’hui", "avant 10 h 02 demain", "en retard, promis hier 9 h 10"."""
    local, today = local_time(moment), local_date(now)
    if moment < now:
        return f"en retard, promis {near(moment, now)}"
    days = {0: "aujourd’hui", 1: "demain"}
    day = days.get((local.date() - today).days) or f"le {formats.day_month(local.date())}"
    return f"avant {formats.time(local)} {day}"
