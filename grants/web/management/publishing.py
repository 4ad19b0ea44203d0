"""Publish a period: its table to read, an explanation for each miss, then for good."""

from __future__ import annotations

import secrets
from typing import TYPE_CHECKING, Any

from flask import abort, flash, redirect, render_template, request, url_for
from werkzeug.wrappers import Response

from grants.clock import utc_now
from grants.domain.calendar import local_date
from grants.domain.errors import DomainError
from grants.extensions import db
from grants.operations import publications as acts
from grants.operations.publications import PublicationDetails
from grants.queries import commitments
from grants.unit_of_work import saving
from grants.web.fields import SummaryLine, error_lines
from grants.web.management.periods import Asked, asked, choices
from grants.web.management.publish_form import explanations, promised, publish_form, refuse
from grants.web.report_files import table_facts
from grants.web.session import current_actor
from grants.wording.problems import sentence

if TYPE_CHECKING:
    from grants.wording.report_sheet import ReportSheet

READ, PUBLISH = "read", "publish"


def publish() -> str | Response:
    """Read what would be published, explain, read it again, publish.

    The button says which: read once more, publish, or correct what was typed.
    """
    wanted = asked(local_date(utc_now()), over=True)
    if wanted.error:
        abort(404)
    try:
        return _answer(wanted, _details(wanted), request.form.get("step", ""))
    except DomainError as error:
        if error.code == "period_not_over":
            abort(404)
        return _page(wanted, _draft(_details(wanted, {})), error)


def _answer(wanted: Asked, details: PublicationDetails, step: str) -> str | Response:
    """The page that follows; what is to repair is raised."""
    if step == PUBLISH:
        return _published(details)
    sheet = _draft(details)
    if step != READ:
        return _page(wanted, sheet)
    acts.check(sheet)
    return _confirm(sheet)


def _published(details: PublicationDetails) -> Response:
    """Publish, or find what a first post of the same page published."""
    with saving() as session:
        acts.freeze(session, details, actor=current_actor(), now=utc_now())
    flash("Les résultats sont publiés. Le PDF sera prêt dans la minute.", "ok")
    return redirect(url_for("management.publication", public_id=details.public_id), 303)


def _details(wanted: Asked, posted: dict[str, str] | None = None) -> PublicationDetails:
    """What was posted, for the period asked."""
    typed = request.form.to_dict() if posted is None else posted
    office = commitments.secretariat(
        db.session(), "", secretariat_id=current_actor().secretariat_id
    )
    return PublicationDetails(
        public_id=typed.get("public_id", "")[:32],
        secretariat=office.code,
        from_on=wanted.period.from_on,
        until_on=wanted.period.until_on,
        explanations=explanations(typed),
        reason=typed.get("reason", ""),
    )


def _draft(details: PublicationDetails) -> ReportSheet:
    return acts.draft(db.session(), details, actor=current_actor(), now=utc_now())


def _page(wanted: Asked, sheet: ReportSheet, error: DomainError | None = None) -> str:
    """The table and the explanations to write; what was typed stays."""
    form, errors = _form(sheet), []
    if error is not None:
        errors = [] if refuse(form, error) else [SummaryLine("", sentence(error))]
        errors += error_lines(form)
    return render_template(
        "management/publish.html",
        wanted=wanted,
        choices=choices(local_date(utc_now()), over=True),
        form=form,
        errors=errors,
        sheet=sheet,
        codes=[row.code for row in promised(sheet)],
        **table_facts(sheet),
    )


def _confirm(sheet: ReportSheet) -> str:
    """The table with its explanations, as it will stay."""
    form = _form(sheet)
    hidden = [field for field in form if field.name != "csrf_token"]
    return render_template(
        "management/publish_confirm.html", hidden=hidden, sheet=sheet, **table_facts(sheet)
    )


def _form(sheet: ReportSheet) -> Any:
    form = publish_form(sheet)
    form.public_id.data = form.public_id.data or secrets.token_hex(16)
    return form
