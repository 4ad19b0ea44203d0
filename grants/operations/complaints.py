"""Complaints on the quality of service: filed by anybody, kept apart, read by their circle only.

Nothing here touches the common journal: what happens to a complaint is written in its own.
"""

import secrets
from dataclasses import dataclass
from datetime import date, datetime

from sqlalchemy import select
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Session

from grants.domain import case_number
from grants.domain.access import Action, Actor, demand
from grants.domain.calendar import local_date
from grants.domain.complaints import (
    ACKNOWLEDGE,
    ANSWER,
    CHANNELS,
    LINE_MAX,
    PREFIX,
    WORDS_MAX,
    AnswerBy,
    ComplaintStatus,
    at_most,
    reach,
    written,
)
from grants.domain.deadlines import compute
from grants.domain.errors import DomainError
from grants.domain.journal import canonical
from grants.domain.text import one_line
from grants.models.complaints import Complaint
from grants.models.encrypted import blind_index, blind_indexes
from grants.models.reference import Secretariat
from grants.operations.complaint_trail import note
from grants.queries import calendars, commitments

WEB = "web"
LEAST, MOST = 100_000, 999_999
TRIES = 5
ID_LENGTH = 32


@dataclass(frozen=True)
class ComplaintDetails:
    """A complaint as it came: to which secretariat, from whom, in their words.

    `answer_by` is email, phone, post, or none for who stays unknown; `about` is the service or
    the file it is about, if said.
    """

    public_id: str
    secretariat_code: str
    words: str
    requester: str
    email: str
    phone: str
    address: str
    answer_by: str
    channel: str
    received_at: datetime
    about: str


@dataclass(frozen=True)
class Filed:
    """What whoever filed a complaint gets, once: its number."""

    number: str


def file(session: Session, details: ComplaintDetails, *, actor: Actor, now: datetime) -> Filed:
    """Take in a complaint and return its number.

    Anybody may file on the public form (`web`); on other channels it takes `file_complaint`, for
    one's own secretariat. The number is drawn at random, so that it tells nothing of how many
    there are. The same page posted twice files once; a public id that is taken by something else
    files as if it were free (our decisions).
    Raises `not_allowed`, `choice_unknown`, `complaint_words_required`, `complaint_name_required`,
    `text_too_long`, `date_in_future`, and what `grants.domain.complaints.reach` raises.
    """
    if details.channel != WEB:
        demand(actor, Action.FILE_COMPLAINT)
    staff = None if details.channel == WEB else actor
    content = _content(details, staff, now)
    asked = details.public_id if len(details.public_id) == ID_LENGTH else secrets.token_hex(16)
    for _ in range(TRIES):
        taken = _taken(session, asked)
        if taken is not None and taken.received == content:
            return Filed(taken.number)
        public_id = asked if taken is None else secrets.token_hex(16)
        try:
            with session.begin_nested():
                return _opened(session, public_id, details, content, staff, now)
        except IntegrityError:  # the same page posted twice at once, or a number drawn twice
            continue
    raise RuntimeError("no complaint could be filed")


def find(session: Session, number: str) -> int | None:
    """The id of the complaint of this number, however it is typed; None when there is none."""
    keys = blind_indexes(case_number.normalize(number))
    return session.scalar(select(Complaint.id).where(Complaint.number_key.in_(keys)))


def _content(details: ComplaintDetails, staff: Actor | None, now: datetime) -> str:
    """What is enciphered as one text: everything that tells who, how and what."""
    if details.channel not in CHANNELS:
        raise DomainError("choice_unknown")
    if details.received_at > now:
        raise DomainError("date_in_future")
    return canonical(
        {
            "words": written(details.words, "complaint_words_required", WORDS_MAX),
            "requester": _requester(details),
            **reach(details.answer_by, details.email, details.phone, details.address),
            "about": at_most(details.about, LINE_MAX),
            "channel": details.channel,
            "filed_by": staff.person_id if staff else None,
        }
    )


def _requester(details: ComplaintDetails) -> str:
    """A name to answer to; who wants no answer may stay unknown (our decision)."""
    name = one_line(details.requester)
    if details.answer_by == AnswerBy.NONE:
        return at_most(name, LINE_MAX)
    return written(name, "complaint_name_required", LINE_MAX)


def _taken(session: Session, public_id: str) -> Complaint | None:
    return session.scalar(select(Complaint).where(Complaint.public_id == public_id))


def _opened(
    session: Session,
    public_id: str,
    details: ComplaintDetails,
    content: str,
    staff: Actor | None,
    now: datetime,
) -> Filed:
    office_id = staff.secretariat_id if staff else None
    office = commitments.secretariat(session, details.secretariat_code, secretariat_id=office_id)
    complaint = Complaint(
        public_id=public_id,
        secretariat_id=office.id,
        **_numbers(local_date(details.received_at).year),
        received=content,
        received_at=details.received_at,
        entered_at=now,
        status=ComplaintStatus.RECEIVED.value,
        **_due(session, office, details.received_at),
    )
    session.add(complaint)
    session.flush()
    note(session, complaint, "filed", actor=staff, now=now)
    return Filed(complaint.number)


def _numbers(year: int) -> dict[str, str]:
    """A number drawn at random, and what finds it again."""
    number = case_number.make(PREFIX, year, LEAST + secrets.randbelow(MOST - LEAST + 1))
    return {"number": number, "number_key": blind_index(number)}


def _due(session: Session, office: Secretariat, received_at: datetime) -> dict[str, date]:
    """Until when to acknowledge and to answer."""
    span, calendar = commitments.opening_span(office), calendars.calendar(session)
    delays = {"acknowledge_due_on": ACKNOWLEDGE, "answer_due_on": ANSWER}
    return {
        name: compute(received_at, delay, calendar, span).due_on for name, delay in delays.items()
    }
