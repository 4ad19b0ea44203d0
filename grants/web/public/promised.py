"""The promises of the secretariats in force today, for the pages anybody may read."""

from __future__ import annotations

from typing import TYPE_CHECKING

from grants.clock import utc_now
from grants.domain.calendar import local_date
from grants.extensions import db
from grants.queries import commitments
from grants.wording import promises

if TYPE_CHECKING:
    from datetime import date

    from grants.models.reference import Secretariat, ServiceCommitment

SECRETARIAT = "SACA"
OFFICES = ("SACA", "SCT")


def timed_promises(code: str = SECRETARIAT, on: date | None = None) -> list[ServiceCommitment]:
    """Those of a secretariat with a delay, in force that day or today."""
    session = db.session()
    secretariat = commitments.secretariat(session, code)
    in_force = commitments.in_force(session, secretariat.id, on or local_date(utc_now()))
    return [one for one in in_force if one.quantity is not None]


def everywhere(on: date) -> dict[str, tuple[Secretariat, ServiceCommitment]]:
    """Those of both secretariats with a delay, in force that day, by code."""
    session = db.session()
    return {
        one.code: (commitments.secretariat(session, code), one)
        for code in OFFICES
        for one in timed_promises(code, on)
    }


def delays() -> dict[str, str]:
    """The delay of each timed promise in words, by code."""
    return {
        one.code: promises.delay(one.quantity, one.unit)
        for one in timed_promises()
        if one.quantity is not None and one.unit is not None
    }
