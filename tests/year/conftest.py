"""The year, written once for all the tests of this folder; each of them is undone after."""

from collections.abc import Iterator

import pytest
from flask import Flask

from grants.extensions import db
from tests.conftest import Engine
from tests.databases import application
from tests.pages import CheckedClient
from tests.year import arrivals, stories


@pytest.fixture(scope="session")
def played() -> dict[str, int]:
    """The file that each story was played on."""
    return {}


@pytest.fixture(scope="session")
def shared_app(
    engine: Engine, played: dict[str, int], tmp_path_factory: pytest.TempPathFactory
) -> Iterator[Flask]:
    """An application whose database holds the year: what every fixture of the suite then uses."""
    with engine.copy() as url:
        app = application(url, tmp_path_factory.mktemp("year"))
        app.config["WTF_CSRF_ENABLED"] = False
        app.test_client_class = CheckedClient
        with app.app_context():
            _write(app, played)
        yield app
        with app.app_context():
            db.engine.dispose()


def _write(app: Flask, played: dict[str, int]) -> None:
    """In one transaction, so that nobody waits for the disk."""
    real = db.engines[None]
    with real.connect().execution_options(sqlite_begin="IMMEDIATE") as connection:
        outer = connection.begin()
        db.engines[None] = connection
        played.update(arrivals.write(db.session(), stories.read()))
        db.session.remove()
        db.engines[None] = real
        outer.commit()
