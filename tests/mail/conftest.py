"""A mail server for each test that asks for one."""

from collections.abc import Iterator

import pytest

from tests.mail.servers import MailServer, listening


@pytest.fixture
def server() -> Iterator[MailServer]:
    """A mail server on loopback."""
    with listening(MailServer()) as running:
        yield running
