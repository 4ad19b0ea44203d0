"""Acknowledgements by post, and mails that people send again."""

from dataclasses import dataclass
from datetime import date, datetime

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from grants.domain.access import Action, Actor, demand
from grants.domain.calendar import local_date
from grants.domain.errors import DomainError
from grants.domain.request_answers import posting_instant
from grants.models.case_files import CaseFile
from grants.models.messages import Message
from grants.models.trail import OutboxRow
from grants.operations import clocks, outbox
from grants.operations.assignments import refuse_other_secretariat
from grants.operations.locking import lock
from grants.operations.messages import ACKNOWLEDGEMENT, post_letter
from grants.operations.trail import record

POSTED = "acknowledgement_posted"


@dataclass(frozen=True)
class PostedLetter:
    """A letter of acknowledgement put in the post: on which day; `version` of the page."""

    posted_on: date
    version: int | None = None


def record_posted(
    session: Session, case_file_id: int, details: PostedLetter, *, actor: Actor, now: datetime
) -> Message:
    """Record that the acknowledgement left by post: this keeps the promise as a mail would.

    The day of posting is what counts (declaration: the acknowledgement is sent within the delay);
    it lies between the receipt and today. A mail that still waits goes on: its handler looks
    whether it is still useful. The same letter recorded twice by one person is one letter.
    Raises `not_allowed`, `stale_page`, `already_acknowledged`, `posted_before_receipt`,
    `date_in_future`.
    """
    demand(actor, Action.RECORD_PAPER, case_file_id=case_file_id)
    case_file = lock(session, CaseFile, case_file_id, None)
    refuse_other_secretariat(case_file, actor)
    if known := _same_letter(session, case_file, details.posted_on, actor):
        return known
    if details.version not in (None, case_file.version):
        raise DomainError("stale_page")
    at = posting_instant(details.posted_on, case_file.received_at, now)
    if _acknowledged(session, case_file):
        raise DomainError("already_acknowledged")
    to = case_file.organization.legal_name
    message = post_letter(session, case_file, ACKNOWLEDGEMENT, to, at=at, actor=actor, now=now)
    how = {"promise": clocks.ACKNOWLEDGED, "event": POSTED}
    clocks.stop(session, case_file, **how, at=at, now=now)
    case_file.touched_at = now
    facts = {"posted_on": details.posted_on.isoformat()}
    record(session, POSTED, actor=actor, now=now, case_file_id=case_file.id, **facts)
    return message


def resend(
    session: Session, case_file_id: int, message_public_id: str, *, actor: Actor, now: datetime
) -> None:
    """Try again a mail that was given up; it keeps its Message-ID.

    Raises `not_allowed`, `mail_not_given_up` when it left meanwhile or still waits its turn.
    """
    demand(actor, Action.RECORD_PAPER, case_file_id=case_file_id)
    case_file = lock(session, CaseFile, case_file_id, None)
    refuse_other_secretariat(case_file, actor)
    key = f"message:{message_public_id}"
    query = (
        select(Message.kind)
        .join(OutboxRow, OutboxRow.key == key)
        .where(Message.public_id == message_public_id, Message.case_file_id == case_file_id)
        .where(Message.sent_at.is_(None), OutboxRow.state == "failed")
    )
    kind = session.scalar(query)
    if kind is None:
        raise DomainError("mail_not_given_up")
    outbox.retry(session, key, now=now)
    case_file.touched_at = now
    record(session, f"{kind}_resent", actor=actor, now=now, case_file_id=case_file_id)


def _same_letter(
    session: Session, case_file: CaseFile, posted_on: date, actor: Actor
) -> Message | None:
    """The letter of that day which this person recorded already."""
    query = select(Message).where(
        Message.case_file_id == case_file.id,
        Message.kind == ACKNOWLEDGEMENT,
        Message.channel == "post",
        Message.recorded_by_id == actor.person_id,
    )
    for letter in session.scalars(query):
        if letter.sent_at is not None and local_date(letter.sent_at) == posted_on:
            return letter
    return None


def _acknowledged(session: Session, case_file: CaseFile) -> bool:
    query = select(func.count()).where(
        Message.case_file_id == case_file.id,
        Message.kind == ACKNOWLEDGEMENT,
        Message.sent_at.is_not(None),
    )
    return bool(session.scalar(query))
