"""Gunicorn's settings for a web that stands alone on loopback.

It has threads because no buffering server stands before it: a browser opens connections in
advance, and each of them would hold a process without threads for itself. The application is
loaded once, then forked; no database connection crosses the fork.
"""

import os

from gunicorn.arbiter import Arbiter
from gunicorn.workers.base import Worker

from grants.extensions import db
from wsgi import app

bind = f"127.0.0.1:{os.environ['PORT']}"
workers = 2
worker_class = "gthread"
threads = 16
preload_app = True
graceful_timeout = 2
control_socket_disable = True


def pre_fork(_server: Arbiter, _worker: Worker) -> None:
    """Close what loading the application opened."""
    with app.app_context():
        db.engine.dispose()
