"""A mail server on loopback that keeps what it is given and misbehaves on demand."""

import asyncio
import socket
from collections.abc import Iterator
from contextlib import contextmanager
from email import message_from_bytes, policy
from email.message import EmailMessage
from functools import partial
from threading import Event, Thread

from aiosmtpd.smtp import SMTP, Envelope, Session

HOST = "127.0.0.1"
ACCEPTED = "250 accepted"
TICK = 0.02


class MailServer:
    """Keeps every message whose DATA arrived, then answers what `answer` says.

    While `held` is set, the answer to DATA waits: the client is in the middle of its mail.
    """

    def __init__(self) -> None:
        self.answer = ACCEPTED
        self.recipient_answer = ""
        self.quit_answer = ""
        self.pause = 0.0  # before the answer to EHLO, MAIL and RCPT
        self.held = Event()
        self.messages: list[EmailMessage] = []
        self.port = free_port()

    @property
    def url(self) -> str:
        return f"smtp://{HOST}:{self.port}"

    def ids(self) -> list[str]:
        """The Message-ID of each message, in the order they arrived."""
        return [str(message["Message-ID"]) for message in self.messages]

    async def handle_EHLO(
        self, _server: SMTP, session: Session, _envelope: Envelope, name: str, lines: list[str]
    ) -> list[str]:
        """Greet, after a pause."""
        session.host_name = name
        await asyncio.sleep(self.pause)
        return lines

    async def handle_MAIL(
        self, _server: SMTP, _session: Session, envelope: Envelope, address: str, _options: object
    ) -> str:
        """Accept the sender, after a pause."""
        await asyncio.sleep(self.pause)
        envelope.mail_from = address
        return "250 OK"

    async def handle_RCPT(
        self, _server: SMTP, _session: Session, envelope: Envelope, address: str, _options: object
    ) -> str:
        """Accept the recipient unless told otherwise, after a pause."""
        await asyncio.sleep(self.pause)
        if self.recipient_answer:
            return self.recipient_answer
        envelope.rcpt_tos.append(address)
        return "250 OK"

    async def handle_DATA(self, _server: SMTP, _session: Session, envelope: Envelope) -> str:
        """Keep the message; answer when nothing holds it."""
        self.messages.append(message_from_bytes(envelope.content or b"", policy=policy.default))
        while self.held.is_set():
            await asyncio.sleep(TICK)
        return self.answer

    async def handle_QUIT(self, _server: SMTP, _session: Session, _envelope: Envelope) -> str:
        """Say goodbye, well or badly."""
        return self.quit_answer or "221 Bye"


def free_port() -> int:
    """A loopback port that nobody listens on."""
    with socket.socket() as probe:
        probe.bind((HOST, 0))
        return int(probe.getsockname()[1])


@contextmanager
def listening(server: MailServer) -> Iterator[MailServer]:
    """Answer in a thread until the end of the block."""
    loop = asyncio.new_event_loop()
    started = Event()
    thread = Thread(target=_run, args=(loop, server, started), daemon=True)
    thread.start()
    assert started.wait(10)
    try:
        yield server
    finally:
        server.held.clear()
        loop.call_soon_threadsafe(loop.stop)
        thread.join(10)


def _run(loop: asyncio.AbstractEventLoop, server: MailServer, started: Event) -> None:
    asyncio.set_event_loop(loop)
    answering = loop.create_server(partial(SMTP, server, enable_SMTPUTF8=True), HOST, server.port)
    listener = loop.run_until_complete(answering)
    loop.call_soon(started.set)
    loop.run_forever()
    listener.close()
    loop.run_until_complete(loop.shutdown_asyncgens())
    loop.close()
