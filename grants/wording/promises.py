"""The timed promises of the declarations, in the words of pages that follow a file."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

from grants.domain.calendar import local_date
from grants.wording import formats


@dataclass(frozen=True)
class PromiseWords:
    """A promise: its name, what starts it, what keeps it, and the last day it may be kept."""

    title: str
    started: str
    kept: str
    last_day: str


_ANSWER = PromiseWords(
    "Réponse à votre question",
    "Date annoncée le",
    "La réponse est partie",
    "Réponse au plus tard",
)
WORDS: Mapping[str, PromiseWords] = {
    "SACA_ACK": PromiseWords(
        "Accusé de réception",
        "Demande reçue",
        "L’accusé de réception est parti",
        "Dernier jour pour accuser réception",
    ),
    "SCT_ACK": PromiseWords(
        "Accusé de réception",
        "Demande reçue",
        "L’accusé de réception est parti",
        "Dernier jour pour accuser réception",
    ),
    "SACA_PAY": PromiseWords(
        "Versement de la subvention",
        "Protocole signé reçu",
        "La subvention a été versée",
        "Dernier jour pour verser",
    ),
    "SACA_CALLBACK": PromiseWords(
        "Rappel téléphonique",
        "Message reçu",
        "Nous avons rappelé",
        "Dernier moment pour rappeler",
    ),
    "SACA_ANSWER": _ANSWER,
    "SCT_ANSWER": _ANSWER,
}
ENDED: Mapping[str, str] = {
    "withdrawn": "La demande a été retirée",
    "duplicate": "La demande a été jointe à une autre, identique",
    "moved": "La demande a été confiée à un autre service",
    "unreachable": "Nous avons cessé d’appeler après plusieurs essais",
}
"""What ended a promise that was neither kept nor missed, by the event of the clock."""

_UNITS = {
    "business": ("jour ouvrable", "jours ouvrables"),
    "calendar": ("jour", "jours"),
    "hours": ("heure", "heures"),
}


def delay(quantity: int | None, unit: str) -> str:
    """ "5 jours ouvrables", "24 heures"; "à la date annoncée" for a date told to the person."""
    return "à la date annoncée" if quantity is None else formats.count(quantity, *_UNITS[unit])


def promised(due_at: datetime) -> str:
    """ "Promis au plus tard le 1er décembre 2026"."""
    return f"Promis au plus tard le {formats.date_short(local_date(due_at))}"


def outcome(
    due_at: datetime, stopped_at: datetime | None, stop_event: str | None, now: datetime
) -> str:
    """What became of a promise: kept and when, late, what ended it, or nothing yet to say."""
    if stopped_at is None:
        return "En retard" if now > due_at else ""
    day = formats.date_short(local_date(stopped_at))
    if ended := ENDED.get(stop_event or ""):
        return f"{ended} le {day}"
    return f"Tenu le {day}" if stopped_at <= due_at else f"Non tenu\u00a0: fait le {day}"


def is_kept(
    due_at: datetime, stopped_at: datetime | None, stop_event: str | None, now: datetime
) -> bool | None:
    """True when kept, False when missed, None while still due or when it ended before its date."""
    if (stopped_at or now) > due_at:
        return False
    return None if stopped_at is None or stop_event in ENDED else True
