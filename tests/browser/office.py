"""The whole demonstration, started for the browser: every process that `make run` starts."""

import fcntl
import shutil
import subprocess
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import timedelta
from pathlib import Path

from sqlalchemy import update

from grants import clock
from grants.models.trail import OutboxRow
from grants.unit_of_work import saving
from tests.faults.installation import PYTHON, Installation

LOADING_LIMIT = 300.0


class DemoOffice(Installation):
    """An installation with the demonstration set, on a SQLite file of its own."""

    def __init__(self, database: Path) -> None:
        super().__init__(f"sqlite:///{database}")
        self.database = database

    def load(self, shared: Path) -> None:
        """The demonstration as `make setup` loads it: once for all test processes, then copied."""
        shared.mkdir(exist_ok=True)
        with (shared / "lock").open("w") as lock:
            fcntl.flock(lock, fcntl.LOCK_EX)
            if not (shared / "files").exists():
                self._load()
                shutil.copy(self.database, shared / "demo.db")
                shutil.copytree(self.folder / "files", shared / "files")
                return
        shutil.copy(shared / "demo.db", self.database)
        shutil.copytree(shared / "files", self.folder / "files", dirs_exist_ok=True)

    def _load(self) -> None:
        """Migrate, load the reference data, load the demonstration."""
        for words in (("setup",), ("demo", "load")):
            command = self._start(words[0], *PYTHON, "flask", *words)
            status = command.running.wait(LOADING_LIMIT)
            if status != 0:
                raise subprocess.CalledProcessError(status, words, command.words())

    def put_off_old_papers(self) -> None:
        """The proofs and letters of the demonstration wait: here only new ones are looked at."""
        later = clock.utc_now() + timedelta(days=1)
        with self.session(), saving() as session:
            papers = update(OutboxRow).where(OutboxRow.kind.startswith("pdf."))
            session.execute(papers.where(OutboxRow.state == "waiting").values(not_before=later))

    def open(self, shared: Path) -> None:
        """Start everything; return when the web answers."""
        self.load(shared)
        self.put_off_old_papers()
        self.redis()
        self.mail()
        self.worker()
        self.sweep()
        self.web()


@contextmanager
def demo_office(shared: Path) -> Iterator[DemoOffice]:
    """A running demonstration, ended by the ids of its processes; `shared` keeps what is loaded."""
    with (
        tempfile.TemporaryDirectory(prefix="appui-browser-") as folder,
        DemoOffice(Path(folder) / "demo.db") as office,
    ):
        office.open(shared)
        yield office
