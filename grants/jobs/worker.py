"""The worker: RQ's own, warm, so that each forked work-horse starts ready."""

import logging

from redis import Redis
from rq import Worker
from rq.serializers import JSONSerializer

from grants import queue
from grants.documents import pdf
from grants.extensions import db
from grants.jobs import handlers

MAINTENANCE_SECONDS = 15
LONGEST_WAIT_FOR_REDIS = 5.0

log = logging.getLogger(__name__)


class OutboxWorker(Worker):
    """Comes back within seconds of Redis: what waits is promised within two minutes."""

    max_connection_wait_time = LONGEST_WAIT_FOR_REDIS


def work(connection: Redis, *, burst: bool = False) -> None:
    """Take row ids from the queue until told to stop (or until it is empty, with `burst`)."""
    pdf.warm()
    db.session.remove()
    db.engine.dispose()  # every forked work-horse opens a connection of its own
    worker = OutboxWorker(
        [queue.queue(connection)],
        connection=connection,
        serializer=JSONSerializer,
        maintenance_interval=MAINTENANCE_SECONDS,
        job_monitoring_interval=5,
    )
    log.info("worker ready for %s", ", ".join(handlers.HANDLERS))  # imported: warm before forks
    worker.work(burst=burst, logging_level="WARNING")
