"""How Alembic reaches the database: foreign keys off on SQLite, checked at the end."""

from alembic import context
from flask import current_app
from sqlalchemy import Connection, create_engine, event, pool, text

from grants.models import Base

SQLITE_FIRST = ("foreign_keys=OFF", "busy_timeout=10000")


def run_migrations_offline() -> None:
    """Print the SQL without a database."""
    url = current_app.config["SQLALCHEMY_DATABASE_URI"]
    context.configure(url=url, target_metadata=Base.metadata, literal_binds=True)
    with context.begin_transaction():
        context.run_migrations()


def run_migrations_online() -> None:
    """Run on an engine of its own, so that the application's guards stay untouched."""
    engine = create_engine(current_app.config["SQLALCHEMY_DATABASE_URI"], poolclass=pool.NullPool)
    if engine.dialect.name == "sqlite":
        _guard(engine)
    with engine.connect() as connection:
        _migrate(connection)


def _guard(engine: object) -> None:
    @event.listens_for(engine, "connect")
    def opened(connection: object, _record: object) -> None:
        connection.isolation_level = None
        for pragma in SQLITE_FIRST:
            connection.execute(f"PRAGMA {pragma}")

    @event.listens_for(engine, "begin")
    def begun(connection: Connection) -> None:
        connection.exec_driver_sql("BEGIN IMMEDIATE")


def _migrate(connection: Connection) -> None:
    context.configure(
        connection=connection,
        target_metadata=Base.metadata,
        render_as_batch=connection.dialect.name == "sqlite",
        transactional_ddl=True,
        compare_type=True,
    )
    with context.begin_transaction():
        context.run_migrations()
        if connection.dialect.name == "sqlite":
            broken = connection.execute(text("PRAGMA foreign_key_check")).all()
            if broken:
                raise RuntimeError(f"foreign keys broken by the migration: {broken[:3]}")


if context.is_offline_mode():
    run_migrations_offline()
else:
    run_migrations_online()
