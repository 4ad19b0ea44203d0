"""One demonstration and one browser for the whole session."""

import os
from collections.abc import Callable, Iterator
from contextlib import ExitStack

import pytest
from playwright.sync_api import Browser

from tests.browser.office import DemoOffice, demo_office
from tests.browser.visitors import WIDE, Visitor, chromium
from tests.browser.walk import Walk

Arrivals = Callable[..., Visitor]


@pytest.fixture(scope="session")
def office(tmp_path_factory: pytest.TempPathFactory) -> Iterator[DemoOffice]:
    """A running demonstration."""
    own = tmp_path_factory.getbasetemp()
    everybody = own.parent if "PYTEST_XDIST_WORKER" in os.environ else own
    with demo_office(everybody / "demonstration") as running:
        yield running


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    """The Chromium of the system."""
    with chromium() as started:
        yield started


@pytest.fixture(scope="module")
def walk(request: pytest.FixtureRequest, office: DemoOffice) -> Walk:
    """The walk of a file, through the part of the product that it names."""
    routes = office.app.url_map.bind("127.0.0.1")
    return Walk(routes, request.module.PART, getattr(request.module, "BY_FLOW", ()))


@pytest.fixture
def arrive(office: DemoOffice, browser: Browser) -> Iterator[Arrivals]:
    """Makes visitors; what a browser held against a page fails the test."""
    with ExitStack() as stack:

        def make(width: int = WIDE, *, scripts: bool = True) -> Visitor:
            visitor = Visitor(browser, office.base_url, width, scripts)
            stack.callback(visitor.leave)
            visitors.append(visitor)
            return visitor

        visitors: list[Visitor] = []
        yield make
        assert [words for one in visitors for words in one.complaints] == []
