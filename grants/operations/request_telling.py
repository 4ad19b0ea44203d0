"""Words that reach whoever asked for information: kept as said, sent, posted or spoken."""

from dataclasses import dataclass
from datetime import date, datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from grants.domain import information_requests as rules
from grants.domain.access import Actor
from grants.domain.errors import DomainError
from grants.domain.information_requests import Outcome
from grants.domain.request_answers import check_moment, posting_instant
from grants.domain.saved_replies import check_filled
from grants.models.requests import Reply
from grants.operations.messages import ACKNOWLEDGEMENT, owe_message, post_letter
from grants.operations.organizations import person_of
from grants.operations.request_acts import Handled
from grants.operations.request_hands import AttemptDetails, keep_attempt
from grants.operations.trail import record

EMAIL, POST, PHONE = "email", "post", "phone"


@dataclass(frozen=True)
class Said:
    """What is said and how: `channel` is 'email', 'phone', 'post' or 'counter'.

    `public_id` and `version` come from the page. `posted_on` is the day of posting of a letter;
    `at` the true instant of a word spoken, now unless told.
    """

    public_id: str
    channel: str
    body: str = ""
    posted_on: date | None = None
    at: datetime | None = None
    version: int | None = None


def said_already(session: Session, said: Said) -> Reply | None:
    """The reply that an earlier post of the same page kept."""
    return session.scalar(select(Reply).where(Reply.public_id == said.public_id))


def keep(
    session: Session,
    handled: Handled,
    kind: str,
    said: Said,
    *,
    actor: Actor,
    now: datetime,
    due_on: date | None = None,
    resource_id: int | None = None,
) -> Reply:
    """Keep what is said on a locked request and let it leave: a mail is owed, a letter noted.

    Words on the telephone to whoever waits for a call are that call (our decision).

    Raises `reply_required`, `text_too_long`, `placeholder_left`, `reply_channel_unknown`,
    `reply_without_email`, `reply_without_address`, `date_required`, `posted_before_receipt`,
    `date_in_future`, `attempt_in_future`, `attempt_before_receipt`.
    """
    reply = _reply(handled, kind, said, actor, now)
    reply.due_on, reply.resource_id = due_on, resource_id
    session.add(reply)
    session.flush()
    handled.case_file.touched_at = now
    _send(session, handled, reply, actor, now)
    return reply


def _reply(handled: Handled, kind: str, said: Said, actor: Actor, now: datetime) -> Reply:
    return Reply(
        public_id=said.public_id,
        case_file_id=handled.case_file.id,
        kind=kind,
        channel=_channel(handled, said.channel),
        body=_body(kind, said.body),
        made_by_id=person_of(actor),
        made_at=_instant(said, handled.case_file.received_at, now),
        recorded_at=now,
    )


def tell(
    session: Session, kind: str, reply: Reply, *, actor: Actor, now: datetime, **facts: object
) -> None:
    """Write into the journal what was said, how, and for which date; never the words."""
    due_on = {"due_on": reply.due_on.isoformat()} if reply.due_on else {}
    told = {"by": reply.channel, **due_on, **facts}
    record(session, kind, actor=actor, now=now, case_file_id=reply.case_file_id, **told)


def _channel(handled: Handled, channel: str) -> str:
    if channel not in (EMAIL, POST, PHONE, "counter"):
        raise DomainError("reply_channel_unknown")
    if channel == EMAIL and not handled.asked.email:
        raise DomainError("reply_without_email")
    if channel == POST and not handled.asked.address:
        raise DomainError("reply_without_address")
    return channel


def _body(kind: str, text: str) -> str:
    body = text.replace("\r\n", "\n").strip()
    if not body and kind != ACKNOWLEDGEMENT:
        raise DomainError("reply_required")
    if len(body) > rules.BODY_MAX:
        raise DomainError("text_too_long", length=len(body), limit=rules.BODY_MAX)
    check_filled(body)
    return body


def _instant(said: Said, received_at: datetime, now: datetime) -> datetime:
    """When the words reached the person: the day of posting, the hour spoken, or now."""
    if said.channel == POST:
        if said.posted_on is None:
            raise DomainError("date_required")
        return posting_instant(said.posted_on, received_at, now)
    if said.channel == EMAIL or said.at is None:
        return now
    check_moment(said.at, received_at, now)
    return said.at


def _send(session: Session, handled: Handled, reply: Reply, actor: Actor, now: datetime) -> None:
    case_file, asked = handled.case_file, handled.asked
    if reply.channel == POST:
        to = asked.requester or case_file.number
        post_letter(session, case_file, reply.kind, to, at=reply.made_at, actor=actor, now=now)
    if reply.channel == PHONE and asked.wants_callback:
        reached = Outcome.ANSWERED
        call = AttemptDetails(reply.public_id, reached.value, reply.made_at)
        keep_attempt(session, handled, call, reached, actor=actor, now=now)
    if reply.channel == EMAIL:
        facts: dict[str, object] = {"reply": reply.public_id}
        if reply.due_on:
            facts["due_on"] = reply.due_on.isoformat()
        owe_message(session, case_file, reply.kind, asked.email, now=now, **facts)
