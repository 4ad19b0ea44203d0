"""The stories run once, at the same time: they mostly wait."""

from collections.abc import Iterator
from concurrent.futures import Future, ThreadPoolExecutor
from contextlib import ExitStack

import pytest

from tests.conftest import Engine
from tests.faults import leases, services
from tests.faults.releases import SMALL, Releases
from tests.faults.releases import run as release

SEED = 2026

Stories = tuple[Future[leases.Seen], Future[services.Seen], Future[Releases]]


@pytest.fixture(scope="session")
def stories(engine: Engine) -> Iterator[Stories]:
    """The workers' story, the services' story and that of the releases, under way."""
    with ExitStack() as stack:
        pool = stack.enter_context(ThreadPoolExecutor(3))
        urls = [stack.enter_context(engine.copy()) for _ in range(3)]
        released = pool.submit(release, urls[2], SMALL, SEED)
        yield pool.submit(leases.run, urls[0]), pool.submit(services.run, urls[1]), released


@pytest.fixture(scope="session")
def workers(stories: Stories) -> leases.Seen:
    """What was seen after workers were killed and frozen."""
    return stories[0].result()


@pytest.fixture(scope="session")
def offices(stories: Stories) -> services.Seen:
    """What was seen after services were cut off."""
    return stories[1].result()


@pytest.fixture(scope="session")
def releases(stories: Stories) -> Releases:
    """What was seen after workers were killed at the release of batches."""
    return stories[2].result()
