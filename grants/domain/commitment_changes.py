"""A commitment as management rewrites it, and what it must respect.

Source of the rules: our decision 12. A change makes a new version of the whole declaration, in
force from a day to come; what a commitment applies to, and what starts and stops it, stay. Only a
commitment that has a delay keeps one: how long, and in what it is counted.
"""

import re
from dataclasses import dataclass
from datetime import date

from grants.domain.deadlines import Delay, ReceiptPolicy, Unit
from grants.domain.errors import DomainError

LONGEST_SENTENCE = 500
LONGEST_DELAY = 365 * 24  # a year, in hours; the domain counts days by days
WHOLE = 100
UNITS = (Unit.BUSINESS, Unit.CALENDAR, Unit.HOURS)  # those that a delay may be counted in


@dataclass(frozen=True)
class Wording:
    """What management writes of a commitment; `quantity` and `unit` are None without a length."""

    sentence: str
    quantity: int | None
    unit: str | None
    receipt_policy: str
    target_percent: int


def check(now: Wording, wanted: Wording) -> None:
    """Refuse a wording that cannot be promised.

    Raises `nothing_changed`, `sentence_required`, `sentence_too_long`, `target_percent_range`;
    for a delay `choice_unknown`, `delay_not_positive`, `hours_not_whole_days`, `delay_too_long`,
    and `sentence_without_delay` when its number is not in the sentence: the public reads the one,
    the clock runs by the other.
    """
    if wanted == now:
        raise DomainError("nothing_changed")
    if not wanted.sentence:
        raise DomainError("sentence_required")
    if len(wanted.sentence) > LONGEST_SENTENCE:
        length = len(wanted.sentence)
        raise DomainError("sentence_too_long", limit=LONGEST_SENTENCE, length=length)
    if not 0 <= wanted.target_percent <= WHOLE:
        raise DomainError("target_percent_range")
    if wanted.quantity is not None:
        _check_delay(wanted, wanted.quantity)


def check_start(in_force_from: date, today: date) -> None:
    """Refuse a version in force before tomorrow: what was promised yesterday stays promised.

    Raises `in_force_too_soon`.
    """
    if in_force_from <= today:
        raise DomainError("in_force_too_soon")


def slug(first: str, in_force_from: date, known: frozenset[str]) -> str:
    """The name of a version: that of the first one, and its day; a second of a day is numbered."""
    base = f"{first}-{in_force_from.isoformat()}"
    name, rank = base, 1
    while name in known:
        rank += 1
        name = f"{base}-{rank}"
    return name


def _check_delay(wanted: Wording, quantity: int) -> None:
    if wanted.unit not in UNITS or wanted.receipt_policy not in list(ReceiptPolicy):
        raise DomainError("choice_unknown")
    unit = Unit(wanted.unit)
    longest = LONGEST_DELAY if unit is Unit.HOURS else LONGEST_DELAY // 24
    Delay(quantity, unit, ReceiptPolicy(wanted.receipt_policy))
    if quantity > longest:
        raise DomainError("delay_too_long", limit=longest)
    if str(quantity) not in re.findall(r"[0-9]+", wanted.sentence):
        raise DomainError("sentence_without_delay", quantity=quantity)
