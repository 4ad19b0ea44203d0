"""The one place that commits, and the guards of the transactions it opens."""

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from datetime import UTC
from operator import attrgetter
from typing import Any

from flask import current_app
from sqlalchemy import Connection, Engine, Row, event, insert, select, update
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
    "cache_size=-65536",  # 64 MB, so that an advisor’s files among 100,000 stay in memory
)

Columns = dict[str, Any]

# Every act runs these: Core alone, made once. What comes back names its row: asked for the order
# of the parameters instead, SQLite would be given one statement a row.
_OWED = insert(OutboxRow).returning(OutboxRow.key, OutboxRow.id)
_EVENT = insert(JournalEvent).returning(*JournalEvent.__table__.columns)
_HEAD = select(JournalHead.position, JournalHead.digest).with_for_update()
_LINK = insert(JournalLink)
_MOVE = update(JournalHead)
_ID = attrgetter("id")


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
        owed = write_trail(session)
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


def note(session: Session, event: Columns) -> None:
    """Put an event into the act; it is written, with its place in the chain, when the act ends."""
    session.info["events"].append(event)


def owe(session: Session, row: Columns) -> None:
    """Put an outbox row into the act; it is written when the act ends, announced after."""
    session.info["owed"].append(row)


def columns_as_stored(line: JournalEvent | Row[*tuple[Any, ...]]) -> tuple[str, ...]:
    """What the digest covers, in a form both engines give back alike."""
    who, case_file = (str(part or "") for part in (line.actor_id, line.case_file_id))
    at = line.at.astimezone(UTC).isoformat()
    return (str(line.id), at, line.kind, who, case_file, line.facts)


def write_trail(session: Session) -> list[tuple[str, int]]:
    """Write what the act owes and its events, linked; return kind and id of the outbox rows.

    The head of the chain is always the last lock of an act.
    """
    session.flush()
    connection, owed, events = session.connection(), session.info["owed"], session.info["events"]
    ids = {row.key: row.id for row in connection.execute(_OWED, owed)} if owed else {}
    if events:
        _link(connection, sorted(connection.execute(_EVENT, events), key=_ID))
    return [(row["kind"], ids[row["key"]]) for row in owed]


def _link(connection: Connection, lines: Sequence[Row[*tuple[Any, ...]]]) -> None:
    key, links = current_app.config["JOURNAL_KEY"], []
    position, last = connection.execute(_HEAD).one()
    for line in lines:
        position += 1
        last = digest(key, position, last, columns_as_stored(line))
        links.append({"position": position, "event_id": line.id, "digest": last})
    connection.execute(_LINK, links)
    connection.execute(_MOVE, {"position": position, "digest": last})


def _journal_refusal(session: Session, refusal: Refusal) -> None:
    _begin(session)
    refused = {
        "at": clock.utc_now(),
        "kind": "refused",
        "actor_id": refusal.actor_id,
        "case_file_id": refusal.case_file_id,
        "facts": canonical({"code": refusal.code}),
    }
    note(session, refused)
    write_trail(session)
    session.commit()
