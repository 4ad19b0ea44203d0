"""Where open files stand: promise, acknowledgement, agreement, last act, many files in one read."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime
from functools import cache
from typing import Any

from sqlalchemy import Integer, Select, and_, bindparam, func, select
from sqlalchemy.orm import Session

from grants.domain.next_step import AgreementState, Mail, agreement_state, mail_state
from grants.models.agreements import Agreement, AgreementVersion
from grants.models.case_files import CaseFile
from grants.models.clocks import Clock
from grants.models.messages import Message
from grants.models.trail import JournalEvent, OutboxRow

NOT_NEWS = ("refused", "deposit_proof_made")  # acts that failed, and what the system does alone

_VERSION = AgreementVersion
_IDS = bindparam("ids", type_=Integer(), expanding=True)


@dataclass(frozen=True)
class Progress:
    """The soonest promise that runs on a file, what became of its acknowledgement, and how far
    its agreement is."""

    start_on: date | None
    due_on: date | None
    due_at: datetime | None
    acknowledgement: Mail
    attempts: int
    agreement: AgreementState


@dataclass(frozen=True)
class LastEvent:
    """The newest line of a file's journal."""

    kind: str
    at: datetime


def progress(session: Session, case_file_ids: Iterable[int]) -> dict[int, Progress]:
    """For each file its soonest running clock, its latest acknowledgement and its agreement, in
    one read."""
    # of several rows the last one wins: the soonest clock, the latest message
    return {
        row.id: Progress(
            row.start_on,
            row.due_on,
            row.due_at,
            mail_state(row.sent_at is not None, row.state, row.attempts or 0),
            row.attempts or 0,
            agreement_state(
                is_drafted=row.drafted_at is not None, is_issued=row.issued_at is not None
            ),
        )
        for row in session.execute(_progress(), {"ids": list(case_file_ids)})
    }


def last_events(session: Session, case_file_ids: Iterable[int]) -> dict[int, LastEvent]:
    """The newest line of each file's journal that is news of the file."""
    rows = session.execute(_last_events(), {"ids": list(case_file_ids)})
    return {row.case_file_id: LastEvent(row.kind, row.at) for row in rows}


@cache
def _progress() -> Select[*tuple[Any, ...]]:
    acknowledged = and_(Message.case_file_id == CaseFile.id, Message.kind == "acknowledgement")
    running = and_(Clock.case_file_id == CaseFile.id, Clock.stopped_at.is_(None))
    present = and_(_VERSION.agreement_id == Agreement.id, _VERSION.ended_at.is_(None))
    return (
        select(
            CaseFile.id,
            Clock.start_on,
            Clock.due_on,
            Clock.due_at,
            Message.sent_at,
            OutboxRow.state,
            OutboxRow.attempts,
            _VERSION.drafted_at,
            _VERSION.issued_at,
        )
        .outerjoin(Clock, running)
        .outerjoin(Message, acknowledged)
        .outerjoin(OutboxRow, OutboxRow.key == "message:" + Message.public_id)
        .outerjoin(Agreement, Agreement.case_file_id == CaseFile.id)
        .outerjoin(_VERSION, present)
        .where(CaseFile.id.in_(_IDS))
        .order_by(CaseFile.id, Clock.due_at.desc(), Message.sequence)
    )


@cache
def _last_events() -> Select[int | None, str, datetime]:
    newest = (
        select(func.max(JournalEvent.id))
        .where(JournalEvent.case_file_id.in_(_IDS), JournalEvent.kind.not_in(NOT_NEWS))
        .group_by(JournalEvent.case_file_id)
    )
    return select(JournalEvent.case_file_id, JournalEvent.kind, JournalEvent.at).where(
        JournalEvent.id.in_(newest)
    )
