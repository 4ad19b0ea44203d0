"""Start Redis, the mail server, the web, the worker and the sweep; stop them all together.

Each service is a process group of its own, known by its id. The worker, the sweep and Redis
are started again when they die; without the web there is nothing left to watch.
"""

import os
import signal
import socket
import subprocess
import time
from pathlib import Path

from process_tree import adopt_orphans, die_with_parent, kill_adopted
from services import LOGS, PROJECT, RUN, Service, address, services

START_LIMIT = 60.0
STOP_LIMIT = 8.0
SECOND_WARNING = 3.0
LONGEST_PAUSE = 30.0
TICK = 0.05


class Stopped(Exception):
    """Someone asked for the end: Ctrl-C, TERM, or the terminal closed."""


class Running:
    """One started service and what to do when it dies."""

    def __init__(self, service: Service) -> None:
        self.service = service
        self.pause = 1.0
        self.again_at: float | None = None
        self.start()

    def start(self) -> None:
        """Start the process in its own group, its words going to its log."""
        self.again_at = None
        self.started_at = time.monotonic()
        with (LOGS / f"{self.service.name}.log").open("ab") as log:
            self.process = subprocess.Popen(
                self.service.command,
                cwd=PROJECT,
                env=self.service.environment,
                stdin=subprocess.DEVNULL,
                stdout=log,
                stderr=log,
                start_new_session=True,
                preexec_fn=die_with_parent,
            )
        self.pid_file.write_text(f"{self.process.pid}\n")
        self.wait_until_ready()

    def wait_until_ready(self) -> None:
        """Return when the service can be used by those that start after it."""
        limit = time.monotonic() + START_LIMIT
        while not self.service.is_ready():
            if self.process.poll() is not None or time.monotonic() > limit:
                name = self.service.name
                raise SystemExit(f"{name} did not start; its last words:\n{last_lines(name)}")
            time.sleep(TICK)

    @property
    def pid_file(self) -> Path:
        return RUN / f"{self.service.name}.pid"

    def watch(self) -> None:
        """Notice a death once; start again, later and later, what must not stay down."""
        if self.again_at is not None:
            if time.monotonic() >= self.again_at:
                self.start()
            return
        code = self.process.poll()
        if code is None:
            return
        self.notice_death(code)

    def notice_death(self, code: int) -> None:
        """Say what died and plan its return, if it has one."""
        name = self.service.name
        if name == "web":
            raise SystemExit(f"The web server stopped (status {code}):\n{last_lines(name)}")
        if not self.service.comes_back:
            print(f"{name} stopped; start it again with: make {name}", flush=True)
            self.again_at = float("inf")
            return
        lasted = time.monotonic() - self.started_at
        self.pause = 1.0 if lasted > LONGEST_PAUSE else min(self.pause * 2, LONGEST_PAUSE)
        print(f"{name} stopped (status {code}); starting it again; see its log", flush=True)
        self.again_at = time.monotonic() + self.pause

    def send(self, number: int) -> None:
        """Send a signal to the whole group, if it is still there."""
        if self.process.poll() is None:
            os.killpg(self.process.pid, number)


def last_lines(name: str) -> str:
    """Return the end of a service's log."""
    lines = (LOGS / f"{name}.log").read_text(encoding="utf-8", errors="replace").splitlines()
    return "\n".join(lines[-12:])


def stop(running: list[Running]) -> None:
    """End everything; the queue last, because the others still talk to it."""
    end([each for each in running if each.service.name != "redis"])
    end([each for each in running if each.service.name == "redis"])
    kill_adopted()
    for each in running:
        each.pid_file.unlink(missing_ok=True)


def end(running: list[Running]) -> None:
    """Ask each one to end, ask twice, then insist."""
    started = time.monotonic()
    warnings = [(0.0, signal.SIGTERM), (SECOND_WARNING, signal.SIGTERM)]
    warnings += [(STOP_LIMIT, signal.SIGKILL)]
    while any(each.process.poll() is None for each in running):
        if warnings and time.monotonic() - started >= warnings[0][0]:
            _, number = warnings.pop(0)
            for each in reversed(running):
                each.send(number)
        time.sleep(TICK)


def on_signal(_number: int, _frame: object) -> None:
    raise Stopped


def free_port(first: int) -> int:
    """Return the first port from this one that nobody listens on."""
    for port in range(first, first + 100):
        with socket.socket() as probe:
            probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
            try:
                probe.bind(("127.0.0.1", port))
            except OSError:
                continue
            return port
    raise SystemExit(f"No free port for the mail server from {first} to {first + 99}.")


def supervise() -> None:
    """Run until asked to stop or until the web dies."""
    port = int(os.environ.get("PORT", "8000"))
    running: list[Running] = []
    try:
        for service in services(port, free_port(min(port + 25, 65400))):
            running.append(Running(service))
        print(f"Appui is ready: {address(port)}   (Ctrl-C stops it)", flush=True)
        while True:
            for each in running:
                each.watch()
            time.sleep(TICK)
    finally:
        for number in (signal.SIGINT, signal.SIGTERM, signal.SIGHUP):
            signal.signal(number, signal.SIG_IGN)
        stop(running)


def main() -> None:
    """Supervise; an asked-for stop is a success."""
    for folder in (LOGS, RUN):
        folder.mkdir(mode=0o700, parents=True, exist_ok=True)
    adopt_orphans()
    for number in (signal.SIGINT, signal.SIGTERM, signal.SIGHUP):
        signal.signal(number, on_signal)
    try:
        supervise()
    except Stopped:
        print("Appui is stopped; its data stays in var/.", flush=True)


if __name__ == "__main__":
    main()
