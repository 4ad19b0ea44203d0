"""The second factor: a mailed code for organizations, an authenticator code for the staff."""

from collections.abc import Callable

import pyotp
import segno
from flask import flash, redirect, render_template, url_for
from werkzeug.wrappers import Response

from grants.clock import utc_now
from grants.domain import credentials
from grants.domain.errors import DomainError
from grants.domain.throttling import Purpose
from grants.extensions import db
from grants.operations import factors
from grants.operations.sign_in import Opened
from grants.queries import accounts
from grants.unit_of_work import saving
from grants.web import tries
from grants.web.account import steps
from grants.web.account.forms import CodeForm
from grants.web.fields import error_lines, refuse
from grants.web.session import current_token_hash

Answer = str | tuple[str, int] | Response
ISSUER = "Appui"


def code() -> Answer:
    """The code that was mailed. Without an account behind it, the page is the same."""
    if (elsewhere := _elsewhere("code")) is not None:
        return elsewhere
    form = CodeForm()
    if not form.validate_on_submit():
        return _code_page(form)
    try:
        return steps.go_on(_answered(Purpose.CODE, factors.answer_code, form.code.data))
    except DomainError as error:
        return _refused(form, error, _code_page)


def resend() -> Answer:
    """Another code, at most five times an hour."""
    if (elsewhere := _elsewhere("code")) is not None:
        return elsewhere
    live = steps.pending()
    session_id = live.id if live else None
    try:
        tries.allow((Purpose.RESEND, _whose()))
    except DomainError as error:
        return _refused(CodeForm(formdata=None), error, _code_page)
    if session_id is not None:
        with saving() as session:
            factors.resend_code(session, session_id, now=utc_now())
    flash("Un autre code part à votre adresse. Seul le plus récent est bon.", "ok")
    return redirect(url_for("account.code"), 303)


def totp() -> Answer:
    """The code of the authenticator application."""
    if (elsewhere := _elsewhere("totp")) is not None:
        return elsewhere
    return _authenticator("account/totp.html")


def enrol() -> Answer:
    """The first code of the application, which ties it to the account."""
    if (elsewhere := _elsewhere("enrol")) is not None:
        return elsewhere
    live = steps.pending()
    if live is None:
        return redirect(url_for("account.sign_in"))
    secret = credentials.totp_secret(steps.key(), live.account.public_id)
    address = pyotp.TOTP(secret).provisioning_uri(name=live.account.email, issuer_name=ISSUER)
    groups = [secret[place : place + 4] for place in range(0, len(secret), 4)]
    picture = segno.make(address, error="m", micro=False).svg_data_uri(scale=5, border=4)
    return _authenticator("account/enrol.html", picture=picture, groups=groups)


def _authenticator(template: str, **facts: object) -> Answer:
    def page(form: CodeForm) -> str:
        return render_template(template, form=form, errors=error_lines(form), **facts)

    form = CodeForm()
    if not form.validate_on_submit():
        return page(form)
    try:
        return steps.go_on(_answered(Purpose.TOTP, factors.answer_totp, form.code.data))
    except DomainError as error:
        return _refused(form, error, page)


def _answered(purpose: Purpose, answer: Callable[..., Opened | None], typed: str) -> Opened:
    """The session after the right code. Errors: too_many_tries, code_wrong, totp_wrong."""
    live = steps.pending()
    session_id = live.id if live else None
    tries.allow((purpose, _whose()))
    opened = None
    if session_id is not None:
        with saving() as session:
            opened = answer(session, session_id, typed, key=steps.key(), now=utc_now())
    if opened is None:
        raise DomainError(f"{purpose}_wrong")
    return opened


def _refused(form: CodeForm, error: DomainError, page: Callable[[CodeForm], str]) -> Answer:
    refuse(form.code, error)
    return page(form), 429 if error.code == "too_many_tries" else 200


def _code_page(form: CodeForm) -> str:
    return render_template("account/code.html", form=form, errors=error_lines(form))


def _whose() -> str:
    """Whose tries are counted: the account's, or those of a browser without an account."""
    live = steps.pending()
    return live.account.public_id if live else current_token_hash() or ""


def _elsewhere(stage: str) -> Response | None:
    """Send a browser that stands at another step to its page; None when it is at this one."""
    live = steps.pending()
    if live is None:
        return _start_again(stage)
    if live.stage == "in":
        return redirect(url_for("public.home"), 303)
    enrolled = live.account.totp_enrolled_at is not None
    here = "totp" if live.stage == "enrol" and enrolled else live.stage
    return None if here == stage else redirect(url_for(steps.PAGES[here]), 303)


def _start_again(stage: str) -> Response | None:
    """Without a live session: back to the password, unless the browser has to wait for a code
    that will never come (the address already had an account)."""
    digest = current_token_hash()
    if digest is not None and accounts.had_session(db.session(), digest):
        flash("Cette entrée est terminée. Recommencez avec votre mot de passe.", "info")
    elif digest is not None and stage == "code":
        return None
    return redirect(url_for("account.sign_in"), 303)
