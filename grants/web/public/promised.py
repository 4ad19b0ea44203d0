"""The promises of the secretariat in force today, for the pages anybody may read."""

from __future__ import annotations

from typing import TYPE_CHECKING

from grants.clock import utc_now
from grants.domain.calendar import local_date
from grants.extensions import db
from grants.queries import commitments
from grants.wording import promises

if TYPE_CHECKING:
    from grants.models.reference import ServiceCommitment

SECRETARIAT = "SACA"


def timed_promises() -> list[ServiceCommitment]:
    """Those with a delay, which a clock follows."""
    session = db.session()
    secretariat = commitments.secretariat(session, SECRETARIAT)
    in_force = commitments.in_force(session, secretariat.id, local_date(utc_now()))
    return [one for one in in_force if one.quantity is not None]


def delays() -> dict[str, str]:
    """The delay of each timed promise in words, by code."""
    return {
        one.code: promises.delay(one.quantity, one.unit)
        for one in timed_promises()
        if one.quantity is not None and one.unit is not None
    }
