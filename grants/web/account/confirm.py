"""« Confirmez que c’est bien vous »: the password and the second factor again, on the way to a
grave act. The page to come back to travels in the address, so each tab keeps its own."""

from datetime import timedelta

from flask import abort, flash, redirect, render_template, request, session, url_for
from werkzeug.wrappers import Response

from grants.clock import utc_now
from grants.domain.calendar import local_time
from grants.domain.confirmation import CONFIRMATION_LIFE
from grants.domain.credentials import token_hash
from grants.domain.errors import DomainError
from grants.domain.throttling import Purpose
from grants.extensions import db
from grants.operations import factors, identity
from grants.queries import accounts, sessions
from grants.unit_of_work import saving
from grants.web import demo_entry, tries
from grants.web.account import steps
from grants.web.account.forms import CodeForm, ConfirmForm
from grants.web.account.sign_in import password_checked
from grants.web.fields import error_lines, refuse
from grants.web.identity import confirmed_until
from grants.web.landing import home_of
from grants.web.session import current_actor, current_token_hash
from grants.wording import formats

Answer = str | tuple[str, int] | Response
WAITING = "confirming"  # in the cookie: the token of the session that waits for its factor


def confirm_identity() -> Answer:
    """The password again; or, in the demonstration, one button."""
    form = ConfirmForm()
    if not form.validate_on_submit():
        return _page("confirm", form)
    try:
        return _go_on(form.password.data)
    except DomainError as error:
        refuse(form.password, error)
        return _page("confirm", form), _status(error)


def _go_on(password: str) -> Response:
    """Keep the session that waits for its factor. Errors: too_many_tries, password_wrong,
    totp_not_enrolled."""
    opened = password_checked(current_actor().email, password)
    if opened is None:
        raise DomainError("password_wrong")
    if opened.stage == "enrol":
        raise DomainError("totp_not_enrolled")
    session[WAITING] = opened.token
    return redirect(_to("confirm_factor"), 303)


def confirm_factor() -> Answer:
    """The mailed code of an organization, or the authenticator's of the staff."""
    waiting = _waiting()
    if waiting is None:
        return _without_password()
    form, waiting_id, stage = CodeForm(), *waiting
    if not form.validate_on_submit():
        return _page("confirm_factor", form, stage=stage)
    try:
        return _confirmed(waiting_id, Purpose(stage), form.code.data)
    except DomainError as error:
        refuse(form.code, error)
        return _page("confirm_factor", form, stage=stage), _status(error)


def _confirmed(waiting_id: int, purpose: Purpose, typed: str) -> Response:
    """Back to the act, confirmed. Errors: too_many_tries, code_wrong, totp_wrong."""
    actor, digest = current_actor(), current_token_hash() or ""
    tries.allow((purpose, _account_public_id()))
    details = identity.Answer(waiting_id, typed)
    with saving() as act:
        right = identity.confirm(act, digest, details, key=steps.key(), actor=actor, now=utc_now())
    if not right:
        raise DomainError(f"{purpose}_wrong")
    session.pop(WAITING, None)
    return _back()


def confirm_resend() -> Answer:
    """Another code, at most five times an hour, counted with those of sign-in."""
    waiting = _waiting()
    if waiting is None:
        return _without_password()
    try:
        tries.allow((Purpose.RESEND, _account_public_id()))
    except DomainError as error:
        form = CodeForm(formdata=None)
        refuse(form.code, error)
        return _page("confirm_factor", form, stage="code"), _status(error)
    with saving() as act:
        factors.resend_code(act, waiting[0], now=utc_now())
    flash("Un autre code part à votre adresse. Seul le plus récent est bon.", "ok")
    return redirect(_to("confirm_factor"), 303)


def confirm_demo() -> Response:
    """One button for the invented people of the demonstration, whose password nobody knows."""
    if not demo_entry.is_open():
        abort(404)
    actor, digest = current_actor(), current_token_hash() or ""
    with saving() as act:
        right = identity.confirm_demo(act, digest, actor=actor, now=utc_now())
    if not right:
        abort(404)
    return _back()


def _status(error: DomainError) -> int:
    return 429 if error.code == "too_many_tries" else 200


def _page(name: str, form: ConfirmForm | CodeForm, **facts: object) -> str:
    return render_template(
        f"account/{name}.html",
        form=form,
        errors=error_lines(form),
        onward=_onward(),
        minutes=CONFIRMATION_LIFE // timedelta(minutes=1),
        back_url=_onward() or home_of(current_actor()),
        in_demo=demo_entry.is_open() and accounts.is_cast(current_actor().email),
        **facts,
    )


def _waiting() -> tuple[int, str] | None:
    """The session opened by the right password, and the factor it waits for."""
    token = session.get(WAITING)
    found = sessions.pending(db.session(), token_hash(token), now=utc_now()) if token else None
    return None if found is None else (found.id, found.stage)


def _account_public_id() -> str:
    """Whose tries are counted."""
    live = steps.pending()
    return live.account.public_id if live else ""


def _without_password() -> Response:
    """A double click is already confirmed; anybody else begins with the password."""
    return _back() if confirmed_until() else redirect(_to("confirm_identity"), 303)


def _back() -> Response:
    until = confirmed_until()
    if until is not None:
        hour = formats.time(local_time(until))
        flash(f"C’est confirmé jusqu’à {hour}, pour un seul geste.", "ok")
    return redirect(_onward() or home_of(current_actor()), 303)


def _onward() -> str | None:
    return steps.internal(request.args.get("next"))


def _to(endpoint: str) -> str:
    return url_for(f"account.{endpoint}", next=_onward())
