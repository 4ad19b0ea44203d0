"""When the decision of an application may be revised: judged on the day the request arrives.

Source of the rule: the declaration promises a revision by another person for collective rights;
our decisions where it is silent: one revision per application, within the days printed on the
letter, of any decision that does not grant all that was asked. A program that grants no
revision prints no last day.
"""

from dataclasses import dataclass
from datetime import date, datetime

from grants.domain.calendar import local_date
from grants.domain.errors import DomainError, Refusal

FULLY_GRANTED = "accepted"


@dataclass(frozen=True)
class Revisable:
    """What decides whether a decision may be revised.

    `is_first`: it is about the application, not about a revision. `recourse_until` is the last
    day printed on the letter, None where the program grants no revision. `is_asked`: the one
    revision was asked already.
    """

    outcome: str
    is_first: bool
    recourse_until: date | None
    is_asked: bool


def demand_revisable(
    decision: Revisable,
    arrived_at: datetime,
    *,
    actor_id: int | None = None,
    case_file_id: int | None = None,
) -> None:
    """Refuse a request for revision that cannot be; the last day counts until midnight.

    `arrived_at` is the instant of arrival, or the true receipt of a paper. Refusals:
    `revision_of_revision`, `revision_all_granted`, `revision_not_granted`,
    `revision_asked_already`, `revision_too_late` (fact `recourse_until`).
    """
    who = {"actor_id": actor_id, "case_file_id": case_file_id}
    if not decision.is_first:
        raise Refusal("revision_of_revision", **who)
    if decision.outcome == FULLY_GRANTED:
        raise Refusal("revision_all_granted", **who)
    if decision.recourse_until is None:
        raise Refusal("revision_not_granted", **who)
    if decision.is_asked:
        raise Refusal("revision_asked_already", **who)
    if local_date(arrived_at) > decision.recourse_until:
        last_day = decision.recourse_until
        raise Refusal("revision_too_late", **who, recourse_until=last_day)


def obstacle(decision: Revisable, at: datetime) -> DomainError | None:
    """What would refuse a revision asked now; None when it may be asked."""
    try:
        demand_revisable(decision, at)
    except DomainError as error:
        return error
    return None
