"""The first page: what do you need, which calls are open, what is promised."""

from typing import Any

from flask import render_template

from grants.clock import utc_now
from grants.extensions import db
from grants.queries import programs
from grants.web.public.promised import delays
from grants.wording import promises
from grants.wording.moments import time_left


def home() -> str:
    """Four doors, the calls with their closing, and the timed promises."""
    session, now = db.session(), utc_now()
    calls = [
        {"call": call, "left": time_left(call.opens_at, call.closes_at, now)}
        for call in programs.current_calls(session, now)
    ]
    figures: list[dict[str, Any]] = [
        {
            "value": delay.partition("\u00a0")[0],
            "unit": delay.partition("\u00a0")[2],
            "title": promises.WORDS[code].title,
        }
        for code, delay in delays().items()
    ]
    return render_template("public/home.html", calls=calls, figures=figures)
