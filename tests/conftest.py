"""Fixtures: the real application, on both engines, each test undone by a savepoint."""

from collections.abc import Callable, Iterator
from contextlib import ExitStack
from pathlib import Path

import pytest
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy.orm import Session

from grants.extensions import db
from tests.databases import PostgreSQL, Sqlite, application
from tests.pages import CheckedClient

ENGINES = {"sqlite": Sqlite, "postgresql": PostgreSQL}
Engine = Sqlite | PostgreSQL


def pytest_generate_tests(metafunc: pytest.Metafunc) -> None:
    """A test marked `engine` runs on both databases, every other one on SQLite."""
    if "engine_name" in metafunc.fixturenames:
        both = metafunc.definition.get_closest_marker("engine") is not None
        names = list(ENGINES) if both else ["sqlite"]
        metafunc.parametrize("engine_name", names, scope="session")


@pytest.fixture(scope="session")
def engine(engine_name: str, tmp_path_factory: pytest.TempPathFactory) -> Engine:
    """The template of one engine, made once per worker."""
    return ENGINES[engine_name](tmp_path_factory.mktemp(engine_name))


@pytest.fixture(scope="session")
def shared_app(engine: Engine, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Flask]:
    """One application for all tests that only need a savepoint."""
    with engine.copy() as url:
        app = application(url, tmp_path_factory.mktemp("app"))
        app.config["WTF_CSRF_ENABLED"] = False
        app.test_client_class = CheckedClient
        yield app
        with app.app_context():
            db.engine.dispose()


@pytest.fixture
def app(shared_app: Flask) -> Iterator[Flask]:
    """The application inside a transaction that is rolled back when the test ends."""
    with shared_app.app_context():
        engines = db.engines
        real = engines[None]
        connection = real.connect().execution_options(sqlite_begin="IMMEDIATE")
        outer = connection.begin()
        engines[None] = connection
        try:
            yield shared_app
        finally:
            db.session.remove()
            engines[None] = real
            outer.rollback()
            connection.close()


@pytest.fixture
def session(app: Flask) -> Session:
    """The session that views and operations of the test use too."""
    return db.session()


@pytest.fixture
def client(app: Flask) -> FlaskClient:
    """A browser that checks every page it is given."""
    return app.test_client()


@pytest.fixture
def live_app(engine: Engine, tmp_path: Path) -> Iterator[Callable[..., Flask]]:
    """Makes applications on a fresh copy of the database, for threads and processes."""
    with ExitStack() as stack:
        url = stack.enter_context(engine.copy())

        def make(**changes: object) -> Flask:
            app = application(url, tmp_path, **changes)
            app.config["WTF_CSRF_ENABLED"] = False
            stack.callback(_dispose, app)
            return app

        yield make


def _dispose(app: Flask) -> None:
    with app.app_context():
        db.session.remove()
        db.engine.dispose()
