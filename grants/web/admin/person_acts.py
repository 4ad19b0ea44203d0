"""What is done about one person's access: taken away, given back, an authenticator renewed."""

from collections.abc import Callable

from flask import flash, redirect, render_template, request, url_for
from werkzeug.wrappers import Response

from grants import clock
from grants.domain.errors import DomainError
from grants.extensions import db
from grants.operations import people as acts
from grants.queries import people as staff
from grants.queries.people import StaffPerson
from grants.unit_of_work import saving
from grants.web.admin.forms import RemoveForm
from grants.web.errors import or_404
from grants.web.fields import error_lines
from grants.web.session import current_actor
from grants.wording import formats
from grants.wording.problems import sentence

Act = Callable[..., None]


def remove_person(public_id: str) -> str | Response:
    """Take a person's access away, after a page that says what will happen."""
    found, form = _one(public_id), RemoveForm()
    if form.is_submitted():
        given = _removed(form, found)
        if given is not None:
            flash(_told(found, given), "ok")
            return redirect(url_for("admin.people"), 303)
    return render_template(
        "admin/remove_person.html", person=found, form=form, errors=error_lines(form)
    )


def _removed(form: RemoveForm, found: StaffPerson) -> int | None:
    """How many files wait for somebody else; None when the form says what to repair."""
    actor, now = current_actor(), clock.utc_now()
    give_back = bool(form.give_back.data)
    try:
        with saving() as session:
            return acts.remove(session, found.person_id, give_back=give_back, actor=actor, now=now)
    except DomainError as error:
        form.give_back.errors = [*form.give_back.errors, sentence(error)]
        return None


def _told(found: StaffPerson, given: int) -> str:
    words = f"{found.name} n’a plus accès à Appui."
    if not given:
        return words
    wait = formats.plural(given, "attend", "attendent")
    return f"{words} {formats.count(given, 'dossier')} {wait} une autre personne."


def renew_authenticator(public_id: str) -> str | Response:
    """End a lost authenticator, after a page that says what will happen."""
    found = _one(public_id)
    if request.method == "GET":
        return render_template("admin/renew_authenticator.html", person=found)
    told = "inscrira un nouvel authentificateur à sa prochaine entrée; l’ancien ne fonctionne plus."
    return _done(found, acts.renew_factor, told)


def let_in_again(public_id: str) -> Response:
    """Give access back: a link leaves, as for somebody new."""
    told = "a de nouveau accès, dès que son mot de passe est choisi. Le lien est parti."
    return _done(_one(public_id), acts.let_in_again, told)


def invite_again(public_id: str) -> Response:
    """Send another link to a person who never chose a password."""
    told = "reçoit un nouveau lien, bon 24\u00a0heures. L’ancien ne sert plus."
    return _done(_one(public_id), acts.invite_again, told)


def _one(public_id: str) -> StaffPerson:
    return or_404(staff.one(db.session(), public_id, actor=current_actor()))


def _done(found: StaffPerson, act: Act, told: str) -> Response:
    with saving() as session:
        act(session, found.person_id, actor=current_actor(), now=clock.utc_now())
    flash(f"{found.name} {told}", "ok")
    return redirect(url_for("admin.person", public_id=found.public_id), 303)
