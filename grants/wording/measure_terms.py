"""How the result of a promise is computed, in words: what starts it, what stops it, what counts."""

from collections.abc import Mapping

from grants.wording.results import METHOD

STARTS: Mapping[str, str] = {
    "received": "La réception de votre demande",
    "agreement_received": "La réception du protocole d’entente signé",
    "call_received": "Votre appel ou votre message",
    "answer_announced": "Le jour où nous vous annonçons une date",
}
STOPS: Mapping[str, str] = {
    "acknowledged": "Le départ de l’accusé de réception, ou un appel qui vous joint",
    "funds_available": "Le jour où l’argent est disponible à votre compte",
    "call_returned": "Le premier appel qui vous joint; un message vocal ne suffit pas",
    "answered": "Le départ de notre réponse",
}
CALENDARS: Mapping[str, str] = {
    "business": (
        "Jours ouvrables de la fonction publique du Québec. Le jour de la réception ne compte "
        "pas; le dernier jour compte."
    ),
    "calendar": "Tous les jours. Le jour de la réception ne compte pas; le dernier jour compte.",
    "hours": "La même heure, le jour ouvrable suivant; les heures de fermeture ne comptent pas.",
    "announced": "Aucun compte\u00a0: la date annoncée, jusqu’à minuit.",
}


def terms(
    start_event: str | None, stop_event: str | None, unit: str, office: str
) -> list[tuple[str, str]]:
    """Label and words: start, stop, calendar, formula, and who answers for the result."""
    return [
        ("Départ", STARTS.get(start_event or "", "")),
        ("Arrêt", STOPS.get(stop_event or "", "")),
        ("Calendrier", CALENDARS[unit]),
        ("Formule", METHOD[1]),
        ("Responsable", office),
    ]
