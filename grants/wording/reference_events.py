"""The journal of days off and of commitments in sentences: short, then whole, then a promise."""

from collections.abc import Mapping

EVENTS: Mapping[str, tuple[str, str, bool]] = {
    "days_off_confirmed": (
        "Jours fériés confirmés",
        "{actor} a confirmé les jours fériés de {year} (version {version}).",
        False,
    ),
    "due_date_moved": (
        "Échéance déplacée",
        "L’échéance du {due_from} passe au {due_to}, parce que {actor} a confirmé des jours "
        "fériés.",
        True,
    ),
    "declaration_amended": (
        "Engagement changé",
        "{actor} a changé l’engagement {commitment}, en vigueur le {in_force_from}.",
        False,
    ),
}
