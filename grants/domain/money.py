"""Money as whole cents: read what a person typed, write what a person reads.

Units: integer cents of Canadian dollars everywhere in code and tables; there is no float.
Source of the rule: our decision (see the architecture page, "Money").
"""

import re

from grants.domain.errors import DomainError

MAX_CENTS = 99_999_999_999
NBSP = "\u00a0"

_SPACES = re.compile(r"\s+")
_AMOUNT = re.compile(r"([0-9]+|[0-9]{1,3}(?: [0-9]{3})+)(?:[.,]([0-9]{2}))?")
_ODD_DECIMALS = re.compile(r"[0-9 ]+[.,][0-9]*")
_NEGATIVE = re.compile(r"[-−–] ?[0-9]")


def parse_cents(text: str) -> int:
    """Whole cents of an amount as people in Québec type it.

    "12500", "12 500,00 $" and "12500.00" are the same amount: spaces of any kind group the
    digits by three, a comma or a dot followed by exactly two digits marks the cents, and "$"
    may stand at either end. Everything else is refused rather than guessed.

    Errors: money_format, money_decimals, money_negative, money_too_large.
    """
    amount = _bare(text)
    if _NEGATIVE.match(amount):
        raise DomainError("money_negative")
    parts = _AMOUNT.fullmatch(amount)
    if parts is None:
        raise DomainError("money_decimals" if _ODD_DECIMALS.fullmatch(amount) else "money_format")
    dollars = parts[1].replace(" ", "").lstrip("0")
    if len(dollars) > len(str(MAX_CENTS // 100)):
        raise DomainError("money_too_large", limit=MAX_CENTS)
    return int(dollars or "0") * 100 + int(parts[2] or "0")


def write_cents(cents: int) -> str:
    """The amount in words of money, with no-break spaces: 123450 gives "1 234,50 $"."""
    dollars, rest = divmod(abs(cents), 100)
    sign = "−" if cents < 0 else ""
    return f"{sign}{dollars:,}".replace(",", NBSP) + f",{rest:02d}{NBSP}$"


def _bare(text: str) -> str:
    """The typed amount with single plain spaces and without its dollar sign."""
    return _SPACES.sub(" ", text).strip().removeprefix("$").removesuffix("$").strip()
