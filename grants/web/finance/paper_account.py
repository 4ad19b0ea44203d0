"""The account of an organization where nobody answers online, copied from a paper."""

from flask import flash, redirect, render_template, url_for
from werkzeug.wrappers import Response

from grants.clock import utc_now
from grants.domain.bank_accounts import masked_end
from grants.domain.errors import DomainError
from grants.extensions import db
from grants.operations import bank_details as acts
from grants.queries import bank_details as queries
from grants.unit_of_work import saving
from grants.web.bank_account import BankAccountForm, lines, new_id
from grants.web.errors import or_404
from grants.web.fields import error_lines
from grants.web.session import current_actor


def give_bank_details(public_id: str) -> str | Response:
    """Enter the account; somebody else will verify it."""
    actor, form = current_actor(), BankAccountForm()
    organization = or_404(queries.organization(db.session(), public_id, actor=actor))
    organization_id, name = organization.id, organization.legal_name
    if form.validate_on_submit() and _given(form, organization_id, name):
        return redirect(url_for("finance.bank_details"), 303)
    versions = queries.history(db.session(), organization_id, actor=actor)
    return render_template(
        "finance/give_bank_details.html",
        form=form,
        new_id=form.public_id.data or new_id(),
        public_id=public_id,
        name=name,
        versions=lines(versions),
        errors=error_lines(form),
    )


def _given(form: BankAccountForm, organization_id: int, name: str) -> bool:
    """Whether the account is kept; if not, the form says what to repair."""
    details = form.given()
    if details is None:
        return False
    try:
        with saving() as session:
            acts.give(session, organization_id, details, actor=current_actor(), now=utc_now())
    except DomainError as error:
        form.refuse(error)
        return False
    end = masked_end(details.account.end)
    flash(f"Le compte {end} de {name} est inscrit. Une autre personne doit le vérifier.", "ok")
    return True
