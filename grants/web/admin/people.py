"""The people of a secretariat: who has access, and what each may do."""

import re
import secrets

from flask import flash, redirect, render_template, url_for
from werkzeug.wrappers import Response

from grants import clock
from grants.domain.errors import DomainError
from grants.extensions import db
from grants.operations import people as acts
from grants.operations.people import Invitation
from grants.queries import people as staff
from grants.queries.people import StaffPerson
from grants.unit_of_work import saving
from grants.web.admin.forms import ChangeForm, InviteForm
from grants.web.errors import or_404
from grants.web.session import current_actor
from grants.wording import people as words

PUBLIC_ID = re.compile("[0-9a-f]{32}")


def people() -> str:
    """Everybody of the secretariat, and what each role lets a person do."""
    return render_template(
        "admin/people.html",
        people=staff.page(db.session(), actor=current_actor()),
        standings=words.STANDINGS,
        roles_of=words.roles,
        roles=words.ROLES.values(),
    )


def invite_person() -> str | Response:
    """Let somebody in: they choose their password themselves. A second post finds it done."""
    form = InviteForm(public_id=secrets.token_hex(16))
    if form.is_submitted() and _invited(form):
        flash(
            f"Invitation envoyée à {form.email.data.strip()}. Le lien est bon 24\u00a0heures.", "ok"
        )
        return redirect(url_for("admin.people"), 303)
    return render_template("admin/invite.html", form=form, errors=form.problems())


def _invited(form: InviteForm) -> bool:
    carried = form.public_id.data or ""
    details = Invitation(
        full_name=form.full_name.data or "",
        email=form.email.data or "",
        place=form.place(),
        public_id=carried if PUBLIC_ID.fullmatch(carried) else "",
    )
    try:
        with saving() as session:
            acts.invite(session, details, actor=current_actor(), now=clock.utc_now())
    except DomainError as error:
        form.refuse(error)
        return False
    return True


def person(public_id: str) -> str | Response:
    """One person: what they are, and what may be done about their access."""
    actor = current_actor()
    found = or_404(staff.one(db.session(), public_id, actor=actor))
    held = [role.value for role in found.roles]
    form = ChangeForm(title=found.title, extension=found.extension, roles=held)
    if form.is_submitted() and _changed(form, found):
        flash(f"{found.name}\u00a0: c’est enregistré, et valable dès maintenant.", "ok")
        return redirect(url_for("admin.person", public_id=public_id), 303)
    return render_template(
        "admin/person.html",
        person=found,
        form=form,
        standing=words.STANDINGS[found.standing],
        is_self=found.person_id == actor.person_id,
        errors=form.problems(),
    )


def _changed(form: ChangeForm, found: StaffPerson) -> bool:
    try:
        with saving() as session:
            acts.change(
                session,
                found.person_id,
                form.place(),
                give_back=form.give_back.data,
                actor=current_actor(),
                now=clock.utc_now(),
            )
    except DomainError as error:
        form.refuse(error)
        return False
    return True
