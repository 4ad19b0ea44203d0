"""What the pages of sign-in share: the step of this browser, and the page after it."""

import time
from datetime import timedelta
from typing import TYPE_CHECKING
from urllib.parse import urlsplit

from flask import current_app, redirect, request, session, url_for
from werkzeug.wrappers import Response

from grants.clock import utc_now
from grants.domain import throttling
from grants.domain.credentials import token_hash
from grants.domain.errors import DomainError
from grants.domain.throttling import Purpose
from grants.extensions import db
from grants.operations import throttles
from grants.operations.sign_in import Opened
from grants.queries import sessions
from grants.unit_of_work import saving
from grants.web.landing import home_of
from grants.web.session import arrived_at, current_token_hash, open_session

if TYPE_CHECKING:
    from grants.models.people import WebSession

ONWARD = "onward"
EVEN_TIME = timedelta(milliseconds=250)
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


def allow(*counted: tuple[Purpose, str]) -> None:
    """Count a try everywhere it counts, before it is checked.

    Raises `too_many_tries` with the minutes to wait.
    """
    now = utc_now()
    with saving() as act:
        waits = [throttles.count(act, purpose, whom, now=now) for purpose, whom in counted]
    until = max((wait for wait in waits if wait is not None), default=None)
    if until is not None:
        raise DomainError("too_many_tries", minutes=throttling.minutes_left(until, now=now))


def network() -> str:
    """Where a request comes from: the trusted front server's word, or the connection itself."""
    header = current_app.config["SETTINGS"].client_header
    told = request.headers.get(header, "") if header else ""
    return told.partition(",")[0].strip() or request.remote_addr or ""


def even_out() -> None:
    """Answer no sooner than a quarter of a second after the request arrived.

    A known address makes us do more than an unknown one; the time of the answer must not say so.
    The network's counter keeps these pauses few.
    """
    left = arrived_at() + EVEN_TIME - utc_now()
    time.sleep(min(max(left, timedelta(0)), EVEN_TIME).total_seconds())
