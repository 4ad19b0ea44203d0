"""What somebody without an account follows, once they typed the code mailed to them."""

from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlalchemy import select
from sqlalchemy.orm import Session

from grants.models.case_files import CaseFile
from grants.models.complaints import Complaint
from grants.models.requests import InformationRequest
from grants.models.tracking import TrackingCode
from grants.queries import complaints

FOLLOWED_FOR = timedelta(hours=1)


@dataclass(frozen=True)
class Followed:
    """What a code leads to: a request, or a complaint."""

    case_file_id: int | None
    complaint_id: int | None


@dataclass(frozen=True)
class CodeToSend:
    """A code that a mail must carry; its digits are derived from `public_id`."""

    public_id: str
    email: str
    expires_at: datetime


@dataclass(frozen=True)
class Sent:
    """A request just sent, for its confirmation."""

    case_file_id: int
    number: str
    email: str
    secretariat_code: str
    received_at: datetime
    topic: str


def followed(session: Session, public_id: str, *, now: datetime) -> Followed | None:
    """What the browser that holds this code may read, for one hour after its right answer."""
    query = select(TrackingCode.case_file_id, TrackingCode.complaint_id).where(
        TrackingCode.public_id == public_id, TrackingCode.used_at > now - FOLLOWED_FOR
    )
    row = session.execute(query).one_or_none()
    return None if row is None else Followed(row.case_file_id, row.complaint_id)


def code_to_send(session: Session, code_id: int, *, now: datetime) -> CodeToSend | None:
    """The code that an outbox row owes; None once it was used or its time is over."""
    query = select(TrackingCode).where(
        TrackingCode.id == code_id, TrackingCode.used_at.is_(None), TrackingCode.expires_at > now
    )
    code = session.scalar(query)
    if code is None:
        return None
    return CodeToSend(code.public_id, _address(session, code), code.expires_at)


def _address(session: Session, code: TrackingCode) -> str:
    if code.complaint_id is not None:
        return complaints.read(session.get_one(Complaint, code.complaint_id)).email
    request = select(InformationRequest.email)
    by_file = InformationRequest.case_file_id == code.case_file_id
    return session.scalars(request.where(by_file)).one()


def sent(session: Session, public_id: str) -> Sent | None:
    """The request that a page with this id opened."""
    query = (
        select(CaseFile, InformationRequest)
        .join(InformationRequest, InformationRequest.case_file_id == CaseFile.id)
        .where(CaseFile.public_id == public_id)
    )
    row = session.execute(query).one_or_none()
    if row is None:
        return None
    case_file, asked = row
    return Sent(
        case_file_id=case_file.id,
        number=case_file.number,
        email=asked.email,
        secretariat_code=case_file.secretariat.code,
        received_at=case_file.received_at,
        topic=asked.topic,
    )
