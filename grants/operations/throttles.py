"""Counting tries, in the database, in one conditional statement each.

What is allowed is the pure rule of `grants.domain.throttling`. A try is counted before it is
checked, in a transaction that commits whatever the check says.
"""

from datetime import datetime

from sqlalchemy import case, insert, update
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Session

from grants.domain import throttling
from grants.domain.throttling import LIMITS, Limit, Purpose
from grants.models.people import Throttle


def count(session: Session, purpose: Purpose, identifier: str, *, now: datetime) -> datetime | None:
    """Count one try; return None when it may go on, or the instant from which it may.

    `identifier` is whom the tries are about: an e-mail as typed, an account, a network.
    """
    name, limit = throttling.key(purpose, identifier), LIMITS[purpose]
    counted = _one_more(session, name, limit, now)
    if counted is None:
        counted = _first(session, name, limit, now)
    tries, window_start = counted
    return throttling.open_again_at(limit, window_start=window_start, tries=tries)


def give_back(session: Session, purpose: Purpose, identifier: str) -> None:
    """Take a try off the counter: it was not a guess, since the person came in."""
    session.execute(
        update(Throttle)
        .where(Throttle.key == throttling.key(purpose, identifier), Throttle.tries > 0)
        .values(tries=Throttle.tries - 1)
        .execution_options(synchronize_session=False)
    )


def clear(session: Session, purpose: Purpose, identifier: str) -> None:
    """Start a counter again: the person proved another way who they are."""
    session.execute(
        update(Throttle)
        .where(Throttle.key == throttling.key(purpose, identifier))
        .values(tries=0)
        .execution_options(synchronize_session=False)
    )


def _one_more(
    session: Session, name: str, limit: Limit, now: datetime
) -> tuple[int, datetime] | None:
    """Add one, or begin a new window when the last one is over; None without a counter."""
    over = Throttle.window_start <= now - limit.window
    row = session.execute(
        update(Throttle)
        .where(Throttle.key == name)
        .values(
            tries=case((over, 1), else_=Throttle.tries + 1),
            window_start=case((over, now), else_=Throttle.window_start),
        )
        .returning(Throttle.tries, Throttle.window_start)
        .execution_options(synchronize_session=False)
    ).one_or_none()
    return None if row is None else (row.tries, row.window_start)


def _first(session: Session, name: str, limit: Limit, now: datetime) -> tuple[int, datetime]:
    """Make the counter; when another request made it at the same instant, add to that one."""
    try:
        with session.begin_nested():
            session.execute(insert(Throttle).values(key=name, window_start=now, tries=1))
    except IntegrityError:
        counted = _one_more(session, name, limit, now)
        if counted is None:
            raise
        return counted
    return 1, now
