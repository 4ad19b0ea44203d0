"""A whole installation on this machine: its database, files, Redis, mail, web, worker, sweep."""

import os
import shutil
import socket
import sys
import tempfile
import time
import urllib.request
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from types import TracebackType
from typing import Self

from flask import Flask
from redis import Redis
from sqlalchemy import select
from sqlalchemy.orm import Session

from grants import clock
from grants.extensions import db
from grants.mail.mailbox_folder import KeptMessage, list_messages
from grants.models.trail import OutboxRow
from tests.cases import make_case
from tests.databases import KEY, application
from tests.faults.processes import Process
from tests.mail.servers import HOST, free_port

PYTHON = [sys.executable, "-m"]


class Installation:
    """Started piece by piece by a test, ended as a whole."""

    def __init__(self, database_url: str, mail_url: str = "") -> None:
        self.folder = Path(tempfile.mkdtemp(prefix="appui-faults-"))
        self.web_port, self.mail_port = free_port(), free_port()
        self.socket = self.folder / "redis.sock"
        self.mail_url = mail_url or f"smtp://{HOST}:{self.mail_port}"
        self.database_url = database_url
        self.processes: list[Process] = []
        self.app: Flask = application(
            database_url,
            self.folder,
            redis_url=f"unix://{self.socket}",
            mail_url=self.mail_url,
            base_url=self.base_url,
        )

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, _kind: type[BaseException] | None, _value: object, _where: TracebackType | None
    ) -> None:
        for process in reversed(self.processes):
            process.kill() if process.alive else None
        with self.app.app_context():
            db.session.remove()
            db.engine.dispose()
        shutil.rmtree(self.folder, ignore_errors=True)

    @property
    def base_url(self) -> str:
        """The address of the web."""
        return f"http://{HOST}:{self.web_port}"

    def _start(self, name: str, *command: str) -> Process:
        given = {name: os.environ[name] for name in ("PATH", "HOME", "LANG") if name in os.environ}
        environment = {
            **given,
            "DATABASE_URL": self.database_url,
            "STORAGE_URL": f"file://{self.folder}/files",
            "REDIS_URL": f"unix://{self.socket}",
            "MAIL_URL": self.mail_url,
            "MAILBOX": str(self.folder / "mail"),
            "BASE_URL": self.base_url,
            "SECRET_KEY": KEY,
            "JOURNAL_KEY": KEY,
            "COLUMN_KEY": KEY,
            "DEMO": "on",
            "PYTHONUNBUFFERED": "1",
        }
        log = self.folder / f"{name}-{len(self.processes)}.log"
        self.processes.append(Process([*command], environment, log))
        return self.processes[-1]

    def redis(self) -> Process:
        """An empty Redis on its socket."""
        options = ["--port", "0", "--unixsocket", str(self.socket), "--save", ""]
        started = self._start("redis", "redis-server", *options, "--appendonly", "no")
        started.await_that("redis answers", lambda: _answers(self.socket))
        return started

    def flush(self) -> None:
        """Redis forgets everything."""
        with Redis.from_url(f"unix://{self.socket}") as connection:
            connection.flushall()

    def web(self) -> Process:
        """Two web processes, as in `make run`."""
        options = ["--workers", "2", "--worker-class", "gthread", "--threads", "8"]
        bind = ["--bind", f"{HOST}:{self.web_port}", "--no-control-socket"]
        started = self._start("web", *PYTHON, "gunicorn", "wsgi:app", *bind, *options)
        started.await_that("web answers", lambda: _serves(self.base_url))
        return started

    def mail(self) -> Process:
        """The demonstration's mail server."""
        options = ["--port", str(self.mail_port), "--folder", str(self.folder / "mail")]
        started = self._start("mail", *PYTHON, "grants.demo.mailbox", *options)
        started.await_that("mail answers", lambda: _answers((HOST, self.mail_port)))
        return started

    def worker(self) -> Process:
        """One worker."""
        return self._start("worker", *PYTHON, "grants.worker")

    def sweep(self) -> Process:
        """The sweep."""
        return self._start("sweep", *PYTHON, "flask", "sweep")

    @contextmanager
    def session(self) -> Iterator[Session]:
        """The database as it is now."""
        with self.app.app_context():
            try:
                yield db.session()
            finally:
                db.session.remove()

    def receive(self) -> int:
        """Receive one application now; the id of its case file."""
        with self.session() as session:
            return make_case(session, now=clock.utc_now()).id

    def rows(self) -> list[OutboxRow]:
        """The outbox, oldest first."""
        with self.session() as session:
            return list(session.scalars(select(OutboxRow).order_by(OutboxRow.id)))

    def states(self) -> set[str]:
        """The states that occur in the outbox."""
        return {row.state for row in self.rows()}

    def kept_mails(self) -> Sequence[KeptMessage]:
        """What the demonstration's mail server accepted."""
        return list_messages(self.folder / "mail")

    def stored_files(self) -> int:
        """How many files the storage holds."""
        return sum(1 for path in (self.folder / "files").rglob("*") if path.is_file())


def _answers(address: Path | tuple[str, int]) -> bool:
    family = socket.AF_UNIX if isinstance(address, Path) else socket.AF_INET
    with socket.socket(family) as probe:
        there = probe.connect_ex(str(address) if isinstance(address, Path) else address) == 0
    time.sleep(0 if there else 0.05)
    return there


def _serves(url: str) -> bool:
    try:
        urllib.request.urlopen(url, timeout=20).close()
    except OSError:
        return False
    return True
