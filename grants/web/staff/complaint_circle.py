"""Who else reads a complaint: named, taken off, or an officer who steps aside."""

from flask import flash, redirect, render_template, url_for
from werkzeug.wrappers import Response
from wtforms.fields import SelectChoice

from grants import clock
from grants.extensions import db
from grants.operations import complaint_circle
from grants.operations.complaint_circle import ReaderDetails
from grants.queries import complaint_parts, complaints
from grants.unit_of_work import saving
from grants.web.errors import or_404
from grants.web.session import current_actor
from grants.web.staff.complaint_forms import ReaderForm, refusals_on
from grants.web.staff.forms import ActForm, summary

FIELDS = {"*": "person_id"}


def name_complaint_reader(public_id: str) -> str | Response:
    """Choose a person of the secretariat who may read this complaint."""
    actor, session = current_actor(), db.session()
    found = or_404(complaints.one(session, public_id, actor=actor))
    complaint_id, number = found.id, found.number
    form = ReaderForm()
    people = complaint_parts.nameable(session, found)
    form.person_id.choices = [SelectChoice(one.id, f"{one.name}, {one.title}") for one in people]
    if form.is_submitted():
        with refusals_on(form, FIELDS):
            details = ReaderDetails(form.person_id.data or 0)
            with saving() as database:
                complaint_circle.name_reader(
                    database, complaint_id, details, actor=actor, now=clock.utc_now()
                )
            flash("La personne est désignée\u00a0: un courriel la prévient.", "ok")
            return _sheet(public_id)
    return render_template(
        "staff/complaint_reader.html",
        form=form,
        public_id=public_id,
        number=number,
        has_people=bool(people),
        errors=summary(form),
    )


def end_complaint_reader(public_id: str, reader_id: int) -> Response:
    """End the part of a person named."""
    actor = current_actor()
    complaint_id = or_404(complaints.one(db.session(), public_id, actor=actor)).id
    with saving() as session:
        complaint_circle.end_reader(
            session, complaint_id, reader_id, actor=actor, now=clock.utc_now()
        )
    flash("Cette personne ne peut plus lire la plainte.", "ok")
    return _sheet(public_id)


def step_aside(public_id: str) -> str | Response:
    """Leave a complaint one cannot act on, to the other officers."""
    actor, session = current_actor(), db.session()
    found = or_404(complaints.one(session, public_id, actor=actor))
    complaint_id, others = found.id, complaint_parts.other_officers(session, found, actor)
    form = ActForm()
    if form.is_submitted():
        with saving() as database:
            complaint_circle.step_aside(database, complaint_id, actor=actor, now=clock.utc_now())
        flash("Votre retrait est inscrit\u00a0: vous ne voyez plus cette plainte.", "ok")
        return redirect(url_for("staff.complaints"), 303)
    return render_template("staff/complaint_aside.html", public_id=public_id, others=others)


def _sheet(public_id: str) -> Response:
    return redirect(url_for("staff.complaint", public_id=public_id), 303)
