"""Saved replies: the list, one text with its preview, and the text that leaves the list."""

import secrets
from datetime import date, datetime
from typing import TYPE_CHECKING

from flask import flash, redirect, render_template, request, url_for
from werkzeug.wrappers import Response

from grants import clock
from grants.domain.access import Actor
from grants.domain.calendar import local_date
from grants.domain.errors import DomainError
from grants.domain.saved_replies import check_text, fill
from grants.extensions import db
from grants.operations import saved_replies as operations
from grants.operations.saved_replies import SavedReplyDetails
from grants.queries import commitments, information_requests, saved_replies
from grants.queries.information_requests import Sheet
from grants.unit_of_work import saving
from grants.web.errors import or_404
from grants.web.session import current_actor
from grants.web.staff.forms import show_refusal, summary
from grants.web.staff.request_forms import SavedReplyForm
from grants.wording import formats, requests

if TYPE_CHECKING:
    from grants.models.reference import Secretariat
    from grants.models.requests import SavedReply

NEW = "nouvelle"
PREVIEW = "preview"
EXAMPLE = {
    "numero": "REN-2026-0042-K",
    "nom": "Camille Exemple",
    "date_reception": formats.date_short(date(2026, 11, 24)),
    "date_reponse": formats.date_short(date(2026, 12, 22)),
}
FIELDS = {"saved": "title", "topic": "topic", "*": "body"}


def saved_reply_list() -> str:
    """The texts that answers start from."""
    found = saved_replies.active(db.session(), actor=current_actor())
    return render_template("staff/saved_replies.html", replies=found, topics=requests.TOPICS)


def saved_reply(public_id: str) -> str | Response:
    """One text, changed or new, and how it reads once filled."""
    actor = current_actor()
    known = None
    if public_id != NEW:
        known = or_404(saved_replies.one(db.session(), public_id, actor=actor))
    form, shown = _form(known), ""
    if form.is_submitted() and request.form.get("step") == PREVIEW:
        shown = _preview(form, actor)
    elif form.is_submitted() and _written(form, actor):
        flash("La réponse type est enregistrée.", "ok")
        return redirect(url_for("staff.saved_replies"), 303)
    return render_template(
        "staff/saved_reply.html",
        form=form,
        public_id=public_id,
        is_new=known is None,
        preview=shown,
        errors=summary(form),
    )


def retire_saved_reply(public_id: str) -> Response:
    """Take a text out of the list."""
    with saving() as session:
        operations.retire(session, public_id, actor=current_actor(), now=clock.utc_now())
    flash("La réponse type est retirée de la liste.", "ok")
    return redirect(url_for("staff.saved_replies"), 303)


def filled(text: str, sheet: Sheet) -> str:
    """A saved reply with what is known of this request; what is not stays, for a person to fill."""
    case, asked = sheet.case, sheet.asked
    told = [one.due_on for one in information_requests.replies(db.session(), case.id) if one.due_on]
    values = {
        **_of_office(case.secretariat),
        "numero": case.number,
        "nom": asked.requester,
        "date_reception": formats.date_short(local_date(case.received_at)),
        "date_reponse": formats.date_short(max(told)) if told else "",
    }
    return fill(text, values)


def _of_office(office: "Secretariat") -> dict[str, str]:
    return {"secretariat": office.name, "telephone": office.contact["phone"]}


def _form(known: "SavedReply | None") -> SavedReplyForm:
    if known is None:
        return SavedReplyForm(public_id=secrets.token_hex(16))
    return SavedReplyForm(
        public_id=known.public_id,
        seen=known.written_at.isoformat(),
        title=known.title,
        topic=known.topic or "",
        body=known.body,
    )


def _preview(form: SavedReplyForm, actor: Actor) -> str:
    """The text as a person would read it; empty when the form says what to repair."""
    office = commitments.secretariat(db.session(), "", secretariat_id=actor.secretariat_id)
    try:
        return fill(check_text(form.body.data or ""), {**EXAMPLE, **_of_office(office)})
    except DomainError as error:
        show_refusal(form, error, FIELDS)
        return ""


def _written(form: SavedReplyForm, actor: Actor) -> bool:
    details = SavedReplyDetails(
        public_id=form.public_id.data,
        title=form.title.data or "",
        topic=form.topic.data or "",
        body=form.body.data or "",
        seen=_seen(form.seen.data or ""),
    )
    try:
        with saving() as session:
            operations.write(session, details, actor=actor, now=clock.utc_now())
    except DomainError as error:
        show_refusal(form, error, FIELDS)
        return False
    return True


def _seen(text: str) -> datetime | None:
    try:
        return datetime.fromisoformat(text) if text else None
    except ValueError:
        return None
