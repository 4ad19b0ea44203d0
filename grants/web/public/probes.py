"""Two answers for whoever watches the processes: it runs, it can serve. Neither says more."""

from flask import Response, current_app

from grants.extensions import db
from grants.queries import installation


def healthz() -> Response:
    """This process answers."""
    return _answer(ready=True)


def readyz() -> Response:
    """This process reaches its database and its files."""
    return _answer(ready=installation.answers(db.session()) and _reaches_files())


def _reaches_files() -> bool:
    try:
        current_app.extensions["storage"].free_bytes()
    except OSError:
        return False
    return True


def _answer(*, ready: bool) -> Response:
    text, code = ("ok\n", 200) if ready else ("indisponible\n", 503)
    return Response(text, code, mimetype="text/plain")
