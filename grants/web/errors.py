"""Pages for what went wrong: a plain sentence, a number, and whom to call."""

import logging
import secrets
import traceback
from contextlib import suppress
from typing import TypeVar

from flask import Flask, Response, abort, render_template, request
from flask_wtf.csrf import CSRFError
from werkzeug.exceptions import HTTPException, SecurityError

from grants.domain.errors import DomainError
from grants.extensions import db
from grants.web import held
from grants.wording.problems import sentence

Found = TypeVar("Found")
NOT_OUR_NAME = "Cette adresse n’est pas celle de ce service."
LAST_RESORT = (
    "Une erreur est survenue de notre côté. Attendez un instant, puis recommencez. Référence\u00a0:"
)
READ_ANYWAY, BLOCK = 64 * 1024 * 1024, 64 * 1024
SHOWN = (400, 403, 404, 405, 409, 413, 429)

log = logging.getLogger(__name__)


def or_404(found: Found | None) -> Found:
    """What a query found; what an outsider may not see answers as if it did not exist."""
    if found is None:
        abort(404)
    return found


def register(app: Flask) -> None:
    """Answer every fault with a page of ours."""
    app.register_error_handler(CSRFError, _stale_form)
    app.register_error_handler(HTTPException, _http)
    app.register_error_handler(DomainError, _refused)
    app.register_error_handler(Exception, _fault)


def _page(code: int, **facts: object) -> tuple[str, int]:
    return render_template("errors/error.html", code=code, **facts), code


def _stale_form(_error: CSRFError) -> tuple[str, int]:
    if held.may_hold():
        return held.page()
    return _page(400, sentence=sentence(DomainError("form_expired")))


def _http(error: HTTPException) -> tuple[str, int] | HTTPException | Response:
    if isinstance(error, SecurityError):  # no host, hence no address a page of ours could name
        return Response(NOT_OUR_NAME, 400, mimetype="text/plain")
    code = error.code or 500
    if code == 413:
        _read_the_rest()
    if code in SHOWN:
        return _page(code)
    return error if code < 400 else _page(500)


def _read_the_rest() -> None:
    """Take in what was refused, up to a bound: many browsers read no answer while they send.

    Only where the server ends the body itself, as gunicorn does; elsewhere a read could wait.
    """
    if not request.environ.get("wsgi.input_terminated"):
        return
    db.session.rollback()  # a slow browser holds no transaction meanwhile
    body, left = request.environ["wsgi.input"], READ_ANYWAY
    with suppress(OSError):  # it may leave, too
        while left > 0 and (block := body.read(min(left, BLOCK))):
            left -= len(block)


def _refused(error: DomainError) -> tuple[str, int]:
    return _page(409, sentence=sentence(error))


def _fault(error: Exception) -> tuple[str, int] | Response:
    """Log where it happened but not what it says: a message may quote what somebody typed."""
    reference = secrets.token_hex(4)
    frames = "".join(traceback.format_tb(error.__traceback__))
    log.error("fault %s: %s\n%s", reference, type(error).__name__, frames)
    try:
        db.session.rollback()  # a transaction that failed answers nothing more
        return _page(500, reference=reference)
    except Exception as second:
        log.error("fault %s: no page either: %s", reference, type(second).__name__)
        return Response(f"{LAST_RESORT} {reference}", 500, mimetype="text/plain")
