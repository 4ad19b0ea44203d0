"""The queue: RQ on Redis carries ids of outbox rows, never the work itself."""

import logging
from collections.abc import Collection, Iterable

from redis import Redis
from redis.exceptions import RedisError
from rq import Queue
from rq.serializers import JSONSerializer

# By the first word of what is owed, in this order: a bank file is rare and has its hour, a person
# waits for a code, nobody for a PDF. Figures come last: they are counted anew every hour, and what
# they count must not wait for them.
LANES = {"file": "files", "mail": "mails", "pdf": "documents", "figures": "figures"}
HANDLER = "grants.jobs.handlers.run"
TIMEOUT_SECONDS = 45

log = logging.getLogger(__name__)


def connect(url: str) -> Redis:
    """A connection that gives up at once: an act must never wait for Redis."""
    return Redis.from_url(url, socket_connect_timeout=0.5, socket_timeout=5)


def queues(connection: Redis) -> dict[str, Queue]:
    """The queues in their order, by kind of work.

    JSON, so that whoever writes into Redis cannot run code here.
    """
    return {
        work: Queue(
            lane,
            connection=connection,
            serializer=JSONSerializer,
            default_timeout=TIMEOUT_SECONDS,
        )
        for work, lane in LANES.items()
    }


def announce(connection: Redis, owed: Iterable[tuple[str, int]]) -> bool:
    """Tell the workers about outbox rows (kind and id), best effort: the sweep finds the rest."""
    lanes = queues(connection)
    try:
        with connection.pipeline() as told:  # one journey to Redis for all rows
            for kind, row_id in owed:
                lane = lanes[kind.partition(".")[0]]
                lane.enqueue(HANDLER, row_id, result_ttl=0, failure_ttl=3600, pipeline=told)
            told.execute()
    except RedisError:
        log.info("queue unreachable: the sweep will announce the rows")
        return False
    return True


def announce_again(connection: Redis, owed: Collection[tuple[str, int]]) -> bool:
    """Tell about rows found due, unless the queues already hold as many: they stay bounded.

    An id told twice is harmless, because a row is claimed once.
    """
    try:
        if sum(lane.count for lane in queues(connection).values()) >= len(owed):
            return False
    except RedisError:
        return False
    return announce(connection, owed)
