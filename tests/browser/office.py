"""The whole demonstration, started for the browser: every process that `make run` starts."""

import subprocess
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from tests.faults.installation import PYTHON, Installation

LOADING_LIMIT = 60.0


class DemoOffice(Installation):
    """An installation with the demonstration set, on a SQLite file of its own."""

    def __init__(self, database: Path) -> None:
        super().__init__(f"sqlite:///{database}")

    def load(self) -> None:
        """What `make setup` does: migrate, load the reference data, load the demonstration."""
        for words in (("setup",), ("demo", "load")):
            command = self._start(words[0], *PYTHON, "flask", *words)
            status = command.running.wait(LOADING_LIMIT)
            if status != 0:
                raise subprocess.CalledProcessError(status, words, command.words())

    def open(self) -> None:
        """Start everything; return when the web answers."""
        self.redis()
        self.load()
        self.mail()
        self.worker()
        self.sweep()
        self.web()


@contextmanager
def demo_office() -> Iterator[DemoOffice]:
    """A running demonstration, ended by the ids of its processes."""
    with (
        tempfile.TemporaryDirectory(prefix="appui-browser-") as folder,
        DemoOffice(Path(folder) / "demo.db") as office,
    ):
        office.open()
        yield office
