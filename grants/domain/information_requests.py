"""Requests for information: what is asked of each kind, who sees it, when it may be closed.

Sources: the two declarations (acknowledgement, call within 24 hours, date of the answer); the
practice of the public bodies for media, access and procurement; our decisions elsewhere.
"""

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum

from grants.domain.access import Action, Actor, Role
from grants.domain.errors import DomainError
from grants.domain.identity import parse_email, parse_phone
from grants.domain.text import one_line

PREFIX = "REN"
QUESTION_MAX = 5000
NAME_MAX = 120
ADDRESS_MAX = 300
DETAIL_MAX = 2000
REASON_MAX = 500
BODY_MAX = 10000


class Topic(StrEnum):
    """What a request is about."""

    GENERAL = "general"
    STATISTICS = "statistics"
    POLICIES = "policies"
    BUSINESS = "business"
    MEDIA = "media"
    PROCUREMENT = "procurement"
    ACCESS = "access"
    MINISTRY = "ministry"


class Outcome(StrEnum):
    """What came of a call made to the person who asked."""

    ANSWERED = "answered"
    TRANSFERRED = "transferred"
    VOICE_MAIL = "voice_mail"
    NO_ANSWER = "no_answer"


ORAL = frozenset({"phone", "counter", "exhibit"})
CHANNELS = ORAL | {"web", "email", "post", "fax"}
REACHED = frozenset({Outcome.ANSWERED, Outcome.TRANSFERRED})

# What each topic asks besides the question; the first is the one that must be given.
DETAILS: Mapping[Topic, tuple[str, ...]] = {
    Topic.MEDIA: ("outlet", "deadline"),
    Topic.PROCUREMENT: ("body", "tender_number", "agreement", "tender_date", "facts", "remedy"),
    Topic.MINISTRY: ("ministry",),
}
AGREEMENTS = ("alec", "aci", "quebec_nb", "none")
AMP_SINCE = date(2019, 5, 25)

MEDIA_ROLES = frozenset({Role.INFORMATION_AGENT, Role.MANAGER})

DATE_REQUIRED_AT = frozenset({"SCT"})


@dataclass(frozen=True)
class Reach:
    """How to reach somebody and how they want their answer: e-mail and phone in stored form."""

    requester: str
    email: str
    phone: str
    address: str
    answer_by: str


def read_question(text: str) -> str:
    """The question as it is kept. Errors: `question_required`, `question_too_long`."""
    question = text.replace("\r\n", "\n").strip()
    if not question:
        raise DomainError("question_required")
    if len(question) > QUESTION_MAX:
        raise DomainError("question_too_long", length=len(question), limit=QUESTION_MAX)
    return question


def read_reach(requester: str, email: str, phone: str, address: str, answer_by: str) -> Reach:
    """How to reach the person, as stored. What was typed and is not needed must read well too.

    Errors: those of `parse_email` and `parse_phone`, `requester_too_long`, `address_too_long`,
    `answer_by_unknown`, `answer_email_required`, `answer_phone_required`,
    `answer_address_required`, `requester_required` (by telephone or post, ask for whom?).
    """
    reach = Reach(
        requester=_short(requester, NAME_MAX, "requester_too_long"),
        email=parse_email(email) if email.strip() else "",
        phone=parse_phone(phone) if phone.strip() else "",
        address=_short(address, ADDRESS_MAX, "address_too_long"),
        answer_by=answer_by,
    )
    where = {"email": reach.email, "phone": reach.phone, "post": reach.address, "none": "-"}
    if answer_by not in where:
        raise DomainError("answer_by_unknown")
    if not where[answer_by]:
        named = "address" if answer_by == "post" else answer_by
        raise DomainError(f"answer_{named}_required")
    if answer_by in ("phone", "post") and not reach.requester:
        raise DomainError("requester_required")
    return reach


def _short(text: str, limit: int, code: str) -> str:
    """One line of text of so many characters at most."""
    line = one_line(text)
    if len(line) > limit:
        raise DomainError(code, length=len(line), limit=limit)
    return line


def read_topic(code: str) -> Topic:
    """The topic of this code. Error: `topic_required`."""
    try:
        return Topic(code)
    except ValueError:
        raise DomainError("topic_required") from None


def read_details(topic: Topic, given: Mapping[str, str]) -> dict[str, str]:
    """What this topic asks, without what another topic would ask; `tender_date` is ISO.

    Errors: `outlet_required`, `body_required`, `ministry_required`, `agreement_unknown`,
    `tender_date_unreadable`, `detail_too_long`.
    """
    asked = DETAILS.get(topic, ())
    kept = {key: given[key].strip() for key in asked if given.get(key, "").strip()}
    if asked and asked[0] not in kept:
        raise DomainError(f"{asked[0]}_required")
    longest = max((len(text) for text in kept.values()), default=0)
    if longest > DETAIL_MAX:
        raise DomainError("detail_too_long", length=longest, limit=DETAIL_MAX)
    if kept.get("agreement", "none") not in AGREEMENTS:
        raise DomainError("agreement_unknown")
    tender_date(kept)
    return kept


def tender_date(details: Mapping[str, str]) -> date | None:
    """The date of the call for tenders, if it was given. Error: `tender_date_unreadable`."""
    text = details.get("tender_date", "")
    try:
        return date.fromisoformat(text) if text else None
    except ValueError:
        raise DomainError("tender_date_unreadable") from None


def goes_to_amp(topic: str, details: Mapping[str, str]) -> bool:
    """Whether a supplier complains first to the public body, then to the AMP.

    So it is for calls for tenders since 25 May 2019 (pages of the Autorité des marchés publics).
    """
    on = tender_date(details) if topic == Topic.PROCUREMENT else None
    return on is not None and on >= AMP_SINCE


def check_channel(channel: str) -> None:
    """Refuse a way of arriving that nobody knows. Error: `request_channel_unknown`."""
    if channel not in CHANNELS:
        raise DomainError("request_channel_unknown")


def is_oral(channel: str) -> bool:
    """Whether a request came by word of mouth: telephone, counter, exhibition."""
    return channel in ORAL


def expects_call(channel: str, answer_by: str, wants_callback: bool) -> bool:
    """Whether somebody waits for a call: they asked for one, or spoke and gave their telephone.

    Whoever spoke and wants the answer in writing waits for no call (our decision).
    """
    return wants_callback or (is_oral(channel) and answer_by == "phone")


def check_callback(wants_callback: bool, reach: Reach) -> None:
    """Refuse to promise a call without a telephone number. Error: `answer_phone_required`."""
    if wants_callback and not reach.phone:
        raise DomainError("answer_phone_required")


def date_required(secretariat_code: str) -> bool:
    """Whether an acknowledgement must say when the answer comes (declaration of the SCT)."""
    return secretariat_code in DATE_REQUIRED_AT


def check_receipt(received_at: datetime, now: datetime) -> None:
    """Refuse a receipt to come. Error: `receipt_in_future`."""
    if received_at > now:
        raise DomainError("receipt_in_future")


def may_see(actor: Actor, topic: str) -> bool:
    """Journalists' requests are for information agents and managers only; advisors never
    answer them (practice of the public bodies, our decision)."""
    allowed = actor.may(Action.READ_REQUEST)
    return allowed and (topic != Topic.MEDIA or sees_media(actor.roles))


def sees_media(roles: Collection[Role]) -> bool:
    """Whether one of these roles handles the requests of journalists."""
    return not MEDIA_ROLES.isdisjoint(roles)


def check_move(topic: str, moved_at: datetime | None) -> None:
    """Refuse a second change of topic, and one that would show a journalist's question to all.

    Source: our decisions (a topic moves once; what the press asks is read by few). Errors:
    `moved_already`, `media_not_moved`.
    """
    if moved_at is not None or topic == Topic.ACCESS:
        raise DomainError("moved_already")
    if topic == Topic.MEDIA:
        raise DomainError("media_not_moved")
