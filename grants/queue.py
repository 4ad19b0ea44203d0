"""The queue: RQ on Redis carries ids of outbox rows, never the work itself."""

import logging
from collections.abc import Iterable, Sequence

from redis import Redis
from redis.exceptions import RedisError
from rq import Queue
from rq.serializers import JSONSerializer

NAME = "outbox"
HANDLER = "grants.jobs.handlers.run"
TIMEOUT_SECONDS = 45

log = logging.getLogger(__name__)


def connect(url: str) -> Redis:
    """A connection that gives up at once: an act must never wait for Redis."""
    return Redis.from_url(url, socket_connect_timeout=0.5, socket_timeout=5)


def queue(connection: Redis) -> Queue:
    """The one queue. JSON, so that whoever writes into Redis cannot run code here."""
    return Queue(
        NAME, connection=connection, serializer=JSONSerializer, default_timeout=TIMEOUT_SECONDS
    )


def announce(connection: Redis, row_ids: Iterable[int]) -> bool:
    """Tell the workers about outbox rows, best effort: the sweep finds what was not told."""
    waiting = queue(connection)
    try:
        for row_id in row_ids:
            waiting.enqueue(HANDLER, row_id, result_ttl=0, failure_ttl=3600)
    except RedisError:
        log.warning("queue unreachable: the sweep will announce the rows")
        return False
    return True


def announce_again(connection: Redis, row_ids: Sequence[int]) -> bool:
    """Tell about rows found due, unless the queue already holds as many: it stays bounded.

    An id told twice is harmless, because a row is claimed once.
    """
    try:
        if queue(connection).count >= len(row_ids):
            return False
    except RedisError:
        return False
    return announce(connection, row_ids)
