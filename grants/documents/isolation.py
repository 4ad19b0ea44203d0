"""Work on untrusted text done in a process of its own, forked, capped and cut off.

The child starts warm, with everything its parent has imported and cached, and keeps none of its
connections: inherited descriptors are closed, sockets and programs are refused, and only the
named folders can be opened.
"""

import gc
import os
import resource
import signal
import sys
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import NoReturn

MEBIBYTE = 2**20
OUT_OF_MEMORY = 3
FIRST_DESCRIPTOR = 3
REFUSED_EVENTS = ("socket.", "subprocess.", "os.exec", "os.posix_spawn", "os.fork", "os.system")
DEFAULT_SIGNALS = (signal.SIGALRM, signal.SIGINT, signal.SIGTERM)


@dataclass(frozen=True)
class Caps:
    """What one child may take: seconds on the wall clock, bytes of private memory."""

    seconds: float = 20.0
    memory: int = 512 * MEBIBYTE  # beyond what the warm parent holds


class ChildFailed(Exception):
    """The child gave nothing: `reason` is `time`, `memory`, `killed` or `error`."""

    def __init__(self, reason: str, detail: str) -> None:
        super().__init__(f"{reason}: {detail}")
        self.reason = reason
        self.detail = detail


def run_apart(task: Callable[[], bytes], caps: Caps, readable: tuple[Path, ...]) -> bytes:
    """What `task` returns, computed in a child; `ChildFailed` when it could not.

    The call ends the child in every case, also when it is itself interrupted.
    """
    outlet, inlet = os.pipe()
    child = os.fork()
    if child == 0:
        _live(task, caps, readable, inlet)
    os.close(inlet)
    try:
        with open(outlet, "rb") as stream:
            answer = stream.read()
    except BaseException:
        os.kill(child, signal.SIGKILL)
        os.waitpid(child, 0)
        raise
    return _judged(os.waitstatus_to_exitcode(os.waitpid(child, 0)[1]), answer)


def _judged(exit_code: int, answer: bytes) -> bytes:
    if exit_code == 0:
        return answer
    if exit_code == -signal.SIGALRM:
        raise ChildFailed("time", "stopped at its time cap")
    if exit_code == OUT_OF_MEMORY:
        raise ChildFailed("memory", "stopped at its memory cap")
    if exit_code < 0:
        raise ChildFailed("killed", signal.Signals(-exit_code).name)
    raise ChildFailed("error", answer.decode(errors="replace"))


def _live(
    task: Callable[[], bytes], caps: Caps, readable: tuple[Path, ...], inlet: int
) -> NoReturn:
    """The whole life of the child: it never returns into the code of its parent."""
    exit_code = 1
    try:
        _cut_off(caps, readable, inlet)
        exit_code, answer = _outcome(task)
        with open(inlet, "wb") as stream:
            stream.write(answer)
    except MemoryError:  # there may be none left even to say so
        exit_code = OUT_OF_MEMORY
    finally:
        os._exit(exit_code)


def _outcome(task: Callable[[], bytes]) -> tuple[int, bytes]:
    try:
        return 0, task()
    except MemoryError:
        return OUT_OF_MEMORY, b""
    except Exception as failure:
        return 1, f"{type(failure).__name__}: {failure}"[:300].encode()


def _cut_off(caps: Caps, readable: tuple[Path, ...], inlet: int) -> None:
    """Caps first, then the doors.

    The kernel's own alarm ends the child, so the time cap holds even when the parent is dead or
    stopped. RLIMIT_DATA rather than RLIMIT_AS: it counts the private writable memory, what a
    document makes grow, and neither shared libraries nor address space that is only reserved.
    Garbage collection is off: the life is short, and objects of the parent must not be finalized
    here.
    """
    for number in DEFAULT_SIGNALS:
        signal.signal(number, signal.SIG_DFL)
    signal.setitimer(signal.ITIMER_REAL, caps.seconds)
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    most = _held() + caps.memory  # what the warm parent holds is not the child's doing
    resource.setrlimit(resource.RLIMIT_DATA, (most, most))
    gc.disable()
    os.closerange(FIRST_DESCRIPTOR, inlet)
    os.closerange(inlet + 1, os.sysconf("SC_OPEN_MAX"))
    folders = (*readable, sys.prefix, sys.base_prefix)
    roots = tuple(f"{os.path.realpath(folder)}{os.sep}" for folder in folders)
    sys.addaudithook(lambda event, facts: _refuse(event, facts, roots))


def _refuse(event: str, facts: tuple[object, ...], roots: tuple[str, ...]) -> None:
    """Raises on a socket, a program, or a file outside the roots (descriptors are our own pipe)."""
    if event == "open" and isinstance(facts[0], (str, bytes)):
        path = os.path.realpath(os.fsdecode(facts[0]))
        if not path.startswith(roots):
            raise PermissionError(f"not a file of ours: {path}")
    elif event.startswith(REFUSED_EVENTS):
        raise PermissionError(f"refused here: {event}")


def _held() -> int:
    """The private writable memory that this process began with, in bytes."""
    status = Path("/proc/self/status").read_text(encoding="ascii", errors="replace")
    return int(status.partition("VmData:")[2].split()[0]) * 1024
