"""Acts on the requests for information of the demonstration, as the pages of the desk call them."""

from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlalchemy import or_, select

from grants.demo import acts
from grants.demo.offices import random_id
from grants.demo.request_words import ACKNOWLEDGED, ANSWERS, EXTENDED, MOVED, REDIRECTED
from grants.demo.stage import Stage
from grants.domain.access import Actor
from grants.domain.calendar import local_date
from grants.extensions import db
from grants.models.case_files import CaseFile
from grants.models.directory import Resource
from grants.operations import (
    messages,
    referrals,
    request_ends,
    request_hands,
    request_replies,
)
from grants.operations.referrals import ReferralDetails
from grants.operations.request_ends import AbandonDetails, RedirectDetails
from grants.operations.request_hands import AttemptDetails, TransferDetails
from grants.operations.request_replies import DatedDetails
from grants.operations.request_telling import EMAIL, POST, Said
from grants.unit_of_work import saving

MINUTE = timedelta(minutes=1)
MINUTES_TO_LEAVE = 2
DAYS_TO_KNOW = 10  # business days


@dataclass(frozen=True)
class Asked:
    """A request that stands: its file, its topic, and how its sender wants the answer."""

    stage: Stage
    case_id: int
    topic: str
    by: str


def settle_mail(asked: Asked, kind: str, at: datetime) -> None:
    """The mail server took the mail a moment later."""
    acts.deliver(asked.case_id, kind, min(at + MINUTES_TO_LEAVE * MINUTE, asked.stage.now))


def take(asked: Asked, actor: Actor, at: datetime) -> None:
    """Somebody takes the request in hand."""
    with saving() as session:
        request_hands.take(session, asked.case_id, actor=actor, now=at)


def transfer(asked: Asked, actor: Actor, at: datetime, *, to: str, reason: str) -> None:
    """It passes to a colleague."""
    details = TransferDetails(asked.stage.staff[to].person_id or 0, reason)
    with saving() as session:
        request_hands.transfer(session, asked.case_id, details, actor=actor, now=at)


def call(asked: Asked, actor: Actor, at: datetime, *, outcome: str, note: str = "") -> None:
    """A call to the person, written down a minute later."""
    details = AttemptDetails(random_id(), outcome, at - MINUTE, note)
    with saving() as session:
        request_hands.log_attempt(session, asked.case_id, details, actor=actor, now=at)


def acknowledge(
    asked: Asked, actor: Actor, at: datetime, *, answer_in: int | None = None, by: str = ""
) -> None:
    """An acknowledgement, with the date of the answer so many business days later."""
    on = local_date(at)
    due_on = asked.stage.business_day(on, answer_in) if answer_in else None
    details = DatedDetails(_said(asked, at, ACKNOWLEDGED, by), due_on)
    with saving() as session:
        request_replies.acknowledge(session, asked.case_id, details, actor=actor, now=at)
    _left(asked, details.said, messages.ACKNOWLEDGEMENT, at)


def extend(asked: Asked, actor: Actor, at: datetime, *, answer_in: int) -> None:
    """The answer is put off, with the reason."""
    due_on = asked.stage.business_day(local_date(at), answer_in)
    details = DatedDetails(_said(asked, at, EXTENDED), due_on)
    with saving() as session:
        request_replies.extend(session, asked.case_id, details, actor=actor, now=at)
    _left(asked, details.said, messages.EXTENSION, at)


def move_to_access(asked: Asked, actor: Actor, at: datetime) -> None:
    """It is a document that is asked for: the law's delays are told."""
    said = _said(asked, at, MOVED)
    with saving() as session:
        request_replies.move_to_access(session, asked.case_id, said, actor=actor, now=at)
    _left(asked, said, messages.REQUALIFICATION, at)


def redirect(asked: Asked, actor: Actor, at: datetime, *, to: str, by: str = "") -> None:
    """The person is sent to the public body that can answer."""
    details = RedirectDetails(_said(asked, at, REDIRECTED, by), resource(to))
    with saving() as session:
        request_ends.redirect(session, asked.case_id, details, actor=actor, now=at)
    _left(asked, details.said, messages.REDIRECTION, at)


def answer(asked: Asked, actor: Actor, at: datetime, *, by: str = "", waits: bool = False) -> None:
    """The answer; when it `waits`, its mail has not left yet."""
    said = _said(asked, at, ANSWERS[asked.topic], by)
    with saving() as session:
        request_ends.answer(session, asked.case_id, said, actor=actor, now=at)
    if not waits:
        _left(asked, said, messages.ANSWER, at)


def abandon(asked: Asked, actor: Actor, at: datetime, *, reason: str) -> None:
    """It is given up: nobody was reached, or it came twice, the one before being the first."""
    is_twice = reason == request_ends.DUPLICATE
    details = AbandonDetails(reason, _one_before(asked) if is_twice else "")
    with saving() as session:
        request_ends.abandon(session, asked.case_id, details, actor=actor, now=at)


def withdraw(asked: Asked, actor: Actor, at: datetime) -> None:
    """The person needs no answer any more."""
    with saving() as session:
        request_ends.withdraw(session, asked.case_id, None, actor=actor, now=at)


def refer(
    asked: Asked,
    actor: Actor,
    at: datetime,
    *,
    to: str,
    consent: str = "given",
    became: str = "",
) -> None:
    """The person who asked is sent to a resource; what became of it, when it is known."""
    send_on(asked.stage, asked.case_id, actor, at, to=to, consent=consent, became=became)


def send_on(
    stage: Stage,
    case_id: int,
    actor: Actor,
    at: datetime,
    *,
    to: str,
    consent: str = "given",
    became: str = "",
) -> None:
    """The same from a file of any kind; somebody asked two weeks later."""
    is_handed = consent == "given" and became == "helped"
    details = ReferralDetails(random_id(), resource(to), consent, handed_over=is_handed)
    known_at = stage.later(at, DAYS_TO_KNOW, 11)
    with saving() as session:
        made = referrals.refer(session, case_id, details, actor=actor, now=at)
        if became:
            referrals.record_outcome(session, made.id, became, actor=actor, now=known_at)


def resource(wanted: str) -> str:
    """The public id of a resource, from its code or the beginning of its name."""
    named = or_(Resource.code == wanted, Resource.name.startswith(wanted))
    return db.session().scalars(select(Resource.public_id).where(named).limit(1)).one()


def _one_before(asked: Asked) -> str:
    """The number of the last request that the same secretariat had received before."""
    its = db.session().get_one(CaseFile, asked.case_id)
    query = select(CaseFile.number).where(
        CaseFile.kind == messages.REQUEST,
        CaseFile.secretariat_id == its.secretariat_id,
        CaseFile.id < its.id,
    )
    return db.session().scalars(query.order_by(CaseFile.id.desc()).limit(1)).one()


def _said(asked: Asked, at: datetime, body: str, by: str = "") -> Said:
    channel = by or asked.by
    posted_on = local_date(at) if channel == POST else None
    return Said(random_id(), channel, body, posted_on=posted_on)


def _left(asked: Asked, said: Said, kind: str, at: datetime) -> None:
    if said.channel == EMAIL:
        settle_mail(asked, kind, at)
