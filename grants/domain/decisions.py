"""What a decision may say: its outcome, its amount, its reasons, and what helps after a no.

Source: the declaration of services (reasons in writing, other ways to be helped after a refusal,
a revision by other people); our decision where it is silent, said beside each rule.
"""

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from enum import StrEnum

from grants.domain.errors import DomainError
from grants.domain.flow import Act

FIRST, REVISION = "first", "revision"
EXPLANATION_MAX, ALTERNATIVE_MAX, SEND_BACK_MAX = 4000, 1000, 500


class Outcome(StrEnum):
    """What was decided. `upheld` leaves the first decision as it is."""

    ACCEPTED = "accepted"
    ACCEPTED_IN_PART = "accepted_in_part"
    STANDBY = "standby"
    REFUSED = "refused"
    UPHELD = "upheld"


GRANTING = frozenset({Outcome.ACCEPTED, Outcome.ACCEPTED_IN_PART})
NEEDS_ALTERNATIVE = frozenset({Outcome.REFUSED, Outcome.UPHELD})
ACTS: Mapping[Outcome, Act] = {
    Outcome.ACCEPTED: Act.GRANT,
    Outcome.ACCEPTED_IN_PART: Act.GRANT,
    Outcome.STANDBY: Act.PUT_ON_STANDBY,
    Outcome.REFUSED: Act.REFUSE,
    Outcome.UPHELD: Act.UPHOLD,
}


@dataclass(frozen=True)
class Ruling:
    """What the decider says. Amounts are in cents; texts are the decider's own words.

    `has_call` tells that another call is named as an alternative; `alternative` names another
    resource; `no_alternative` says why none is known.
    """

    outcome: str
    granted_cents: int
    reason_codes: tuple[str, ...]
    explanation: str
    has_call: bool
    alternative: str
    no_alternative: str


def possible(side: str) -> tuple[Outcome, ...]:
    """The outcomes of a side of a matter: a first no refuses, a no after revision upholds."""
    no = Outcome.UPHELD if side == REVISION else Outcome.REFUSED
    return (Outcome.ACCEPTED, Outcome.ACCEPTED_IN_PART, Outcome.STANDBY, no)


def granted(outcome: str, part_cents: int, requested_cents: int) -> int:
    """The amount that an outcome grants: all, the part that was typed, or nothing."""
    if outcome == Outcome.ACCEPTED:
        return requested_cents
    return part_cents if outcome == Outcome.ACCEPTED_IN_PART else 0


def left_to_grant(requested_cents: int, first_granted_cents: int) -> int:
    """What a revision is about: it adds to the first decision (our decision).

    What was granted first stays; a revision grants at most the rest, with an agreement of its own.
    """
    return requested_cents - first_granted_cents


def check(ruling: Ruling, *, side: str, requested_cents: int, reasons: Collection[str]) -> Outcome:
    """The outcome of a ruling that the rules allow, on this side of the matter.

    `reasons` are the codes of the program's terms. Raises `outcome_required`, the errors of the
    amount (`granted_not_whole`, `granted_not_part`, `granted_not_nothing`), of the reasons
    (`reason_required`, `reason_unknown`, `explanation_required`), of what helps after a no
    (`alternative_required`, `alternative_and_none`), and `text_too_long`.
    """
    if ruling.outcome not in possible(side):
        raise DomainError("outcome_required")
    outcome = Outcome(ruling.outcome)
    _check_amount(outcome, ruling.granted_cents, requested_cents)
    _check_reasons(ruling, reasons)
    _check_alternative(outcome, ruling)
    return outcome


def _check_amount(outcome: Outcome, granted_cents: int, requested_cents: int) -> None:
    if outcome is Outcome.ACCEPTED and granted_cents != requested_cents:
        raise DomainError("granted_not_whole", requested=requested_cents)
    if outcome is Outcome.ACCEPTED_IN_PART and not 0 < granted_cents < requested_cents:
        raise DomainError("granted_not_part", requested=requested_cents)
    if outcome not in GRANTING and granted_cents:
        raise DomainError("granted_not_nothing")


def _check_reasons(ruling: Ruling, reasons: Collection[str]) -> None:
    """At least one reason of the program, in any case, and words that explain it."""
    if not ruling.reason_codes:
        raise DomainError("reason_required")
    if not set(ruling.reason_codes) <= set(reasons):
        raise DomainError("reason_unknown")
    if not ruling.explanation:
        raise DomainError("explanation_required")
    _check_length("explanation", ruling.explanation, EXPLANATION_MAX)


def _check_alternative(outcome: Outcome, ruling: Ruling) -> None:
    """After a no: another way to be helped, or why none is known; never both."""
    helped = ruling.has_call or bool(ruling.alternative)
    if helped and ruling.no_alternative:
        raise DomainError("alternative_and_none")
    if outcome in NEEDS_ALTERNATIVE and not helped and not ruling.no_alternative:
        raise DomainError("alternative_required")
    _check_length("alternative", ruling.alternative, ALTERNATIVE_MAX)
    _check_length("no_alternative", ruling.no_alternative, ALTERNATIVE_MAX)


def send_back_reason(text: str) -> str:
    """Why a file goes back to its analysis. Raises `send_back_reason_required`, `text_too_long`."""
    reason = text.strip()
    if not reason:
        raise DomainError("send_back_reason_required")
    _check_length("reason", reason, SEND_BACK_MAX)
    return reason


def _check_length(field: str, text: str, limit: int) -> None:
    if len(text) > limit:
        raise DomainError("text_too_long", field=field, length=len(text), limit=limit)
