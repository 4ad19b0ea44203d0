"""Acts on a request that say nothing to the person: taken, transferred, called, closed."""

import secrets
from collections.abc import Callable, Mapping
from datetime import datetime

from flask import flash, redirect, render_template, url_for
from flask_wtf import FlaskForm
from werkzeug.wrappers import Response
from wtforms.fields import SelectChoice

from grants import clock
from grants.domain.errors import DomainError
from grants.extensions import db
from grants.operations import request_ends, request_hands
from grants.operations.request_ends import AbandonDetails
from grants.operations.request_hands import AttemptDetails, TransferDetails
from grants.queries import information_requests
from grants.queries.information_requests import Sheet
from grants.unit_of_work import saving
from grants.web.session import current_actor
from grants.web.staff.forms import show_refusal, summary
from grants.web.staff.request_forms import CallForm, CloseForm, TransferForm
from grants.web.staff.request_moments import moment, typed_now
from grants.web.staff.requests import request_of

WITHDRAWN = "withdrawn"
TRANSFER_FIELDS = {"transfer": "reason", "text": "reason", "*": "person_id"}
CALL_FIELDS = {"transferred": "note", "text": "note", "time": "time", "outcome": "outcome"}
CALL_FIELDS |= {"date": "on", "attempt": "on", "*": "outcome"}
CLOSE_FIELDS = {"duplicate": "number", "*": "reason"}


def take_request(public_id: str) -> Response:
    """Take a request that nobody has in hand."""
    sheet = request_of(public_id)
    case_id, number = sheet.case.id, sheet.case.number
    with saving() as session:
        request_hands.take(session, case_id, actor=current_actor(), now=clock.utc_now())
    flash(f"Vous avez la demande {number} en main.", "ok")
    return _back(public_id)


def resend_request_mail(public_id: str, message_id: str) -> Response:
    """Try again a mail that was given up."""
    case_id, actor = request_of(public_id).case.id, current_actor()
    with saving() as session:
        request_ends.resend(session, case_id, message_id, actor=actor, now=clock.utc_now())
    flash("Le courriel repart de lui-même dans la minute.", "ok")
    return _back(public_id)


def transfer_request(public_id: str) -> str | Response:
    """Give a request to somebody else."""
    sheet = request_of(public_id)
    form = TransferForm(version=sheet.case.version)
    case_id, office, topic = sheet.case.id, sheet.case.secretariat_id, sheet.asked.topic
    people = information_requests.answerers(db.session(), office, topic)
    form.person_id.choices = [
        SelectChoice(one.person_id, f"{one.name}, {one.title.lower()}")
        for one in people
        if one.person_id != sheet.case.advisor_id
    ]
    page = _head(sheet)
    if form.is_submitted() and _done(form, TRANSFER_FIELDS, lambda: _transferred(form, case_id)):
        flash(f"La demande {page['number']} est transférée.", "ok")
        return _back(public_id)
    hands = len(information_requests.hands(db.session(), case_id))
    return render_template(
        "staff/transfer_request.html", form=form, hands=hands, errors=summary(form), **page
    )


def log_call(public_id: str) -> str | Response:
    """Keep a call made to the person."""
    sheet = request_of(public_id)
    on, hour = typed_now(clock.utc_now())
    form = CallForm(public_id=secrets.token_hex(16), version=sheet.case.version, on=on, time=hour)
    page, phone = _head(sheet), sheet.asked.phone
    case_id, received_at = sheet.case.id, sheet.case.received_at
    logged = form.is_submitted() and _done(
        form, CALL_FIELDS, lambda: _called(form, case_id, received_at)
    )
    if logged:
        flash("L’appel est inscrit.", "ok")
        return _back(public_id)
    return render_template(
        "staff/log_call.html", form=form, phone=phone, errors=summary(form), **page
    )


def close_request(public_id: str) -> str | Response:
    """Close a request without an answer: not reached, sent twice, or withdrawn."""
    sheet = request_of(public_id)
    form = CloseForm(version=sheet.case.version)
    page, case_id = _head(sheet), sheet.case.id
    if form.is_submitted() and _done(form, CLOSE_FIELDS, lambda: _closed(form, case_id)):
        flash(f"La demande {page['number']} est fermée.", "ok")
        return _back(public_id)
    attempts = information_requests.attempts(db.session(), case_id)
    return render_template(
        "staff/close_request.html", form=form, calls=len(attempts), errors=summary(form), **page
    )


def _transferred(form: TransferForm, case_id: int) -> None:
    details = TransferDetails(form.person_id.data or 0, form.reason.data or "", form.version.data)
    with saving() as session:
        request_hands.transfer(
            session, case_id, details, actor=current_actor(), now=clock.utc_now()
        )


def _called(form: CallForm, case_id: int, received_at: datetime) -> None:
    details = AttemptDetails(
        public_id=form.public_id.data,
        outcome=form.outcome.data or "",
        made_at=moment(form.on.data, form.time.data or "", received_at),
        note=form.note.data or "",
        version=form.version.data,
    )
    with saving() as session:
        request_hands.log_attempt(
            session, case_id, details, actor=current_actor(), now=clock.utc_now()
        )


def _closed(form: CloseForm, case_id: int) -> None:
    actor, now, version = current_actor(), clock.utc_now(), form.version.data
    with saving() as session:
        if form.reason.data == WITHDRAWN:
            request_ends.withdraw(session, case_id, version, actor=actor, now=now)
        else:
            details = AbandonDetails(form.reason.data or "", form.number.data or "", version)
            request_ends.abandon(session, case_id, details, actor=actor, now=now)


def _done(form: FlaskForm, fields: Mapping[str, str], act: Callable[[], None]) -> bool:
    """Whether the act was done; otherwise the form says why not."""
    try:
        act()
    except DomainError as error:
        show_refusal(form, error, fields)
        return False
    return True


def _head(sheet: Sheet) -> dict[str, str]:
    """What every page of a request shows above its form."""
    return {
        "public_id": sheet.case.public_id,
        "number": sheet.case.number,
        "requester": sheet.asked.requester or "Sans nom",
        "question": sheet.asked.question,
    }


def _back(public_id: str) -> Response:
    return redirect(url_for("staff.request_sheet", public_id=public_id), 303)
