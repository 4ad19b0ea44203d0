"""The shapes of triggers that keep history as it was written, in the words of both engines."""

from dataclasses import dataclass

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


def refused_when(table: str, name: str, verb: str, sqlite: str, postgresql: str) -> Trigger:
    """Refuse `verb` on a row when a condition on OLD and NEW holds, said for each engine."""
    full = f"{table}_{name}"
    return Trigger(
        table,
        full,
        f"CREATE TRIGGER {full} BEFORE {verb} ON {table} WHEN {sqlite}"
        f" BEGIN SELECT RAISE(ABORT, '{table}: frozen'); END",
        f"CREATE TRIGGER {full} BEFORE {verb} ON {table} FOR EACH ROW"
        f" WHEN ({postgresql}) EXECUTE FUNCTION refuse_change()",
    )
