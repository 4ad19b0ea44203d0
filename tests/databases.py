"""Databases for tests: a template made once per worker by the migrations, then copies."""

import os
import shutil
import uuid
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import psycopg
from flask import Flask
from flask_migrate import upgrade
from sqlalchemy.engine import make_url

from grants.cli.setup import DATA, read_reference_files
from grants.extensions import db
from grants.factory import create_app
from grants.operations import reference
from grants.settings import Settings
from grants.unit_of_work import saving

KEY = "une-cle-pour-les-essais-seulement"


def settings(database_url: str, folder: Path, **changes: object) -> Settings:
    """Settings of a test: its own files, no Redis and no mail server unless told."""
    values: dict[str, object] = {
        "database_url": database_url,
        "storage_url": f"file://{folder}/files",
        "redis_url": f"unix://{folder}/no-redis.sock",
        "mail_url": "smtp://127.0.0.1:9",
        "secret_key": KEY,
        "journal_key": KEY,
        "column_key": KEY,
        "demo": True,
        "mailbox": str(folder / "mail"),
    }
    return Settings(**{**values, **changes})


def application(database_url: str, folder: Path, **changes: object) -> Flask:
    """The real application on this database, as the factory makes it."""
    app = create_app(settings(database_url, folder, **changes))
    app.config["TESTING"] = True
    return app


def fill(app: Flask) -> None:
    """What `flask setup` does."""
    with app.app_context():
        upgrade(directory=app.extensions["migrate"].directory)
        with saving() as session:
            reference.load(session, read_reference_files(DATA))
        db.session.remove()
        db.engine.dispose()


class Sqlite:
    """A template file; a copy takes milliseconds."""

    name = "sqlite"

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.template = folder / "template.db"
        fill(application(f"sqlite:///{self.template}", folder))

    @contextmanager
    def copy(self) -> Iterator[str]:
        """A database of one's own, filled with the reference data."""
        path = self.folder / f"{uuid.uuid4().hex}.db"
        shutil.copyfile(self.template, path)
        yield f"sqlite:///{path}"


class PostgreSQL:
    """A template database on the private server that `make test` starts."""

    name = "postgresql"

    def __init__(self, folder: Path) -> None:
        self.server = make_url(os.environ["APPUI_TEST_POSTGRES"])
        self.template = self._create()
        fill(application(self._url(self.template), folder))

    def _url(self, name: str) -> str:
        return self.server.set(database=name).render_as_string(hide_password=False)

    def _run(self, statement: str) -> None:
        url = self._url(self.server.database or "postgres").replace("+psycopg", "")
        with psycopg.connect(url, autocommit=True) as connection:
            connection.execute(statement)

    def _create(self, template: str | None = None) -> str:
        name = f"t_{uuid.uuid4().hex}"
        source = f" TEMPLATE {template} STRATEGY wal_log" if template else ""
        self._run(f"CREATE DATABASE {name}{source}")
        return name

    @contextmanager
    def copy(self) -> Iterator[str]:
        """A database of one's own, filled with the reference data."""
        name = self._create(self.template)
        yield self._url(name)
        self._run(f"DROP DATABASE {name} WITH (FORCE)")
