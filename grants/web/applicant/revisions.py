"""Asking for the revision of a decision: until when, and what happens then."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from flask import flash, redirect, render_template, url_for

from grants.clock import utc_now
from grants.domain.errors import DomainError
from grants.domain.revisions import Revisable, obstacle
from grants.extensions import db
from grants.operations import revisions as acts
from grants.operations.revisions import RevisionDetails
from grants.queries import applications, decisions, revisions
from grants.unit_of_work import saving
from grants.web.applicant.forms import RevisionForm, show_refusal
from grants.web.errors import or_404
from grants.web.fields import error_lines
from grants.web.session import arrived_at, current_actor
from grants.wording import contacts
from grants.wording.problems import sentence

if TYPE_CHECKING:
    from werkzeug.wrappers import Response

    from grants.models.case_files import CaseFile

CONFLICT = 409
TYPED = ("grounds_required", "text_too_long")


@dataclass(frozen=True)
class Decided:
    """The file of this page, its decision, and whether a revision may be asked of it."""

    row: CaseFile
    decision_id: int
    revisable: Revisable
    revision_id: str  # of the revision asked already
    is_read: bool


def ask_revision(public_id: str) -> str | tuple[str, int] | Response:
    """Say why a decision should change; the revision that this opens is the next page."""
    decided, form = _load(public_id), RevisionForm()
    if not decided.is_read:  # until then no page says what was decided
        return redirect(url_for("applicant.follow", public_id=public_id), 303)
    if form.is_submitted():
        opened = _asked(form, decided.decision_id)
        if opened:
            return redirect(url_for("applicant.follow", public_id=opened), 303)
        decided = _load(public_id)
    elif decided.revision_id:
        return redirect(url_for("applicant.follow", public_id=decided.revision_id), 303)
    page = _page(decided, form)
    return (page, CONFLICT) if form.is_submitted() and not form.grounds.errors else page


def _load(public_id: str) -> Decided:
    session, actor = db.session(), current_actor()
    row = or_404(applications.one(session, public_id, actor=actor))
    decision = or_404(decisions.of_case(session, row.id))
    asked = revisions.asked(session, row.id)
    revisable = revisions.revisable(session, decision)
    is_read = decision.first_read_at is not None
    return Decided(row, decision.id, revisable, asked.public_id if asked else "", is_read)


def _asked(form: RevisionForm, decision_id: int) -> str:
    """The public id of the revision; empty when the page says what to repair, or why it cannot
    be."""
    details = RevisionDetails(form.new_id(), form.grounds.data or "")
    try:
        with saving() as session:
            opened = acts.ask(
                session,
                decision_id,
                details,
                actor=current_actor(),
                arrived_at=arrived_at(),
                now=utc_now(),
            )
            public_id, number = opened.public_id, opened.number
    except DomainError as error:
        if error.code in TYPED:
            show_refusal(form, error)
        elif not error.code.startswith("revision_"):
            raise
        return ""
    flash(f"Votre demande de révision est reçue. Son numéro\u00a0: {number}.", "ok")
    return public_id


def _page(decided: Decided, form: RevisionForm) -> str:
    refused = obstacle(decided.revisable, arrived_at())
    form.public_id.data = form.new_id()
    office = decided.row.secretariat
    return render_template(
        "applicant/ask_revision.html",
        case_file=decided.row,
        last_day=decided.revisable.recourse_until,
        refused=sentence(refused) if refused else "",
        revision_id=decided.revision_id,
        form=form,
        errors=error_lines(form),
        secretariat=contacts.block(office.name, office.contact),
    )
