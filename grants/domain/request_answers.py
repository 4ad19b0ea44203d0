"""When a request for information is answered, put off, moved, or given up.

Sources: the declaration of the SCT (the acknowledgement says when the answer comes), the act
respecting access to documents (A-2.1: twenty days, ten more with a notice), our decisions
elsewhere.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime

from grants.domain.calendar import Calendar, end_of_day, local_date
from grants.domain.deadlines import Delay, OpeningSpan, Unit, compute
from grants.domain.errors import DomainError
from grants.domain.information_requests import REACHED, Outcome

USUAL_ANSWER_DAYS = 20
ACCESS_DELAY = Delay(20, Unit.CALENDAR)
UNREACHABLE_ATTEMPTS = 3
UNREACHABLE_DAYS = 2


@dataclass(frozen=True)
class Attempt:
    """A call made: when, and what came of it."""

    made_at: datetime
    outcome: str


def usual_answer_date(today: date, calendar: Calendar) -> date:
    """The date proposed for the answer: twenty business days from today (our decision)."""
    on = today
    for _ in range(USUAL_ANSWER_DAYS):
        on = calendar.next_business_day(on)
    return on


def check_answer_date(due_on: date, today: date, calendar: Calendar) -> None:
    """Refuse to announce a day that is not a business day after today (our decision).

    Errors: `answer_date_past`, `answer_date_closed`, `year_without_days_off`.
    """
    if due_on <= today:
        raise DomainError("answer_date_past")
    if not calendar.is_business_day(due_on):
        raise DomainError("answer_date_closed", due_on=due_on)


def check_extension(due_on: date, announced: date | None) -> None:
    """Refuse to put off what was never announced, or to an earlier day.

    Errors: `no_date_announced`, `extension_not_later`.
    """
    if announced is None:
        raise DomainError("no_date_announced")
    if due_on <= announced:
        raise DomainError("extension_not_later", announced=announced)


def access_due_on(received_at: datetime, calendar: Calendar, span: OpeningSpan) -> date:
    """The last day the law gives to answer a request for access (A-2.1, section 47; rule R5).

    Raises `year_without_days_off`.
    """
    return compute(received_at, ACCESS_DELAY, calendar, span).due_on


def check_moment(at: datetime, received_at: datetime, now: datetime) -> None:
    """Refuse a call or a word told before the request came, or still to come.

    Errors: `attempt_in_future`, `attempt_before_receipt`.
    """
    if at > now:
        raise DomainError("attempt_in_future")
    if at < received_at:
        raise DomainError("attempt_before_receipt", received_at=received_at)


def posting_instant(posted_on: date, received_at: datetime, now: datetime) -> datetime:
    """The end of the day on which a letter was posted, never after now nor before the receipt.

    Errors: `posted_before_receipt`, `date_in_future`.
    """
    received_on = local_date(received_at)
    if posted_on < received_on:
        raise DomainError("posted_before_receipt", received_on=received_on)
    if posted_on > local_date(now):
        raise DomainError("date_in_future")
    return max(min(end_of_day(posted_on), now), received_at)


def was_reached(attempts: Iterable[Attempt]) -> bool:
    """Whether somebody spoke to the person, or put them through."""
    return any(attempt.outcome in REACHED for attempt in attempts)


def check_unreachable(attempts: Iterable[Attempt], calendar: Calendar) -> None:
    """Refuse to give up a person before three calls on two business days at least.

    Only the calls since the last one that reached them count (our decision). Error:
    `reachable_still`, with how many `calls` and `days` there were.
    """
    tried: list[Attempt] = []
    for attempt in sorted(attempts, key=lambda one: one.made_at):
        tried = [] if attempt.outcome in REACHED else [*tried, attempt]
    days = {local_date(attempt.made_at) for attempt in tried}
    business = [day for day in days if calendar.is_business_day(day)]
    if len(tried) < UNREACHABLE_ATTEMPTS or len(business) < UNREACHABLE_DAYS:
        raise DomainError("reachable_still", calls=len(tried), days=len(business))


def read_outcome(code: str, note: str) -> Outcome:
    """What came of a call; who was put through is named.

    Errors: `call_outcome_required`, `transferred_to_required`.
    """
    try:
        outcome = Outcome(code)
    except ValueError:
        raise DomainError("call_outcome_required") from None
    if outcome is Outcome.TRANSFERRED and not note.strip():
        raise DomainError("transferred_to_required")
    return outcome
