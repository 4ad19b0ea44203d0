"""The forgotten password, and the one-use link that sets a new one."""

from flask import flash, redirect, render_template, url_for
from werkzeug.wrappers import Response

from grants.clock import utc_now
from grants.domain import credentials
from grants.domain.errors import DomainError
from grants.domain.throttling import Purpose
from grants.extensions import db
from grants.operations import accounts, password_hashes
from grants.queries import accounts as known
from grants.unit_of_work import saving
from grants.web import tries
from grants.web.account import steps
from grants.web.account.forms import ForgottenForm, PasswordForm
from grants.web.fields import error_lines, refuse
from grants.web.session import close_session

Answer = str | tuple[str, int] | Response


def forgotten() -> Answer:
    """Ask for a link. The answer is the same for every address; the mail decides."""
    form = ForgottenForm()
    if not form.validate_on_submit():
        return _forgotten_page(form)
    email = accounts.address(form.email.data)
    try:
        tries.allow((Purpose.FORM_NETWORK, tries.network()))
    except DomainError as error:
        refuse(form.email, error)
        return _forgotten_page(form), 429
    with saving() as session:
        accounts.ask_link(session, email, now=utc_now())
    tries.even_out()
    return redirect(url_for("account.link_asked"), 303)


def _forgotten_page(form: ForgottenForm) -> str:
    return render_template("account/forgotten.html", form=form, errors=error_lines(form))


def link_asked() -> str:
    """What happens next, in the mailbox."""
    return render_template("account/link_asked.html")


def set_password(public_id: str, token: str) -> Answer:
    """Choose a password with a link that nobody used yet."""
    link = _live(public_id, token)
    if link is None:
        return _dead()
    form = PasswordForm(link.account_kind, about=(link.full_name, link.email))
    if not form.validate_on_submit():
        errors = error_lines(form)
        return render_template("account/set_password.html", form=form, link=link, errors=errors)
    password_hash = password_hashes.hashed(form.password.data)
    try:
        with saving() as session:
            accounts.set_password(session, link.id, password_hash, now=utc_now())
    except DomainError:
        return _dead()
    close_session()
    flash("Votre mot de passe est enregistré. Entrez maintenant avec lui.", "ok")
    return redirect(url_for("account.sign_in"), 303)


def _live(public_id: str, token: str) -> known.Link | None:
    """The link of this address; a wrong token and a dead link look the same."""
    link = known.live_link(db.session(), public_id, now=utc_now())
    right = credentials.same(credentials.link_token(steps.key(), public_id), token)
    return link if right else None


def _dead() -> tuple[str, int]:
    return render_template("account/link_dead.html"), 404
