"""A guard of SQLite that is off stops the start; a trigger that is gone is named."""

from collections.abc import Callable

import pytest
from flask import Flask
from sqlalchemy import text

from grants import unit_of_work
from grants.extensions import db
from grants.factory import GuardsOff
from grants.queries import health


@pytest.mark.parametrize("guard", ["foreign_keys=ON", "recursive_triggers=ON"])
def test_a_missing_pragma_refuses_to_start(
    live_app: Callable[..., Flask], monkeypatch: pytest.MonkeyPatch, guard: str
) -> None:
    kept = tuple(pragma for pragma in unit_of_work.PRAGMAS if pragma != guard)
    monkeypatch.setattr(unit_of_work, "PRAGMAS", kept)
    with pytest.raises(GuardsOff, match=guard.partition("=")[0]):
        live_app()


def test_a_dropped_trigger_is_named(live_app: Callable[..., Flask]) -> None:
    app = live_app()
    with app.app_context():
        with db.engine.begin() as connection:
            connection.execute(text("DROP TRIGGER application_no_update"))
        found = health.findings(db.engine, free_bytes=10**12)
    assert [item.name for item in found if not item.right] == ["trigger application_no_update"]
