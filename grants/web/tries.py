"""Tries that anybody may make: counted before they are checked, answered in even time."""

import time
from datetime import timedelta

from flask import current_app, request

from grants.clock import utc_now
from grants.domain import throttling
from grants.domain.errors import DomainError
from grants.domain.throttling import Purpose
from grants.operations import throttles
from grants.unit_of_work import saving
from grants.web.session import arrived_at

EVEN_TIME = timedelta(milliseconds=250)


def allow(*counted: tuple[Purpose, str]) -> None:
    """Count a try everywhere it counts, before it is checked.

    Raises `too_many_tries` with the minutes to wait.
    """
    now = utc_now()
    with saving() as act:
        waits = [throttles.count(act, purpose, whom, now=now) for purpose, whom in counted]
    until = max((wait for wait in waits if wait is not None), default=None)
    if until is not None:
        raise DomainError("too_many_tries", minutes=throttling.minutes_left(until, now=now))


def network() -> str:
    """Where a request comes from: the trusted front server's word, or the connection itself."""
    header = current_app.config["SETTINGS"].client_header
    told = request.headers.get(header, "") if header else ""
    return told.partition(",")[0].strip() or request.remote_addr or ""


def even_out() -> None:
    """Answer no sooner than a quarter of a second after the request arrived.

    A known address makes us do more than an unknown one; the time of the answer must not say so.
    The network's counter keeps these pauses few.
    """
    left = arrived_at() + EVEN_TIME - utc_now()
    time.sleep(min(max(left, timedelta(0)), EVEN_TIME).total_seconds())
