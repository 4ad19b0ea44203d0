"""Mails about a complaint: read, written, handed to the mail server; nothing of them is logged."""

from functools import partial

from grants import clock
from grants.extensions import db
from grants.jobs import mails
from grants.jobs.effect import NOTHING, Effect
from grants.mail import sealed_messages
from grants.operations import complaint_telling
from grants.queries import complaint_parts

PAGE = "staff.entrusted"


def message(ref: int) -> Effect:
    """Send what was written to the person, unless it left or was told otherwise meanwhile."""
    try:
        owed = complaint_parts.mail_to_send(db.session(), ref)
    finally:
        db.session.remove()  # no transaction is open while the mail server is slow
    if owed is None:
        return NOTHING
    mails.send(sealed_messages.write(owed))
    at = clock.utc_now()
    return Effect(partial(complaint_telling.delivered, message_id=ref, now=at))


def entrusted(ref: int) -> Effect:
    """Tell a person that something waits for them, while they are still named."""
    try:
        owed = complaint_parts.reader_to_tell(db.session(), ref)
    finally:
        db.session.remove()
    if owed is not None:
        page_url = mails.address(PAGE, owed.public_id)
        mails.send(sealed_messages.entrusted(owed, page_url))
    return NOTHING
