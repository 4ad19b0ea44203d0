"""Opening and closing days of the calls, for the calendar of a phone or a computer."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta
from typing import TYPE_CHECKING

from flask import Response, current_app, url_for

from grants.clock import utc_now
from grants.documents.icalendar_feed import Entry, feed
from grants.domain.calendar import local_date
from grants.extensions import db
from grants.queries import programs
from grants.web.errors import or_404
from grants.wording import formats

if TYPE_CHECKING:
    from grants.models.programs import Call

KEPT = timedelta(days=365)  # a call stays in calendars a year after its closing
MEDIA_TYPE = "text/calendar; charset=utf-8"


def call_feed() -> Response:
    """Every call of the programs."""
    return _answer("Appels de demandes", "", "appels.ics")


def program_feed(code: str) -> Response:
    """The calls of one program."""
    found = or_404(programs.one(db.session(), code))
    return _answer(f"Appels\u00a0: {found.short_name}", found.code, f"{found.code.lower()}.ics")


def _answer(name: str, code: str, filename: str) -> Response:
    now = utc_now()
    calls = programs.calls_closing_since(db.session(), now - KEPT, code)
    content = feed(name, (entry for call in calls for entry in _entries(call)), now)
    response = Response(content, content_type=MEDIA_TYPE)
    response.headers["Content-Disposition"] = f'inline; filename="{filename}"'
    return response


def _entries(call: Call) -> Iterator[Entry]:
    """The day a call opens, and the day it closes."""
    base = current_app.config["SETTINGS"].base_url
    url = base + url_for("public.program", code=call.program.code)
    opens, closes = formats.instant(call.opens_at), formats.instant(call.closes_at)
    text = f"{call.title}. Ouvert du {opens} au {closes}, heure de Québec."
    days = (("ouverture", "Ouverture", call.opens_at), ("cloture", "Clôture", call.closes_at))
    for key, word, at in days:
        summary = f"{word}\u00a0: {call.program.short_name}, {call.title}"
        reminder = f"Dans 7\u00a0jours. {summary}"
        yield Entry(f"{call.public_id}-{key}", local_date(at), summary, text, url, reminder)
