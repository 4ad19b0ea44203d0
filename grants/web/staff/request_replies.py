"""Words to whoever asked: acknowledged, put off, moved to access, sent on, answered."""

import secrets
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING, Any

from flask import flash, redirect, render_template, request, url_for
from werkzeug.wrappers import Response

from grants import clock
from grants.domain.access import Actor
from grants.domain.calendar import local_date
from grants.domain.dates import parse_date, write_parts
from grants.domain.errors import DomainError
from grants.domain.information_requests import date_required
from grants.domain.request_answers import usual_answer_date
from grants.extensions import db
from grants.operations import request_ends, request_replies
from grants.operations.request_ends import RedirectDetails
from grants.operations.request_replies import DatedDetails
from grants.operations.request_telling import Said
from grants.queries import calendars, directory, saved_replies
from grants.queries.information_requests import Sheet
from grants.unit_of_work import saving
from grants.web.session import current_actor
from grants.web.staff.forms import show_refusal, summary
from grants.web.staff.request_forms import DatedForm, RedirectForm, SayForm
from grants.web.staff.request_moments import moment, typed_now
from grants.web.staff.requests import request_of
from grants.web.staff.saved_replies import filled
from grants.wording.request_pages import PAGES

if TYPE_CHECKING:
    from sqlalchemy.orm import Session

FIELDS = {
    "answer": "due_on",
    "extension": "due_on",
    "no": "due_on",
    "body": "resource",
    "time": "time",
    "date": "on",
    "posted": "on",
    "attempt": "on",
    "reply_channel_unknown": "channel",
    "reply_without_email": "channel",
    "reply_without_address": "channel",
    "*": "body",
}
PHONE = ("phone", "counter")
EMAIL, POST = "email", "post"

Act = Callable[["Session", int, Any, Said, Actor, datetime], object]


@dataclass(frozen=True)
class Telling:
    """One kind of words: its form, the name of its texts, and the operation behind it."""

    form: type[SayForm]
    name: str
    act: Act


def _acknowledge(
    session: "Session", case_id: int, form: DatedForm, said: Said, actor: Actor, now: datetime
) -> None:
    due_on = parse_date(form.due_on.data) if any(form.due_on.data) else None
    details = DatedDetails(said, due_on)
    request_replies.acknowledge(session, case_id, details, actor=actor, now=now)


def _extend(
    session: "Session", case_id: int, form: DatedForm, said: Said, actor: Actor, now: datetime
) -> None:
    details = DatedDetails(said, parse_date(form.due_on.data) if any(form.due_on.data) else None)
    request_replies.extend(session, case_id, details, actor=actor, now=now)


def _move(
    session: "Session", case_id: int, form: SayForm, said: Said, actor: Actor, now: datetime
) -> None:
    request_replies.move_to_access(session, case_id, said, actor=actor, now=now)


def _redirect(
    session: "Session", case_id: int, form: RedirectForm, said: Said, actor: Actor, now: datetime
) -> None:
    details = RedirectDetails(said, form.resource.data or "")
    request_ends.redirect(session, case_id, details, actor=actor, now=now)


def _answer(
    session: "Session", case_id: int, form: SayForm, said: Said, actor: Actor, now: datetime
) -> None:
    request_ends.answer(session, case_id, said, actor=actor, now=now)


def acknowledge_request(public_id: str) -> str | Response:
    """Acknowledge a request, with the date of its answer."""
    return _page(public_id, Telling(DatedForm, "acknowledge", _acknowledge))


def extend_request(public_id: str) -> str | Response:
    """Put off the answer, with the reason."""
    return _page(public_id, Telling(DatedForm, "extend", _extend))


def move_request(public_id: str) -> str | Response:
    """Treat the request as one for access to documents."""
    return _page(public_id, Telling(SayForm, "move", _move))


def redirect_request(public_id: str) -> str | Response:
    """Send the person to another public body."""
    return _page(public_id, Telling(RedirectForm, "redirect", _redirect))


def answer_request(public_id: str) -> str | Response:
    """Answer a request."""
    return _page(public_id, Telling(SayForm, "answer", _answer))


def _page(public_id: str, telling: Telling) -> str | Response:
    """The page of one kind of words, and the act when they are sent."""
    sheet, now = request_of(public_id), clock.utc_now()
    texts = PAGES[telling.name]
    form = _form(sheet, telling, now)
    head = {
        "public_id": public_id,
        "number": sheet.case.number,
        "requester": sheet.asked.requester or "Sans nom",
        "question": sheet.asked.question,
    }
    starts = [] if telling.name not in ("answer", "acknowledge", "redirect") else _starts(sheet)
    if form.is_submitted() and _said(form, telling, sheet.case.id, sheet.case.received_at):
        flash(texts.done.format(number=head["number"]), "ok")
        return redirect(url_for("staff.request_sheet", public_id=public_id), 303)
    return render_template(
        "staff/say_request.html",
        form=form,
        texts=texts,
        starts=starts,
        here=url_for(f"staff.{telling.name}_request", public_id=public_id),
        errors=summary(form),
        **head,
    )


def _form(sheet: Sheet, telling: Telling, now: datetime) -> SayForm:
    """The form as it opens: the way the person wants to be told, now, with the usual words."""
    on, hour = typed_now(now)
    given: dict[str, Any] = {
        "public_id": secrets.token_hex(16),
        "version": sheet.case.version,
        "channel": _usual_channel(sheet),
        "body": _first_words(sheet, telling),
        "on": on,
        "time": hour,
    }
    if telling.name == "acknowledge" and date_required(sheet.case.secretariat.code):
        calendar = calendars.calendar(db.session())
        given["due_on"] = write_parts(usual_answer_date(local_date(now), calendar))
    form = telling.form(**given)
    if isinstance(form, RedirectForm):
        bodies = directory.choices(db.session(), "public_body")
        form.resource.choices = [("", "Choisissez"), *((one, name) for one, name, _ in bodies)]
    if isinstance(form, DatedForm) and not given.get("due_on"):
        usual = telling.name == "acknowledge"
        form.due_on.label.text += " (facultatif)" if usual else ""
    return form


def _usual_channel(sheet: Sheet) -> str:
    wanted = sheet.asked.answer_by
    if wanted in (EMAIL, POST):
        return wanted
    return EMAIL if sheet.asked.email and not sheet.asked.phone else "phone"


def _first_words(sheet: Sheet, telling: Telling) -> str:
    """The saved reply that was chosen, filled; otherwise what this kind of words starts with."""
    chosen = request.args.get("modele", "")
    saved = saved_replies.one(db.session(), chosen, actor=current_actor()) if chosen else None
    return filled(saved.body, sheet) if saved else PAGES[telling.name].words


def _starts(sheet: Sheet) -> list[tuple[str, str]]:
    """The saved replies that serve this topic."""
    found = saved_replies.active(db.session(), actor=current_actor(), topic=sheet.asked.topic)
    return [(one.public_id, one.title) for one in found]


def _said(form: SayForm, telling: Telling, case_id: int, received_at: datetime) -> bool:
    """Whether the words were kept; otherwise the form says why not."""
    actor, now = current_actor(), clock.utc_now()
    try:
        said = _words(form, received_at)
        with saving() as session:
            telling.act(session, case_id, form, said, actor, now)
    except DomainError as error:
        show_refusal(form, error, FIELDS)
        return False
    return True


def _words(form: SayForm, received_at: datetime) -> Said:
    channel = form.channel.data or ""
    spoken = channel in PHONE
    return Said(
        public_id=form.public_id.data,
        channel=channel,
        body=form.body.data or "",
        posted_on=parse_date(form.on.data) if channel == POST else None,
        at=moment(form.on.data, form.time.data or "", received_at) if spoken else None,
        version=form.version.data,
    )
