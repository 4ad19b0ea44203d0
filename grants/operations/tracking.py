"""Following what one sent without an account: its number and e-mail, then a mailed code.

Source: our decision, from the threat of guessing numbers. A wrong number, a number of another
person and a number of a kind that nobody follows so leave the same row after the same
statements; only a mail, to the address we know, tells the right person.
"""

import secrets
from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlalchemy import select, update
from sqlalchemy.orm import Session

from grants.domain import case_number, credentials
from grants.domain.access import VISITOR
from grants.domain.throttling import Purpose
from grants.models.case_files import CaseFile
from grants.models.complaints import Complaint
from grants.models.encrypted import blind_indexes
from grants.models.requests import InformationRequest
from grants.models.tracking import TrackingCode
from grants.operations import throttles
from grants.operations.trail import owed, record
from grants.queries import complaints

CODE_LIFE = timedelta(minutes=15)
CODE_TRIES = 5
COMPLAINT = "PLA-"


@dataclass(frozen=True)
class _Thing:
    """What a number names, and the address given with it."""

    email: str
    case_file_id: int | None = None
    complaint_id: int | None = None


def ask_code(session: Session, number: str, email: str, *, now: datetime) -> str:
    """Leave a code, good for fifteen minutes, and return its public id for the browser alone.

    Its mail is owed when the number and the address go together, at most five times an hour for
    one pair: past that nothing happens and nothing shows. The number may be typed in any form.
    """
    written, address = case_number.normalize(number), email.strip().casefold()
    too_many = throttles.count(session, Purpose.MAIL, f"{written} {address}", now=now)
    thing = _named(session, written)
    if thing is None or too_many is not None or thing.email.strip().casefold() != address:
        thing = _Thing("")
    code = TrackingCode(
        public_id=secrets.token_hex(16),
        case_file_id=thing.case_file_id,
        complaint_id=thing.complaint_id,
        created_at=now,
        expires_at=now + CODE_LIFE,
    )
    session.add(code)
    session.flush()
    if thing.email:
        owed(session, "mail.tracking", code.id, key=f"tracking:{code.public_id}", now=now)
    return code.public_id


def use_code(session: Session, public_id: str, typed: str, *, key: bytes, now: datetime) -> bool:
    """Whether this is the code, which is then used up; five tries, whatever it leads to.

    A wrong one is noted in the journal, without saying whose.
    """
    tried = session.execute(
        update(TrackingCode)
        .where(TrackingCode.public_id == public_id, TrackingCode.attempts < CODE_TRIES)
        .where(TrackingCode.used_at.is_(None), TrackingCode.expires_at > now)
        .values(attempts=TrackingCode.attempts + 1)
        .returning(TrackingCode.id, TrackingCode.case_file_id, TrackingCode.complaint_id)
        .execution_options(synchronize_session=False)
    ).one_or_none()
    digits = credentials.tracking_code(key, public_id)
    right = credentials.same(digits, credentials.typed_digits(typed))
    if tried is None or not right or (tried.case_file_id or tried.complaint_id) is None:
        record(session, "tracking_failed", actor=VISITOR, now=now)
        return False
    used = update(TrackingCode).where(TrackingCode.id == tried.id).values(used_at=now)
    session.execute(used.execution_options(synchronize_session=False))
    return True


def _named(session: Session, number: str) -> _Thing | None:
    """What bears this number: one statement, found or not."""
    if number.startswith(COMPLAINT):
        by_number = Complaint.number_key.in_(blind_indexes(number))
        complaint = session.scalar(select(Complaint).where(by_number))
        if complaint is None:
            return None
        return _Thing(complaints.read(complaint).email, complaint_id=complaint.id)
    query = (
        select(CaseFile.id, InformationRequest.email)
        .join(InformationRequest, InformationRequest.case_file_id == CaseFile.id)
        .where(CaseFile.number == number)
    )
    row = session.execute(query).one_or_none()
    return None if row is None else _Thing(row.email, case_file_id=row.id)
