"""The programs: what each is for, what it grants, and until when one may apply."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from flask import render_template

from grants.clock import utc_now
from grants.domain.calendar import local_date
from grants.domain.intake import CallState, call_state
from grants.extensions import db
from grants.queries import programs
from grants.web.errors import or_404
from grants.web.public.promised import delays
from grants.wording import steps
from grants.wording.moments import time_left

if TYPE_CHECKING:
    from datetime import datetime

    from grants.models.programs import Call, Program


def program_list() -> str:
    """The three programs, each with its next call."""
    session, now = db.session(), utc_now()
    calls = programs.current_calls(session, now)
    lines = [
        {
            "program": program,
            "call": _panel(next((c for c in calls if c.program_id == program.id), None), now),
        }
        for program in programs.every(session)
    ]
    return render_template("public/programs.html", lines=lines)


def program(code: str) -> str:
    """One program: amounts, documents, promised steps, and its call."""
    session, now = db.session(), utc_now()
    found = or_404(programs.one(session, code))
    calls = programs.current_calls(session, now)
    call = next((one for one in calls if one.program_id == found.id), None)
    closed = [one for one in programs.calls_of(session, found.id) if one.closes_at < now]
    due_on = call.decision_due_on if call else None
    return render_template(
        "public/program.html",
        program=found,
        terms=_terms(found, call, now),
        documents=_documents(found, call),
        steps=steps.of_program(delays(), due_on),
        panel=_panel(call, now),
        closed=closed[:1],
    )


def _terms(found: Program, call: Call | None, now: datetime) -> Any:
    if call is not None:
        return call.terms
    return programs.terms(db.session(), found.id, local_date(now))


def _documents(found: Program, call: Call | None) -> list[tuple[str, str, bool]]:
    """The documents of the call's questionnaire, or of the one published last."""
    version = call.form_version if call else programs.latest_form(db.session(), found.id)
    return programs.documents_asked(programs.definition(version)) if version else []


def _panel(call: Call | None, now: datetime) -> dict[str, Any] | None:
    """What the panel of a call says: its countdown and whether one may start."""
    if call is None:
        return None
    state = call_state(call.opens_at, call.closes_at, now)
    return {
        "call": call,
        "left": time_left(call.opens_at, call.closes_at, now),
        "is_open": state is CallState.OPEN,
    }
