"""The figures of this fiscal year and of the last one, counted once an hour for the public page."""

from collections.abc import Sequence
from functools import partial

from sqlalchemy.orm import Session

from grants import clock
from grants.domain.calendar import local_date
from grants.domain.periods import fiscal_year_of
from grants.extensions import db
from grants.jobs.effect import Effect
from grants.operations import tallies
from grants.queries import tallies as queries
from grants.queries.tallies import Counted


def tally(secretariat_id: int) -> Effect:
    """Count both years outside the transaction that will keep them."""
    now = clock.utc_now()
    year = fiscal_year_of(local_date(now))
    try:
        counted = [
            queries.count(db.session(), secretariat_id, period, now)
            for period in (year, year.previous)
        ]
    finally:
        db.session.remove()
    return Effect(partial(_keep, secretariat_id, counted))


def _keep(secretariat_id: int, counted: Sequence[Counted], session: Session) -> None:
    for one in counted:
        tallies.keep(session, secretariat_id, one)
