"""What is done of a complaint: acknowledged, examined, concluded, followed up, closed."""

import json
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy.orm import Session

from grants.domain.access import Action, Actor
from grants.domain.complaints import (
    TEXT_MAX,
    AnswerBy,
    ComplaintAct,
    ComplaintStatus,
    Done,
    Finding,
    after,
    at_most,
    written,
)
from grants.domain.errors import DomainError
from grants.domain.journal import canonical
from grants.models.complaints import Complaint
from grants.operations.complaint_circle import locked, same_page
from grants.operations.complaint_telling import (
    ACKNOWLEDGEMENT,
    CONCLUSION,
    EMAIL,
    FOLLOW_UP,
    Telling,
    has_message,
    say,
    waits,
)
from grants.operations.complaint_trail import note
from grants.queries.complaints import read
from grants.wording import complaints as words


@dataclass(frozen=True)
class ConclusionDetails:
    """What the examination found, what is recommended (or why nothing is), and the answer."""

    finding: str
    comment: str
    recommendation: str
    none_because: str
    answer: str
    telling: Telling
    version: int | None = None


@dataclass(frozen=True)
class FollowUpDetails:
    """What became of the recommendation; `answer` is told to the person, when there is one."""

    done: str
    outcome: str
    answer: str
    telling: Telling
    version: int | None = None


def acknowledge(
    session: Session, complaint_id: int, details: Telling, *, actor: Actor, now: datetime
) -> None:
    """Acknowledge a complaint: the mail counts when the server accepts it, a letter or a call on
    its day. A second post finds it done.

    Raises `not_allowed`, `complaint_act_unavailable`, and what `say` raises.
    """
    complaint = locked(session, complaint_id, actor=actor)
    if has_message(session, complaint, ACKNOWLEDGEMENT):
        return
    after(complaint.status, ComplaintAct.ACKNOWLEDGE)
    told_at = say(session, complaint, ACKNOWLEDGEMENT, details, now, due_on=complaint.answer_due_on)
    if details.channel != EMAIL:
        complaint.acknowledged_at = told_at
    note(session, complaint, "acknowledged", actor=actor, now=now, channel=details.channel)


def start(session: Session, complaint_id: int, *, actor: Actor, now: datetime) -> None:
    """Begin the examination. A second post finds it begun.

    Raises `not_allowed`, `complaint_act_unavailable`.
    """
    complaint = locked(session, complaint_id, actor=actor)
    if complaint.status == ComplaintStatus.EXAMINING:
        return
    complaint.status = after(complaint.status, ComplaintAct.EXAMINE).value
    note(session, complaint, "examination_started", actor=actor, now=now)


def conclude(
    session: Session, complaint_id: int, details: ConclusionDetails, *, actor: Actor, now: datetime
) -> None:
    """Conclude: a finding, a recommendation to the secretariat or a reasoned none, and an answer
    that always names the Protecteur du citoyen; nobody is told of an anonymous one. The same
    conclusion posted twice is one.

    Raises `not_allowed`, `stale_page`, `complaint_act_unavailable`, `complaint_finding_required`,
    `complaint_comment_required`, `complaint_recommendation_required`,
    `complaint_one_recommendation`, `complaint_answer_required`, `text_too_long`, and what
    `say` raises.
    """
    complaint = locked(session, complaint_id, actor=actor)
    finding, recommendation = _finding(details), _recommendation(details)
    if (complaint.finding, complaint.recommendation) == (finding, recommendation):
        return
    same_page(complaint, details.version)
    complaint.status = after(complaint.status, ComplaintAct.CONCLUDE).value
    complaint.finding, complaint.recommendation = finding, recommendation
    complaint.concluded_at = now
    if read(complaint).answer_by != AnswerBy.NONE:
        said = words.finding_told(details.finding)
        answer = written(details.answer, "complaint_answer_required")
        say(session, complaint, CONCLUSION, details.telling, now, finding=said, answer=answer)
    note(session, complaint, "concluded", actor=actor, now=now, finding=details.finding)


def follow_up(
    session: Session, complaint_id: int, details: FollowUpDetails, *, actor: Actor, now: datetime
) -> None:
    """Record what became of the recommendation: whoever was named may, as may the officer.

    Said again later, it replaces what was said; the history keeps each. An answer is optional.
    Raises `not_allowed`, `stale_page`, `complaint_act_unavailable`, `complaint_no_recommendation`,
    `complaint_done_required`, `complaint_outcome_required`, `text_too_long`, and what
    `say` raises.
    """
    complaint = locked(session, complaint_id, actor=actor, action=Action.READ_COMPLAINT)
    if details.done not in list(Done):
        raise DomainError("complaint_done_required")
    outcome = written(details.outcome, "complaint_outcome_required")
    said = canonical({"done": details.done, "outcome": outcome})
    if complaint.follow_up == said:
        return
    same_page(complaint, details.version)
    after(complaint.status, ComplaintAct.FOLLOW_UP)
    if not recommended(complaint):
        raise DomainError("complaint_no_recommendation")
    complaint.follow_up = said
    if answer := at_most(details.answer, TEXT_MAX):
        say(session, complaint, FOLLOW_UP, details.telling, now, answer=answer)
    facts = {"done": details.done, "outcome": outcome}
    note(session, complaint, "recommendation_followed", actor=actor, now=now, **facts)


def close(session: Session, complaint_id: int, *, actor: Actor, now: datetime) -> None:
    """Close a concluded complaint: the person was told, the recommendation was followed up.

    Raises `not_allowed`, `complaint_act_unavailable`, `complaint_answer_unsent`,
    `complaint_follow_up_missing`.
    """
    complaint = locked(session, complaint_id, actor=actor)
    if complaint.status == ComplaintStatus.CLOSED:
        return
    status = after(complaint.status, ComplaintAct.CLOSE)
    if waits(session, complaint):
        raise DomainError("complaint_answer_unsent")
    if recommended(complaint) and complaint.follow_up is None:
        raise DomainError("complaint_follow_up_missing")
    complaint.status, complaint.closed_at = status.value, now
    note(session, complaint, "closed", actor=actor, now=now)


def recommended(complaint: Complaint) -> bool:
    """Whether the conclusion recommends something to the secretariat."""
    return bool(json.loads(complaint.recommendation or "{}").get("text"))


def _finding(details: ConclusionDetails) -> str:
    if details.finding not in list(Finding):
        raise DomainError("complaint_finding_required")
    comment = written(details.comment, "complaint_comment_required")
    return canonical({"finding": details.finding, "comment": comment})


def _recommendation(details: ConclusionDetails) -> str:
    text, reason = (
        at_most(part, TEXT_MAX) for part in (details.recommendation, details.none_because)
    )
    if text and reason:
        raise DomainError("complaint_one_recommendation")
    if not text and not reason:
        raise DomainError("complaint_recommendation_required")
    return canonical({"text": text, "none_because": reason})
