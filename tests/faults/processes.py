"""Real processes for the fault tests: started in a group of their own, ended by their ids."""

import os
import signal
import subprocess
import time
from collections.abc import Callable, Mapping
from pathlib import Path

PROJECT = Path(__file__).resolve().parents[2]
TICK = 0.01
START_LIMIT = 90.0
STOP_LIMIT = 10.0


class TooLate(AssertionError):
    """Something awaited did not happen in its time."""


def wait_until(what: str, happened: Callable[[], bool], limit: float = START_LIMIT) -> float:
    """Return how many seconds it took; TooLate, with `what`, when it took longer."""
    started = time.monotonic()
    while not happened():
        if time.monotonic() - started > limit:
            raise TooLate(f"{what}: not within {limit:.0f} s")
        time.sleep(TICK)
    return time.monotonic() - started


class Process:
    """A started command with everything it forks; its words go to a log."""

    def __init__(self, command: list[str], environment: Mapping[str, str], log: Path) -> None:
        self.log = log
        self.ended_at: float | None = None
        with log.open("ab") as words:
            self.running = subprocess.Popen(
                command,
                cwd=PROJECT,
                env=dict(environment),
                stdin=subprocess.DEVNULL,
                stdout=words,
                stderr=words,
                start_new_session=True,
            )

    @property
    def alive(self) -> bool:
        """Whether the command itself still runs."""
        return self.running.poll() is None

    def await_that(self, what: str, happened: Callable[[], bool]) -> None:
        """Wait for what this command must do; its own words when it does not or dies."""
        limit = time.monotonic() + START_LIMIT
        while not happened():
            if not self.alive or time.monotonic() > limit:
                raise TooLate(f"{what}: {self.words()[-2000:]}")
            time.sleep(TICK)

    def words(self) -> str:
        """What it has said so far."""
        return self.log.read_text(encoding="utf-8", errors="replace")

    def tree(self) -> list[int]:
        """The ids of the command and of all that descends from it, parents first."""
        return descendants(self.running.pid) if self.alive else []

    def send(self, number: signal.Signals) -> None:
        """Send a signal to the whole tree, parents first so that none replaces a child."""
        for pid in self.tree():
            _send(pid, number)

    def kill(self) -> None:
        """The power is cut: nothing gets the time to clean up."""
        self.send(signal.SIGSTOP)
        pids = self.tree()
        for pid in pids:
            _send(pid, signal.SIGKILL)
        self.running.wait(STOP_LIMIT)
        wait_until("killed processes gone", lambda: not any(map(_is_there, pids)), STOP_LIMIT)
        self.ended_at = time.monotonic()

    def freeze(self) -> None:
        """Stop the whole tree where it is; it stays, and knows nothing of the time that passes."""
        self.send(signal.SIGSTOP)

    def resume(self) -> None:
        """Let the whole tree go on."""
        self.send(signal.SIGCONT)

    def stop(self) -> None:
        """Ask for the end, then insist."""
        if not self.alive:
            return
        _send(self.running.pid, signal.SIGTERM)
        try:
            self.running.wait(STOP_LIMIT)
        except subprocess.TimeoutExpired:
            self.kill()


def descendants(pid: int) -> list[int]:
    """This process and all its descendants, as the kernel lists them."""
    try:
        listings = [task.read_text() for task in Path(f"/proc/{pid}/task").glob("*/children")]
    except OSError:
        return [pid]
    children = [int(child) for listing in listings for child in listing.split()]
    return [pid, *(found for child in children for found in descendants(child))]


def _send(pid: int, number: signal.Signals) -> None:
    try:
        os.kill(pid, number)
    except ProcessLookupError:
        return


def _is_there(pid: int) -> bool:
    try:
        state = Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()[0]
    except OSError:
        return False
    return state != "Z"
