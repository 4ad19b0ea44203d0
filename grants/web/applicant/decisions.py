"""The decision as its organization reads it: first by a button, then as often as wanted."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

from flask import flash, redirect, render_template, url_for

from grants.clock import utc_now
from grants.domain.access import Action
from grants.domain.revisions import obstacle
from grants.extensions import db
from grants.operations import decisions as acts
from grants.queries import applications, decisions, revisions
from grants.unit_of_work import saving
from grants.web.downloads import send_sealed
from grants.web.errors import or_404
from grants.web.session import arrived_at, current_actor
from grants.wording import contacts
from grants.wording.decisions import KINDS
from grants.wording.letter_sheet import LetterSheet, verdict

if TYPE_CHECKING:
    from werkzeug.wrappers import Response

    from grants.models.case_files import CaseFile
    from grants.models.decisions import Decision


def decision(public_id: str) -> str | Response:
    """The decision, its reasons first; one that was never read is opened by its button."""
    row, found = _load(public_id)
    if found.first_read_at is None:
        return redirect(url_for("applicant.follow", public_id=public_id), 303)
    sheet = LetterSheet.from_data(json.loads(found.letter))
    asked = revisions.asked(db.session(), row.id)
    return render_template(
        "applicant/decision.html",
        case_file=row,
        sheet=sheet,
        verdict=verdict(sheet.outcome, is_revision=bool(sheet.of_number)),
        kind="ok" if KINDS[sheet.outcome] == "ok" else "info",
        letter=decisions.letter(db.session(), row.id),
        asked=asked,
        may_ask=_may_ask(found),
        secretariat=contacts.block(row.secretariat.name, row.secretariat.contact),
    )


def read_decision(public_id: str) -> Response:
    """Open the decision: the instant of the first reading, and who read, are kept."""
    _row, found = _load(public_id)
    decision_id, actor, now = found.id, current_actor(), utc_now()
    with saving() as session:
        acts.read(session, decision_id, actor=actor, now=now)
    return redirect(url_for("applicant.decision", public_id=public_id), 303)


def decision_letter(public_id: str) -> Response:
    """The letter of the decision, to save; while it is being made, the page says the same."""
    row, found = _load(public_id)
    if found.first_read_at is None:
        return redirect(url_for("applicant.follow", public_id=public_id), 303)
    document = decisions.letter(db.session(), row.id)
    if document is None:
        flash("La lettre est en préparation. D’ici là, cette page dit la même chose.", "info")
        return redirect(url_for("applicant.decision", public_id=public_id), 303)
    name = f"decision-{row.number}.pdf"
    return send_sealed(document.storage_key, document.sha256, name, "application/pdf")


def _load(public_id: str) -> tuple[CaseFile, Decision]:
    """The file of this page and its decision; a foreign one answers as if it did not exist."""
    session, actor = db.session(), current_actor()
    row = or_404(applications.one(session, public_id, actor=actor))
    return row, or_404(decisions.of_member(session, public_id, actor=actor))


def _may_ask(found: Decision) -> bool:
    """Whether this person may still ask for a revision of this decision."""
    may = current_actor().may(Action.WRITE_OWN)
    return may and obstacle(revisions.revisable(db.session(), found), arrived_at()) is None
