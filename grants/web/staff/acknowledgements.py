"""Acknowledgements by post, and mails sent again at somebody's word."""

from flask import flash, redirect, render_template, url_for
from werkzeug.wrappers import Response

from grants import clock
from grants.domain.calendar import local_date
from grants.domain.dates import parse_date, write_parts
from grants.domain.errors import DomainError
from grants.extensions import db
from grants.operations import acknowledgements
from grants.operations.acknowledgements import PostedLetter
from grants.queries import case_files
from grants.unit_of_work import saving
from grants.web.errors import or_404
from grants.web.session import current_actor
from grants.web.staff.forms import PostedForm, show_refusal, summary

FIELDS = {"*": "posted_on"}


def posted(public_id: str) -> str | Response:
    """Record that the acknowledgement left by post."""
    case = or_404(case_files.one(db.session(), public_id, actor=current_actor()))
    case_id, organization, number = case.id, case.organization.legal_name, case.number
    received_on = local_date(case.received_at)
    form = PostedForm(version=case.version, posted_on=write_parts(local_date(clock.utc_now())))
    if form.is_submitted() and _recorded(form, case_id):
        flash(f"{organization}, {number}\u00a0: la lettre postée est inscrite.", "ok")
        return redirect(url_for("staff.case_file", public_id=public_id), 303)
    return render_template(
        "staff/posted.html",
        form=form,
        public_id=public_id,
        organization=organization,
        number=number,
        received_on=received_on,
        errors=summary(form),
    )


def resend(public_id: str, message_id: str) -> Response:
    """Try again a mail that was given up."""
    case = or_404(case_files.one(db.session(), public_id, actor=current_actor()))
    case_id, actor = case.id, current_actor()
    with saving() as session:
        acknowledgements.resend(session, case_id, message_id, actor=actor, now=clock.utc_now())
    flash("Le courriel est remis en file\u00a0: il part de lui-même dans la minute.", "ok")
    return redirect(url_for("staff.case_file_tab", public_id=public_id, tab="promesses"), 303)


def _recorded(form: PostedForm, case_id: int) -> bool:
    """Whether the act was done; otherwise the form says why not."""
    actor, now = current_actor(), clock.utc_now()
    try:
        details = PostedLetter(parse_date(form.posted_on.data), form.version.data)
        with saving() as session:
            acknowledgements.record_posted(session, case_id, details, actor=actor, now=now)
    except DomainError as error:
        show_refusal(form, error, FIELDS)
        return False
    return True
