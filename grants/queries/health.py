"""Is the installation safe to use? The guards, the room left, what is owed."""

from dataclasses import dataclass

from sqlalchemy import Connection, Engine, func, select, text
from sqlalchemy.orm import Session

from grants.models.guards import TRIGGERS
from grants.models.trail import OutboxRow

ENOUGH_BYTES = 500 * 1024 * 1024
MOST_FAILED_SHOWN = 50

SQLITE_GUARDS = {
    "foreign_keys": 1,
    "recursive_triggers": 1,
    "journal_mode": "wal",
    "synchronous": 2,
    "ignore_check_constraints": 0,
}


@dataclass(frozen=True)
class Finding:
    """One thing looked at, and whether it is right."""

    name: str
    right: bool


def findings(engine: Engine, free_bytes: int) -> list[Finding]:
    """Everything `flask self-check` looks at."""
    with engine.connect() as connection:
        found = every_guard(connection)
    return [*found, Finding("room for files", free_bytes > ENOUGH_BYTES)]


def every_guard(connection: Connection) -> list[Finding]:
    """The guards of a connection and the triggers of the database: a fixed number of looks."""
    present = _triggers(connection)
    triggers = [Finding(f"trigger {name}", name in present) for name in _wanted(connection)]
    return [*guards(connection), *triggers]


def guards(connection: Connection) -> list[Finding]:
    """The guards a connection must have before the application answers anybody.

    SQLite: transactions that really begin, foreign keys, recursive triggers, WAL, CHECKs on.
    PostgreSQL: full durability of a commit.
    """
    if connection.dialect.name != "sqlite":
        settings = {"fsync": ("on",), "synchronous_commit": ("on", "local", "remote_apply")}
        return [
            Finding(name, connection.scalar(text(f"SHOW {name}")) in good)
            for name, good in settings.items()
        ]
    begun = connection.connection.dbapi_connection
    connection.scalar(text("SELECT 1"))
    in_transaction = bool(begun and getattr(begun, "in_transaction", False))
    found = [Finding("transaction begun", in_transaction)]
    for name, wanted in SQLITE_GUARDS.items():
        found.append(Finding(name, connection.scalar(text(f"PRAGMA {name}")) == wanted))
    return found


def _wanted(connection: Connection) -> list[str]:
    sqlite = connection.dialect.name == "sqlite"
    return [trigger.name for trigger in TRIGGERS if trigger.sqlite or not sqlite]


def _triggers(connection: Connection) -> set[str]:
    sqlite = "SELECT name FROM sqlite_master WHERE type = 'trigger'"
    postgresql = "SELECT tgname FROM pg_trigger WHERE NOT tgisinternal AND tgenabled <> 'D'"
    query = sqlite if connection.dialect.name == "sqlite" else postgresql
    return set(connection.scalars(text(query)))


def outbox_status(session: Session) -> dict[str, object]:
    """How many rows stand in each state, and since when the oldest waits."""
    counted = session.execute(
        select(OutboxRow.state, func.count().label("rows")).group_by(OutboxRow.state)
    ).all()
    oldest = session.scalar(
        select(func.min(OutboxRow.created_at)).where(OutboxRow.state.in_(("waiting", "taken")))
    )
    states = dict.fromkeys(("waiting", "taken", "done", "failed"), 0)
    failed = session.execute(
        select(OutboxRow.key, OutboxRow.last_error)
        .where(OutboxRow.state == "failed")
        .order_by(OutboxRow.id)
        .limit(MOST_FAILED_SHOWN)
    )
    return {
        **states,
        **{row.state: row.rows for row in counted},
        "oldest_unfinished": oldest,
        "given_up": {row.key: row.last_error for row in failed},
    }
