"""`upgrade head` and the models make the same database, and the comparison can tell."""

from collections.abc import Callable

import pytest
from flask import Flask
from flask_migrate import downgrade
from sqlalchemy import text

from grants.extensions import db
from grants.models import Base
from tests.migrations.catalogue import Catalogue, read

pytestmark = pytest.mark.engine


def _wipe(app: Flask) -> None:
    with app.app_context():
        downgrade(directory=app.extensions["migrate"].directory, revision="base")
        with db.engine.begin() as connection:
            connection.execute(text("DROP TABLE alembic_version"))


def _catalogue(app: Flask) -> Catalogue:
    with app.app_context():
        return read(db.engine)


def test_migrations_and_models_make_the_same_database(live_app: Callable[..., Flask]) -> None:
    app = live_app()
    migrated = _catalogue(app)
    _wipe(app)
    assert _catalogue(app) == {}, "the way down leaves nothing behind"
    with app.app_context():
        Base.metadata.create_all(db.engine)
    created = _catalogue(app)
    assert len(created) > 300
    assert migrated == created


def test_the_comparison_sees_a_dropped_trigger(
    live_app: Callable[..., Flask], engine_name: str
) -> None:
    app = live_app()
    whole = _catalogue(app)
    table = "" if engine_name == "sqlite" else " ON journal_event"
    with app.app_context(), db.engine.begin() as connection:
        connection.execute(text(f"DROP TRIGGER journal_event_no_update{table}"))
    assert set(whole) - set(_catalogue(app)), "the trigger is missed"


def test_the_comparison_sees_a_dropped_check(
    live_app: Callable[..., Flask], engine_name: str
) -> None:
    app = live_app()
    whole = _catalogue(app)
    with app.app_context(), db.engine.begin() as connection:
        for statement in _without_check(engine_name):
            connection.execute(text(statement))
    broken = _catalogue(app)
    assert {name for name in whole if whole[name] != broken.get(name)}, "the CHECK is missed"


def _without_check(engine_name: str) -> tuple[str, ...]:
    if engine_name == "postgresql":
        return ("ALTER TABLE throttle DROP CONSTRAINT ck_throttle_tries",)
    return (
        "DROP TABLE throttle",
        "CREATE TABLE throttle (key VARCHAR(64) NOT NULL, window_start DATETIME NOT NULL,"
        " tries INTEGER NOT NULL, CONSTRAINT pk_throttle PRIMARY KEY (key))",
    )
