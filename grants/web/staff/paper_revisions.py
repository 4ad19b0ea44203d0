"""A request for revision that came on paper: its true receipt decides, as on screen."""

import secrets
from collections.abc import Callable
from datetime import date, datetime, time
from typing import TYPE_CHECKING, Any, TypeVar

from flask import flash, redirect, render_template, url_for
from werkzeug.wrappers import Response

from grants import clock
from grants.domain.calendar import at_local_time
from grants.domain.dates import parse_date
from grants.domain.errors import DomainError
from grants.domain.times import parse_time
from grants.extensions import db
from grants.operations import revisions as acts
from grants.operations.revisions import PaperRevision
from grants.queries import case_files, decisions
from grants.unit_of_work import saving
from grants.web.agreement_pages import page_id
from grants.web.errors import or_404
from grants.web.session import current_actor
from grants.web.staff.forms import PaperRevisionForm, show_refusal, summary
from grants.web.staff.revisions import never_revised
from grants.wording.problems import sentence

if TYPE_CHECKING:
    from grants.models.decisions import Decision

Part = TypeVar("Part", date, time)

FIELDS = {
    "channel": "channel",
    "choice": "channel",
    "time": "received_time",
    "grounds": "grounds",
    "text": "grounds",
    "*": "received_on",
}


def record_revision(public_id: str) -> str | Response:
    """Record a request for revision that came by post, at the counter, by fax or by e-mail."""
    session, actor = db.session(), current_actor()
    case = or_404(case_files.one(session, public_id, actor=actor))
    decision = or_404(decisions.of_case(session, case.id))
    shown = {"organization": case.organization.legal_name, "number": case.number}
    refused, last_day = never_revised(decision), decision.recourse_until
    form = PaperRevisionForm(public_id=secrets.token_hex(16))
    if form.is_submitted():
        opened = _recorded(form, decision)
        if opened:
            return redirect(url_for("staff.case_file", public_id=opened), 303)
    return render_template(
        "staff/paper_revision.html",
        form=form,
        public_id=public_id,
        last_day=last_day,
        refused=sentence(refused) if refused else "",
        errors=summary(form),
        **shown,
    )


def _recorded(form: PaperRevisionForm, decision: "Decision") -> str:
    """The public id of the revision that was opened; empty when the form says what to repair."""
    received_at, decision_id = _received_at(form), decision.id
    if received_at is None or summary(form):
        return ""
    public_id, grounds = page_id(form.public_id.data), form.grounds.data or ""
    details = PaperRevision(public_id, grounds, form.channel.data or "", received_at)
    actor, now = current_actor(), clock.utc_now()
    try:
        with saving() as session:
            opened = acts.receive_paper(session, decision_id, details, actor=actor, now=now)
            public_id, number = opened.public_id, opened.number
    except DomainError as error:
        show_refusal(form, error, FIELDS)
        return ""
    flash(f"La demande de révision est inscrite. Son numéro\u00a0: {number}.", "ok")
    return public_id


def _received_at(form: PaperRevisionForm) -> datetime | None:
    """When the request truly arrived; what cannot be read is put beside its field."""
    if not form.channel.data:
        show_refusal(form, DomainError("choice_required"), FIELDS)
    if not (form.grounds.data or "").strip():
        show_refusal(form, DomainError("grounds_required"), FIELDS)
    on = _read(form, parse_date, form.received_on.data)
    at = _read(form, parse_time, form.received_time.data or "")
    return at_local_time(on, at) if on is not None and at is not None else None


def _read(form: PaperRevisionForm, read: Callable[[Any], Part], typed: object) -> Part | None:
    try:
        return read(typed)
    except DomainError as error:
        show_refusal(form, error, FIELDS)
        return None
