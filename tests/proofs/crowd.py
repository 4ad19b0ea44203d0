"""Several processes that begin at the same instant, each with the real application."""

import multiprocessing
import time
from collections.abc import Callable, Sequence
from multiprocessing.connection import Connection
from multiprocessing.synchronize import Barrier
from pathlib import Path
from typing import Any

from sqlalchemy.exc import OperationalError

from grants.extensions import db
from tests.databases import application

Work = Callable[[Any], Any]  # given a share, inside the application's context

TRIES, A_BREATH = 20, 0.002

_PROCESSES = multiprocessing.get_context("forkserver")
_PROCESSES.set_forkserver_preload(["tests.proofs.encumbrances", "tests.proofs.paid_once"])


class Failed(AssertionError):
    """A process of the crowd ended by a fault."""


def at_once(url: str, folder: Path, shares: Sequence[Any], *works: Work) -> list[Any]:
    """Let one process per share do each work, all from the same instant; what the last gave."""
    barrier = _PROCESSES.Barrier(len(shares))
    started = []
    for share in shares:
        ours, theirs = _PROCESSES.Pipe(duplex=False)
        given = (barrier, theirs, url, folder, works, share)
        process = _PROCESSES.Process(target=_one, args=given, daemon=True)
        process.start()
        theirs.close()
        started.append((process, ours))
    found = [_received(ours) for _process, ours in started]
    for process, _ours in started:
        process.join()
    return found


def insist(act: Callable[..., Any], *given: Any) -> Any:
    """Do one act; again, as a person does after an error page, when SQLite let others pass.

    SQLite's writers wait by asking again: on a busy machine one may wait in vain for ten seconds.
    """
    for _ in range(TRIES):
        try:
            return act(*given)
        except OperationalError:
            db.session.rollback()
        finally:
            time.sleep(A_BREATH)  # so that one process does not keep the others out
    raise Failed("the database stays locked")


def _received(ours: Connection) -> Any:
    try:
        return ours.recv()
    except EOFError:
        raise Failed("a process ended without an answer") from None


def _one(
    barrier: Barrier,
    answer: Connection,
    url: str,
    folder: Path,
    works: Sequence[Work],
    share: Any,
) -> None:
    app, found = application(url, folder), None
    with app.app_context():
        db.session.execute(db.text("SELECT 1"))  # connected before the start
        for work in works:
            db.session.remove()
            barrier.wait()
            found = work(share)
        answer.send(found)
        db.session.remove()
        db.engine.dispose()
