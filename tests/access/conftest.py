"""One world for all tests of a module: what a request changes is undone after it."""

from collections.abc import Iterator

import pytest

from grants.extensions import db
from tests.access.cast import build
from tests.access.people import World
from tests.conftest import Engine
from tests.databases import application


@pytest.fixture(scope="module")
def world(engine: Engine, tmp_path_factory: pytest.TempPathFactory) -> Iterator[World]:
    """The application with everybody in it; the guard of forms is tested elsewhere."""
    with engine.copy() as url:
        app = application(url, tmp_path_factory.mktemp("world"))
        app.config["WTF_CSRF_ENABLED"] = False
        yield build(app)
        with app.app_context():
            db.session.remove()
            db.engine.dispose()
