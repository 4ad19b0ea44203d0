"""The application as it really runs: the guard of forms is on."""

from collections.abc import Callable

import pytest
from flask import Flask

from tests.access.conftest import world

__all__ = ["world"]


@pytest.fixture
def site(live_app: Callable[..., Flask]) -> Flask:
    """A fresh database, and every form asks for its token."""
    app = live_app()
    app.config["WTF_CSRF_ENABLED"] = True
    return app
