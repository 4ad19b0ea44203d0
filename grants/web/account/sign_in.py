"""E-mail and password; and the way out."""

from flask import redirect, render_template, request, url_for
from werkzeug.wrappers import Response

from grants.clock import utc_now
from grants.domain.access import VISITOR
from grants.domain.errors import DomainError
from grants.domain.throttling import Purpose
from grants.extensions import db
from grants.operations import password_hashes
from grants.operations import sign_in as signing
from grants.operations.sign_in import Opened
from grants.queries import accounts
from grants.unit_of_work import saving
from grants.web import tries
from grants.web.account import steps
from grants.web.account.forms import SignInForm
from grants.web.fields import error_lines, refuse
from grants.web.session import close_session, current_actor, current_token_hash

Answer = str | tuple[str, int] | Response


def sign_in() -> Answer:
    """Who are you? The second factor comes next."""
    onward = steps.internal(request.args.get("next"))
    if current_actor() != VISITOR and request.method == "GET":
        return redirect(onward or url_for("public.home"))
    form = SignInForm(onward=onward or "")
    if not form.validate_on_submit():
        return _page(form)
    try:
        opened = password_checked(form.email.data.strip().lower(), form.password.data)
        if opened is None:
            raise DomainError("sign_in_wrong")
    except DomainError as error:
        refuse(form.email, error)
        return _page(form), 429 if error.code == "too_many_tries" else 200
    return steps.go_on(opened, form.onward.data)


def _page(form: SignInForm) -> str:
    return render_template("account/sign_in.html", form=form, errors=error_lines(form))


def password_checked(email: str, password: str) -> Opened | None:
    """The session that waits for the second factor; None when the password is wrong.

    Known or not, an address costs one count, one hash and one act. Error: too_many_tries.
    """
    tries.allow((Purpose.SIGN_IN_NETWORK, tries.network()), (Purpose.SIGN_IN, email))
    known = accounts.by_email(db.session(), email)
    right = password_hashes.matches(known.password_hash if known else None, password)
    with saving() as session:
        opened = None
        if known and right:
            opened = signing.begin(session, known.id, known.password_hash, now=utc_now())
        if opened is None:
            signing.fail(session, "password", now=utc_now())
    return opened


def sign_out() -> Response:
    """Leave: the session ends in the database, the cookie is emptied."""
    digest, actor = current_token_hash(), current_actor()
    if digest is not None:
        with saving() as session:
            signing.sign_out(session, digest, actor=actor, now=utc_now())
    close_session()
    return redirect(url_for("public.home"), 303)
