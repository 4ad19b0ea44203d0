"""The one place that commits, and the guards of the transactions it opens."""

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from flask import current_app
from sqlalchemy import Engine, event, select
from sqlalchemy.orm import Session

from grants import clock, queue
from grants.domain.errors import Refusal
from grants.domain.journal import canonical, digest
from grants.extensions import db
from grants.models.trail import JournalEvent, JournalHead, JournalLink, OutboxRow

PRAGMAS = (
    "foreign_keys=ON",
    "recursive_triggers=ON",
    "journal_mode=WAL",
    "synchronous=FULL",
    "busy_timeout=10000",
)


def guard_sqlite(engine: Engine) -> None:
    """Give SQLite the transactions and checks its driver leaves out."""

    @event.listens_for(engine, "connect")
    def opened(connection: Any, _record: object) -> None:
        connection.isolation_level = None  # the driver's own transactions lose updates
        for pragma in PRAGMAS:
            connection.execute(f"PRAGMA {pragma}")

    @event.listens_for(engine, "begin")
    def begun(connection: Any) -> None:
        mode = connection.get_execution_options().get("sqlite_begin", "DEFERRED")
        connection.exec_driver_sql(f"BEGIN {mode}")


@contextmanager
def saving() -> Iterator[Session]:
    """Run one act in one write transaction, chain its journal, then announce what it owes.

    A refusal is written to the journal after the rollback, in a transaction of its own.
    """
    session = db.session()
    if session.new or session.dirty or session.deleted:
        raise RuntimeError("changes were made outside saving()")
    _begin(session)
    try:
        yield session
        close_chain(session)
        owed = [(row.kind, row.id) for row in session.info["owed"]]
        session.commit()
    except Refusal as refusal:
        session.rollback()
        _journal_refusal(session, refusal)
        raise
    except BaseException:
        session.rollback()
        raise
    if owed:
        queue.announce(current_app.extensions["redis"], owed)


def _begin(session: Session) -> None:
    session.rollback()  # ends the read transaction and expires what the view loaded
    session.connection(execution_options={"sqlite_begin": "IMMEDIATE"})
    session.info["events"], session.info["owed"] = [], []


def note(session: Session, line: JournalEvent) -> None:
    """Put an event into the act; its place in the chain is given when the act ends."""
    session.add(line)
    session.info["events"].append(line)


def owe(session: Session, row: OutboxRow) -> None:
    """Put an outbox row into the act; it is announced after the commit."""
    session.add(row)
    session.info["owed"].append(row)


def columns_as_stored(line: JournalEvent) -> tuple[str, ...]:
    """What the digest covers, in a form both engines give back alike."""
    who, case_file = (str(part or "") for part in (line.actor_id, line.case_file_id))
    return (str(line.id), line.at.isoformat(), line.kind, who, case_file, line.facts)


def close_chain(session: Session) -> None:
    """Number the act's events and link them. The head is always the last lock of an act."""
    session.flush()
    if not session.info["events"]:
        return
    locked = select(JournalHead).with_for_update()
    head = session.scalars(locked, execution_options={"populate_existing": True}).one()
    key = current_app.config["JOURNAL_KEY"]
    for line in session.info["events"]:
        position = head.position + 1
        head.digest = digest(key, position, head.digest, columns_as_stored(line))
        head.position = position
        session.add(JournalLink(position=position, event_id=line.id, digest=head.digest))


def _journal_refusal(session: Session, refusal: Refusal) -> None:
    _begin(session)
    line = JournalEvent(
        at=clock.utc_now(),
        kind="refused",
        actor_id=refusal.actor_id,
        case_file_id=refusal.case_file_id,
        facts=canonical({"code": refusal.code}),
    )
    note(session, line)
    close_chain(session)
    session.commit()
