"""The papers of the demonstration, printed by another process while the stories go on."""

import json
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import IO

from grants.wording.agreement_sheet import AgreementSheet
from grants.wording.report_sheet import ReportSheet

PROJECT = Path(__file__).resolve().parents[2]
PRESS = (sys.executable, "-m", "grants.demo.press")


class PressStopped(Exception):
    """The press ended before it had printed everything."""


class Printer:
    """Orders go out at once; what was ordered first comes out first."""

    def __init__(self, orders: IO[str], done: IO[str], folder: Path) -> None:
        self.orders, self.done, self.folder = orders, done, folder
        self.ordered = self.printed = 0

    def order(self, sheet: AgreementSheet | ReportSheet) -> int:
        """Ask for an agreement or for results; return its rank, to collect it by."""
        rank, self.ordered = self.ordered, self.ordered + 1
        order = {
            "kind": type(sheet).__name__,
            "sheet": sheet.to_data(),
            "path": str(self._path(rank)),
        }
        self.orders.write(f"{json.dumps(order)}\n")
        self.orders.flush()
        return rank

    def collect(self, rank: int) -> bytes:
        """The PDF of that rank, as soon as it is printed."""
        while self.printed <= rank:
            if not self.done.readline():
                raise PressStopped
            self.printed += 1
        return self._path(rank).read_bytes()

    def _path(self, rank: int) -> Path:
        return self.folder / f"{rank}.pdf"


@contextmanager
def printer() -> Iterator[Printer]:
    """A printer whose press ends with the loading."""
    with (
        tempfile.TemporaryDirectory(prefix="appui-press-") as folder,
        subprocess.Popen(
            PRESS, cwd=PROJECT, stdin=subprocess.PIPE, stdout=subprocess.PIPE, encoding="utf-8"
        ) as press,
    ):
        if press.stdin is None or press.stdout is None:
            raise PressStopped
        yield Printer(press.stdin, press.stdout, Path(folder))
