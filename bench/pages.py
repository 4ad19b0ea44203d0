"""The page of a file, plain and with its agreement, and the first page of À payer.

Ours: the whole request through the WSGI application, as the advisor of the file and as a preparer.
Baseline: `bench.bare_pages`, on the same database, that prints the very same page. Of the lines of
À payer twenty are blocked and the others ready, so that a page shows both.
"""

import re
from collections.abc import Callable, Iterator, Sequence
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from flask import Flask, template_rendered
from sqlalchemy import select

from bench import bare_pages
from bench.bare_pages import Query
from bench.data import TOKEN
from bench.desk import Get, getter, recorded, signed_cookie
from bench.files import ADVISOR
from bench.measure import Count, Measured, figure, medians
from bench.payment_data import TOKENS, payable
from bench.signed_files import PREPARER
from grants.extensions import db
from grants.models.case_files import CaseFile
from grants.queries import commitments

SIZES = (100, 10_000)
BASELINE_LIMIT = 3.0
RUNS, WARM_UP = 60, 10
BLOCKED = 20
STATEMENTS_LIMITS = {"Case page": 12, "Case page, agreement": 16, "À payer": 12}
OF_A_REQUEST = ("request", "session", "g", "config")
CHANGING = re.compile(rb'name="csrf_token" value="[^"]*"|value="[0-9a-f]{32}"')


@dataclass(frozen=True)
class Page:
    """One page of the product, whose it is, and the bare statements of what it prints."""

    name: str
    path: str
    token: str
    reads: Sequence[Query]

    def ours(self, app: Flask) -> Get:
        """Asks for it as the person's browser would."""
        return getter(app, self.path, signed_cookie(app, self.token))

    def baseline(self, app: Flask) -> Get:
        """Asks for the same page, made bare."""
        ours = self.ours(app)
        ours()  # what is made once in a process is there
        with _captured(app) as seen:
            printed = ours()
        template, given = seen[0]
        bare = bare_pages.bare_page(app, template, given, self.reads)
        get = getter(bare, bare_pages.URL, "")
        if _shape(get()) != _shape(printed):
            raise RuntimeError(f"the baseline does not print {self.name}")
        return get

    def statements(self, app: Flask) -> list[str]:
        """The statements of one request, after another one filled the caches."""
        get = self.ours(app)
        get()
        with app.app_context():
            engine = db.engine
        return recorded(engine, get)


def measure(
    engine: str,
    folder: Path,
    sizes: Sequence[int] = SIZES,
    runs: int = RUNS,
    warm_up: int = WARM_UP,
) -> list[Measured]:
    """Each page at both sizes, in turns with its baseline on the same database."""
    with ExitStack() as stack:
        apps = [stack.enter_context(lines(engine, folder, size)) for size in sizes]
        return [
            found
            for page in zip(*map(pages, apps), strict=True)
            for found in _of_page(page, apps, sizes, runs, warm_up)
        ]


def _of_page(
    page: Sequence[Page], apps: Sequence[Flask], sizes: Sequence[int], runs: int, warm_up: int
) -> Iterator[Measured]:
    """`page` is the same page of each application."""
    name, both = page[0].name, list(zip(page, apps, strict=True))
    gets = [get for one, app in both for get in (one.ours(app), one.baseline(app))]
    times = medians([_run(get) for get in gets], runs, warm_up)
    for place, size in enumerate(sizes):
        yield figure(
            f"{name}, {size} lines", times[2 * place], times[2 * place + 1], BASELINE_LIMIT
        )
    counts = {len(one.statements(app)) for one, app in both}
    if len(counts) != 1:
        raise RuntimeError(f"{name} asks more statements of more lines: {counts}")
    yield Count(f"{name}, statements", counts.pop(), STATEMENTS_LIMITS[name])


def _run(get: Get) -> Callable[[int], bytes]:
    return lambda _number: get()


@contextmanager
def lines(engine: str, folder: Path, size: int) -> Iterator[Flask]:
    """The product with so many lines to pay: two for each file, twenty blocked at most."""
    files = size // 2
    with payable(engine, folder, files, waiting=min(BLOCKED, files)) as app:
        yield app


def pages(app: Flask) -> list[Page]:
    """What is measured in this application."""
    hers = select(CaseFile.public_id).where(CaseFile.advisor_id == ADVISOR).order_by(CaseFile.id)
    with app.app_context():
        public_id = db.session().scalars(hers).first() or ""
        promise = commitments.by_code(db.session(), "SACA_PAY")
        db.session.remove()
    if promise is None:
        raise RuntimeError("the reference data holds no SACA_PAY")
    file = f"/bureau/dossiers/{public_id}"
    return [
        Page("Case page", file, TOKEN, bare_pages.answers(public_id)),
        Page("Case page, agreement", f"{file}/protocole", TOKEN, bare_pages.agreement(public_id)),
        Page("À payer", "/finances/", TOKENS[PREPARER], bare_pages.to_pay(promise.id)),
    ]


@contextmanager
def _captured(app: Flask) -> Iterator[list[tuple[str, dict[str, Any]]]]:
    """The templates rendered meanwhile, with what they were given."""
    seen: list[tuple[str, dict[str, Any]]] = []

    def note(_app: Flask, template: Any, context: dict[str, Any], **_rest: Any) -> None:
        given = {name: value for name, value in context.items() if name not in OF_A_REQUEST}
        seen.append((template.name, given))

    with template_rendered.connected_to(note, app):
        yield seen


def _shape(page: bytes) -> bytes:
    """A page without what changes from one request to the next."""
    return CHANGING.sub(b"", page)
