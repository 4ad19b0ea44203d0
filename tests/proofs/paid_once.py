"""F2: the same payment asked twice in every way there is; each instalment is paid once.

Ways: a double click (the same page posted twice), two clerks (two pages, one instalment), the
whole post replayed after the release, and the job run by every worker at once. What is counted
is what left: the payments of the database, and those a second parser reads in the bank files.
"""

import time
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from contextlib import suppress
from dataclasses import dataclass
from datetime import date, datetime
from pathlib import Path
from typing import Any

from flask import current_app
from sqlalchemy import create_engine, insert, select, text
from sqlalchemy.orm import Session

from grants import clock
from grants.domain.access import Actor
from grants.domain.errors import DomainError
from grants.extensions import db
from grants.jobs import handlers
from grants.models.agreements import Instalment
from grants.models.payments import Batch, Payment
from grants.models.trail import OutboxRow
from grants.operations import batches
from grants.operations.batches import BatchDetails, ReleaseDetails, Seen
from grants.unit_of_work import saving
from tests.conftest import Engine
from tests.databases import application
from tests.documents.bank_file_parser import parse
from tests.factories import unique
from tests.money_cases import make_signed, make_verified_account
from tests.proofs.bare import bare_application
from tests.proofs.copies import repeat
from tests.proofs.crowd import at_once, insist
from tests.proofs.encumbrances import patient
from tests.proofs.figures import Figure
from tests.proofs.money_people import Finance, confirmed, funds_date, make_finance

DOUBLE_CLICK, TWO_CLERKS, REPLAY, JOB_TWICE = range(4)
WAYS, LINES = 4, 4  # payments of each batch
A_MOMENT = 0.3  # between the page and the click


@dataclass(frozen=True)
class Size:
    """How many duplicated requests, from how many processes."""

    requests: int
    processes: int


@dataclass(frozen=True)
class Order:
    """Instalments to pay in one batch, and the way in which they are asked for twice."""

    way: int
    instalment_ids: tuple[int, ...]
    cents: int
    public_ids: tuple[str, str]


@dataclass(frozen=True)
class Share:
    """What one process does: every order, as itself."""

    rank: int
    orders: Sequence[Order]
    finance: Finance
    funds_on: date
    now: datetime


FULL = Size(1_000, 4)


def figure(engine: Engine, folder: Path, _seed: int, size: Size = FULL) -> Figure:
    """The proof and its control on one engine."""
    with engine.copy() as url:
        wrong = _guarded(url, folder, size)
    with bare_application(engine, folder) as app:
        control = _control(app.config["SQLALCHEMY_DATABASE_URI"], folder, size)
    return Figure("F2", engine.name, size.requests, wrong, size.requests, control)


def _guarded(url: str, folder: Path, size: Size) -> int:
    """How many instalments were not paid exactly once."""
    app = application(url, folder)
    with app.app_context():
        shares = _shares(db.session(), size)
        db.session.remove()
        at_once(url, folder, shares, ask, approve, run_jobs, ask, approve, run_jobs)
        wrong = _wrong(db.session(), shares[0].orders)
        db.session.remove()
        db.engine.dispose()
    return wrong


def _shares(session: Session, size: Size) -> list[Share]:
    now = clock.utc_now()
    version = make_signed(session)
    finance = make_finance(session, now, size.processes)
    make_verified_account(session, version.organization_id, finance.other_preparer)
    copies = repeat(session, version.agreement.case_file_id, size.requests)
    ids, cents = copies.of("instalment")[0], version.instalments[0].amount_cents
    parts = [tuple(ids[first : first + LINES]) for first in range(0, len(ids), LINES)]
    orders = [
        Order(rank % WAYS, part, cents, (unique(), unique())) for rank, part in enumerate(parts)
    ]
    funds_on = funds_date(session, now)
    return [Share(rank, orders, finance, funds_on, now) for rank in range(size.processes)]


def ask(share: Share) -> None:
    """Prepare a batch for each order: how often and by whom depends on its way."""
    finance = share.finance
    for order in share.orders:
        is_other = bool(share.rank % 2)
        if order.way == JOB_TWICE and share.rank:
            continue
        clerks = order.way == TWO_CLERKS and is_other
        actor = finance.other_preparer if clerks else finance.preparer
        details = BatchDetails(order.public_ids[clerks], share.funds_on, order.instalment_ids)
        insist(_act, batches.prepare, (details,), actor, share.now)


def approve(share: Share) -> None:
    """Approve every batch and ask for its file, each process as the same approver."""
    approver, now = share.finance.approver, share.now
    token = share.finance.browsers[share.rank]
    for batch_id in db.session.scalars(select(Batch.id).order_by(Batch.id)).all():
        insist(_act, batches.approve, (batch_id, Seen(1)), approver, now)
        insist(_act, _ask_release, (batch_id, token), approver, now)


def _ask_release(
    session: Session, batch_id: int, token: str, *, actor: Actor, now: datetime
) -> Batch:
    details = ReleaseDetails(1, confirmed(session, token, now))
    return batches.ask_release(session, batch_id, details, actor=actor, now=now)


def _act(operation: Callable[..., Any], given: Sequence[Any], actor: Actor, now: datetime) -> None:
    """One act, which the rules may refuse."""
    with suppress(DomainError), saving() as session:
        operation(session, *given, actor=actor, now=now)


def run_jobs(_share: Share) -> None:
    """Do what is owed of files, as if every worker had been given every row."""
    query = select(OutboxRow.id).where(OutboxRow.kind == "file.batch").order_by(OutboxRow.id)
    for row_id in db.session.scalars(query).all():
        insist(handlers.run, row_id)


def _wrong(session: Session, orders: Sequence[Order]) -> int:
    """Instalments not paid once in the database, or not once in the files that leave."""
    states = select(Payment.instalment_id, Payment.status, Payment.reference, Payment.amount_cents)
    rows = session.execute(states).all()
    live = Counter(row.instalment_id for row in rows if row.status != "cancelled")
    released = Counter(row.instalment_id for row in rows if row.status == "released")
    names = {row.instalment_id: row.reference for row in rows if row.status == "released"}
    left = Counter(_in_files(session))
    wanted = [(one, order.cents) for order in orders for one in order.instalment_ids]
    wrong = sum(1 for count in left.values() if count != 1) + abs(len(left) - len(wanted))
    for instalment_id, cents in wanted:
        paid = (live[instalment_id], released[instalment_id])
        wrong += paid != (1, 1) or (names[instalment_id], cents) not in left
    return wrong


def _in_files(session: Session) -> Iterator[tuple[str, int]]:
    """Reference and cents of each payment of each stored file, numbered without a gap."""
    storage = current_app.extensions["storage"]
    query = select(Batch).where(Batch.storage_key.is_not(None)).order_by(Batch.file_number)
    kept = session.scalars(query).all()
    assert [batch.file_number for batch in kept] == list(range(1, len(kept) + 1))
    stored = [path for path in storage.root.rglob("*") if path.is_file()]
    assert len(stored) == len(kept), "a file without its batch"
    for batch in kept:
        read = parse(storage.get(batch.storage_key))
        assert read.number == batch.file_number
        yield from ((payment.reference, payment.cents) for payment in read.payments)


def _control(url: str, folder: Path, size: Size) -> int:
    """Instalments paid more than once where each looks first, then writes."""
    rows = [{"rank": 1, "amount_cents": 100} for _ in range(size.requests)]
    made = insert(Instalment).returning(Instalment.id)
    ids = list(db.session.scalars(made, rows))
    db.session.commit()
    db.session.remove()
    at_once(url, folder, [(url, ids)] * size.processes, look_then_pay)
    twice = text(
        "SELECT count(*) FROM (SELECT instalment_id FROM payment GROUP BY instalment_id"
        " HAVING count(*) > 1) t"
    )
    return db.session.scalars(twice).one()


def look_then_pay(given: tuple[str, Sequence[int]]) -> None:
    """Pay what a page showed to pay: on an engine of its own, without our transactions."""
    url, ids = given
    naive = create_engine(url, connect_args=patient(url))
    with naive.begin() as connection:
        paid = set(connection.scalars(text(_PAID)))
    time.sleep(A_MOMENT)
    for instalment_id in ids:
        if instalment_id not in paid:
            with naive.begin() as connection:
                connection.execute(text(_PAY), {"id": instalment_id})
    naive.dispose()


_PAID = "SELECT instalment_id FROM payment WHERE status <> 'cancelled'"
_PAY = "INSERT INTO payment (instalment_id, amount_cents, status) VALUES (:id, 100, 'released')"
