"""« Inscrire une demande »: what came by telephone, mail, counter, fax, e-mail or at a stand."""

import secrets
from collections.abc import Callable, Sequence
from datetime import datetime, timedelta
from typing import TYPE_CHECKING, Any

from flask import flash, redirect, render_template, url_for
from werkzeug.wrappers import Response

from grants import clock
from grants.domain.access import Actor
from grants.domain.dates import parse_date
from grants.domain.errors import DomainError
from grants.domain.identity import parse_email, parse_phone
from grants.domain.information_requests import read_question
from grants.domain.times import parse_time
from grants.extensions import db
from grants.operations import information_requests as operations
from grants.operations import request_intake
from grants.operations.information_requests import RequestDetails
from grants.queries import commitments, information_requests, request_lists
from grants.queries.request_lists import ListedRequest
from grants.unit_of_work import saving
from grants.web.session import current_actor
from grants.web.staff.forms import show_refusal, summary
from grants.web.staff.request_forms import (
    AT_ONCE,
    CALL_BACK,
    PUT_THROUGH,
    TO_HANDLE,
    EntryForm,
)
from grants.web.staff.request_moments import moment, typed_now

if TYPE_CHECKING:
    from sqlalchemy.orm import Session

RECENT = timedelta(days=90)
FIELDS = {
    "answer_email_required": "email",
    "answer_phone_required": "phone",
    "answer_address_required": "address",
    "answer_by_unknown": "answer_by",
    "at_once_is_oral": "issue",
    "media_apart": "issue",
    "person_cannot_answer": "person_id",
    "reply_required": "answer",
    "placeholder_left": "answer",
    "tender_date_unreadable": "tender_date",
    "request_channel_unknown": "channel",
    "choice_required": "issue",
    "receipt_in_future": "received_on",
    "date": "received_on",
    "time": "received_time",
    **{name: name for name in ("requester", "address", "email", "phone", "topic", "outlet")},
    **{name: name for name in ("body", "ministry", "agreement")},
    "*": "question",
}


def record_request() -> str | Response:
    """Record a request that came another way than the site; the caller comes first."""
    actor, now = current_actor(), clock.utc_now()
    on, hour = typed_now(now)
    form = EntryForm(public_id=secrets.token_hex(16), received_on=on, received_time=hour)
    people = information_requests.answerers(db.session(), actor.secretariat_id, "")
    form.person_id.choices = [(0, "Choisissez"), *((one.person_id, one.name) for one in people)]
    alike: Sequence[ListedRequest] = ()
    if form.is_submitted():
        answer, alike = _submitted(form, actor, now)
        if answer is not None:
            return answer
    else:
        form.requester.render_kw = {**form.requester.render_kw, "autofocus": True}
    return render_template(
        "staff/record_request.html", form=form, alike=alike, errors=summary(form)
    )


def _submitted(
    form: EntryForm, actor: Actor, now: datetime
) -> tuple[Response | None, Sequence[ListedRequest]]:
    """Where to go once it is recorded, now or by an earlier post; or what to look at first."""
    if _visible(form.public_id.data, actor):
        return _to_sheet(form.public_id.data, actor), ()
    _check(form)
    if summary(form):
        return None, ()
    alike = _alike(form, actor, now)
    mark = ",".join(one.public_id for one in alike)
    if mark and form.seen.data != mark:
        form.seen.data = mark
        return None, alike
    recorded = _recorded(form, actor, now)
    return (_to_sheet(recorded, actor) if recorded else None), alike


def _check(form: EntryForm) -> None:
    """Put beside each field what cannot be read in it, all at once."""
    _try(form, read_question, form.question.data or "")
    _try(form, parse_date, form.received_on.data)
    _try(form, parse_time, form.received_time.data or "")
    for name, read in (("email", parse_email), ("phone", parse_phone)):
        if (form[name].data or "").strip():
            _try(form, read, form[name].data)
    if any(form.tender_date.data):
        _try(form, parse_date, form.tender_date.data, "tender_date")
    if form.issue.data not in (AT_ONCE, CALL_BACK, PUT_THROUGH, TO_HANDLE):
        show_refusal(form, DomainError("choice_required"), FIELDS)


def _try(form: EntryForm, read: Callable[[Any], object], typed: object, field: str = "") -> None:
    try:
        read(typed)
    except DomainError as error:
        show_refusal(form, error, {"*": field} if field else FIELDS)


def _alike(form: EntryForm, actor: Actor, now: datetime) -> Sequence[ListedRequest]:
    """Recent requests of the same person, to look at before another is opened."""
    if form.issue.data in (AT_ONCE, PUT_THROUGH):
        return ()
    email, phone = (form.email.data or "").strip(), (form.phone.data or "").strip()
    return request_lists.alike(
        db.session(),
        since=now - RECENT,
        email=parse_email(email) if email else "",
        phone=parse_phone(phone) if phone else "",
        name=form.requester.data or "",
        actor=actor,
    )


def _recorded(form: EntryForm, actor: Actor, now: datetime) -> str:
    """The public id of the request; empty when the form says what to repair."""
    try:
        details = _details(form, actor)
        with saving() as session:
            case = _act(session, form, details, actor, now)
            opened, number = case.public_id, case.number
    except DomainError as error:
        show_refusal(form, error, FIELDS)
        return ""
    flash(f"La demande est inscrite sous le numéro {number}.", "ok")
    return opened


def _act(
    session: "Session", form: EntryForm, details: RequestDetails, actor: Actor, now: datetime
) -> Any:
    """Open the request the way the person who answered chose."""
    if form.issue.data == AT_ONCE:
        answer = form.answer.data or ""
        return request_intake.answer_at_once(session, details, answer, actor=actor, now=now)
    if form.issue.data == PUT_THROUGH:
        person_id = form.person_id.data or 0
        return request_intake.put_through(session, details, person_id, actor=actor, now=now)
    return operations.record(session, details, actor=actor, now=now)


def _details(form: EntryForm, actor: Actor) -> RequestDetails:
    office = commitments.secretariat(db.session(), "", secretariat_id=actor.secretariat_id)
    extra, calls = form.details(), form.issue.data == CALL_BACK
    if any(form.tender_date.data):
        extra["tender_date"] = parse_date(form.tender_date.data).isoformat()
    later = {TO_HANDLE: form.answer_by.data, CALL_BACK: "phone"}
    return RequestDetails(
        public_id=form.public_id.data,
        secretariat_code=office.code,
        topic=form.topic.data,
        question=form.question.data or "",
        requester=form.requester.data or "",
        email=form.email.data or "",
        phone=form.phone.data or "",
        address=form.address.data or "",
        answer_by=later.get(form.issue.data, "none"),
        channel=form.channel.data or "",
        received_at=moment(form.received_on.data, form.received_time.data),
        wants_callback=calls,
        urgent=bool(form.urgent.data),
        details=extra,
    )


def _visible(public_id: str, actor: Actor) -> bool:
    return information_requests.one(db.session(), public_id, actor=actor) is not None


def _to_sheet(public_id: str, actor: Actor) -> Response:
    """The sheet; the queue for a request that whoever took it down may not see."""
    if _visible(public_id, actor):
        return redirect(url_for("staff.request_sheet", public_id=public_id), 303)
    return redirect(url_for("staff.requests"), 303)
