"""Mails about a complaint: read, written, handed to the mail server; nothing of them is logged."""

from functools import partial

from flask import current_app

from grants import clock
from grants.extensions import db
from grants.jobs.effect import NOTHING, Effect
from grants.mail import sealed_messages, transport
from grants.mail.mail import Mail
from grants.operations import complaint_telling
from grants.queries import complaint_parts
from grants.settings import Settings

PAGE = "staff.entrusted"


def message(ref: int) -> Effect:
    """Send what was written to the person, unless it left or was told otherwise meanwhile."""
    try:
        owed = complaint_parts.mail_to_send(db.session(), ref)
    finally:
        db.session.remove()  # no transaction is open while the mail server is slow
    if owed is None:
        return NOTHING
    _send(sealed_messages.write(owed))
    at = clock.utc_now()
    return Effect(partial(complaint_telling.delivered, message_id=ref, now=at))


def entrusted(ref: int) -> Effect:
    """Tell a person that something waits for them, while they are still named."""
    try:
        owed = complaint_parts.reader_to_tell(db.session(), ref)
    finally:
        db.session.remove()
    if owed is not None:
        path = current_app.url_map.bind("").build(PAGE, {"public_id": owed.public_id})
        _send(sealed_messages.entrusted(owed, f"{_settings().base_url}{path}"))
    return NOTHING


def _send(mail: Mail) -> None:
    settings = _settings()
    transport.send(mail, url=settings.mail_url, sender=settings.mail_from)


def _settings() -> Settings:
    settings: Settings = current_app.config["SETTINGS"]
    return settings
