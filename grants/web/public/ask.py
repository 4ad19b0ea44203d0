"""« Poser une question »: first to whom and about what, then the question, then its receipt.

What was typed travels in the pages themselves: whoever changes the subject loses nothing.
"""

from typing import Any

from flask import redirect, render_template, request, session, url_for
from werkzeug.wrappers import Response

from grants.clock import utc_now
from grants.domain import information_requests as rules
from grants.domain.access import VISITOR
from grants.domain.errors import DomainError
from grants.domain.throttling import Purpose
from grants.extensions import db
from grants.operations import information_requests
from grants.operations.information_requests import RequestDetails
from grants.queries import case_files, tracking
from grants.unit_of_work import saving
from grants.web import tries
from grants.web.fields import error_lines, refuse
from grants.web.public.ask_form import TOPIC_HINTS, AskForm
from grants.web.public.bodies import reachable_at
from grants.web.public.checks import OFFICE_HINTS, typed
from grants.web.public.offices import talk_now
from grants.web.session import arrived_at
from grants.wording import request_steps, requests

Answer = str | tuple[str, int] | Response
ASKED = "asked"  # in the cookie: the page that opened the last request of this browser
CHOSEN = ("office", "topic", "answer_by")
NOT_KEPT = {*CHOSEN, "csrf_token", "step"}
AMP = "AMP"


def ask() -> Answer:
    """Choose, then ask. Changing one's choice comes back with what was typed."""
    if request.method == "GET":
        form = AskForm(formdata=None, data={key: request.args.get(key) for key in _given()})
        return _next_page(form, request.args.get("step"))
    form, step = AskForm(), request.form.get("step")
    if step == "change":
        return _choice_page(form)
    if step == "continue" or not form.is_chosen():
        return _next_page(form, step)
    return _sent(form)


def _given() -> list[str]:
    return [key for key in CHOSEN if request.args.get(key)]


def _next_page(form: AskForm, step: str | None) -> str:
    """The question once both choices are made; before that, what is left to choose."""
    if form.is_chosen():
        return _question_page(form)
    if step:
        form.ask_choice()
    return _choice_page(form)


def _choice_page(form: AskForm) -> str:
    kept = [
        (name, value)
        for name, values in request.form.lists()
        if name not in NOT_KEPT
        for value in values
    ]
    return render_template(
        "public/ask.html",
        form=form,
        kept=kept,
        errors=error_lines(form),
        office_hints=OFFICE_HINTS,
        topic_hints=TOPIC_HINTS,
        offices=talk_now(),
    )


def _question_page(form: AskForm, **facts: Any) -> str:
    return render_template(
        "public/ask_question.html",
        form=form,
        errors=error_lines(form),
        offices=talk_now(form.office.data),
        topic_label=requests.TOPICS[form.topic.data],
        extra=form.extra_fields(),
        **facts,
    )


def _sent(form: AskForm) -> Answer:
    """The receipt; or the question again, with what to repair or what to know before sending."""
    if not form.validate():
        return _question_page(form)
    if rules.goes_to_amp(form.topic.data, form.details()) and not form.amp_read.data:
        form.amp_read.data = "1"
        return _question_page(form, to_amp=True, amp=reachable_at(AMP))
    try:
        tries.allow((Purpose.FORM_NETWORK, tries.network()), *_mailed(form))
        session[ASKED] = _recorded(form)
    except DomainError as error:
        refuse(form.question, error)
        return _question_page(form), 429 if error.code == "too_many_tries" else 200
    return redirect(url_for("public.asked"), 303)


def _mailed(form: AskForm) -> list[tuple[Purpose, str]]:
    """The address that gets a mail at once, counted apart from the links of accounts: nobody
    fills somebody else's mailbox, nor uses up their tries."""
    typed = (form.email.data or "").strip().lower()
    return [(Purpose.MAIL, f"question:{typed}")] if typed else []


def _recorded(form: AskForm) -> str:
    with saving() as act:
        opened = information_requests.record(act, _details(form), actor=VISITOR, now=utc_now())
        return opened.public_id


def _details(form: AskForm) -> RequestDetails:
    return RequestDetails(
        public_id=form.public_id.data,
        secretariat_code=form.office.data,
        topic=form.topic.data,
        answer_by=form.answer_by.data,
        channel="web",
        received_at=arrived_at(),
        wants_callback=form.answer_by.data == "phone",
        details=form.details(),
        **typed(form, "question", "requester", "email", "phone", "address"),
    )


def asked() -> Answer:
    """The receipt of the last request of this browser: its number and what was promised."""
    sent = tracking.sent(db.session(), session.get(ASKED, ""))
    if sent is None:
        return redirect(url_for("public.ask"), 303)
    clocks = case_files.clocks(db.session(), sent.case_file_id)
    return render_template(
        "public/asked.html",
        sent=sent,
        steps=request_steps.after_sending(
            sent.received_at, clocks, dated=rules.date_required(sent.secretariat_code)
        ),
        offices=talk_now(sent.secretariat_code),
    )
