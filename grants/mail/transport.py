"""The one way out for mail: SMTP, with a deadline."""

import smtplib
from email.message import EmailMessage
from urllib.parse import unquote, urlsplit

from grants.mail.mail import Mail

TIMEOUT_SECONDS = 10


class ServerAway(Exception):
    """The mail server did not answer, or asked to come back later."""


class MailRefused(Exception):
    """The mail server refuses this message for good."""


def send(mail: Mail, *, url: str, sender: str) -> None:
    """Hand a mail over; returning means that the server accepted it.

    Raises ServerAway when it is worth trying again, MailRefused when it is not.
    """
    message = _message(mail, sender)
    try:
        with _connected(url) as server:
            server.send_message(message)
    except smtplib.SMTPRecipientsRefused as error:
        codes = [code for code, _ in error.recipients.values()]
        raise (MailRefused if min(codes) >= 500 else ServerAway)(f"recipient {codes}") from error
    except smtplib.SMTPResponseException as error:
        permanent = error.smtp_code >= 500
        raise (MailRefused if permanent else ServerAway)(f"code {error.smtp_code}") from error
    except (OSError, smtplib.SMTPException) as error:
        raise ServerAway(type(error).__name__) from error


def _message(mail: Mail, sender: str) -> EmailMessage:
    message = EmailMessage()
    message["From"], message["To"], message["Subject"] = sender, mail.to, mail.subject
    message["Message-ID"] = f"<{mail.message_id}@{sender.rpartition('@')[2]}>"
    message["Auto-Submitted"] = "auto-generated"
    message["Content-Language"] = "fr-CA"
    if mail.reply_to:
        message["Reply-To"] = mail.reply_to
    message.set_content(mail.text)
    if mail.html:
        message.add_alternative(mail.html, subtype="html")
    return message


def _connected(url: str) -> smtplib.SMTP:
    parts = urlsplit(url)
    host, port = parts.hostname or "127.0.0.1", parts.port or 25
    kind = smtplib.SMTP_SSL if parts.scheme == "smtps" else smtplib.SMTP
    server = kind(host, port, timeout=TIMEOUT_SECONDS)
    if parts.username:
        server.login(unquote(parts.username), unquote(parts.password or ""))
    return server
