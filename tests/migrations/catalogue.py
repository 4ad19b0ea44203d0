"""What a database really holds, read from its own catalogue, in a form that can be compared."""

import re

from sqlalchemy import Connection, Engine, inspect, text

POSTGRESQL = {
    "columns": """SELECT table_name || '.' || column_name, data_type || ' ' || is_nullable || ' '
        || coalesce(character_maximum_length::text, '') FROM information_schema.columns
        WHERE table_schema = 'public'""",
    "constraints": """SELECT conrelid::regclass || '.' || conname, pg_get_constraintdef(oid) || ' '
        || convalidated FROM pg_constraint WHERE connamespace = 'public'::regnamespace""",
    "indexes": "SELECT indexname, indexdef FROM pg_indexes WHERE schemaname = 'public'",
    "triggers": """SELECT tgrelid::regclass || '.' || tgname, pg_get_triggerdef(oid) || ' '
        || tgenabled::text FROM pg_trigger WHERE NOT tgisinternal""",
    "functions": """SELECT proname, prosrc FROM pg_proc
        WHERE pronamespace = 'public'::regnamespace""",
}

Catalogue = dict[str, str]


def read(engine: Engine) -> Catalogue:
    """Tables, columns, CHECKs, keys, indexes and triggers, by name."""
    with engine.connect() as connection:
        found = _sqlite(connection) if engine.dialect.name == "sqlite" else _postgresql(connection)
    return {name: text for name, text in found.items() if "alembic_version" not in name}


def _postgresql(connection: Connection) -> Catalogue:
    found = {}
    for kind, query in POSTGRESQL.items():
        for name, definition in connection.execute(text(query)):
            found[f"{kind}:{name}"] = definition
    return found


def _sqlite(connection: Connection) -> Catalogue:
    found = {}
    inspector = inspect(connection)
    for table in inspector.get_table_names():
        for column in connection.execute(text(f"PRAGMA table_xinfo({table})")):
            found[f"columns:{table}.{column[1]}"] = f"{column[2]} {column[3]} {column[5]}"
        for check in inspector.get_check_constraints(table):
            found[f"checks:{table}.{check['name']}"] = _folded(check["sqltext"])
        for key in inspector.get_foreign_keys(table):
            found[f"keys:{table}.{key['name']}"] = str(
                (key["constrained_columns"], key["referred_table"], key["referred_columns"])
            )
        for unique in inspector.get_unique_constraints(table):
            found[f"uniques:{table}.{unique['name']}"] = str(unique["column_names"])
        found[f"count:{table}"] = str(_text(connection, table).upper().count("CHECK"))
    kept = "SELECT type, name, sql FROM sqlite_master WHERE type IN ('index', 'trigger')"
    for kind, name, sql in connection.execute(text(kept)):
        found[f"{kind}:{name}"] = _folded(sql or "")
    return found


def _text(connection: Connection, table: str) -> str:
    query = text("SELECT sql FROM sqlite_master WHERE name = :name")
    return connection.scalar(query, {"name": table}) or ""


def _folded(sql: str) -> str:
    return re.sub(r"\s+", " ", sql).strip()
