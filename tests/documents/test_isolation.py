"""A child is capped in time and memory, cut off, and never comes back as its parent."""

import os
import signal
import socket
import subprocess
import time
from contextlib import suppress
from pathlib import Path

import pytest

from grants.documents.isolation import MEBIBYTE, Caps, ChildFailed, run_apart


def _reason(task, caps: Caps | None = None) -> str:
    with pytest.raises(ChildFailed) as failed:
        run_apart(task, caps or Caps(), ())
    return failed.value.reason


def test_what_the_task_returns_comes_back_whole():
    content = os.urandom(3 * MEBIBYTE)
    assert run_apart(lambda: content, Caps(), ()) == content


def test_the_time_cap_ends_a_sleeper_and_a_spinner():
    started = time.monotonic()
    assert _reason(lambda: time.sleep(30) or b"", Caps(seconds=0.2)) == "time"
    assert _reason(lambda: bytes(n for n in iter(int, 1) if n), Caps(seconds=0.2)) == "time"
    assert time.monotonic() - started < 5


def test_the_memory_cap_ends_a_glutton():
    assert _reason(lambda: bytes(600 * MEBIBYTE)) == "memory"
    assert len(run_apart(lambda: bytes(50 * MEBIBYTE), Caps(), ())) == 50 * MEBIBYTE


def test_a_failure_and_a_kill_are_told_apart():
    assert _reason(lambda: bytes([1 // 0])) == "error"
    assert _reason(lambda: os.kill(os.getpid(), signal.SIGKILL) or b"") == "killed"


def test_no_socket_no_program_no_foreign_file(tmp_path):
    secret = tmp_path / "secret.txt"
    secret.write_text("secret")
    assert _reason(lambda: socket.socket() and b"") == "error"
    assert _reason(lambda: subprocess.check_output(["/bin/true"])) == "error"
    assert _reason(secret.read_bytes) == "error"
    assert _reason(lambda: secret.write_bytes(b"") and b"") == "error"
    assert run_apart(secret.read_bytes, Caps(), readable=(tmp_path,)) == b"secret"


def test_connections_of_the_parent_are_not_inherited():
    ours, theirs = socket.socketpair()
    with ours, theirs:
        assert _reason(lambda: ours.send(b"leak") and b"") == "error"


def test_an_interrupted_call_leaves_no_child():
    def late(_number, _frame):
        raise TimeoutError

    before = _children()
    previous = signal.signal(signal.SIGALRM, late)
    signal.setitimer(signal.ITIMER_REAL, 0.3)
    try:
        with pytest.raises(TimeoutError):
            run_apart(lambda: time.sleep(30) or b"", Caps(), ())
    finally:
        signal.signal(signal.SIGALRM, previous)
    assert _children() == before


def _children() -> set[str]:
    """The children of this process, ended or not, those of other tests included."""
    found = set()
    for stat in Path("/proc").glob("[0-9]*/stat"):
        with suppress(OSError):  # it may end meanwhile
            parent = stat.read_text().rpartition(")")[2].split()[1]
            found |= {stat.parent.name} if parent == str(os.getpid()) else set()
    return found
