"""The journal of requests for information, told: short on the desk, in a sentence on the sheet."""

from collections.abc import Mapping
from datetime import date

from grants.wording import case_files, formats, requests
from grants.wording.requests import CLOSED_BECAUSE, OUTCOMES, REPLY_CHANNELS

CHANNELS: Mapping[str, str] = {**requests.CHANNELS, **case_files.CHANNELS}

EVENTS: Mapping[str, tuple[str, str]] = {
    "request_received": ("Demande reçue", "Demande reçue {channel}{entered}."),
    "request_taken": ("Prise en charge", "{actor} a pris la demande en main."),
    "request_given": ("Confiée", "{actor} a confié la demande à {person}."),
    "request_transferred": ("Transférée", "{actor} a transféré la demande à {person}."),
    "call_attempted": ("Appel fait", "{actor} a appelé la personne\u00a0: {call}."),
    "request_acknowledged": (
        "Accusé de réception donné",
        "{actor} a accusé réception {by}{announced}.",
    ),
    "answer_extended": (
        "Date de réponse reportée",
        "{actor} a reporté la réponse au {due_on}, et l’a dit {by}.",
    ),
    "topic_moved_to_access": (
        "Passée à l’accès aux documents",
        "{actor} a fait passer la demande à l’accès aux documents, et l’a dit {by}.",
    ),
    "request_redirected": (
        "Dirigée ailleurs",
        "{actor} a dirigé la personne vers un autre organisme ({resource}), {by}.",
    ),
    "request_answered": ("Répondue", "{actor} a répondu {by}."),
    "request_abandoned": ("Fermée sans réponse", "{actor} a fermé la demande\u00a0: {because}."),
    "request_withdrawn": ("Retirée", "{actor} a retiré la demande, comme la personne l’a demandé."),
    "receipt_sent": ("Numéro transmis", "Courriel avec le numéro de la demande accepté."),
    "receipt_resent": ("Numéro transmis de nouveau", "{actor} a relancé le courriel du numéro."),
    "answer_sent": ("Réponse transmise", "Réponse transmise\u00a0: courriel accepté."),
    "answer_resent": ("Réponse relancée", "{actor} a relancé le courriel de la réponse."),
    "redirection_sent": (
        "Orientation transmise",
        "Coordonnées de l’autre organisme transmises\u00a0: courriel accepté.",
    ),
    "redirection_resent": (
        "Orientation relancée",
        "{actor} a relancé le courriel des coordonnées de l’autre organisme.",
    ),
    "extension_sent": ("Report annoncé", "Report de la réponse annoncé\u00a0: courriel accepté."),
    "extension_resent": ("Report relancé", "{actor} a relancé le courriel du report."),
    "requalification_sent": (
        "Passage à l’accès annoncé",
        "Passage à l’accès aux documents annoncé\u00a0: courriel accepté.",
    ),
    "requalification_resent": (
        "Passage à l’accès relancé",
        "{actor} a relancé le courriel du passage à l’accès aux documents.",
    ),
    "saved_reply_written": ("Réponse type écrite", "{actor} a écrit une réponse type."),
    "saved_reply_retired": ("Réponse type retirée", "{actor} a retiré une réponse type."),
}


def told(facts: Mapping[str, object]) -> dict[str, str]:
    """The codes of a request's events in words."""
    because = CLOSED_BECAUSE.get(str(facts.get("because", "")), "")
    due_on = facts.get("due_on")
    day = formats.date_short(date.fromisoformat(due_on)) if isinstance(due_on, str) else ""
    return {
        "by": REPLY_CHANNELS.get(str(facts.get("by", "")), ""),
        "call": OUTCOMES.get(str(facts.get("call", "")), "").lower(),
        "because": because,
        "due_on": day,
        "announced": f", avec une réponse annoncée pour le {day}" if day else "",
    }
