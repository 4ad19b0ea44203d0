"""Texts that the staff of a secretariat start an answer from."""

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from grants.domain.access import Action, Actor, demand
from grants.domain.errors import DomainError, Refusal
from grants.domain.information_requests import read_topic
from grants.domain.saved_replies import check_text, check_title
from grants.models.reference import Secretariat
from grants.models.requests import SavedReply
from grants.operations.trail import record


@dataclass(frozen=True)
class SavedReplyDetails:
    """A text as typed; `topic` is empty when it serves any. `seen` is when the text that the page
    showed had been written, None for a new one."""

    public_id: str
    title: str
    topic: str
    body: str
    seen: datetime | None = None


def write(
    session: Session, details: SavedReplyDetails, *, actor: Actor, now: datetime
) -> SavedReply:
    """Write a saved reply, new or changed, for one's own secretariat.

    Raises `not_allowed`, `stale_page`, `saved_reply_title_taken`, and the errors of
    `check_title` and `check_text`.
    """
    office = _lock_office(session, actor)
    reply = _own(session, details.public_id, actor)
    title, body = check_title(details.title), check_text(details.body)
    if reply is not None and _same(reply, title, details.topic, body):
        return reply
    if reply is not None and reply.written_at != details.seen:
        raise DomainError("stale_page")
    _check_free(session, office, title, details.public_id)
    reply = reply or SavedReply(public_id=details.public_id, secretariat_id=office)
    reply.title, reply.body = title, body
    reply.topic = read_topic(details.topic).value if details.topic else None
    reply.written_by_id, reply.written_at = actor.person_id, now
    session.add(reply)
    session.flush()
    record(session, "saved_reply_written", actor=actor, now=now, saved_reply=reply.id)
    return reply


def retire(session: Session, public_id: str, *, actor: Actor, now: datetime) -> None:
    """Take a saved reply out of the list; twice changes nothing. Raises `not_allowed`."""
    _lock_office(session, actor)
    reply = _own(session, public_id, actor)
    if reply is None:
        raise Refusal("not_allowed", actor_id=actor.person_id)
    if reply.retired_at is None:
        reply.retired_at = now
        record(session, "saved_reply_retired", actor=actor, now=now, saved_reply=reply.id)


def _lock_office(session: Session, actor: Actor) -> int:
    """One writer of saved replies at a time in a secretariat: titles stay apart."""
    demand(actor, Action.ANSWER_REQUEST)
    query = select(Secretariat.id).where(Secretariat.id == actor.secretariat_id)
    return session.scalars(query.with_for_update()).one()


def _own(session: Session, public_id: str, actor: Actor) -> SavedReply | None:
    reply = session.scalar(select(SavedReply).where(SavedReply.public_id == public_id))
    if reply is not None and reply.secretariat_id != actor.secretariat_id:
        raise Refusal("not_allowed", actor_id=actor.person_id)
    return reply


def _same(reply: SavedReply, title: str, topic: str, body: str) -> bool:
    return (reply.title, reply.topic or "", reply.body) == (title, topic, body)


def _check_free(session: Session, office: int, title: str, public_id: str) -> None:
    query = select(SavedReply.id).where(
        SavedReply.secretariat_id == office,
        SavedReply.title == title,
        SavedReply.public_id != public_id,
    )
    if session.scalar(query) is not None:
        raise DomainError("saved_reply_title_taken")
