"""A conflict of interest, declared by the person it concerns."""

from flask import flash, redirect, render_template, request, url_for
from werkzeug.wrappers import Response

from grants import clock
from grants.domain.errors import DomainError
from grants.extensions import db
from grants.operations import conflicts
from grants.operations.conflicts import ConflictDetails
from grants.queries import case_files
from grants.unit_of_work import saving
from grants.web.errors import or_404
from grants.web.session import current_actor
from grants.web.staff.forms import ConflictForm, show_refusal, summary
from grants.wording import formats

FIELDS = {"*": "reason"}


def conflict(public_id: str) -> str | Response:
    """Declare a tie with the organization of this file: from then on the person sees none of it.

    A second post of the same page finds it declared.
    """
    session, actor = db.session(), current_actor()
    case = case_files.one(session, public_id, actor=actor)
    if request.method == "POST" and case_files.is_hidden(session, public_id, actor=actor):
        return redirect(url_for("staff.today"), 303)
    case = or_404(case)
    case_id, organization, number = case.id, case.organization.legal_name, case.number
    form = ConflictForm()
    if form.is_submitted():
        taken = _declared(form, case_id)
        if taken is not None:
            flash(_told(organization, taken), "ok")
            return redirect(url_for("staff.today"), 303)
    return render_template(
        "staff/conflict.html",
        form=form,
        public_id=public_id,
        organization=organization,
        number=number,
        errors=summary(form),
    )


def _declared(form: ConflictForm, case_id: int) -> int | None:
    """How many files left the person's list; None when the form says what to repair."""
    actor, now = current_actor(), clock.utc_now()
    try:
        with saving() as session:
            details = ConflictDetails(form.reason.data or "")
            return conflicts.declare(session, case_id, details, actor=actor, now=now)
    except DomainError as error:
        show_refusal(form, error, FIELDS)
        return None


def _told(organization: str, taken: int) -> str:
    words = (
        f"Conflit d’intérêts avec {organization} inscrit\u00a0: vous ne voyez plus ses dossiers."
    )
    if not taken:
        return words
    left = formats.plural(taken, "quitte", "quittent")
    return f"{words} {formats.count(taken, 'dossier')} {left} votre liste."
