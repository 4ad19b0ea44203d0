"""What is said of an account: its state, and since when it changed."""

from datetime import datetime

from grants.domain.calendar import local_date
from grants.wording import formats

Tag = tuple[str, str]


def state(verified_at: datetime | None, *, is_present: bool = True) -> Tag:
    """Whether an account may be paid, as a tag: its words and its kind.

    `is_present` is False for one that another replaced: nothing more is paid to it.
    """
    if verified_at is not None:
        words = f"vérifié le\u00a0{formats.date_short(local_date(verified_at))}"
        return (words, "ok") if is_present else (f"remplacé, {words}", "plain")
    return ("à vérifier par téléphone", "wait") if is_present else ("remplacé", "plain")


def changed(entered_at: datetime, now: datetime) -> str:
    """ "compte modifié aujourd’hui", "compte modifié il y a 2 jours"."""
    days = (local_date(now) - local_date(entered_at)).days
    if days <= 0:
        return "compte modifié aujourd’hui"
    if days == 1:
        return "compte modifié hier"
    return f"compte modifié il y a\u00a0{formats.count(days, 'jour')}"
