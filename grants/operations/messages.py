"""Mails of a file: owed in the act that causes them, sent when the mail server says so."""

import secrets
from datetime import datetime

from sqlalchemy import bindparam, func, select
from sqlalchemy.orm import Session

from grants.domain.access import Actor
from grants.models.case_files import CaseFile
from grants.models.messages import Message
from grants.operations import clocks
from grants.operations.trail import owed, record

ACKNOWLEDGEMENT = "acknowledgement"
ASSIGNMENT = "assignment"
DECISION = "decision"
AGREEMENT = "agreement"
AGREEMENT_RECEIVED = "agreement_received"
PAYMENT = "payment"
PAYMENT_RETURNED = "payment_returned"
RECEIPT = "receipt"
ANSWER = "answer"
REDIRECTION = "redirection"
EXTENSION = "extension"
REQUALIFICATION = "requalification"

REQUEST = "information_request"  # its mails have words and readers of their own
ENDS = (ANSWER, REDIRECTION)  # whoever gets one waits for nothing more

_LAST = select(func.max(Message.sequence)).where(
    Message.case_file_id == bindparam("case"), Message.kind == bindparam("kind")
)


def owe_message(
    session: Session,
    case_file: CaseFile,
    kind: str,
    recipient: str,
    *,
    now: datetime,
    **facts: object,
) -> Message:
    """Owe the sender of a file a mail of this kind; its words are made when it leaves.

    `facts` are what its words need beyond the file: cents, ISO dates, codes; nothing personal.
    """
    message = Message(
        public_id=secrets.token_hex(16),
        case_file_id=case_file.id,
        kind=kind,
        sequence=_next_sequence(session, case_file, kind),
        channel="email",
        recipient=recipient,
        facts=facts,
        created_at=now,
    )
    session.add(message)
    session.flush()
    work = "mail.request" if case_file.kind == REQUEST else "mail.message"
    owed(session, work, message.id, key=f"message:{message.public_id}", now=now)
    return message


def post_letter(
    session: Session,
    case_file: CaseFile,
    kind: str,
    recipient: str,
    *,
    at: datetime,
    actor: Actor,
    now: datetime,
) -> Message:
    """Keep a letter of this kind that somebody put in the post, at the instant that counts."""
    message = Message(
        public_id=secrets.token_hex(16),
        case_file_id=case_file.id,
        kind=kind,
        sequence=_next_sequence(session, case_file, kind),
        channel="post",
        recipient=recipient,
        created_at=now,
        sent_at=at,
        recorded_by_id=actor.person_id,
    )
    session.add(message)
    session.flush()
    return message


def _next_sequence(session: Session, case_file: CaseFile, kind: str) -> int:
    # no message waits to be written, since each is flushed at once: Core may look alone
    last = session.connection().scalar(_LAST, {"case": case_file.id, "kind": kind})
    return (last or 0) + 1


def delivered(
    session: Session, message_id: int, subject: str, body: str, *, actor: Actor, now: datetime
) -> None:
    """Record that the mail server accepted the message: only this keeps the promise.

    A second delivery of the same message (a worker lost after sending) changes nothing.
    """
    message = session.get_one(Message, message_id)
    if message.sent_at is not None:
        return
    case_file = session.get_one(
        CaseFile, message.case_file_id, with_for_update=True, populate_existing=True
    )
    message.subject, message.body, message.sent_at = subject, body, now
    if message.kind == ACKNOWLEDGEMENT:
        clocks.stop(
            session,
            case_file,
            promise=clocks.ACKNOWLEDGED,
            event="acknowledgement_sent",
            at=now,
            now=now,
        )
    if message.kind in ENDS:
        clocks.settle(session, case_file, event=f"{message.kind}_sent", now=now)
    case_file.touched_at = now
    record(session, f"{message.kind}_sent", actor=actor, now=now, case_file_id=case_file.id)
