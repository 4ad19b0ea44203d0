"""What an owed mail must say, read at the moment it leaves; and whether it is still wanted."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any

from sqlalchemy import ColumnElement, Select, and_, exists, or_, select
from sqlalchemy.orm import Session, aliased, joinedload

from grants.models.case_files import CaseFile
from grants.models.messages import Message
from grants.models.people import AccountLink, EmailCode
from grants.models.programs import Call
from grants.queries import applications, case_files
from grants.queries.applications import AdvisorCard

ACKNOWLEDGED = "acknowledged"


@dataclass(frozen=True)
class OwedMail:
    """Everything a mail of a file can say.

    `acknowledge_by` is the date promised for the acknowledgement; `promised` pairs each other
    running promise with its date; `decision_due_on` is the date the call announced for its
    applications; `first_number` is the application's, where the file is its revision; `facts`
    are what the act that owes the mail left for its words.
    """

    message_id: str
    kind: str
    recipient: str
    case_public_id: str
    number: str
    organization: str
    program: str
    call: str
    received_at: datetime
    secretariat: str
    contact: Mapping[str, Any]
    advisor: AdvisorCard | None
    acknowledge_by: date | None
    promised: tuple[tuple[str, date], ...]
    decision_due_on: date | None
    first_number: str = ""
    facts: Mapping[str, Any] = field(default_factory=dict)


def owed(session: Session, message_id: int) -> OwedMail | None:
    """The mail that an outbox row owes; None when it was sent, posted or overtaken."""
    if (row := session.execute(_wanted(message_id)).one_or_none()) is None:
        return None
    message, case_file, call = row
    advisor_id, revision = case_file.advisor_id, case_file.revision
    acknowledge_by, promised = _promises(session, case_file.id)
    return OwedMail(
        message_id=message.public_id,
        kind=message.kind,
        recipient=message.recipient,
        case_public_id=case_file.public_id,
        number=case_file.number,
        organization=case_file.organization.legal_name,
        program=call.program.name,
        call=call.title,
        received_at=case_file.received_at,
        secretariat=case_file.secretariat.name,
        contact=case_file.secretariat.contact,
        advisor=applications.advisor(session, advisor_id) if advisor_id else None,
        acknowledge_by=acknowledge_by,
        promised=promised,
        decision_due_on=None if revision else call.decision_due_on,
        first_number=revision.first.number if revision else "",
        facts=message.facts,
    )


def _promises(
    session: Session, case_file_id: int
) -> tuple[date | None, tuple[tuple[str, date], ...]]:
    """The date promised for the acknowledgement, and the other promises that still run."""
    running = [c for c in case_files.clocks(session, case_file_id) if c.stopped_at is None]
    by = [c.due_on for c in running if c.commitment.stop_event == ACKNOWLEDGED]
    others = [c for c in running if c.commitment.stop_event != ACKNOWLEDGED]
    return min(by, default=None), tuple((c.commitment.sentence, c.due_on) for c in others)


def _wanted(message_id: int) -> Select[Message, CaseFile, Call]:
    return (
        select(Message, CaseFile, Call)
        .join(CaseFile, CaseFile.id == Message.case_file_id)
        .join(Call, Call.id == CaseFile.call_id)
        .options(joinedload(Call.program), joinedload(CaseFile.revision))
        .options(joinedload(CaseFile.organization), joinedload(CaseFile.secretariat))
        .where(Message.id == message_id, Message.channel == "email", Message.sent_at.is_(None))
        .where(~_overtaken())
    )


def _overtaken() -> ColumnElement[bool]:
    """An acknowledgement already given another way, the name of a former advisor, or an
    agreement that another mail speaks of since."""
    other = aliased(Message)
    given = and_(Message.kind == "acknowledgement", other.sent_at.is_not(None))
    newer = Message.kind.in_(("assignment", "agreement"))
    renamed = and_(newer, other.sequence > Message.sequence)
    same_file = and_(other.case_file_id == Message.case_file_id, other.kind == Message.kind)
    nobody = and_(Message.kind == "assignment", CaseFile.advisor_id.is_(None))
    return or_(nobody, exists().where(same_file, or_(given, renamed)))


def code_is_good(session: Session, code_id: int, *, now: datetime) -> bool:
    """Whether the code of a sign-in can still be used."""
    query = select(EmailCode.id).where(
        EmailCode.id == code_id, EmailCode.used_at.is_(None), EmailCode.expires_at > now
    )
    return session.scalar(query) is not None


def link_is_good(session: Session, link_id: int, *, now: datetime) -> bool:
    """Whether the link that sets a password can still be used."""
    query = select(AccountLink.id).where(
        AccountLink.id == link_id, AccountLink.used_at.is_(None), AccountLink.expires_at > now
    )
    return session.scalar(query) is not None
