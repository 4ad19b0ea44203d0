"""The mails that the demonstration's own mail server kept: on this machine only."""

from pathlib import Path

from flask import abort, current_app, render_template, request

from grants.mail.mailbox_folder import list_messages, read_message
from grants.settings import LOOPBACK
from grants.web.errors import or_404


def demo_mail() -> str:
    """Every mail kept, the latest first."""
    return render_template("public/demo_mail.html", messages=list_messages(_folder()))


def demo_mail_message(message_id: str) -> str:
    """One mail, as its text."""
    message = or_404(read_message(_folder(), message_id))
    blocks = message.text.replace("\r\n", "\n").strip().split("\n\n")
    paragraphs = [block.strip().split("\n") for block in blocks if block.strip()]
    return render_template("public/demo_mail_message.html", message=message, paragraphs=paragraphs)


def _folder() -> Path:
    """Where mails are kept; outside the demonstration, or from elsewhere, there is no page."""
    if not current_app.config["SETTINGS"].demo or request.remote_addr not in LOOPBACK:
        abort(404)
    return Path(current_app.config["MAILBOX"])
