"""What happened on a case file: its messages, the people who handled it, its journal."""

import json
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from functools import cache
from typing import Any

from sqlalchemy import Integer, Select, bindparam, select
from sqlalchemy.orm import Session, aliased

from grants.domain.next_step import Mail, mail_state
from grants.models.case_files import Assignment
from grants.models.messages import Message
from grants.models.people import Person
from grants.models.trail import JournalEvent, OutboxRow


@dataclass(frozen=True)
class SentMessage:
    """A message of a file and what became of it."""

    public_id: str
    kind: str
    channel: str
    recipient: str
    created_at: datetime
    sent_at: datetime | None
    recorded_by: str | None
    subject: str
    body: str
    state: Mail
    attempts: int


@dataclass(frozen=True)
class PastAssignment:
    """Who handled a file, from when to when, on whose word and why."""

    person: str
    proposed: str
    assigned_by: str
    assigned_at: datetime
    ended_at: datetime | None
    reason: str


@dataclass(frozen=True)
class JournalLine:
    """One line of a file's journal; `facts` are ids, codes and numbers."""

    kind: str
    at: datetime
    actor: str | None
    facts: Mapping[str, Any]


def messages(session: Session, case_file_id: int) -> list[SentMessage]:
    """Every mail and letter of a file with its fate, oldest first."""
    return [_sent(*row) for row in session.execute(_messages(), {"case": case_file_id})]


@cache
def _messages() -> Select[*tuple[Any, ...]]:
    """Built once: every page of a file asks it."""
    return (
        select(Message, Person.full_name, OutboxRow.state, OutboxRow.attempts)
        .outerjoin(Person, Person.id == Message.recorded_by_id)
        .outerjoin(OutboxRow, OutboxRow.key == "message:" + Message.public_id)
        .where(Message.case_file_id == bindparam("case", type_=Integer()))
        .order_by(Message.id)
    )


def _sent(
    message: Message, recorded_by: str | None, state: str | None, attempts: int | None
) -> SentMessage:
    return SentMessage(
        public_id=message.public_id,
        kind=message.kind,
        channel=message.channel,
        recipient=message.recipient,
        created_at=message.created_at,
        sent_at=message.sent_at,
        recorded_by=recorded_by,
        subject=message.subject,
        body=message.body,
        state=mail_state(message.sent_at is not None, state, attempts or 0),
        attempts=attempts or 0,
    )


def assignments(session: Session, case_file_id: int) -> list[PastAssignment]:
    """Who handled a file, the latest first."""
    person, proposed, giver = aliased(Person), aliased(Person), aliased(Person)
    query = (
        select(
            person.full_name,
            proposed.full_name,
            giver.full_name,
            Assignment.assigned_at,
            Assignment.ended_at,
            Assignment.reason,
        )
        .join(person, person.id == Assignment.person_id)
        .join(proposed, proposed.id == Assignment.proposed_id)
        .join(giver, giver.id == Assignment.assigned_by_id)
        .where(Assignment.case_file_id == case_file_id)
        .order_by(Assignment.id.desc())
    )
    return [PastAssignment(*row) for row in session.execute(query)]


def journal(session: Session, case_file_id: int) -> list[JournalLine]:
    """The journal of a file, newest first."""
    query = (
        select(JournalEvent.kind, JournalEvent.at, Person.full_name, JournalEvent.facts)
        .outerjoin(Person, Person.id == JournalEvent.actor_id)
        .where(JournalEvent.case_file_id == case_file_id)
        .order_by(JournalEvent.id.desc())
    )
    return [
        JournalLine(kind, at, actor, json.loads(facts))
        for kind, at, actor, facts in session.execute(query)
    ]


def names(session: Session, person_ids: set[int]) -> dict[int, str]:
    """The names of the persons that journal lines point at."""
    query = select(Person.id, Person.full_name).where(Person.id.in_(person_ids))
    return {row[0]: row[1] for row in session.execute(query)}
