"""The sweep: every fifteen seconds, owe what the hour asks for and announce again what is due.

Redis may have been away or flushed, a worker may have been lost: the rows remember.
"""

import logging
import time
from collections.abc import Callable

from redis import Redis
from sqlalchemy.exc import OperationalError

from grants import clock, queue
from grants.extensions import db
from grants.jobs.periodic import owe_periodic
from grants.operations import outbox

EVERY_SECONDS = 15

log = logging.getLogger(__name__)


def once(connection: Redis) -> int:
    """Owe what the hour asks for, announce what is due; return how many rows that was."""
    now = clock.utc_now()
    try:
        owe_periodic(db.session(), now)
        owed = outbox.due(db.session(), now=now)
    finally:
        db.session.remove()
    if owed:
        queue.announce_again(connection, owed)
    return len(owed)


def forever(connection: Redis, *, go_on: Callable[[], bool]) -> None:
    """Sweep until `go_on` says no; a database that is away is asked again."""
    while go_on():
        try:
            once(connection)
        except OperationalError:
            log.warning("sweep: the database does not answer")
        time.sleep(EVERY_SECONDS)
