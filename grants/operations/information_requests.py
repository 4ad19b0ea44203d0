"""Requests for information received from anyone: same numbers and clocks as any other file."""

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import datetime
from hashlib import sha256

from sqlalchemy import select
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Session

from grants.domain import information_requests as rules
from grants.domain import request_flow
from grants.domain.access import Action, Actor, demand
from grants.domain.calendar import local_date
from grants.domain.errors import Refusal
from grants.domain.information_requests import PREFIX, Reach, Topic
from grants.domain.text import fold
from grants.models.case_files import CaseFile
from grants.models.reference import Secretariat
from grants.models.requests import InformationRequest
from grants.operations import case_numbers, clocks, messages
from grants.operations.trail import record as record_event
from grants.queries import calendars, commitments


@dataclass(frozen=True, kw_only=True)
class RequestDetails:
    """A request as the person typed it, or as staff took it down.

    `public_id` comes from the page, so that a second post opens nothing more. `answer_by` is
    'email', 'phone', 'post' or 'none'; `details` is what the topic asks besides the question
    (`rules.DETAILS`), its dates ISO. `received_at` is the true receipt.
    """

    public_id: str
    secretariat_code: str
    topic: str
    question: str
    answer_by: str
    channel: str
    received_at: datetime
    requester: str = ""
    email: str = ""
    phone: str = ""
    address: str = ""
    wants_callback: bool = False
    urgent: bool = False
    details: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True)
class _Read:
    """A request whose every part was understood."""

    topic: Topic
    question: str
    reach: Reach
    extra: Mapping[str, str]
    wants_callback: bool


def record(session: Session, details: RequestDetails, *, actor: Actor, now: datetime) -> CaseFile:
    """Open the file of a request: number, clocks of the declaration in force, first mail.

    Anybody sends one through the site; staff record for their own secretariat what came another
    way. A request by word of mouth, or one that asks for it, waits for a call (declaration). With
    an e-mail address, SACA acknowledges at once; at the SCT a mail gives the number and stops
    nothing, since its acknowledgement says when the answer comes (declarations, our decision).
    Raises `not_allowed` and the errors of `rules.read_*`, `request_channel_unknown`,
    `receipt_in_future`.
    """
    case_file, is_new = open_file(session, details, actor=actor, now=now)
    if is_new:
        _owe_first_mail(session, case_file, now)
    return case_file


def open_file(
    session: Session, details: RequestDetails, *, actor: Actor, now: datetime
) -> tuple[CaseFile, bool]:
    """The file of a request with its clocks, before any mail; False when it was open already.

    Whoever goes back to the page and asks something else asks anew (our decision).
    """
    _demand(actor, details)
    read = _read(details, now)
    details = _own_page(session, details, read.question)
    if known := _known(session, details.public_id):
        return known, False
    office = commitments.secretariat(session, details.secretariat_code)
    if actor.is_staff and office.id != actor.secretariat_id:
        raise Refusal("not_allowed", actor_id=actor.person_id)
    case_file, is_new = _opened_once(session, office, details, now)
    if not is_new:
        return case_file, False
    session.add(_asked(case_file, read, details))
    session.flush()
    _start_clocks(session, case_file, read, now)
    _note(session, case_file, read, actor, now)
    return case_file, True


def _demand(actor: Actor, details: RequestDetails) -> None:
    """Staff take down what came any way; anybody else writes through the site only."""
    if actor.is_staff:
        demand(actor, Action.ANSWER_REQUEST)
    elif details.channel != "web":
        raise Refusal("not_allowed", actor_id=actor.person_id)


def _known(session: Session, public_id: str) -> CaseFile | None:
    """The request that an earlier post of the same page opened."""
    kind = CaseFile.kind == messages.REQUEST
    return session.scalar(select(CaseFile).where(CaseFile.public_id == public_id, kind))


def _own_page(session: Session, details: RequestDetails, question: str) -> RequestDetails:
    """The details as they are; for another question from a page that sent one, under an id made
    of both, the same each time."""
    query = (
        select(InformationRequest.question)
        .join(CaseFile, CaseFile.id == InformationRequest.case_file_id)
        .where(CaseFile.public_id == details.public_id)
    )
    if session.scalar(query) in (None, question):
        return details
    both = sha256(f"{details.public_id} {question}".encode()).hexdigest()
    return replace(details, public_id=both[: len(details.public_id)])


def _read(details: RequestDetails, now: datetime) -> _Read:
    rules.check_channel(details.channel)
    rules.check_receipt(details.received_at, now)
    given = details.requester, details.email, details.phone, details.address
    reach = rules.read_reach(*given, details.answer_by)
    wants_callback = rules.expects_call(details.channel, details.answer_by, details.wants_callback)
    rules.check_callback(wants_callback, reach)
    topic = rules.read_topic(details.topic)
    return _Read(
        topic=topic,
        question=rules.read_question(details.question),
        reach=reach,
        extra=rules.read_details(topic, details.details),
        wants_callback=wants_callback,
    )


def _opened_once(
    session: Session, office: Secretariat, details: RequestDetails, now: datetime
) -> tuple[CaseFile, bool]:
    """The new file; or, False, the one that another post of the same page has just opened."""
    try:
        with session.begin_nested():  # the number goes back with a file that is not opened
            return _opened(session, office, details, now), True
    except IntegrityError:
        if twin := _known(session, details.public_id):
            return twin, False
        raise


def _opened(
    session: Session, office: Secretariat, details: RequestDetails, now: datetime
) -> CaseFile:
    year = local_date(details.received_at).year
    case_file = CaseFile(
        public_id=details.public_id,
        number=case_numbers.next_number(session, PREFIX, year),
        kind=messages.REQUEST,
        secretariat_id=office.id,
        channel=details.channel,
        received_at=details.received_at,
        entered_at=now,
        status=request_flow.START.value,
        next_due_at=clocks.NEVER,
        touched_at=now,
    )
    session.add(case_file)
    session.flush()
    return case_file


def _asked(case_file: CaseFile, read: _Read, details: RequestDetails) -> InformationRequest:
    return InformationRequest(
        case_file_id=case_file.id,
        kind=messages.REQUEST,
        topic=read.topic.value,
        question=read.question,
        requester=read.reach.requester,
        search_name=fold(read.reach.requester)[: rules.NAME_MAX],
        email=read.reach.email,
        phone=read.reach.phone,
        address=read.reach.address,
        answer_by=read.reach.answer_by,
        wants_callback=read.wants_callback,
        urgent=details.urgent,
        details=dict(read.extra),
    )


def _start_clocks(session: Session, case_file: CaseFile, read: _Read, now: datetime) -> None:
    calendar = calendars.calendar(session)
    clocks.start(session, case_file, calendar, event=clocks.RECEIVED, now=now)
    if read.wants_callback:
        clocks.start(session, case_file, calendar, event=clocks.CALLED, now=now)
    session.flush()


def _note(session: Session, case_file: CaseFile, read: _Read, actor: Actor, now: datetime) -> None:
    record_event(
        session,
        "request_received",
        actor=actor,
        now=now,
        case_file_id=case_file.id,
        number=case_file.number,
        channel=case_file.channel,
        topic=read.topic.value,
    )


def _owe_first_mail(session: Session, case_file: CaseFile, now: datetime) -> None:
    """The acknowledgement, or the receipt where an acknowledgement must announce a date."""
    asked = session.get_one(InformationRequest, case_file.id)
    if not asked.email:
        return
    dated = rules.date_required(case_file.secretariat.code)
    kind = messages.RECEIPT if dated else messages.ACKNOWLEDGEMENT
    messages.owe_message(session, case_file, kind, asked.email, now=now)
