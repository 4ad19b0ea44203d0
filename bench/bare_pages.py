"""A page reduced to what any program would do for it: its own statements, then its own template.

The statements that our page issued, recorded as they reached Core, are executed again through Core
and their rows fetched; then the product's template prints what our page gave it. So no session, no
access table, no object mapped, no rule, no wording, no header. How many statements a page may ask
is a limit of its own.
"""

from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Any

from flask import Flask, render_template, template_rendered
from sqlalchemy import create_engine

from bench.bare import URL, frame
from bench.desk import Get, getter
from bench.sending import Statement, noted, replay
from grants.extensions import db

OF_A_REQUEST = ("request", "session", "g", "config")


@dataclass(frozen=True)
class Recorded:
    """What one request asked of the database, and what its template was given."""

    statements: Sequence[Statement]
    template: str
    given: Mapping[str, Any]


def record(product: Flask, get: Get) -> Recorded:
    """Note what one request does, after another one filled the caches."""
    get()
    with product.app_context():
        engine = db.engine
    with noted(engine) as statements, _rendered(product) as seen:
        get()
    template, given = seen[0]
    return Recorded(statements, template, given)


def bare(product: Flask, page: Recorded) -> Get:
    """Asks for the same page of a Flask application that does nothing else."""
    app = frame(product, {"csrf_token": lambda: ""})
    with product.app_context():
        engine = create_engine(db.engine.url)

    @app.get(URL)
    def bare_page() -> str:
        replay(engine, page.statements)
        return render_template(page.template, **page.given)

    return getter(app, URL, "")


@contextmanager
def _rendered(app: Flask) -> Iterator[list[tuple[str, dict[str, Any]]]]:
    """The templates rendered meanwhile, with what they were given."""
    seen: list[tuple[str, dict[str, Any]]] = []

    def note(_app: Flask, template: Any, context: dict[str, Any], **_rest: Any) -> None:
        given = {name: value for name, value in context.items() if name not in OF_A_REQUEST}
        seen.append((template.name, given))

    with template_rendered.connected_to(note, app):
        yield seen
