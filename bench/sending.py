"""The sending of an application, beside its own statements.

Ours: the act as the view runs it, `operations.applications.send` inside `saving()`: the lock, the
checks of the whole form, the number, the frozen answers, the clocks, what is owed, the chain of
the journal, the commit, and the two hints to a real Redis. Baseline: the statements that this very
sending issued, recorded as they reached Core, executed again through Core on a copy of the
database, rows fetched, in one transaction with its commit. A statement that each sending makes
anew is a new object in the replay too: Core works out the key of its cache again, as it must for
any program; what is made once per process stays one object. Same settings of the database, same
disk.
"""

import subprocess
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from pathlib import Path
from time import monotonic, sleep
from typing import Any

from flask import Flask
from sqlalchemy import Engine, create_engine, event, func, select
from sqlalchemy.sql.base import Generative

from bench.data import application, database, set_up
from bench.measure import Figure, figure, medians
from grants.clock import utc_now
from grants.domain.access import Actor
from grants.extensions import db
from grants.models.case_files import CaseFile
from grants.models.programs import Call
from grants.operations import applications
from grants.unit_of_work import guard_sqlite, saving
from tests.cases import make_draft
from tests.factories import make_call, make_member

NAME = "Sending"
LIMIT = 3.0
RUNS, WARM_UP = 100, 10

Statement = tuple[Any, Any]  # a Core construct and its parameters


@dataclass(frozen=True)
class Drafts:
    """Complete drafts, each with its version, and who may send them."""

    member: Actor
    ready: Sequence[tuple[int, int]]

    def send(self, number: int) -> None:
        """Send one of them, as the view does."""
        draft_id, version = self.ready[number]
        now = utc_now()
        with saving() as session:
            applications.send(
                session,
                draft_id,
                applications.SendDetails(version),
                actor=self.member,
                arrived_at=now,
                now=now,
            )
        db.session.remove()  # as the end of a request does


def measure(engine: str, folder: Path, runs: int = RUNS, warm_up: int = WARM_UP) -> Figure:
    """Send the same drafts on copies of one database: recorded, then in turns with the replay."""
    number = runs + warm_up
    with ExitStack() as stack:
        redis = stack.enter_context(private_redis(folder))
        origin = stack.enter_context(database(engine, folder))
        drafts = _drafts(application(origin, folder, redis), number)
        copies = [stack.enter_context(database(engine, folder, origin)) for _ in range(3)]
        with opened(application(copies[0], folder, redis)):
            recorded = _as_made([_recorded(drafts, place) for place in range(number)])
        replayed = stack.enter_context(_replaying(copies[1]))
        stack.enter_context(opened(application(copies[2], folder, redis)))
        times = medians(
            [drafts.send, lambda place: replay(replayed, recorded[place])], runs, warm_up
        )
        if _count(db.engine) != _count(replayed):
            raise RuntimeError("the replay did not do what the sendings did")
        return figure(NAME, *times, LIMIT)


def replay(engine: Engine, statements: Sequence[Statement]) -> None:
    """Execute recorded statements in one transaction and read what they return."""
    with engine.begin() as connection:
        for construct, parameters in statements:
            result = connection.execute(construct, parameters)
            if result.returns_rows:
                result.fetchall()


@contextmanager
def private_redis(folder: Path) -> Iterator[str]:
    """A private Redis that keeps nothing."""
    path = folder / "redis.sock"
    command = ["redis-server", "--port", "0", "--unixsocket", str(path), "--save", ""]
    process = subprocess.Popen(command, stdout=subprocess.DEVNULL)
    try:
        _wait_until(path.exists)
        yield f"unix://{path}"
    finally:
        process.terminate()
        process.wait()


def _wait_until(is_so: Callable[[], bool], seconds: float = 10) -> None:
    """Wait until something holds, or say that it never did."""
    end = monotonic() + seconds
    while not is_so():
        if monotonic() > end:
            raise TimeoutError("Redis did not start")
        sleep(0.05)


@contextmanager
def opened(app: Flask) -> Iterator[None]:
    """Work inside an application, then leave its database to nobody."""
    with app.app_context():
        yield
        db.session.remove()
        db.engine.dispose()


def _drafts(app: Flask, number: int) -> Drafts:
    """A database made by `flask setup` with so many drafts that need nothing more."""
    set_up(app)
    with opened(app):
        session, now = db.session(), utc_now()
        member = make_member(session)
        call_id = make_call(session, now=now).id
        ready = []
        for _ in range(number):
            draft = make_draft(session, member, session.get_one(Call, call_id), now)
            ready.append((draft.id, draft.version))
    return Drafts(member, ready)


def _recorded(drafts: Drafts, number: int) -> list[Statement]:
    """The statements of one sending as Core was given them."""
    with noted(db.engine) as seen:
        drafts.send(number)
    return seen


@contextmanager
def noted(engine: Engine) -> Iterator[list[Statement]]:
    """The statements that Core is given meanwhile."""
    seen: list[Statement] = []

    def note(_connection: Any, construct: Any, many: Any, one: Any, _options: Any) -> None:
        seen.append((construct, many or one))

    event.listen(engine, "before_execute", note)
    try:
        yield seen
    finally:
        event.remove(engine, "before_execute", note)


def _as_made(sendings: list[list[Statement]]) -> list[list[Statement]]:
    """The statements as they were before they ran, without what Core remembered of them."""
    uses = Counter(id(construct) for statements in sendings for construct, _ in statements)
    return [
        [
            (construct if uses[id(construct)] > 1 else _new(construct), parameters)
            for construct, parameters in statements
        ]
        for statements in sendings
    ]


def _new(construct: Any) -> Any:
    return construct.execution_options() if isinstance(construct, Generative) else construct


@contextmanager
def _replaying(url: str) -> Iterator[Engine]:
    """An engine with the product's own settings, that locks at once as an act does."""
    engine = create_engine(url, pool_pre_ping=True)
    if engine.dialect.name == "sqlite":
        guard_sqlite(engine)
        engine = engine.execution_options(sqlite_begin="IMMEDIATE")
    yield engine
    engine.dispose()


def _count(engine: Engine) -> int:
    with engine.connect() as connection:
        return connection.execute(select(func.count()).select_from(CaseFile)).scalar_one()
