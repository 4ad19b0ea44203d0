"""Complaints in words: states, findings, history, and what is written to the person."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from grants.domain.complaints import AnswerBy, ComplaintStatus, Done, Finding
from grants.wording import contacts
from grants.wording.templating import render

NBSP = "\u00a0"

TAGS: Mapping[str, tuple[str, str]] = {
    ComplaintStatus.RECEIVED: ("Reçue", "todo"),
    ComplaintStatus.EXAMINING: ("En examen", "doing"),
    ComplaintStatus.CONCLUDED: ("Conclue", "ok"),
    ComplaintStatus.CLOSED: ("Fermée", ""),
}
FINDINGS: Mapping[str, str] = {
    Finding.FOUNDED: "Fondée",
    Finding.PARTLY: "Fondée en partie",
    Finding.UNFOUNDED: "Non fondée",
    Finding.COMMENT: "Commentaire, sans constat",
}
DONE: Mapping[str, str] = {
    Done.YES: "Suivie",
    Done.PARTLY: "Suivie en partie",
    Done.NO: "Non suivie",
}
CHANNELS: Mapping[str, str] = {
    "web": "en ligne",
    "email": "par courriel",
    "post": "par la poste",
    "fax": "par télécopieur",
    "phone": "par téléphone",
    "counter": "au comptoir",
}
ANSWER_BY: Mapping[str, str] = {
    AnswerBy.EMAIL: "Par courriel",
    AnswerBy.PHONE: "Par téléphone",
    AnswerBy.POST: "Par la poste",
    AnswerBy.NONE: "Aucune réponse\u00a0: la personne reste anonyme",
}
ANONYMOUS = "Personne anonyme"
MESSAGES: Mapping[str, str] = {
    "acknowledgement": "Accusé de réception",
    "conclusion": "Conclusion",
    "follow_up": "Suite donnée à la recommandation",
}
EVENTS: Mapping[str, str] = {
    "filed": "La plainte est déposée.",
    "acknowledged": "Accusé de réception écrit ({channel}).",
    "acknowledgement_sent": "L’accusé de réception est parti par courriel.",
    "examination_started": "L’examen commence.",
    "reader_named": "{name} peut lire la plainte.",
    "reader_ended": "{name} ne peut plus lire la plainte.",
    "stepped_aside": "{name} se retire de cette plainte.",
    "concluded": "Conclusion\u00a0: {finding}.",
    "conclusion_sent": "La conclusion est partie par courriel.",
    "recommendation_followed": "Recommandation\u00a0: {done}.",
    "follow_up_sent": "La suite donnée est partie par courriel.",
    "told_otherwise": "Message donné autrement que par courriel ({channel}).",
    "closed": "La plainte est fermée.",
}
TOLD_BY: Mapping[str, str] = {
    "email": "par courriel",
    "post": "par la poste",
    "phone": "par téléphone",
}
_FACTS = {"channel": TOLD_BY, "finding": FINDINGS, "done": DONE}


def subject(secretariat: str) -> str:
    """The subject of every mail about a complaint: shown on locked screens, it tells nothing."""
    return f"Votre message au {secretariat}"


def event(kind: str, facts: Mapping[str, Any], actor: str) -> str:
    """A line of the history, with who did it."""
    said = {
        name: words.get(facts[name], "").lower() for name, words in _FACTS.items() if name in facts
    }
    sentence = EVENTS[kind].format(**{**facts, **said})
    return f"{sentence} Par {actor}." if actor else sentence


def letter(
    kind: str,
    number: str,
    received_at: datetime,
    office: tuple[str, Mapping[str, Any]],
    **facts: Any,
) -> str:
    """What is written to the person: `kind` is one of MESSAGES; `office` names the secretariat
    and how to reach it."""
    body = render(
        f"mail/sealed_{kind}.txt",
        number=number,
        received_at=received_at,
        office=contacts.block(*office),
        **facts,
    )
    return body.strip()


def finding_told(finding: str) -> str:
    """The finding as it is told to the person."""
    return {
        Finding.FOUNDED: "Votre plainte est fondée.",
        Finding.PARTLY: "Votre plainte est fondée en partie.",
        Finding.UNFOUNDED: "Votre plainte n’est pas fondée.",
        Finding.COMMENT: "Nous avons pris connaissance de votre commentaire.",
    }[Finding(finding)]


def year(began: int) -> str:
    """`2026-2027` for the fiscal year that began in April 2026."""
    return f"{began}-{began + 1}"
