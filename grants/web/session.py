"""Who is behind a request: the signed cookie carries a token, the database says its worth."""

from datetime import datetime, timedelta

from flask import Flask, Response, g, request, session

from grants import clock
from grants.domain.access import VISITOR, Actor
from grants.domain.credentials import token_hash
from grants.extensions import db
from grants.queries import sessions

IDLE = timedelta(minutes=60)
TOKEN, SEEN, ORGANIZATION = "token", "seen", "organization"


def arrived_at() -> datetime:
    """The instant this request reached us, stamped before session and database."""
    instant: datetime = request.environ["appui.arrival"]
    return instant


def open_session(token: str) -> None:
    """Put a new signed-in token into a fresh cookie: nothing of the old one survives."""
    session.clear()
    session[TOKEN] = token
    session[SEEN] = clock.utc_now().timestamp()


def close_session() -> None:
    """Forget the browser's token."""
    session.clear()


def current_token_hash() -> str | None:
    """What the database knows of this browser, or None. An idle hour ends a session."""
    token, seen = session.get(TOKEN), session.get(SEEN, 0.0)
    if token is None or clock.utc_now().timestamp() - seen > IDLE.total_seconds():
        return None
    return token_hash(token)


def choose_organization(public_id: str) -> None:
    """Remember for which organization a person with several of them acts now."""
    session[ORGANIZATION] = public_id


def load_actor(app: Flask) -> None:
    """Find the actor of each request before anything else is asked."""

    @app.before_request
    def find() -> None:
        g.actor = VISITOR
        if request.endpoint == "static":
            return
        digest = current_token_hash()
        if digest is None:
            return
        g.actor = sessions.actor(
            db.session(), digest, session.get(ORGANIZATION), now=clock.utc_now()
        )

    @app.after_request
    def renew(response: Response) -> Response:
        if session.get(TOKEN) and g.get("actor", VISITOR) != VISITOR:
            session[SEEN] = clock.utc_now().timestamp()
        return response


def current_actor() -> Actor:
    """The actor of this request."""
    actor: Actor = g.actor
    return actor
