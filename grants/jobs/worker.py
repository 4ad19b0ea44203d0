"""The worker: RQ's own, warm, so that each forked work-horse starts ready."""

import logging
import signal
import time
from types import FrameType

from redis import Redis
from redis.exceptions import RedisError
from rq import Worker
from rq.serializers import JSONSerializer

from grants import queue
from grants.documents import pdf
from grants.extensions import db
from grants.jobs import handlers

MAINTENANCE_SECONDS = 15
MONITORING_SECONDS = 5
LONGEST_WAIT_FOR_REDIS = 5.0
PAUSE_SECONDS = 1.0

log = logging.getLogger(__name__)


class OutboxWorker(Worker):
    """Comes back within seconds of Redis, and takes its orders from signals only."""

    max_connection_wait_time = LONGEST_WAIT_FOR_REDIS
    asked_to_stop = False

    def subscribe(self) -> None:
        """No orders through Redis, and so no thread beside the forks."""

    def request_stop(self, signum: int, frame: FrameType | None) -> None:
        """Remember that the end was asked for, not brought about by a fault."""
        self.asked_to_stop = True
        super().request_stop(signum, frame)


def work(connection: Redis, *, burst: bool = False) -> None:
    """Take row ids from the queue until told to stop (or until it is empty, with `burst`).

    RQ's worker ends when Redis goes away at a bad moment: another takes its place.
    """
    pdf.warm()
    db.session.remove()
    db.engine.dispose()  # every forked work-horse opens a connection of its own
    log.info("worker ready for %s", ", ".join(handlers.HANDLERS))  # imported: warm before forks
    while not _serve(connection, burst=burst):
        signal.signal(signal.SIGTERM, signal.SIG_DFL)  # of the worker that ended
        signal.signal(signal.SIGINT, signal.default_int_handler)
        time.sleep(PAUSE_SECONDS)


def _serve(connection: Redis, *, burst: bool) -> bool:
    """Work until the end; False when it was not asked for. `burst` raises what went wrong."""
    worker: OutboxWorker | None = None
    try:
        worker = _worker(connection)
        worker.work(burst=burst, logging_level="WARNING")
    except RedisError as error:
        if burst:
            raise
        log.warning("the queue does not answer: %s", type(error).__name__)
    return burst or (worker is not None and worker.asked_to_stop)


def _worker(connection: Redis) -> OutboxWorker:
    return OutboxWorker(
        list(queue.queues(connection).values()),
        connection=connection,
        serializer=JSONSerializer,
        maintenance_interval=MAINTENANCE_SECONDS,
        job_monitoring_interval=MONITORING_SECONDS,
    )
