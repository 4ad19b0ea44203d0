"""A database with the columns of ours and none of its guards: the control of every proof.

What does no harm here proves nothing, for then it is not the guard that held.
"""

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from flask import Flask
from sqlalchemy import Column, MetaData, Table, create_engine, text

from grants.cli.setup import DATA, read_reference_files
from grants.extensions import db
from grants.models import Base
from grants.operations import reference
from grants.unit_of_work import saving
from tests.databases import PostgreSQL, Sqlite, application

KEYLESS = ("participant",)  # its primary key is itself a guard


def bare_metadata() -> MetaData:
    """Every table with its columns only: no CHECK, no key but the row's, no NOT NULL."""
    bare = MetaData()
    for table in Base.metadata.sorted_tables:
        columns = [
            Column(
                column.name,
                column.type,
                primary_key=column.primary_key and table.name not in KEYLESS,
                autoincrement=column.autoincrement,
            )
            for column in table.columns
        ]
        Table(table.name, bare, *columns)
    return bare


@contextmanager
def bare_application(engine: Sqlite | PostgreSQL, folder: Path) -> Iterator[Flask]:
    """The real application on a database without guards, with the reference data."""
    with _emptied(engine, folder) as url:
        app = application(url, folder)
        with app.app_context():
            bare_metadata().create_all(db.engine)
            with saving() as session:
                reference.load(session, read_reference_files(DATA))
            yield app
            db.session.remove()
            db.engine.dispose()


@contextmanager
def _emptied(engine: Sqlite | PostgreSQL, folder: Path) -> Iterator[str]:
    if isinstance(engine, Sqlite):
        yield f"sqlite:///{folder}/bare.db"
        return
    with engine.copy() as url:
        emptied = create_engine(url)
        with emptied.begin() as connection:
            connection.execute(text("DROP SCHEMA public CASCADE"))
            connection.execute(text("CREATE SCHEMA public"))
        emptied.dispose()
        yield url
