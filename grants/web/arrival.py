"""What reaches us: the instant, stamped before session and database, and how much is read."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any

from flask import Request

from grants import clock

Environ = dict[str, Any]
Wsgi = Callable[[Environ, Any], Iterable[bytes]]
PLAIN_FORM_BYTES = 2 * 1024 * 1024


class BoundedRequest(Request):
    """Only a form with files may be long: any other is read at once, whole."""

    def __init__(self, *given: Any, **named: Any) -> None:
        super().__init__(*given, **named)
        if self.mimetype != "multipart/form-data":
            self.max_content_length = PLAIN_FORM_BYTES


@dataclass(frozen=True)
class Stamped:
    """The application behind a stamp; `header` names the trusted front server's own (seconds)."""

    inner: Wsgi
    header: str | None

    def __call__(self, environ: Environ, start_response: Any) -> Iterable[bytes]:
        """Stamp, then let the application answer."""
        environ["appui.arrival"] = _front_server(environ, self.header) or clock.utc_now()
        return self.inner(environ, start_response)


def _front_server(environ: Environ, header: str | None) -> datetime | None:
    if header is None:
        return None
    seconds = environ.get("HTTP_" + header.upper().replace("-", "_"), "")
    try:
        return datetime.fromtimestamp(float(seconds.removeprefix("t=")), UTC)
    except (ValueError, OverflowError, OSError):
        return None
