"""Accounts to verify by telephone: who waits, the call, the second person's word."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from flask import flash, redirect, render_template, request, url_for
from werkzeug.wrappers import Response

from grants.clock import utc_now
from grants.domain.bank_accounts import BankAccount, institution_name, masked_end
from grants.domain.errors import DomainError
from grants.domain.identity import show_phone
from grants.domain.payee_name import propose
from grants.extensions import db
from grants.operations import bank_details as acts
from grants.operations import identity
from grants.operations.bank_details import VerificationDetails
from grants.queries import bank_details as queries
from grants.queries import known_phones, staff
from grants.queries.bank_details import Version, Waiting
from grants.unit_of_work import saving
from grants.web.bank_account import lines
from grants.web.errors import or_404
from grants.web.fields import SummaryLine, error_lines
from grants.web.finance.forms import VerificationForm
from grants.web.identity import ask, confirmed_until
from grants.web.session import current_actor, current_token_hash
from grants.wording.bank_details import changed
from grants.wording.problems import sentence

LONGEST_ID = 9  # digits: what any database takes


@dataclass(frozen=True)
class WaitingLine:
    """One organization to call, in words."""

    waits: Waiting
    masked: str
    phone: str
    change: str


def bank_details() -> str:
    """Who waits for a call, in the order they came; and who may only write on paper."""
    actor, session, now = current_actor(), db.session(), utc_now()
    after = request.args.get("apres", type=_row_id)
    page = queries.waiting(session, actor=actor, after=after)
    return render_template(
        "finance/bank_details.html",
        lines=[_line(account, now) for account in page.accounts],
        on_paper=queries.on_paper(session, actor=actor) if after is None else [],
        masked_end=masked_end,
        first_url=url_for("finance.bank_details") if after else "",
        next_url=_next_url(page.next_after),
    )


def _row_id(text: str) -> int:
    """Where a page begins; what is no id of ours begins at the first line."""
    return int(text[:LONGEST_ID])


def _next_url(after: int | None) -> str:
    return url_for("finance.bank_details", apres=after) if after else ""


def _line(account: Waiting, now: datetime) -> WaitingLine:
    change = changed(account.entered_at, now) if account.is_change else ""
    return WaitingLine(account, masked_end(account.end), show_phone(account.phone), change)


def verify_bank_details(public_id: str) -> str | Response:
    """The call to make; then the word of a second person."""
    version, form = _version(public_id), VerificationForm()
    if not form.is_submitted():
        return _page(version)
    refused = _refused(form, version.id)
    now_stands = _version(public_id)
    if refused is None or now_stands.verified_by_id == current_actor().person_id:
        flash(f"Le compte {masked_end(version.end)} est vérifié\u00a0: vous pouvez y verser.", "ok")
        return redirect(url_for("finance.bank_details"), 303)
    return _page(now_stands, form=form, refused=refused)


def _refused(form: VerificationForm, bank_details_id: int) -> DomainError | None:
    """What stands in the way of this verification; None once it is kept.

    The confirmation of who acts is used up in the same transaction.
    """
    details = VerificationDetails(form.payee_name.data or "", form.confirmed_with.data or "")
    actor, now = current_actor(), utc_now()
    try:
        with saving() as session:
            identity.consume(session, current_token_hash(), actor=actor, now=now)
            acts.verify(session, bank_details_id, details, actor=actor, now=now)
    except DomainError as error:
        return error
    return None


def show_account(public_id: str) -> str | Response:
    """The account in full, for the call; each showing is journaled, so it is asked by a button."""
    version = _version(public_id)
    if confirmed_until() is None:
        return ask(url_for("finance.verify_bank_details", public_id=public_id))
    try:
        with saving() as session:
            account = acts.show(session, version.id, actor=current_actor(), now=utc_now())
    except DomainError as error:
        return _page(_version(public_id), refused=error)
    return _page(_version(public_id), form=_proposed(version), account=account)


def _proposed(version: Version) -> VerificationForm:
    """The form with the payee's name that the legal name gives."""
    organization = queries.organization_of(db.session(), version)
    return VerificationForm(formdata=None, payee_name=propose(organization.legal_name))


def _version(public_id: str) -> Version:
    return or_404(queries.one(db.session(), public_id, actor=current_actor()))


def _page(
    version: Version,
    *,
    form: VerificationForm | None = None,
    account: BankAccount | None = None,
    refused: DomainError | None = None,
) -> str:
    """The page of one version; `account` is there only when its showing was just journaled."""
    return render_template(
        "finance/verify_bank_details.html",
        version=version,
        masked=masked_end(version.end),
        account=account,
        institution=institution_name(account.institution) if account else None,
        form=form,
        is_confirmed=confirmed_until() is not None,
        errors=_errors(form, refused),
        **_around(version),
    )


def _around(version: Version) -> dict[str, Any]:
    """The organization, the numbers to call, the other versions, and what may be done now."""
    session, actor = db.session(), current_actor()
    organization = queries.organization_of(session, version)
    history = queries.history(session, version.organization_id, actor=actor)
    phones = known_phones.before(session, version, actor=actor)
    return {
        "organization": organization,
        "phone": show_phone(organization.phone),
        "phones": [(show_phone(known.number), known) for known in phones],
        "stands": _stands(version, history),
        "change": changed(version.entered_at, utc_now()) if len(history) > 1 else "",
        "history": lines(history),
    }


def _stands(version: Version, history: list[Version]) -> str:
    """What may be done with a version now: verified, replaced, own, tied or waiting."""
    actor = current_actor()
    if history[0].id != version.id:
        return "replaced"
    if version.verified_at is not None:
        return "verified"
    if version.entered_by_id == actor.person_id:
        return "own"
    tied = staff.has_conflict(db.session(), actor.person_id, version.organization_id)
    return "tied" if tied else "waiting"


def _errors(form: VerificationForm | None, refused: DomainError | None) -> list[SummaryLine]:
    """What to repair: beside its field, or at the top where it is about none."""
    if refused is None:
        return []
    if form is not None and form.refuse(refused):
        return error_lines(form)
    return [SummaryLine("", sentence(refused))]
