"""Acts on a complaint, each on its page: told, examined, concluded, followed up, closed."""

from typing import TYPE_CHECKING, Any, TypeVar

from flask import flash, redirect, render_template, url_for
from werkzeug.wrappers import Response
from wtforms.fields import SelectChoice

from grants import clock
from grants.domain.calendar import local_date
from grants.domain.dates import write_parts
from grants.extensions import db
from grants.operations import complaint_acts, complaint_telling
from grants.operations.complaint_acts import ConclusionDetails, FollowUpDetails
from grants.operations.complaint_telling import EMAIL
from grants.queries import complaints
from grants.unit_of_work import saving
from grants.web.errors import or_404
from grants.web.session import current_actor
from grants.web.staff.complaint_forms import (
    ConclusionForm,
    FollowUpForm,
    TellingForm,
    refusals_on,
    telling,
)
from grants.web.staff.complaint_sheet import paragraphs
from grants.web.staff.forms import summary
from grants.wording.complaints import ANONYMOUS, TOLD_BY

if TYPE_CHECKING:
    from grants.models.complaints import Complaint

Form = TypeVar("Form", bound=TellingForm)
FIELDS = {
    "date": "told_on",
    "complaint_told_before_receipt": "told_on",
    "complaint_finding_required": "finding",
    "complaint_comment_required": "comment",
    "complaint_recommendation_required": "recommendation",
    "complaint_one_recommendation": "none_because",
    "complaint_answer_required": "answer",
    "complaint_done_required": "done",
    "complaint_outcome_required": "outcome",
    "text": "answer",
    "*": "channel",
}


def acknowledge_complaint(public_id: str) -> str | Response:
    """Tell the person that their complaint came, and until when the answer takes."""
    found = _found(public_id)
    form = _ready(TellingForm, found)
    complaint_id, facts = found.id, _facts(found)
    if form.is_submitted():
        with refusals_on(form, FIELDS):
            details = telling(form)
            with saving() as session:
                complaint_acts.acknowledge(
                    session, complaint_id, details, actor=current_actor(), now=clock.utc_now()
                )
            return _done(public_id, "L’accusé de réception est inscrit.")
    return _page("staff/acknowledge_complaint.html", form, facts)


def start_complaint(public_id: str) -> Response:
    """Begin the examination."""
    complaint_id = _found(public_id).id
    with saving() as session:
        complaint_acts.start(session, complaint_id, actor=current_actor(), now=clock.utc_now())
    return _done(public_id, "L’examen est commencé.")


def conclude_complaint(public_id: str) -> str | Response:
    """Say what was found, what is recommended, and answer the person."""
    found = _found(public_id)
    form = _ready(ConclusionForm, found)
    complaint_id, facts = found.id, _facts(found)
    if form.is_submitted():
        with refusals_on(form, FIELDS):
            details = _conclusion(form)
            with saving() as session:
                complaint_acts.conclude(
                    session, complaint_id, details, actor=current_actor(), now=clock.utc_now()
                )
            return _done(public_id, "La conclusion est inscrite.")
    return _page("staff/conclude_complaint.html", form, facts)


def follow_up_complaint(public_id: str) -> str | Response:
    """Say what became of the recommendation."""
    found = _found(public_id)
    form = _ready(FollowUpForm, found)
    complaint_id, facts = found.id, _facts(found)
    if form.is_submitted():
        with refusals_on(form, FIELDS):
            details = _follow_up(form)
            with saving() as session:
                complaint_acts.follow_up(
                    session, complaint_id, details, actor=current_actor(), now=clock.utc_now()
                )
            return _done(public_id, "La suite donnée à la recommandation est inscrite.")
    return _page("staff/follow_up_complaint.html", form, facts)


def tell_complaint(public_id: str, message_id: str) -> str | Response:
    """Record that a message was posted or said, since its mail has not left."""
    found = _found(public_id)
    waiting = complaints.told(db.session(), found.id)
    or_404(next((one for one in waiting if one.public_id == message_id), None))
    form = _ready(TellingForm, found)
    form.channel.choices = [one for one in form.channel.choices if one.value != EMAIL]
    complaint_id, facts = found.id, {**_facts(found), "message_id": message_id}
    if form.is_submitted():
        with refusals_on(form, FIELDS):
            details, actor, now = telling(form), current_actor(), clock.utc_now()
            with saving() as session:
                complaint_telling.tell_otherwise(
                    session, complaint_id, message_id, details, actor=actor, now=now
                )
            return _done(public_id, "Le message est inscrit comme donné.")
    return _page("staff/tell_complaint.html", form, facts)


def close_complaint(public_id: str) -> Response:
    """Close a complaint whose person has the answer."""
    complaint_id = _found(public_id).id
    with saving() as session:
        complaint_acts.close(session, complaint_id, actor=current_actor(), now=clock.utc_now())
    return _done(public_id, "La plainte est fermée.")


def _found(public_id: str) -> "Complaint":
    return or_404(complaints.one(db.session(), public_id, actor=current_actor()))


def _ready(kind: type[Form], found: "Complaint") -> Form:
    """The form, with the ways that the person left; today is the likely day."""
    came, today = complaints.read(found), write_parts(local_date(clock.utc_now()))
    form = kind(version=found.version, told_on=today, channel=came.answer_by)
    ways = {"email": came.email, "post": came.address, "phone": came.phone}
    form.channel.choices = [
        SelectChoice(code, words.capitalize()) for code, words in TOLD_BY.items() if ways[code]
    ]
    return form


def _facts(found: "Complaint") -> dict[str, Any]:
    """What the page says of the complaint, read before the act."""
    return {
        "public_id": found.public_id,
        "number": found.number,
        "requester": complaints.read(found).requester or ANONYMOUS,
        "answer_due_on": found.answer_due_on,
        "words": paragraphs(complaints.read(found).words),
    }


def _conclusion(form: ConclusionForm) -> ConclusionDetails:
    return ConclusionDetails(
        finding=form.finding.data or "",
        comment=form.comment.data or "",
        recommendation=form.recommendation.data or "",
        none_because=form.none_because.data or "",
        answer=form.answer.data or "",
        telling=telling(form),
        version=form.version.data,
    )


def _follow_up(form: FollowUpForm) -> FollowUpDetails:
    return FollowUpDetails(
        done=form.done.data or "",
        outcome=form.outcome.data or "",
        answer=form.answer.data or "",
        telling=telling(form),
        version=form.version.data,
    )


def _page(template: str, form: TellingForm, facts: dict[str, Any]) -> str:
    return render_template(template, form=form, errors=summary(form), **facts)


def _done(public_id: str, said: str) -> Response:
    flash(said, "ok")
    return redirect(url_for("staff.complaint", public_id=public_id), 303)
