"""The instant a request reaches us, stamped before session and database."""

from collections.abc import Callable, Iterable
from datetime import UTC, datetime
from typing import Any

from flask import Flask

from grants import clock

Environ = dict[str, Any]
Wsgi = Callable[[Environ, Any], Iterable[bytes]]


def stamp(app: Flask, header: str | None) -> None:
    """Stamp every request. `header` names the trusted front server's own stamp (seconds)."""
    inner = app.wsgi_app

    def stamped(environ: Environ, start_response: Any) -> Iterable[bytes]:
        environ["appui.arrival"] = _front_server(environ, header) or clock.utc_now()
        return inner(environ, start_response)

    setattr(app, "wsgi_app", stamped)


def _front_server(environ: Environ, header: str | None) -> datetime | None:
    if header is None:
        return None
    seconds = environ.get("HTTP_" + header.upper().replace("-", "_"), "")
    try:
        return datetime.fromtimestamp(float(seconds.removeprefix("t=")), UTC)
    except ValueError:
        return None
