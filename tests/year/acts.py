"""The year played: each act of the table through the operation that does it in the product."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta

from sqlalchemy import select
from sqlalchemy.orm import Session

from grants.domain.access import SYSTEM, Actor
from grants.models.case_files import CaseFile
from grants.models.directory import Resource
from grants.models.messages import Message
from grants.operations import (
    acknowledgements,
    applications,
    clocks,
    messages,
    request_ends,
    request_hands,
    request_replies,
)
from grants.operations.acknowledgements import PostedLetter
from grants.operations.request_ends import AbandonDetails, RedirectDetails
from grants.operations.request_hands import AttemptDetails, TransferDetails
from grants.operations.request_replies import DatedDetails
from grants.operations.request_telling import Said
from grants.queries import calendars
from grants.unit_of_work import saving
from tests.factories import unique
from tests.year.stories import instant

SENDING = timedelta(minutes=1)  # from an act to the mail it owes


@dataclass
class Played:
    """One file, who works on it, whose it is, and another file of the same office."""

    session: Session
    case_id: int
    agents: Sequence[Actor]
    owner: Actor | None
    other_number: str
    given: int = field(default=0)

    @property
    def actor(self) -> Actor:
        """Who acts."""
        return self.agents[0]

    @property
    def case_file(self) -> CaseFile:
        """The file as it is now."""
        return self.session.get_one(CaseFile, self.case_id, populate_existing=True)


def play(file: Played, act: Sequence[str]) -> None:
    """Do one act of the table."""
    name, *words = act
    ACTS[name](file, *words)


def mail(file: Played, day: str, clock: str) -> None:
    """The mail server accepts the mail owed last."""
    _mail(file, instant(day, clock))


def _mail(file: Played, at: datetime) -> None:
    waiting = select(Message.id).where(
        Message.case_file_id == file.case_id, Message.sent_at.is_(None)
    )
    last = file.session.scalars(waiting.order_by(Message.id.desc())).first()
    with saving() as session:
        messages.delivered(session, last or 0, "Objet", "Texte", actor=SYSTEM, now=at)


def posted(file: Played, on: str, day: str, clock: str) -> None:
    """A letter of acknowledgement, written down on a later day."""
    letter = PostedLetter(date.fromisoformat(on))
    with saving() as session:
        acknowledgements.record_posted(
            session, file.case_id, letter, actor=file.actor, now=instant(day, clock)
        )


def withdrawn(file: Played, day: str, clock: str) -> None:
    """An application at the word of its organization, a request at that of the person."""
    now, version = instant(day, clock), file.case_file.version
    with saving() as session:
        if file.owner is None:
            request_ends.withdraw(session, file.case_id, None, actor=file.actor, now=now)
        else:
            details = applications.WithdrawDetails(version)
            applications.withdraw(session, file.case_id, details, actor=file.owner, now=now)


def agreement(file: Played, day: str, clock: str) -> None:
    """The signed agreement comes back: the promise to pay begins."""
    at = instant(day, clock)
    with saving() as session:
        case_file = session.get_one(CaseFile, file.case_id)
        calendar = calendars.calendar(session)
        clocks.start(session, case_file, calendar, event=clocks.AGREED, now=at, at=at)


def funds(file: Played, day: str, clock: str) -> None:
    """The money is there."""
    at = instant(day, clock)
    with saving() as session:
        case_file = session.get_one(CaseFile, file.case_id)
        kept = {"promise": clocks.FUNDED, "event": clocks.FUNDED}
        clocks.stop(session, case_file, **kept, at=at, now=at)


def announce(file: Played, how: str, day: str, clock: str, due: str, on: str = "") -> None:
    """Acknowledge with the date of the answer."""
    now, details = instant(day, clock), DatedDetails(_said(how, on), date.fromisoformat(due))
    with saving() as session:
        request_replies.acknowledge(session, file.case_id, details, actor=file.actor, now=now)
    _leave(file, how, now)


def extend(file: Played, day: str, clock: str, due: str) -> None:
    """Put the answer off, by e-mail."""
    now, details = instant(day, clock), DatedDetails(_said("email"), date.fromisoformat(due))
    with saving() as session:
        request_replies.extend(session, file.case_id, details, actor=file.actor, now=now)
    _leave(file, "email", now)


def answer(file: Played, how: str, day: str, clock: str, on: str = "") -> None:
    """Answer the request."""
    now = instant(day, clock)
    with saving() as session:
        request_ends.answer(session, file.case_id, _said(how, on), actor=file.actor, now=now)
    _leave(file, how, now)


def moved(file: Played, how: str, day: str, clock: str, on: str = "") -> None:
    """Treat the request as one for access to documents."""
    now = instant(day, clock)
    with saving() as session:
        said = _said(how, on)
        request_replies.move_to_access(session, file.case_id, said, actor=file.actor, now=now)
    _leave(file, how, now)


def redirect(file: Played, day: str, clock: str) -> None:
    """Send the person on to a public body, by e-mail."""
    now = instant(day, clock)
    body = file.session.scalars(select(Resource).where(Resource.code == "AMP")).one()
    details = RedirectDetails(_said("email"), body.public_id)
    with saving() as session:
        request_ends.redirect(session, file.case_id, details, actor=file.actor, now=now)
    _leave(file, "email", now)


def call(file: Played, outcome: str, day: str, clock: str) -> None:
    """Call the person."""
    at = instant(day, clock)
    with saving() as session:
        request_hands.log_attempt(
            session,
            file.case_id,
            AttemptDetails(unique(), outcome, at),
            actor=file.actor,
            now=at,
        )


def transfer(file: Played, day: str, clock: str) -> None:
    """Give the request to the next person of the office."""
    file.given += 1
    to = file.agents[file.given].person_id or 0
    with saving() as session:
        request_hands.transfer(
            session,
            file.case_id,
            TransferDetails(to, "Connaît la question"),
            actor=file.actor,
            now=instant(day, clock),
        )


def unreachable(file: Played, day: str, clock: str) -> None:
    """Give up a person who does not answer."""
    _abandon(file, AbandonDetails("unreachable"), instant(day, clock))


def duplicate(file: Played, day: str, clock: str) -> None:
    """Close a request sent twice."""
    _abandon(file, AbandonDetails("duplicate", file.other_number), instant(day, clock))


def _abandon(file: Played, details: AbandonDetails, now: datetime) -> None:
    with saving() as session:
        request_ends.abandon(session, file.case_id, details, actor=file.actor, now=now)


def _said(how: str, posted_on: str = "") -> Said:
    on = date.fromisoformat(posted_on) if posted_on else None
    return Said(unique(), how, "Voici notre réponse.", posted_on=on)


def _leave(file: Played, how: str, at: datetime) -> None:
    """What was said by e-mail leaves a minute later."""
    if how == "email":
        _mail(file, at + SENDING)


ACTS: Mapping[str, Callable[..., None]] = {
    one.__name__: one
    for one in (
        mail,
        posted,
        withdrawn,
        agreement,
        funds,
        announce,
        extend,
        answer,
        moved,
        redirect,
        call,
        transfer,
        unreachable,
        duplicate,
    )
}
