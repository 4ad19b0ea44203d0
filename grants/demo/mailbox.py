"""The mail server of the demonstration: it answers on loopback and keeps what it accepts.

Nothing is relayed. Run as ``python -m grants.demo.mailbox --port 8025 --folder var/mail``.
"""

import argparse
import asyncio
import signal
from pathlib import Path

from aiosmtpd.smtp import SMTP, Envelope, Session

from grants.clock import utc_now
from grants.mail.mailbox_folder import keep

HOST = "127.0.0.1"
ACCEPTED = "250 Message accepted for delivery"


class Mailbox:
    """Keeps each message in a folder; the method's name is aiosmtpd's."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder

    async def handle_DATA(self, _server: SMTP, _session: Session, envelope: Envelope) -> str:
        """Keep the message, then accept it."""
        content = envelope.original_content or b""
        keep(self.folder, content, utc_now())
        return ACCEPTED


async def serve(port: int, folder: Path) -> None:
    """Answer until the process is asked to stop."""
    loop = asyncio.get_running_loop()
    stopped = asyncio.Event()
    for number in (signal.SIGINT, signal.SIGTERM):
        loop.add_signal_handler(number, stopped.set)
    mailbox = Mailbox(folder)
    server = await loop.create_server(lambda: SMTP(mailbox, enable_SMTPUTF8=True), HOST, port)
    async with server:
        await stopped.wait()


def main() -> None:
    """Read the two options and serve."""
    parser = argparse.ArgumentParser(prog="grants.demo.mailbox", description=__doc__)
    parser.add_argument("--port", type=int, required=True)
    parser.add_argument("--folder", type=Path, required=True)
    options = parser.parse_args()
    asyncio.run(serve(options.port, options.folder))


if __name__ == "__main__":
    main()
