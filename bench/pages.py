"""The page of a file, plain and with its agreement, and the first page of À payer.

Ours: the whole request through the WSGI application, as the advisor of the file and as a preparer.
Baseline: `bench.bare_pages` on the same database: the same statements, the same template, nothing
else; it must print the very same page. Of the lines of À payer twenty are blocked and the others
ready, so that a page shows both.
"""

import re
from collections.abc import Callable, Iterator, Sequence
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from pathlib import Path

from flask import Flask
from sqlalchemy import select

from bench.bare_pages import bare, record
from bench.data import TOKEN
from bench.desk import Get, getter, recorded, signed_cookie
from bench.files import ADVISOR
from bench.measure import Count, Measured, figure, medians
from bench.payment_data import TOKENS, payable
from bench.signed_files import PREPARER
from grants.extensions import db
from grants.models.case_files import CaseFile

SIZES = (100, 10_000)
BASELINE_LIMIT = 3.0
RUNS, WARM_UP = 60, 10
BLOCKED = 20
STATEMENTS_LIMITS = {"Case page": 12, "Case page, agreement": 16, "À payer": 12}
CHANGING = re.compile(rb'name="csrf_token" value="[^"]*"|value="[0-9a-f]{32}"')


@dataclass(frozen=True)
class Page:
    """One page of the product, and whose it is."""

    name: str
    path: str
    token: str

    def ours(self, app: Flask) -> Get:
        """Asks for it as the person's browser would."""
        return getter(app, self.path, signed_cookie(app, self.token))

    def baseline(self, app: Flask) -> Get:
        """Asks for the same page, made bare."""
        ours = self.ours(app)
        get, printed = bare(app, record(app, ours)), ours()
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
        db.session.remove()
    file = f"/bureau/dossiers/{public_id}"
    return [
        Page("Case page", file, TOKEN),
        Page("Case page, agreement", f"{file}/protocole", TOKEN),
        Page("À payer", "/finances/", TOKENS[PREPARER]),
    ]


def _shape(page: bytes) -> bytes:
    """A page without what changes from one request to the next."""
    return CHANGING.sub(b"", page)
