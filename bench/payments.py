"""From *À payer* to the bank file, 1,000 then 10,000 payments, beside the bare statements.

Ours: the acts as the views and the worker run them: the lines that may be paid are found, judged
and prepared into one batch, approved by another person, asked for with a confirmed identity, then
the job makes the bytes, reads them back, stores them and settles: statuses, promises, files, one
mail for each file, journal, hints to a real Redis. Each file is paid its first half, so that there
are as many mails as payments. Every run has a database of its own, a copy of the same one.

Time is CPU; memory is what Python holds at the worst moment (tracemalloc), in a run of its own,
and not the pages that the database keeps.
"""

import tracemalloc
from collections.abc import Callable, Iterator, Sequence
from contextlib import AbstractContextManager, ExitStack, contextmanager
from dataclasses import dataclass
from pathlib import Path

from flask import current_app
from sqlalchemy import create_engine, func, select, update

from bench import bare_payments
from bench.bare_payments import CHANGED, LEFT, TABLES, Made
from bench.data import application, database
from bench.measure import Measured, figure, quantity, staged
from bench.payment_data import APPROVER, TOKENS, payable
from bench.sending import opened, private_redis
from bench.signed_files import PREPARER
from grants.clock import utc_now
from grants.documents.cpa005 import Credit
from grants.domain.access import Actor
from grants.domain.bank_accounts import from_text, routing
from grants.domain.calendar import local_date
from grants.domain.credentials import token_hash
from grants.extensions import db
from grants.jobs import handlers
from grants.models.payments import Batch
from grants.models.trail import OutboxRow
from grants.operations import batches
from grants.operations.batches import BatchDetails, ReleaseDetails, Seen
from grants.queries import batches as batch_queries
from grants.queries import calendars, payments, sessions
from grants.unit_of_work import guard_sqlite, saving

NAME = "Payments to the bank file"
SIZES = (1_000, 10_000)
RUNS, WARM_UP = 3, 1
BASELINE_LIMIT, GROWTH_LIMIT = 7.0, 1.3
MEBIBYTE = 2**20
PUBLIC_ID = "b" * 32

Act = Callable[[], object]


@dataclass(frozen=True)
class Journey:
    """Who pays in the open application."""

    preparer: Actor
    approver: Actor

    def pay(self) -> None:
        """Everything that may be paid, from the list to the released batch."""
        ids = payments.ready_ids(db.session(), self.preparer)
        now = utc_now()
        day = calendars.calendar(db.session()).next_business_day(local_date(now))
        with saving() as session:
            details = BatchDetails(PUBLIC_ID, day, ids)
            batch = batches.prepare(session, details, actor=self.preparer, now=now)
            batch_id = batch.id
        with saving() as session:
            batches.approve(session, batch_id, Seen(1), actor=self.approver, now=now)
        with saving() as session:
            asking = ReleaseDetails(1, token_hash(TOKENS[APPROVER]))
            batches.ask_release(session, batch_id, asking, actor=self.approver, now=now)
        handlers.run(_owed_file())


@dataclass(frozen=True)
class Ground:
    """One database with so many lines ready, to be copied for every run."""

    engine: str
    folder: Path
    url: str
    redis: str

    @contextmanager
    def ours(self) -> Iterator[Act]:
        """The product on a copy, ready to pay."""
        with self._copy() as url, opened(application(url, self.folder, self.redis)):
            yield _journey().pay
            _demand_released()

    def baseline(self, made: Made) -> Callable[[], AbstractContextManager[Act]]:
        """The bare statements on a copy, and the bytes."""

        @contextmanager
        def stage() -> Iterator[Act]:
            with self._copy() as url:
                engine = create_engine(url)
                if engine.dialect.name == "sqlite":
                    guard_sqlite(engine)
                app = application(url, self.folder, self.redis)
                storage = app.extensions["storage"]
                yield lambda: bare_payments.pay(engine, made, storage)
                engine.dispose()

        return stage

    def made(self) -> Made:
        """What one payment of all the lines leaves in the database and in the storage."""
        with self._copy() as url, opened(application(url, self.folder, self.redis)):
            before = {name: _count(name) for name in LEFT}
            before |= {"journal_head": 0, "case_file": 0, "clock": _other_clocks()}
            _journey().pay()
            with db.engine.connect() as connection:
                names = (*LEFT, *CHANGED)
                rows = {n: bare_payments.added(connection, n, before[n]) for n in names}
            made = Made(rows, _credits(), _stored())
        header = made.content[: bare_payments.RECORD_LENGTH].decode("ascii")
        if bare_payments.file(made.credits, header) != made.content:
            raise RuntimeError("the baseline does not write the bytes that we write")
        return made

    def peak(self) -> float:
        """The most that Python holds during one payment of all the lines, in megabytes."""
        with self.ours() as act:
            tracemalloc.start()
            act()
            _now, most = tracemalloc.get_traced_memory()
            tracemalloc.stop()
        return most / MEBIBYTE

    @contextmanager
    def _copy(self) -> Iterator[str]:
        with database(self.engine, self.folder, self.url) as url:
            yield url
        if self.engine == "sqlite":
            Path(url.removeprefix("sqlite:///")).unlink()


def measure(
    engine: str,
    folder: Path,
    sizes: Sequence[int] = SIZES,
    runs: int = RUNS,
    warm_up: int = WARM_UP,
) -> list[Measured]:
    """Both sizes in turns with their baselines, then what each payment costs beside the other."""
    with ExitStack() as stack:
        redis = stack.enter_context(private_redis(folder))
        grounds = [stack.enter_context(ground(engine, folder, size, redis)) for size in sizes]
        stages = [stage for one in grounds for stage in _both(one)]
        times = staged(stages, runs, warm_up)
        peaks = [one.peak() for one in grounds]
    return [*_figures(sizes, times), _memory(sizes, peaks)]


def _figures(sizes: Sequence[int], times: Sequence[float]) -> Iterator[Measured]:
    """Each size beside its baseline, then one payment of the second beside one of the first."""
    for place, size in enumerate(sizes):
        ours, baseline = times[2 * place : 2 * place + 2]
        yield figure(f"{NAME}, {size}", ours, baseline, BASELINE_LIMIT)
    small, large = sizes
    each = (times[2] / large, times[0] / small)
    yield figure(f"{NAME}, each of {large} beside {small}", *each, GROWTH_LIMIT)


def _memory(sizes: Sequence[int], peaks: Sequence[float]) -> Measured:
    small, large = sizes
    thousand = (peaks[1] / large * 1000, peaks[0] / small * 1000)
    name = f"{NAME}, memory for 1000, of {large} beside {small}"
    return quantity(name, "MB at the peak", *thousand, GROWTH_LIMIT)


def _both(one: Ground) -> tuple[Callable[[], AbstractContextManager[Act]], ...]:
    return one.ours, one.baseline(one.made())


@contextmanager
def ground(engine: str, folder: Path, files: int, redis: str) -> Iterator[Ground]:
    """So many signed files of which the first half is ready and the second one blocked."""
    with payable(engine, folder, files, waiting=files) as app:
        url = str(app.config["SQLALCHEMY_DATABASE_URI"])
        yield Ground(engine, folder, url, redis)


def _journey() -> Journey:
    """Both people, who have just proved who they are: a confirmation holds five minutes."""
    with db.engine.begin() as connection:
        connection.execute(update(TABLES["web_session"]).values(confirmed_at=utc_now()))
    who = [
        sessions.actor(db.session(), token_hash(TOKENS[one]), None, now=utc_now())
        for one in (PREPARER, APPROVER)
    ]
    db.session.remove()
    return Journey(*who)


def _owed_file() -> int:
    query = select(OutboxRow.id).where(OutboxRow.kind == "file.batch")
    found = db.session().scalars(query).one()
    db.session.remove()
    return found


def _other_clocks() -> int:
    """How many promises are not those to pay: one for each file, and they stand first."""
    return _count("clock") // 2


def _count(table: str) -> int:
    with db.engine.connect() as connection:
        return int(connection.execute(select(func.count()).select_from(TABLES[table])).scalar_one())


def _credits() -> list[Credit]:
    session = db.session()
    batch = session.scalars(select(Batch)).one()
    lines = batch_queries.file_rows(session, batch.id)
    pairs = [(line, from_text(line.account)) for line in lines]
    return [
        Credit(
            line.amount_cents,
            batch.funds_on,
            routing(account),
            account.account,
            line.payee_name,
            line.reference,
        )
        for line, account in pairs
    ]


def _stored() -> bytes:
    key = db.session().scalars(select(Batch.storage_key)).one()
    return bytes(current_app.extensions["storage"].get(key))


def _demand_released() -> None:
    """A run that did not go to its end is not a measure."""
    if db.session().scalars(select(Batch.status)).one() != "released":
        raise RuntimeError("the batch was not released")
