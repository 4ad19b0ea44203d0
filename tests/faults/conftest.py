"""Both stories run once, at the same time: they mostly wait."""

from collections.abc import Iterator
from concurrent.futures import Future, ThreadPoolExecutor
from contextlib import ExitStack

import pytest

from tests.conftest import Engine
from tests.faults import leases, services


@pytest.fixture(scope="session")
def stories(engine: Engine) -> Iterator[tuple[Future[leases.Seen], Future[services.Seen]]]:
    """The workers' story and the services' story, under way."""
    with ExitStack() as stack:
        pool = stack.enter_context(ThreadPoolExecutor(2))
        urls = [stack.enter_context(engine.copy()) for _ in range(2)]
        yield pool.submit(leases.run, urls[0]), pool.submit(services.run, urls[1])


@pytest.fixture(scope="session")
def workers(stories: tuple[Future[leases.Seen], Future[services.Seen]]) -> leases.Seen:
    """What was seen after workers were killed and frozen."""
    return stories[0].result()


@pytest.fixture(scope="session")
def offices(stories: tuple[Future[leases.Seen], Future[services.Seen]]) -> services.Seen:
    """What was seen after services were cut off."""
    return stories[1].result()
