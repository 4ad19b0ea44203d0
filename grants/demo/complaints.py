"""Complaints of the demonstration, at both secretariats, in every state."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlalchemy import select

from grants.demo.complaint_words import DELAY, FORM, HANDS, LETTER, SILENCE, TONE, Subject
from grants.demo.offices import random_id
from grants.demo.stage import Stage
from grants.domain.access import VISITOR, Actor
from grants.domain.calendar import local_date
from grants.extensions import db
from grants.models.complaints import ComplaintMessage
from grants.models.trail import OutboxRow
from grants.operations import complaint_acts, complaint_circle, complaint_telling, outbox
from grants.operations import complaints as filing
from grants.operations.complaint_acts import ConclusionDetails, FollowUpDetails
from grants.operations.complaint_circle import ReaderDetails
from grants.operations.complaint_telling import Telling
from grants.operations.complaint_trail import ENTRUSTED, MAIL
from grants.operations.complaints import ComplaintDetails
from grants.unit_of_work import saving

MINUTE = timedelta(minutes=1)
LETTER_BOX = "8, chemin de la Grève, Rive-Claire (Québec) G0X 0X0"


@dataclass(frozen=True)
class Plaint:
    """A complaint: where, how and when it came, and the business days until each act.

    None: not done yet. `reader` was named on it when the examination began; `aside` stepped
    aside. `clerk` wrote down what did not come by the public form.
    """

    office: str
    officer: str
    subject: Subject
    days_ago: float
    requester: str = ""
    answer_by: str = "email"
    channel: str = "web"
    clerk: str = ""
    acknowledged: int | None = 2
    examined: int | None = None
    concluded: int | None = None
    followed: int | None = None
    closed: int | None = None
    reader: str = ""
    aside: str = ""


def plaints() -> Iterator[Plaint]:
    """What happened to each, the oldest first."""
    saca, sct = ("SACA", "bernard"), ("SCT", "victor")
    yield Plaint(*saca, SILENCE, 330, "Lucette Morel", "phone", "phone", "fatou", 1, 3, 15, 30, 35)
    yield Plaint(
        *sct, HANDS, 290, "Serge Labonté", examined=2, concluded=24, followed=40, closed=42
    )
    yield Plaint(*saca, DELAY, 160, "Rita Gauvreau", examined=3, concluded=12, closed=14)
    yield Plaint(*sct, FORM, 120, "", "none", acknowledged=None, concluded=6, closed=7)
    yield Plaint(
        *saca, LETTER, 55, "Hector Roussy", "post", "post", "luc", 3, 4, 14, reader="helene"
    )
    yield Plaint(*saca, FORM, 34, "", "none", acknowledged=None, concluded=9)
    yield Plaint(*sct, LETTER, 31, "Carmen Doyon", "post", "post", "carole", 4, 5, 16, 19)
    yield Plaint(*saca, SILENCE, 27, "Olivier Mercille", examined=3, reader="odile", aside="elodie")
    yield Plaint(*sct, HANDS, 12, "Fanny Gosselin", examined=4, reader="normand")
    yield Plaint(*saca, TONE, 6, "Roch Bernatchez", examined=3)
    yield Plaint(*saca, SILENCE, 1.5, "Maude Tétreault", "phone", "phone", "fatou", None)
    yield Plaint(*sct, TONE, 1.2, "Gaston Vigneault", acknowledged=None)


def play(stage: Stage) -> int:
    """Play every complaint; return how many."""
    found = list(plaints())
    for rank, plaint in enumerate(found):
        _play(stage, plaint, rank)
    return len(found)


def _play(stage: Stage, plaint: Plaint, rank: int) -> None:
    received_at = stage.office_hour(plaint.days_ago, 9 + rank % 5)
    officer, is_told = stage.staff[plaint.officer], plaint.answer_by != "none"
    complaint_id = _file(stage, plaint, rank, received_at)
    if plaint.acknowledged is not None and is_told:
        _acknowledge(
            plaint, complaint_id, officer, stage.later(received_at, plaint.acknowledged, 10)
        )
    if plaint.examined is not None:
        _examine(stage, plaint, complaint_id, stage.later(received_at, plaint.examined, 14))
    if plaint.concluded is not None:
        _conclude(plaint, complaint_id, officer, stage.later(received_at, plaint.concluded, 11))
    if plaint.followed is not None:
        _follow_up(plaint, complaint_id, officer, stage.later(received_at, plaint.followed, 13))
    if plaint.closed is not None:
        at = stage.later(received_at, plaint.closed, 15)
        with saving() as session:
            complaint_acts.close(session, complaint_id, actor=officer, now=at)


def _file(stage: Stage, plaint: Plaint, rank: int, at: datetime) -> int:
    ways = {
        "email": f"plaignant{rank}@exemple.quebec",
        "phone": "418 555-0133",
        "post": LETTER_BOX,
    }
    given = {way: text if way == plaint.answer_by else "" for way, text in ways.items()}
    details = ComplaintDetails(
        public_id=random_id(),
        secretariat_code=plaint.office,
        words=plaint.subject.words,
        requester=plaint.requester,
        email=given["email"],
        phone=given["phone"],
        address=given["post"],
        answer_by=plaint.answer_by,
        channel=plaint.channel,
        received_at=at,
        about=plaint.subject.about,
    )
    actor = stage.staff[plaint.clerk] if plaint.clerk else VISITOR
    with saving() as session:
        number = filing.file(session, details, actor=actor, now=at + 5 * MINUTE).number
    return filing.find(db.session(), number) or 0


def _acknowledge(plaint: Plaint, complaint_id: int, officer: Actor, at: datetime) -> None:
    with saving() as session:
        telling = _telling(plaint, at)
        complaint_acts.acknowledge(session, complaint_id, telling, actor=officer, now=at)
    _settle(complaint_id, at)


def _examine(stage: Stage, plaint: Plaint, complaint_id: int, at: datetime) -> None:
    """The examination begins; a colleague is named, an officer steps aside."""
    with saving() as session:
        officer = stage.staff[plaint.officer]
        complaint_acts.start(session, complaint_id, actor=officer, now=at)
        if plaint.reader:
            named = ReaderDetails(stage.staff[plaint.reader].person_id or 0)
            complaint_circle.name_reader(session, complaint_id, named, actor=officer, now=at)
        if plaint.aside:
            other = stage.staff[plaint.aside]
            complaint_circle.step_aside(session, complaint_id, actor=other, now=at + MINUTE)
    with saving() as session:
        told = OutboxRow.kind == ENTRUSTED, OutboxRow.state == "waiting"
        for row_id in session.scalars(select(OutboxRow.id).where(*told)).all():
            if (claimed := outbox.claim(session, row_id, now=at)) is not None:
                outbox.finish(session, claimed)


def _conclude(plaint: Plaint, complaint_id: int, officer: Actor, at: datetime) -> None:
    subject = plaint.subject
    details = ConclusionDetails(
        subject.finding,
        subject.comment,
        subject.recommendation,
        subject.none_because,
        subject.answer,
        _telling(plaint, at),
    )
    with saving() as session:
        complaint_acts.conclude(session, complaint_id, details, actor=officer, now=at)
    _settle(complaint_id, at)


def _follow_up(plaint: Plaint, complaint_id: int, officer: Actor, at: datetime) -> None:
    outcome = "La directrice l’a fait appliquer; vérifié deux semaines plus tard."
    details = FollowUpDetails("yes", outcome, "", _telling(plaint, at))
    with saving() as session:
        complaint_acts.follow_up(session, complaint_id, details, actor=officer, now=at)


def _telling(plaint: Plaint, at: datetime) -> Telling:
    channel = plaint.answer_by
    return Telling(channel, None if channel == complaint_telling.EMAIL else local_date(at))


def _settle(complaint_id: int, at: datetime) -> None:
    """The mail server took what waits for this person, a moment later."""
    with saving() as session:
        waiting = select(OutboxRow.id, ComplaintMessage.id).join_from(
            OutboxRow, ComplaintMessage, ComplaintMessage.id == OutboxRow.ref
        )
        its = ComplaintMessage.complaint_id == complaint_id, ComplaintMessage.sent_at.is_(None)
        for row_id, message_id in session.execute(
            waiting.where(OutboxRow.kind == MAIL, *its)
        ).all():
            if (claimed := outbox.claim(session, row_id, now=at)) is not None:
                outbox.finish(session, claimed)
                complaint_telling.delivered(session, message_id, now=at + MINUTE)
