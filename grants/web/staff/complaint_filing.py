"""A complaint taken at the front desk: filed, its number handed over once, never read back."""

import secrets

from flask import redirect, render_template, session, url_for
from werkzeug.wrappers import Response

from grants import clock
from grants.domain.calendar import at_local_time
from grants.domain.complaints import AnswerBy
from grants.domain.dates import parse_date
from grants.domain.errors import DomainError
from grants.domain.times import parse_time
from grants.operations import complaints
from grants.operations.complaints import ComplaintDetails
from grants.unit_of_work import saving
from grants.web.session import current_actor
from grants.web.staff.complaint_forms import BY_STAFF, FileComplaintForm, refusals_on
from grants.web.staff.forms import summary

NUMBER = "complaint_number"
FIELDS = {
    "choice": "channel",
    "time": "received_time",
    "complaint_words_required": "words",
    "complaint_name_required": "requester",
    "complaint_answer_by_required": "answer_by",
    "complaint_email_required": "email",
    "complaint_phone_required": "phone",
    "complaint_address_required": "address",
    "email": "email",
    "phone": "phone",
    "text": "words",
    "*": "received_on",
}


def file_complaint() -> str | Response:
    """Take a complaint; on success, its number waits for the next page, which shows it once."""
    form = FileComplaintForm(public_id=secrets.token_hex(16))
    if form.is_submitted():
        _check(form)
        if not summary(form) and (number := _filed(form)):
            session[NUMBER] = number
            return redirect(url_for("staff.complaint_filed"), 303)
    return render_template("staff/file_complaint.html", form=form, errors=summary(form))


def complaint_filed() -> str:
    """The number to hand over: this page shows it once and forgets it."""
    return render_template("staff/complaint_filed.html", number=session.pop(NUMBER, ""))


def _check(form: FileComplaintForm) -> None:
    """Everything that can be told from the form alone, all at once."""
    with refusals_on(form, FIELDS):
        parse_date(form.received_on.data)
    with refusals_on(form, FIELDS):
        parse_time(form.received_time.data or "")
    if form.channel.data not in [choice.value for choice in BY_STAFF]:
        with refusals_on(form, FIELDS):
            raise DomainError("choice_required")
    for name, code in (
        ("words", "complaint_words_required"),
        ("requester", "complaint_name_required"),
        ("answer_by", "complaint_answer_by_required"),
    ):
        unknown = name == "requester" and form.answer_by.data == AnswerBy.NONE
        if not unknown and not (form[name].data or "").strip():
            with refusals_on(form, FIELDS):
                raise DomainError(code)


def _filed(form: FileComplaintForm) -> str:
    """The number; empty when the form says what to repair."""
    actor, now = current_actor(), clock.utc_now()
    with refusals_on(form, FIELDS):
        details = _details(form)
        with saving() as database:
            return complaints.file(database, details, actor=actor, now=now).number
    return ""


def _details(form: FileComplaintForm) -> ComplaintDetails:
    received_on = parse_date(form.received_on.data)
    return ComplaintDetails(
        public_id=form.public_id.data or "",
        secretariat_code="",
        words=form.words.data or "",
        requester=form.requester.data or "",
        email=form.email.data or "",
        phone=form.phone.data or "",
        address=form.address.data or "",
        answer_by=form.answer_by.data or "",
        channel=form.channel.data or "",
        received_at=at_local_time(received_on, parse_time(form.received_time.data or "")),
        about=form.about.data or "",
    )
