"""Triggers that keep history as it was written, in the words of both engines.

Migrations carry frozen copies; a test compares the two.
"""

from dataclasses import dataclass

from sqlalchemy import DDL, event

from grants.models.base import Base

REFUSAL_FUNCTION = (
    "CREATE OR REPLACE FUNCTION refuse_change() RETURNS trigger LANGUAGE plpgsql AS $$"
    " BEGIN RAISE EXCEPTION USING message = TG_TABLE_NAME || ': frozen'; END $$"
)


@dataclass(frozen=True)
class Trigger:
    """One trigger: its table, its name and its text on each engine."""

    table: str
    name: str
    sqlite: str | None
    postgresql: str


def insert_only(table: str) -> list[Trigger]:
    """Refuse UPDATE, DELETE and, on PostgreSQL, TRUNCATE of a table."""
    rows = [_refused(table, verb) for verb in ("UPDATE", "DELETE")]
    name = f"{table}_no_truncate"
    truncate = (
        f"CREATE TRIGGER {name} BEFORE TRUNCATE ON {table}"
        " FOR EACH STATEMENT EXECUTE FUNCTION refuse_change()"
    )
    return [*rows, Trigger(table, name, None, truncate)]


def _refused(table: str, verb: str) -> Trigger:
    name = f"{table}_no_{verb.lower()}"
    sqlite = (
        f"CREATE TRIGGER {name} BEFORE {verb} ON {table}"
        f" BEGIN SELECT RAISE(ABORT, '{table}: frozen'); END"
    )
    postgresql = (
        f"CREATE TRIGGER {name} BEFORE {verb} ON {table}"
        " FOR EACH ROW EXECUTE FUNCTION refuse_change()"
    )
    return Trigger(table, name, sqlite, postgresql)


def kept(table: str) -> list[Trigger]:
    """Refuse DELETE and TRUNCATE: a row may be ended or stopped, never taken away."""
    _update, *others = insert_only(table)
    return others


def frozen_columns(table: str, *columns: str) -> Trigger:
    """Refuse a change of the named columns of a row."""
    name = f"{table}_frozen"
    changed = " OR ".join(f"OLD.{c} IS NOT NEW.{c}" for c in columns)
    old, new = (", ".join(f"{row}.{c}" for c in columns) for row in ("OLD", "NEW"))
    sqlite = (
        f"CREATE TRIGGER {name} BEFORE UPDATE OF {', '.join(columns)} ON {table}"
        f" WHEN {changed} BEGIN SELECT RAISE(ABORT, '{table}: frozen'); END"
    )
    postgresql = (
        f"CREATE TRIGGER {name} BEFORE UPDATE ON {table} FOR EACH ROW"
        f" WHEN (({old}) IS DISTINCT FROM ({new})) EXECUTE FUNCTION refuse_change()"
    )
    return Trigger(table, name, sqlite, postgresql)


def set_once(table: str, column: str) -> Trigger:
    """Refuse a change of a column that already holds something: said once, for good."""
    name = f"{table}_{column}_once"
    sqlite = (
        f"CREATE TRIGGER {name} BEFORE UPDATE OF {column} ON {table}"
        f" WHEN OLD.{column} IS NOT NULL AND OLD.{column} IS NOT NEW.{column}"
        f" BEGIN SELECT RAISE(ABORT, '{table}: frozen'); END"
    )
    postgresql = (
        f"CREATE TRIGGER {name} BEFORE UPDATE ON {table} FOR EACH ROW"
        f" WHEN (OLD.{column} IS NOT NULL AND OLD.{column} IS DISTINCT FROM NEW.{column})"
        " EXECUTE FUNCTION refuse_change()"
    )
    return Trigger(table, name, sqlite, postgresql)


CASE_FILE_FACTS = (
    "public_id",
    "number",
    "kind",
    "secretariat_id",
    "organization_id",
    "channel",
    "received_at",
    "entered_at",
    "matter_id",
    "side",
)

TRIGGERS: list[Trigger] = [
    *insert_only("journal_event"),
    *insert_only("journal_link"),
    *insert_only("application"),
    *insert_only("form_version"),
    *insert_only("participant"),
    *insert_only("document"),
    *kept("case_file"),
    *kept("assignment"),
    *kept("clock"),
    *kept("message"),
    *kept("membership"),
    *kept("conflict_of_interest"),
    *kept("journal_head"),
    frozen_columns("case_file", *CASE_FILE_FACTS),
    frozen_columns("clock", "case_file_id", "commitment_id", "received_at"),
    frozen_columns("attachment", "sha256", "size", "storage_key", "field_key"),
    set_once("clock", "stopped_at"),
    set_once("message", "sent_at"),
    set_once("assignment", "ended_at"),
    set_once("draft", "case_file_id"),
    set_once("attachment", "case_file_id"),
]


def _listen(trigger: Trigger) -> None:
    table = Base.metadata.tables[trigger.table]
    if trigger.sqlite:
        ddl = DDL(trigger.sqlite).execute_if(dialect="sqlite")
        event.listen(table, "after_create", ddl)
    event.listen(table, "after_create", DDL(trigger.postgresql).execute_if(dialect="postgresql"))


def install() -> None:
    """Make `create_all` build the triggers too."""
    event.listen(
        Base.metadata, "before_create", DDL(REFUSAL_FUNCTION).execute_if(dialect="postgresql")
    )
    for trigger in TRIGGERS:
        _listen(trigger)
