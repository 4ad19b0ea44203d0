"""Mails: read, written and handed to the mail server; only then is anything recorded."""

from datetime import datetime
from functools import partial

from flask import current_app
from sqlalchemy.orm import Session

from grants import clock
from grants.domain.access import SYSTEM
from grants.extensions import db
from grants.jobs.effect import NOTHING, Effect
from grants.mail import account_messages, file_messages, tracking_messages, transport
from grants.mail.mail import Mail
from grants.operations import messages
from grants.queries import accounts, mails
from grants.queries import tracking as followed
from grants.queries.mails import OwedMail
from grants.settings import Settings

WHEN_NEW = ("acknowledgement", "assignment")
OF_AGREEMENT = ("agreement", "agreement_received")


def message(ref: int) -> Effect:
    """Send a mail of a file, unless it was sent or posted meanwhile, or another overtook it."""
    try:
        owed = mails.owed(db.session(), ref)
    finally:
        db.session.remove()  # no transaction is open while the mail server is slow
    if owed is None:
        return NOTHING
    page_url = address(_page(owed), owed.case_public_id)
    mail = file_messages.write(owed, page_url)
    send(mail)
    return Effect(partial(_delivered, ref, mail, clock.utc_now()))


def _page(owed: OwedMail) -> str:
    """The receipt of an application while it is new; later, where the file stands, or its
    agreement."""
    if owed.kind in OF_AGREEMENT:
        return "applicant.agreement"
    is_new = owed.kind in WHEN_NEW and not owed.first_number
    return "applicant.confirmation" if is_new else "applicant.follow"


def _delivered(ref: int, mail: Mail, accepted_at: datetime, session: Session) -> None:
    messages.delivered(session, ref, mail.subject, mail.text, actor=SYSTEM, now=accepted_at)


def code(ref: int) -> Effect:
    """Send the six digits of a sign-in while they are good."""
    session = db.session()
    try:
        good = mails.code_is_good(session, ref, now=clock.utc_now())
        owed = accounts.code_to_send(session, ref)
    finally:
        db.session.remove()
    if good:
        send(account_messages.code_mail(owed, key=_key(), message_id=owed.public_id))
    return NOTHING


def link(ref: int) -> Effect:
    """Send the link that sets a password while it is good."""
    session = db.session()
    try:
        good = mails.link_is_good(session, ref, now=clock.utc_now())
        owed = accounts.link_to_send(session, ref)
    finally:
        db.session.remove()
    if good:
        mail = account_messages.link_mail(
            owed, key=_key(), base_url=_settings().base_url, message_id=owed.public_id
        )
        send(mail)
    return NOTHING


def tracking(ref: int) -> Effect:
    """Send the six digits that open what somebody without an account follows."""
    try:
        owed = followed.code_to_send(db.session(), ref, now=clock.utc_now())
    finally:
        db.session.remove()
    if owed is not None:
        send(tracking_messages.code_mail(owed, key=_key()))
    return NOTHING


def send(mail: Mail) -> None:
    """Hand a mail to the server that the settings name."""
    settings = _settings()
    transport.send(mail, url=settings.mail_url, sender=settings.mail_from)


def _settings() -> Settings:
    settings: Settings = current_app.config["SETTINGS"]
    return settings


def _key() -> bytes:
    key: bytes = current_app.config["CREDENTIAL_KEY"]
    return key


def address(endpoint: str, public_id: str) -> str:
    """The address of a file's page, on the name that the settings give and on no other."""
    path = current_app.url_map.bind("").build(endpoint, {"public_id": public_id})
    return f"{_settings().base_url}{path}"
