"""When something happened or will close, as people say it beside today's date."""

from dataclasses import dataclass
from datetime import datetime

from grants.domain.calendar import ONE_DAY, local_date, local_time
from grants.domain.intake import CallState, call_state, countdown
from grants.wording import formats


@dataclass(frozen=True)
class LeftWords:
    """What the countdown of a call says: a number and its word, the line below, the alarm."""

    number: str
    words: str
    below: str
    soon: bool
    sentence: str


def moment(instant: datetime, now: datetime) -> str:
    """ "aujourd’hui à 14 h 32", "hier à 9 h", "le 12 novembre 2026 à 19 h 4"."""
    day, clock = local_date(instant), formats.time(local_time(instant))
    if day == local_date(now):
        return f"aujourd’hui à\u00a0{clock}"
    if day == local_date(now) - ONE_DAY:
        return f"hier à\u00a0{clock}"
    return f"le\u00a0{formats.date_short(day)} à\u00a0{clock}"


def time_left(opens_at: datetime, closes_at: datetime, now: datetime) -> LeftWords:
    """What is left before a call closes, or when it opens."""
    state = call_state(opens_at, closes_at, now)
    if state is CallState.COMING:
        opening = f"le\u00a0{formats.date_short(local_date(opens_at))}"
        return LeftWords("", "À venir", opening, False, f"L’appel ouvre {opening}.")
    if state is CallState.CLOSED:
        closing = f"le\u00a0{formats.date_short(local_date(closes_at))}"
        return LeftWords("", "Fermé", closing, False, f"L’appel est fermé depuis {closing}.")
    left = countdown(closes_at, now)
    if left.days == 0:
        clock = formats.time(local_time(closes_at))
        sentence = f"C’est le dernier jour\u00a0: envoyez avant {clock}."
        return LeftWords("", "Dernier jour", f"avant {clock}", True, sentence)
    word = formats.plural(left.days, "jour", "jours")
    sentence = f"Il reste {formats.count(left.days, 'jour')}."
    return LeftWords(str(left.days), word, "pour envoyer", left.soon, sentence)
