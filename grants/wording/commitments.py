"""Commitments as management reads them: delay, receipt, target, before and after a change."""

from collections.abc import Mapping

from grants.domain.commitment_changes import Wording
from grants.domain.deadlines import ReceiptPolicy, Unit
from grants.wording.formats import NBSP, count, number

UNIT_NAMES: Mapping[Unit, str] = {
    Unit.BUSINESS: "jours ouvrables",
    Unit.CALENDAR: "jours de calendrier",
    Unit.HOURS: "heures (par jours entiers)",
}
POLICIES: Mapping[ReceiptPolicy, str] = {
    ReceiptPolicy.ARRIVAL: "Le jour où il arrive, à toute heure",
    ReceiptPolicy.NEXT_BUSINESS_DAY: "Le jour ouvrable suivant",
}
_ONE_AND_MANY = {
    Unit.BUSINESS: ("jour ouvrable", "jours ouvrables"),
    Unit.CALENDAR: ("jour de calendrier", "jours de calendrier"),
    Unit.HOURS: ("heure", "heures"),
}


def delay(quantity: int | None, unit: str | None) -> str:
    """ "5 jours ouvrables"; a date told to the person; or that no delay is promised."""
    if quantity is not None and unit is not None:
        return count(quantity, *_ONE_AND_MANY[Unit(unit)])
    return "À la date annoncée" if unit == Unit.ANNOUNCED else "Sans délai"


def share(tenths: int | None) -> str:
    """A share in tenths of a percent: "96,4 %"; "aucun" when nothing was due."""
    if tenths is None:
        return "aucun dossier échu"
    whole, rest = divmod(tenths, 10)
    return f"{number(whole)},{rest}{NBSP}%" if rest else f"{number(whole)}{NBSP}%"


def changes(before: Wording, after: Wording) -> list[tuple[str, str, str]]:
    """What changes, line by line: label, before, after."""
    lines = [
        ("Phrase", before.sentence, after.sentence),
        ("Délai", delay(before.quantity, before.unit), delay(after.quantity, after.unit)),
        ("Réception", _policy(before), _policy(after)),
        ("Cible", _target(before), _target(after)),
    ]
    return [line for line in lines if line[1] != line[2]]


def _policy(wording: Wording) -> str:
    return POLICIES[ReceiptPolicy(wording.receipt_policy)]


def _target(wording: Wording) -> str:
    return f"{wording.target_percent}{NBSP}%"
