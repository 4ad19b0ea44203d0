"""Whether somebody answers the telephone now, in words."""

from datetime import datetime

from grants.domain.calendar import ONE_DAY, local_date, local_time
from grants.domain.office_hours import Opening
from grants.wording import formats


def sentence(opening: Opening, now: datetime) -> str:
    """ "Ouvert maintenant, jusqu’à 12 h", "Fermé maintenant. Ouvre demain à 8 h 30"."""
    clock = formats.time(local_time(opening.at))
    if opening.is_open:
        return f"Ouvert maintenant, jusqu’à {clock}."
    return f"Fermé maintenant. Ouvre {_day(opening.at, now)} à\u00a0{clock}."


def _day(at: datetime, now: datetime) -> str:
    day, today = local_date(at), local_date(now)
    if day == today:
        return "aujourd’hui"
    return "demain" if day == today + ONE_DAY else f"le {formats.date_long(day)}"
