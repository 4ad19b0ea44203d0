"""Mails of requests for information: read, written and handed to the mail server."""

from datetime import datetime
from functools import partial

from flask import current_app
from sqlalchemy.orm import Session

from grants import clock
from grants.domain.access import SYSTEM
from grants.extensions import db
from grants.jobs.effect import NOTHING, Effect
from grants.mail import request_messages, transport
from grants.mail.mail import Mail
from grants.operations import messages
from grants.queries import request_mails
from grants.settings import Settings

FOLLOW = "public.track"


def message(ref: int) -> Effect:
    """Send a mail of a request, unless it was sent, posted or overtaken meanwhile."""
    try:
        owed = request_mails.owed(db.session(), ref)
        mail = request_messages.write(owed, _follow_url()) if owed else None
    finally:
        db.session.remove()  # no transaction is open while the mail server is slow
    if mail is None:
        return NOTHING
    settings: Settings = current_app.config["SETTINGS"]
    transport.send(mail, url=settings.mail_url, sender=settings.mail_from)
    return Effect(partial(_delivered, ref, mail, clock.utc_now()))


def _delivered(ref: int, mail: Mail, accepted_at: datetime, session: Session) -> None:
    messages.delivered(session, ref, mail.subject, mail.text, actor=SYSTEM, now=accepted_at)


def _follow_url() -> str:
    """Where a number is followed, on the name that the settings give and on no other."""
    settings: Settings = current_app.config["SETTINGS"]
    return settings.base_url + current_app.url_map.bind("").build(FOLLOW)
