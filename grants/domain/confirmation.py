"""Proving again who one is, just before a grave act: how long it holds, and by what it was done.

Source: our decision, from the checklist of OWASP ASVS 5.0 (7.5.3): a signed-in browser left
open on a desk must not be enough to sign, to release money or to reveal what is private.
"""

from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum

CONFIRMATION_LIFE = timedelta(minutes=5)


class Method(StrEnum):
    """What was verified: a password, then a second factor; or nothing, for the demonstration."""

    MAILED_CODE = "mailed_code"  # organizations
    AUTHENTICATOR = "authenticator"  # staff
    DEMONSTRATION = "demonstration"  # an invented person


@dataclass(frozen=True)
class Confirmation:
    """The proof that a grave act used up: when it was given, and how."""

    confirmed_at: datetime
    method: Method


def holds_until(confirmed_at: datetime | None, *, now: datetime) -> datetime | None:
    """The instant from which the confirmation is worth nothing; None when it already is."""
    if confirmed_at is None or now >= confirmed_at + CONFIRMATION_LIFE:
        return None
    return confirmed_at + CONFIRMATION_LIFE


def method_of(account_kind: str, *, invented: bool) -> Method:
    """How an account of this kind (staff or organization) confirms."""
    if invented:
        return Method.DEMONSTRATION
    return Method.AUTHENTICATOR if account_kind == "staff" else Method.MAILED_CODE
