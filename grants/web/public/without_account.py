"""The URLs of what anyone may do without an account: ask, say, follow. None names anything."""

from flask import Response, request

from grants.domain.access import Action
from grants.web.public import ask, comment, track
from grants.web.routing import page

READ, WRITE, ACT = ("GET",), ("GET", "POST"), ("POST",)

PAGES = [
    page("/renseignements", ask.ask, Action.VISIT, WRITE),
    page("/renseignements/recue", ask.asked, Action.VISIT, READ),
    page("/plaintes", comment.comment, Action.VISIT, WRITE),
    page("/plaintes/recu", comment.comment_received, Action.VISIT, READ),
    page("/suivre", track.track, Action.VISIT, WRITE),
    page("/suivre/code", track.track_code, Action.VISIT, WRITE),
    page("/suivre/dossier", track.followed, Action.VISIT, READ),
    page("/suivre/fermer", track.stop_following, Action.VISIT, ACT),
]
PRIVATE = frozenset(f"public.{item.endpoint}" for item in PAGES)


def keep_nothing(response: Response) -> Response:
    """No cache keeps what somebody typed or reads here."""
    if request.endpoint in PRIVATE:
        response.headers["Cache-Control"] = "private, no-store"
    return response
