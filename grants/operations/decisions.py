"""Decisions: taken once by another person, with their letter and their money in one act."""

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from grants.domain.access import Action, Actor, demand
from grants.domain.decisions import ACTS, send_back_reason
from grants.domain.errors import Refusal
from grants.domain.flow import CLOSED, Act, advance
from grants.models.case_files import CaseFile
from grants.models.decisions import Decision
from grants.models.reviews import Recommendation
from grants.operations import envelopes
from grants.operations.messages import DECISION, owe_message
from grants.operations.organizations import person_of
from grants.operations.rulings import DecisionDetails, Judged, join_side, judge, take_up
from grants.operations.trail import owed, record
from grants.wording import sheet_data

__all__ = ["DecisionDetails", "SendBackDetails", "decide", "foresee", "read", "send_back"]


@dataclass(frozen=True)
class SendBackDetails:
    """Why a file goes back to its analysis; `version` is that of the file as the page showed it."""

    reason: str
    version: int | None = None


def decide(
    session: Session,
    case_file_id: int,
    details: DecisionDetails,
    *,
    actor: Actor,
    now: datetime,
) -> Decision:
    """Decide a recommended file: the money, the letter and the file move in one act.

    The letter is frozen as data with the decision, and what the envelope has left is recorded
    (issue: what will be left is shown before the click). A second post finds the first decision.
    Refused, put on standby and upheld close the file; what is granted stays open until it is
    paid (our decision). Raises what `judge` and `encumber` raise.
    """
    demand(actor, Action.DECIDE, case_file_id=case_file_id)
    if known := _known(session, case_file_id, details.public_id, actor):
        return known
    session.get_one(CaseFile, case_file_id, with_for_update=True, populate_existing=True)
    if known := _known(session, case_file_id, details.public_id, actor):
        return known  # the first of two clicks was ahead
    judged = judge(session, case_file_id, details, actor, now)
    decision = _decision(judged, details, join_side(session, judged.case_file, actor), now)
    if judged.envelope:
        envelopes.encumber(session, judged.envelope.id, decision, now=now)
    else:
        session.add(decision)
        session.flush()
    _conclude(session, judged, decision, actor, now)
    return decision


def foresee(
    session: Session, case_file_id: int, details: DecisionDetails, *, actor: Actor, now: datetime
) -> Judged:
    """What a decision would say and cost, exactly: its letter and its envelope, nothing written.

    Raises what `judge` raises.
    """
    return judge(session, case_file_id, details, actor, now)


def send_back(
    session: Session,
    case_file_id: int,
    details: SendBackDetails,
    *,
    actor: Actor,
    now: datetime,
) -> None:
    """Give a file back to its analysis, with a reason: its recommendation ends, never erased.

    A second post of the same words finds the file sent back. Raises what `take_up` raises,
    `send_back_reason_required`, `text_too_long`.
    """
    demand(actor, Action.DECIDE, case_file_id=case_file_id)
    reason = send_back_reason(details.reason)
    session.get_one(CaseFile, case_file_id, with_for_update=True, populate_existing=True)
    if _is_back(session, case_file_id, reason):
        return
    case_file, recommendation = take_up(
        session, case_file_id, details.version, Act.SEND_BACK, actor
    )
    recommendation.end_reason = reason
    recommendation.ended_at = max(now, recommendation.made_at)
    join_side(session, case_file, actor)
    case_file.status = advance(case_file.status, Act.SEND_BACK).value
    case_file.touched_at = now
    facts = {"act": Act.SEND_BACK.value, "recommendation_id": recommendation.id}
    record(session, "sent_back", actor=actor, now=now, case_file_id=case_file_id, **facts)


def read(session: Session, decision_id: int, *, actor: Actor, now: datetime) -> Decision:
    """Record the instant at which the organization first read its decision, and who did.

    Later readings change nothing. Raises `not_allowed` to a person of another organization.
    """
    decision = session.get_one(Decision, decision_id, with_for_update=True, populate_existing=True)
    case_file_id = decision.case_file_id
    demand(actor, Action.READ_OWN, case_file_id=case_file_id)
    if session.get_one(CaseFile, case_file_id).organization_id != actor.organization_id:
        raise Refusal("not_allowed", actor_id=actor.person_id, case_file_id=case_file_id)
    if decision.first_read_at is None:
        decision.first_read_at = max(now, decision.decided_at)
        decision.first_read_by_id = person_of(actor)
        record(session, "decision_read", actor=actor, now=now, case_file_id=case_file_id)
    return decision


def _is_back(session: Session, case_file_id: int, reason: str) -> bool:
    """Whether the file went back with these words and was not recommended again since."""
    query = (
        select(Recommendation.end_reason)
        .where(Recommendation.case_file_id == case_file_id)
        .order_by(Recommendation.id.desc())
        .limit(1)
    )
    return session.scalar(query) == reason


def _known(session: Session, case_file_id: int, public_id: str, actor: Actor) -> Decision | None:
    """The decision that this page made; an id taken from another page is nobody's to use."""
    known = session.scalar(select(Decision).where(Decision.public_id == public_id))
    if known and (known.case_file_id, known.decided_by_id) != (case_file_id, actor.person_id):
        raise Refusal("not_allowed", actor_id=actor.person_id, case_file_id=case_file_id)
    return known


def _decision(judged: Judged, details: DecisionDetails, decider_id: int, now: datetime) -> Decision:
    """The row of a decision, without what its envelope has left."""
    case_file, sheet = judged.case_file, judged.sheet
    return Decision(
        public_id=details.public_id,
        case_file_id=case_file.id,
        matter_id=case_file.matter_id,
        side=case_file.side,
        recommendation_id=judged.recommendation.id,
        decided_by_id=decider_id,
        advised_by_id=judged.recommendation.person_id,
        outcome=judged.outcome.value,
        requested_cents=sheet.requested_cents,
        granted_cents=sheet.granted_cents,
        reason_codes=",".join(dict.fromkeys(details.reason_codes)),
        explanation=details.explanation.strip(),
        alternative_call_id=details.alternative_call_id,
        alternative=judged.alternative,
        no_alternative=details.no_alternative.strip(),
        decided_at=now,
        letter_on=sheet.letter_on,
        recourse_until=judged.recourse_until,
        letter=sheet_data.canonical(sheet.to_data()).decode(),
    )


def _conclude(
    session: Session, judged: Judged, decision: Decision, actor: Actor, now: datetime
) -> None:
    """Move the file, owe the mail and the letter, write the journal."""
    case_file, act = judged.case_file, ACTS[judged.outcome]
    status = advance(case_file.status, act)
    case_file.status, case_file.touched_at = status.value, now
    if status in CLOSED:
        case_file.closed_at = now
    session.flush()
    if judged.address:
        owe_message(session, case_file, DECISION, judged.address, now=now)
    owed(session, "pdf.decision_letter", decision.id, key=f"letter:{decision.public_id}", now=now)
    facts = {
        "decision_id": decision.id,
        "outcome": decision.outcome,
        "granted_cents": decision.granted_cents,
        "envelope_id": decision.envelope_id,
        "available_after_cents": decision.available_after_cents,
        "person_id": decision.advised_by_id,
        "act": act.value,
    }
    record(session, "decision_made", actor=actor, now=now, case_file_id=case_file.id, **facts)
