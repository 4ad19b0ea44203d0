"""What the pages of sign-in share: the step of this browser, and the page after it."""

from typing import TYPE_CHECKING
from urllib.parse import urlsplit

from flask import current_app, redirect, session, url_for
from werkzeug.wrappers import Response

from grants.clock import utc_now
from grants.domain.credentials import token_hash
from grants.extensions import db
from grants.operations.sign_in import Opened
from grants.queries import sessions
from grants.web.landing import home_of
from grants.web.session import current_token_hash, open_session

if TYPE_CHECKING:
    from grants.models.people import WebSession

ONWARD = "onward"
PAGES = {"code": "account.code", "totp": "account.totp", "enrol": "account.enrol"}


def key() -> bytes:
    """The key from which codes, links and authenticator secrets are derived."""
    value: bytes = current_app.config["CREDENTIAL_KEY"]
    return value


def internal(path: str | None) -> str | None:
    """A path of this site to come back to, or None: nobody is ever sent elsewhere."""
    if not path or not path.startswith("/") or path.startswith("//"):
        return None
    if "\\" in path or not path.isprintable() or urlsplit(path).netloc:
        return None
    return path


def pending() -> "WebSession | None":
    """The live session of this browser, at whatever step."""
    digest = current_token_hash()
    return None if digest is None else sessions.pending(db.session(), digest, now=utc_now())


def go_on(opened: Opened, onward: str | None = None) -> Response:
    """Put the new token into a fresh cookie, then go to its step or, once in, to the work."""
    onward = internal(onward or session.get(ONWARD))
    open_session(opened.token)
    if opened.stage == "in":
        return redirect(onward or home(opened.token), 303)
    if onward:
        session[ONWARD] = onward
    return redirect(url_for(PAGES[opened.stage]), 303)


def home(token: str) -> str:
    """The first page of the person who holds this token."""
    return home_of(sessions.actor(db.session(), token_hash(token), None, now=utc_now()))
