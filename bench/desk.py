"""À faire aujourd'hui, beside the cheapest page that prints as much.

Ours: the whole request through the WSGI application, as an advisor with 400 open files: signed
cookie, session and roles in the database, the access table, every statement, wording, template,
security headers. Baseline: a bare Flask application with the same template and layout, one joined
SELECT through Core that gives the columns of as many lines as our page prints, and those columns
printed as they come: no session, no access, no forms (no button to leave), no wording, no counts.
"""

import re
from collections.abc import Callable
from contextlib import ExitStack
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from flask import Flask, Response
from sqlalchemy import Engine, event
from werkzeug.test import EnvironBuilder

from bench.bare import URL, bare
from bench.data import TOKEN, prepared
from bench.measure import Count, Figure, figure, medians
from grants.clock import utc_now
from grants.extensions import db

SMALL, LARGE = 1_000, 100_000
BASELINE_LIMIT, GROWTH_LIMIT, STATEMENTS_LIMIT = 3.0, 1.2, 12
RUNS, WARM_UP = 150, 20
OURS = "/bureau/"

Get = Callable[[], bytes]


def measure(engine: str, folder: Path) -> list[Figure | Count]:
    """À faire among 1,000 and 100,000 files, in turns with its baseline on the same database."""
    with ExitStack() as stack:
        small, large = (
            Desk(stack.enter_context(prepared(engine, folder, size))) for size in (SMALL, LARGE)
        )
        gets = [small.ours(), small.baseline(), large.ours(), large.baseline()]
        times = medians([lambda _, get=get: get() for get in gets], RUNS, WARM_UP)
        return [
            figure(f"À faire, {SMALL} files", times[0], times[1], BASELINE_LIMIT),
            figure(f"À faire, {LARGE} files", times[2], times[3], BASELINE_LIMIT),
            figure(f"À faire, {LARGE} beside {SMALL}", times[2], times[0], GROWTH_LIMIT),
            Count("À faire, statements", len(large.statements()), STATEMENTS_LIMIT),
        ]


@dataclass(frozen=True)
class Desk:
    """The product on one filled database."""

    app: Flask

    def ours(self) -> Get:
        """Asks for the advisor's desk as her browser would; checks once what comes back."""
        get = getter(self.app, OURS, signed_cookie(self.app))
        if self.lines(get()) == 0:
            raise RuntimeError("the advisor's desk is empty")
        return get

    def lines(self, page: bytes) -> int:
        """How many files a page shows."""
        return len(re.findall(rb'class="row-title"', page))

    def baseline(self) -> Get:
        """Asks for the page of the baseline, with as many lines."""
        lines = self.lines(self.ours()())
        get = getter(bare(self.app, lines), URL, "")
        if self.lines(get()) != lines:
            raise RuntimeError("the baseline does not print what our page prints")
        return get

    def statements(self) -> list[str]:
        """The statements of one page, after another one filled the caches."""
        get = self.ours()
        with self.app.app_context():
            engine = db.engine
        return recorded(engine, get)


def recorded(engine: Engine, get: Get) -> list[str]:
    """The statements that reach the database while `get` runs; BEGIN is none."""
    seen: list[str] = []

    def note(_connection: Any, _cursor: Any, statement: str, *_rest: Any) -> None:
        if not statement.startswith("BEGIN"):
            seen.append(statement)

    event.listen(engine, "before_cursor_execute", note)
    try:
        get()
    finally:
        event.remove(engine, "before_cursor_execute", note)
    return seen


def signed_cookie(app: Flask, token: str = TOKEN) -> str:
    """The signed cookie of a browser, the advisor's unless told."""
    name, client = app.config["SESSION_COOKIE_NAME"], app.test_client()
    with client.session_transaction() as values:
        values["token"], values["seen"] = token, utc_now().timestamp()
    cookie = client.get_cookie(name)
    if cookie is None:
        raise RuntimeError("the session left no cookie")
    return f"{name}={cookie.value}"


def getter(app: Flask, path: str, cookie: str) -> Get:
    """A GET straight into the WSGI application: no test client in the measured time."""
    environ = EnvironBuilder(path, headers={"Cookie": cookie}).get_environ()

    def get() -> bytes:
        answer = Response.from_app(app, dict(environ), buffered=True)
        if answer.status_code != 200:
            raise RuntimeError(f"{path} answered {answer.status}")
        return answer.data

    return get
