"""What the rule says to do next on a request for information.

Order of the steps: our decision. A name first, then whoever waits for a call, then the promises
of the declaration, then the answer.
"""

from dataclasses import dataclass
from enum import StrEnum

from grants.domain.information_requests import Topic
from grants.domain.request_flow import CLOSED, RequestStatus


class RequestStep(StrEnum):
    """One thing to do."""

    TAKE = "take"
    CALL = "call"
    ACKNOWLEDGE = "acknowledge"
    ACKNOWLEDGE_WITH_DATE = "acknowledge_with_date"
    ACCESS = "access"
    ANSWER_BY_DATE = "answer_by_date"
    ANSWER = "answer"
    ANSWER_OTHERWISE = "answer_otherwise"
    NOTHING = "nothing"


@dataclass(frozen=True)
class RequestSituation:
    """What is known of a request: whether a call, an acknowledgement or a dated answer is due, and
    whether the mail server refused the mail that closed it."""

    status: str
    topic: str
    waits_for_call: bool
    owes_acknowledgement: bool
    date_required: bool
    has_date: bool
    answer_refused: bool = False


def next_step(known: RequestSituation) -> RequestStep:
    """The first thing to do."""
    first = RequestStep.ACKNOWLEDGE
    if known.date_required:
        first = RequestStep.ACKNOWLEDGE_WITH_DATE
    found = (
        (known.answer_refused, RequestStep.ANSWER_OTHERWISE),
        (known.status in CLOSED, RequestStep.NOTHING),
        (known.waits_for_call, RequestStep.CALL),
        (known.status == RequestStatus.RECEIVED, RequestStep.TAKE),
        (known.owes_acknowledgement, first),
        (known.topic == Topic.ACCESS, RequestStep.ACCESS),
        (known.has_date, RequestStep.ANSWER_BY_DATE),
    )
    return next((step for holds, step in found if holds), RequestStep.ANSWER)
