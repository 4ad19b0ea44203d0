"""The sheet of one complaint in words: what came, who may act, what was said and done."""

import json
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import TYPE_CHECKING, Any

from grants.domain.access import Action, Actor
from grants.domain.calendar import local_date, local_time
from grants.domain.complaints import AnswerBy, ComplaintAct, ComplaintStatus, available
from grants.domain.identity import show_phone
from grants.extensions import db
from grants.queries import complaint_parts
from grants.queries.complaint_parts import Event
from grants.queries.complaints import Received, Told, read, told
from grants.wording import complaints as words
from grants.wording import formats
from grants.wording import time_left as left_words

if TYPE_CHECKING:
    from grants.models.complaints import Complaint

NAMED = (
    "Cette plainte vous est confiée. Elle est confidentielle\u00a0: n’en parlez qu’à la personne "
    "responsable des plaintes."
)
MAIL_WAITS = "Un courriel attend de partir\u00a0: la plainte se ferme ensuite."
OVER = "Cette plainte est fermée\u00a0: il ne reste rien à faire."
NEXT = {
    ComplaintAct.ACKNOWLEDGE: "Accusez d’abord réception, au plus tard le {acknowledge_by}.",
    ComplaintAct.CONCLUDE: "Examinez, puis concluez, au plus tard le {answer_by}.",
    ComplaintAct.CLOSE: "La personne a sa réponse\u00a0: vous pouvez fermer la plainte.",
    ComplaintAct.FOLLOW_UP: "Inscrivez ce qu’est devenue la recommandation, puis fermez.",
}
"""What to do next, by the first act that is open, in this order."""


@dataclass(frozen=True)
class Promised:
    """A due date in words, and whether it was kept: None while nobody can say."""

    kept: bool | None
    promised: str
    outcome: str


def sheet(complaint: "Complaint", actor: Actor, now: datetime) -> dict[str, Any]:
    """Everything the template needs."""
    session = db.session()
    messages = told(session, complaint.id)
    return {
        "number": complaint.number,
        "status": words.TAGS[complaint.status],
        "received": _received(complaint, read(complaint)),
        "words": paragraphs(read(complaint).words),
        "dates": _dates(complaint, now),
        "acts": acts(complaint, messages, actor),
        "lead": _lead(complaint, messages, actor),
        "readers": complaint_parts.readers(session, complaint.id),
        "handles": actor.may(Action.HANDLE_COMPLAINT),
        "conclusion": _conclusion(complaint),
        "messages": [_message(one) for one in messages],
        "events": _events(complaint_parts.events(session, complaint.id), now),
    }


def acts(complaint: "Complaint", messages: Sequence[Told], actor: Actor) -> frozenset[str]:
    """What this person may do now. Whoever was named may say what became of the recommendation."""
    found = {act.value for act in available(complaint.status)}
    nobody = read(complaint).answer_by == AnswerBy.NONE
    if nobody or any(one.kind == "acknowledgement" for one in messages):
        found.discard(ComplaintAct.ACKNOWLEDGE)
    if not json.loads(complaint.recommendation or "{}").get("text"):
        found.discard(ComplaintAct.FOLLOW_UP)
    elif complaint.follow_up is None:
        found.discard(ComplaintAct.CLOSE)
    if any(one.sent_at is None for one in messages):
        found.discard(ComplaintAct.CLOSE)
    if not actor.may(Action.HANDLE_COMPLAINT):
        found &= {ComplaintAct.FOLLOW_UP.value}
    return frozenset(found)


def promised(due_on: date, at: datetime | None, today: date) -> Promised:
    """A due date and what became of it."""
    by = f"au plus tard le {formats.date_short(due_on)}"
    if at is not None:
        done_on = local_date(at)
        return Promised(done_on <= due_on, by, f"le {formats.date_short(done_on)}")
    return Promised(None if today <= due_on else False, by, "" if today <= due_on else "en retard")


def paragraphs(text: str) -> list[list[str]]:
    """A text as its writer cut it: paragraphs of lines."""
    return [part.strip().splitlines() for part in text.split("\n\n") if part.strip()]


def _received(complaint: "Complaint", came: Received) -> list[dict[str, Any]]:
    by = complaint_parts.person_name(db.session(), came.filed_by)
    how = words.CHANNELS[came.channel]
    rows = [
        {"label": "Personne", "value": came.requester or words.ANONYMOUS},
        {"label": "Réponse voulue", "value": words.ANSWER_BY[came.answer_by]},
        {"label": "Courriel", "value": came.email},
        {"label": "Téléphone", "value": show_phone(came.phone) if came.phone else ""},
        {"label": "Adresse", "value": came.address},
        {"label": "Service ou dossier en cause", "value": came.about},
        {"label": "Reçue", "value": f"{formats.instant(complaint.received_at)}, {how}"},
        {"label": "Saisie par", "value": by},
    ]
    return [row for row in rows if row["value"]]


def _dates(complaint: "Complaint", now: datetime) -> list[tuple[str, Promised]]:
    given = [
        ("Accusé de réception", complaint.acknowledge_due_on, complaint.acknowledged_at),
        ("Réponse", complaint.answer_due_on, complaint.concluded_at),
    ]
    if read(complaint).answer_by == AnswerBy.NONE:
        given = given[1:]
    return [(label, promised(due_on, at, local_date(now))) for label, due_on, at in given]


def _lead(complaint: "Complaint", messages: Sequence[Told], actor: Actor) -> str:
    """What happens next, in one sentence."""
    may = acts(complaint, messages, actor)
    if not actor.may(Action.HANDLE_COMPLAINT):
        return NAMED
    if complaint.status == ComplaintStatus.CONCLUDED and any(not one.sent_at for one in messages):
        return MAIL_WAITS
    sentence = next((said for act, said in NEXT.items() if act in may), OVER)
    return sentence.format(
        acknowledge_by=formats.date_long(complaint.acknowledge_due_on),
        answer_by=formats.date_long(complaint.answer_due_on),
    )


def _conclusion(complaint: "Complaint") -> dict[str, Any] | None:
    """What was found, recommended and done; None before the conclusion."""
    if complaint.finding is None:
        return None
    finding = json.loads(complaint.finding)
    advice = json.loads(complaint.recommendation or "{}")
    followed = json.loads(complaint.follow_up) if complaint.follow_up else None
    return {
        "finding": words.FINDINGS[finding["finding"]],
        "comment": paragraphs(finding["comment"]),
        "recommendation": paragraphs(advice["text"]),
        "none_because": paragraphs(advice["none_because"]),
        "done": words.DONE[followed["done"]] if followed else "",
        "outcome": paragraphs(followed["outcome"]) if followed else [],
    }


def _message(one: Told) -> dict[str, Any]:
    """A message: to whom, when it was given, and its text to read, post or say."""
    gone = ""
    if one.sent_at is not None:
        on_day = formats.date_long(local_date(one.sent_at))
        gone = formats.instant(one.sent_at) if one.channel == "email" else on_day
    return {
        "public_id": one.public_id,
        "title": words.MESSAGES[one.kind],
        "how": words.TOLD_BY[one.channel].capitalize(),
        "recipient": one.recipient,
        "gone": gone,
        "paragraphs": paragraphs(one.body),
    }


def _events(lines: Sequence[Event], now: datetime) -> list[dict[str, Any]]:
    return [
        {
            "datetime": local_time(line.at).isoformat(timespec="minutes"),
            "when": left_words.near(line.at, now).capitalize(),
            "text": words.event(line.kind, line.facts, line.actor),
            "is_promise": line.kind in ("acknowledgement_sent", "conclusion_sent"),
        }
        for line in lines
    ]
