"""Absences: recorded for oneself or for somebody of the team, with who takes their place."""

import re
import secrets
from collections.abc import Sequence
from datetime import date

from flask import flash, redirect, render_template, url_for
from werkzeug.wrappers import Response
from wtforms.fields import SelectChoice

from grants import clock
from grants.domain.access import Action, Actor
from grants.domain.calendar import local_date
from grants.domain.dates import parse_date
from grants.domain.errors import DomainError
from grants.extensions import db
from grants.operations import absences as acts
from grants.operations.absences import AbsenceDetails
from grants.queries import absences as away
from grants.queries import people
from grants.queries.absences import AbsenceLine, Colleague
from grants.unit_of_work import saving
from grants.web.errors import or_404
from grants.web.session import current_actor
from grants.web.staff.absence_forms import AbsenceForm
from grants.web.staff.forms import summary

PUBLIC_ID = re.compile("[0-9a-f]{32}")


def absences() -> str:
    """Who is away or will be, who takes their place, and what is over."""
    actor, session, today = current_actor(), db.session(), local_date(clock.utc_now())
    return render_template(
        "staff/absences.html",
        lines=away.page(session, actor=actor, today=today),
        past=away.past(session, actor=actor, today=today),
        left=people.left_behind(session, actor=actor) if actor.may(Action.ASSIGN) else (),
        today=today,
        me=actor.person_id,
        for_others=actor.may(Action.RECORD_ABSENCE),
    )


def record_absence() -> str | Response:
    """Record an absence; a second post of the same page finds it recorded."""
    actor = current_actor()
    colleagues = away.colleagues(db.session(), actor.secretariat_id)
    form = _form(actor, colleagues)
    if form.is_submitted():
        public_id = _recorded(form, actor)
        if public_id:
            flash("L’absence est inscrite.", "ok")
            return redirect(url_for("staff.absence", public_id=public_id), 303)
    return render_template(
        "staff/record_absence.html",
        form=form,
        for_others=actor.may(Action.RECORD_ABSENCE),
        errors=summary(form),
    )


def _form(actor: Actor, colleagues: Sequence[Colleague]) -> AbsenceForm:
    """Everybody to choose from; who records only their own absence is not asked whose it is."""
    form = AbsenceForm(public_id=secrets.token_hex(16))
    choices = [SelectChoice(str(one.person_id), f"{one.name}, {one.title}") for one in colleagues]
    empty = SelectChoice("", "")
    form.person_id.choices = [empty, *choices]
    form.substitute_id.choices = [
        empty,
        *(choice for choice in choices if choice.value != _mine_only(actor)),
    ]
    if not actor.may(Action.RECORD_ABSENCE):
        del form.person_id
    return form


def _mine_only(actor: Actor) -> str:
    return "" if actor.may(Action.RECORD_ABSENCE) else str(actor.person_id)


def _recorded(form: AbsenceForm, actor: Actor) -> str:
    """The public id of the absence; empty when the form says what to repair."""
    details = _details(form, actor)
    if details is None:
        return ""
    try:
        with saving() as session:
            absence = acts.record_absence(session, details, actor=actor, now=clock.utc_now())
            return absence.public_id
    except DomainError as error:
        form.refuse(error)
        return ""


def _details(form: AbsenceForm, actor: Actor) -> AbsenceDetails | None:
    person = form.chosen("person_id", "person_required") if form.person_id else actor.person_id
    from_on, until_on = _day(form, "from_on"), _day(form, "until_on")
    substitute = form.chosen("substitute_id", "substitute_required")
    if not (person and from_on and until_on and substitute):
        return None
    carried = form.public_id.data or ""
    public_id = carried if PUBLIC_ID.fullmatch(carried) else ""
    return AbsenceDetails(person, from_on, until_on, substitute, public_id)


def _day(form: AbsenceForm, name: str) -> date | None:
    try:
        return parse_date(form[name].data)
    except DomainError as error:
        form.refuse_field(name, error)
        return None


def cancel_absence(public_id: str) -> Response:
    """Cancel an absence, or end the one that runs: the person is back."""
    actor = current_actor()
    found = one_of(public_id)
    with saving() as session:
        acts.cancel(session, found.id, actor=actor, now=clock.utc_now())
    flash("L’absence est annulée\u00a0: la personne est de retour.", "ok")
    return redirect(url_for("staff.absence", public_id=public_id), 303)


def one_of(public_id: str) -> AbsenceLine:
    """The absence of this page, when it concerns the actor."""
    return or_404(away.one(db.session(), public_id, actor=current_actor()))
