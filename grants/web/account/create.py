"""A volunteer's account: the first page of the journey."""

from flask import redirect, render_template, request, url_for
from werkzeug.wrappers import Response

from grants.clock import utc_now
from grants.domain.access import VISITOR
from grants.domain.errors import DomainError
from grants.domain.throttling import Purpose
from grants.operations import accounts, sign_in
from grants.operations.sign_in import Opened
from grants.unit_of_work import saving
from grants.web import tries
from grants.web.account import steps
from grants.web.account.forms import CreateForm
from grants.web.account.notice import FACTS
from grants.web.fields import error_lines, refuse
from grants.web.session import current_actor

Answer = str | tuple[str, int] | Response


def create() -> Answer:
    """Create an account; the answer is the same when the address already has one."""
    if current_actor() != VISITOR and request.method == "GET":
        return redirect(url_for("public.home"))
    form = CreateForm()
    if not form.validate_on_submit():
        return _page(form)
    try:
        tries.allow((Purpose.FORM_NETWORK, tries.network()))
    except DomainError as error:
        refuse(form.email, error)
        return _page(form), 429
    opened = _opened(form.details())
    tries.even_out()
    return steps.go_on(opened)


def _page(form: CreateForm) -> str:
    return render_template("account/create.html", form=form, errors=error_lines(form), facts=FACTS)


def _opened(details: accounts.NewAccount) -> Opened:
    """A session that waits for the mailed code, or one with nothing behind it."""
    with saving() as session:
        now = utc_now()
        account_id = accounts.create(session, details, now=now)
        if account_id is None:
            return sign_in.nobody()
        opened = sign_in.begin(session, account_id, details.password_hash, now=now)
        return opened or sign_in.nobody()
