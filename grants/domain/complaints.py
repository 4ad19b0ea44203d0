"""Complaints on the quality of service: their life, their delays, what a finding says.

Source: the declarations promise that a designated person handles complaints confidentially and
recommends solutions; they give no delay, so that the two delays here are our targets.
"""

from collections.abc import Mapping
from enum import StrEnum

from grants.domain.deadlines import Delay, Unit
from grants.domain.errors import DomainError
from grants.domain.identity import parse_email, parse_phone

PREFIX = "PLA"
ACKNOWLEDGE = Delay(5, Unit.BUSINESS)
ANSWER = Delay(20, Unit.BUSINESS)
WORDS_MAX = 10_000
TEXT_MAX = 5_000
LINE_MAX = 300


class ComplaintStatus(StrEnum):
    """Where a complaint stands."""

    RECEIVED = "received"
    EXAMINING = "examining"
    CONCLUDED = "concluded"
    CLOSED = "closed"


class ComplaintAct(StrEnum):
    """What may be done of a complaint."""

    ACKNOWLEDGE = "acknowledge"
    EXAMINE = "examine"
    CONCLUDE = "conclude"
    FOLLOW_UP = "follow_up"
    CLOSE = "close"


class Finding(StrEnum):
    """What the examination found."""

    FOUNDED = "founded"
    PARTLY = "partly"
    UNFOUNDED = "unfounded"
    COMMENT = "comment"


class Done(StrEnum):
    """What became of a recommendation."""

    YES = "yes"
    PARTLY = "partly"
    NO = "no"


class AnswerBy(StrEnum):
    """How the person wants to be answered, hence what is needed to reach them."""

    EMAIL = "email"
    PHONE = "phone"
    POST = "post"
    NONE = "none"  # who stays unknown is told nothing


_NEEDED: Mapping[AnswerBy, tuple[str, str]] = {
    AnswerBy.EMAIL: ("email", "complaint_email_required"),
    AnswerBy.PHONE: ("phone", "complaint_phone_required"),
    AnswerBy.POST: ("address", "complaint_address_required"),
}

CHANNELS = ("web", "email", "post", "fax", "phone", "counter")
"""How a complaint may come; `web` is the public form, the others are entered by staff."""

_R, _E, _C = ComplaintStatus.RECEIVED, ComplaintStatus.EXAMINING, ComplaintStatus.CONCLUDED
TRANSITIONS: Mapping[tuple[ComplaintStatus, ComplaintAct], ComplaintStatus] = {
    (_R, ComplaintAct.ACKNOWLEDGE): _R,
    (_E, ComplaintAct.ACKNOWLEDGE): _E,
    (_R, ComplaintAct.EXAMINE): _E,
    (_R, ComplaintAct.CONCLUDE): _C,
    (_E, ComplaintAct.CONCLUDE): _C,
    (_C, ComplaintAct.FOLLOW_UP): _C,
    (_C, ComplaintAct.CLOSE): ComplaintStatus.CLOSED,
}


def after(status: str, act: ComplaintAct) -> ComplaintStatus:
    """The status that an act leads to. Error: complaint_act_unavailable."""
    found = TRANSITIONS.get((ComplaintStatus(status), act))
    if found is None:
        raise DomainError("complaint_act_unavailable")
    return found


def available(status: str) -> frozenset[ComplaintAct]:
    """The acts that this status leaves open."""
    return frozenset(act for source, act in TRANSITIONS if source == status)


def written(text: str, code: str, limit: int = TEXT_MAX) -> str:
    """A text that must say something, trimmed. Errors: `code` when empty, text_too_long."""
    trimmed = text.strip()
    if not trimmed:
        raise DomainError(code)
    return at_most(trimmed, limit)


def at_most(text: str, limit: int) -> str:
    """A text of so many characters at most, trimmed. Error: text_too_long."""
    trimmed = text.strip()
    if len(trimmed) > limit:
        raise DomainError("text_too_long", length=len(trimmed), limit=limit)
    return trimmed


def reach(answer_by: str, email: str, phone: str, address: str) -> dict[str, str]:
    """How to reach the person, read: the way they chose must be given; of who wants no answer,
    nothing is kept (our decision).

    Errors: complaint_answer_by_required, complaint_email_required, complaint_phone_required,
    complaint_address_required, and those of an e-mail address or telephone number.
    """
    if answer_by not in list(AnswerBy):
        raise DomainError("complaint_answer_by_required")
    if answer_by == AnswerBy.NONE:
        return {"answer_by": answer_by, "email": "", "phone": "", "address": ""}
    read = {
        "answer_by": answer_by,
        "email": parse_email(email) if email.strip() else "",
        "phone": parse_phone(phone) if phone.strip() else "",
        "address": at_most(address, LINE_MAX),
    }
    needed, code = _NEEDED[AnswerBy(answer_by)]
    if not read[needed]:
        raise DomainError(code)
    return read
