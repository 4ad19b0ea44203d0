"""When a call takes applications: decided by the instant of arrival, to the second.

Source of the rule: our decision (rule R6). A call is open from its opening instant until the
last second printed on its page, 23:59:59 in Québec City, that second included.
"""

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from grants.domain.calendar import local_date

SOON_DAYS = 7


class CallState(StrEnum):
    """Whether a call takes applications at a given instant."""

    COMING = "coming"
    OPEN = "open"
    CLOSED = "closed"


@dataclass(frozen=True)
class Countdown:
    """Civil days left before the closing date; 0 on the last day. `soon` within a week."""

    days: int
    soon: bool


def call_state(opens_at: datetime, closes_at: datetime, at: datetime) -> CallState:
    """The state of a call at this instant; the whole closing second is still open."""
    if at < opens_at:
        return CallState.COMING
    return CallState.OPEN if at.replace(microsecond=0) <= closes_at else CallState.CLOSED


def countdown(closes_at: datetime, now: datetime) -> Countdown:
    """How many civil days, Québec City time, remain before the closing date."""
    days = (local_date(closes_at) - local_date(now)).days
    return Countdown(max(days, 0), days <= SOON_DAYS)
