"""How often something may be tried: a delay, never a lock for good.

At most ten wrong tries per account and per hour (our decision, from the threats A6 and A25:
guessing, and mail sent to somebody else). A try is counted before it is checked, so that
tries made at the same instant cannot pass together. A network, where a whole office may sit,
gets more. The counters stand in the database: the queue may be away.
"""

import math
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum
from hashlib import sha256


class Purpose(StrEnum):
    """What is counted. Each has its own counter."""

    SIGN_IN = "sign_in"  # by e-mail as typed, known or not
    SIGN_IN_NETWORK = "sign_in_network"  # by address of the network
    CODE = "code"  # by account
    TOTP = "totp"  # by account
    RESEND = "resend"  # by account
    MAIL = "mail"  # by e-mail, for what a visitor makes us send
    FORM_NETWORK = "form_network"  # by address of the network


@dataclass(frozen=True)
class Limit:
    """So many tries in a window, which begins with the first of them."""

    tries: int
    window: timedelta


HOUR = timedelta(hours=1)
LIMITS: Mapping[Purpose, Limit] = {
    Purpose.SIGN_IN: Limit(10, HOUR),
    Purpose.SIGN_IN_NETWORK: Limit(200, HOUR),
    Purpose.CODE: Limit(10, HOUR),
    Purpose.TOTP: Limit(10, HOUR),
    Purpose.RESEND: Limit(5, HOUR),
    Purpose.MAIL: Limit(5, HOUR),
    Purpose.FORM_NETWORK: Limit(60, HOUR),
}


def key(purpose: Purpose, identifier: str) -> str:
    """The name of a counter: no table and no log shows whom it is about."""
    return sha256(f"{purpose}:{identifier}".encode()).hexdigest()


def open_again_at(limit: Limit, *, window_start: datetime, tries: int) -> datetime | None:
    """When the next try will be allowed; None when the one just counted is allowed.

    `tries` includes the one just counted.
    """
    return None if tries <= limit.tries else window_start + limit.window


def minutes_left(until: datetime, *, now: datetime) -> int:
    """Whole minutes to wait, never told as zero."""
    return max(1, math.ceil((until - now) / timedelta(minutes=1)))
