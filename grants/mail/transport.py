"""The one way out for mail: SMTP, with a deadline."""

import smtplib
import socket
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from email.message import EmailMessage
from threading import Timer
from urllib.parse import unquote, urlsplit

from grants.mail.mail import Mail

TIMEOUT_SECONDS = 10


class ServerAway(Exception):
    """The mail server did not answer, or asked to come back later."""


class MailRefused(Exception):
    """The mail server refuses this message for good."""


def send(mail: Mail, *, url: str, sender: str) -> None:
    """Hand a mail over; returning means that the server accepted it.

    Raises ServerAway when it is worth trying again, MailRefused when this address or this message
    is refused for good: a refusal of our own sign-in or sender says nothing of the message. Ten
    seconds for everything: a server slow at each command does not hold a worker for longer.
    """
    message = _message(mail, sender)
    try:
        server = _connected(url)
        try:
            with _deadline(server):
                _sign_in(server, url)
                server.send_message(message)
        finally:
            _leave(server)
    except smtplib.SMTPRecipientsRefused as error:
        codes = [code for code, _ in error.recipients.values()]
        raise (MailRefused if min(codes) >= 500 else ServerAway)(f"recipient {codes}") from error
    except smtplib.SMTPDataError as error:
        permanent = error.smtp_code >= 500
        raise (MailRefused if permanent else ServerAway)(f"code {error.smtp_code}") from error
    except (OSError, smtplib.SMTPException) as error:
        raise ServerAway(type(error).__name__) from error


def _message(mail: Mail, sender: str) -> EmailMessage:
    message = EmailMessage()
    message.set_content(mail.text)
    if mail.html:
        message.add_alternative(mail.html, subtype="html")
    message["From"], message["To"], message["Subject"] = sender, mail.to, mail.subject
    message["Message-ID"] = f"<{mail.message_id}@{sender.rpartition('@')[2]}>"
    message["Auto-Submitted"] = "auto-generated"
    message["Content-Language"] = "fr-CA"  # last: set_content forgets every Content- header
    if mail.reply_to:
        message["Reply-To"] = mail.reply_to
    return message


def _connected(url: str) -> smtplib.SMTP:
    parts = urlsplit(url)
    host, port = parts.hostname or "127.0.0.1", parts.port or 25
    kind = smtplib.SMTP_SSL if parts.scheme == "smtps" else smtplib.SMTP
    return kind(host, port, timeout=TIMEOUT_SECONDS)


def _sign_in(server: smtplib.SMTP, url: str) -> None:
    parts = urlsplit(url)
    if parts.username:
        server.login(unquote(parts.username), unquote(parts.password or ""))


@contextmanager
def _deadline(server: smtplib.SMTP) -> Iterator[None]:
    """Cut the connection when the whole conversation lasts too long."""
    timer = Timer(TIMEOUT_SECONDS, _cut, [server])
    timer.daemon = True
    timer.start()
    try:
        yield
    finally:
        timer.cancel()


def _leave(server: smtplib.SMTP) -> None:
    """Say goodbye; what the server answers to that changes nothing of what it accepted."""
    with suppress(OSError, smtplib.SMTPException):
        server.quit()
    server.close()


def _cut(server: smtplib.SMTP) -> None:
    with suppress(OSError):
        if server.sock is not None:
            server.sock.shutdown(socket.SHUT_RDWR)
