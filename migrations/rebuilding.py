"""Changing a table on SQLite, which can only build it again, without losing a guard."""

from collections.abc import Iterator
from contextlib import contextmanager

from alembic import op
from alembic.operations import BatchOperations
from sqlalchemy import text

TRIGGERS = "SELECT name, sql FROM sqlite_master WHERE type = 'trigger'"


@contextmanager
def rebuilt(table: str) -> Iterator[BatchOperations]:
    """Alter a table; on SQLite every trigger steps aside meanwhile and comes back after.

    A trigger of another table that names this one makes the rebuild fail, so all of them go.
    """
    connection = op.get_bind()
    if connection.dialect.name != "sqlite":
        with op.batch_alter_table(table) as batch:
            yield batch
        return
    if connection.scalar(text("PRAGMA foreign_keys")):
        raise RuntimeError("a rebuild with foreign keys on would delete the children")
    triggers = connection.execute(text(TRIGGERS)).all()
    for name, _sql in triggers:
        op.execute(f"DROP TRIGGER {name}")
    with op.batch_alter_table(table, recreate="always") as batch:
        yield batch
    for _name, sql in triggers:
        op.execute(sql)
