"""Where the organization is paid: given by its responsible person, shown by its last digits."""

from flask import flash, redirect, render_template, request, url_for
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


def bank_details() -> str | Response:
    """The present account and its state; the form for the first one, or for another."""
    actor = current_actor()
    organization_id = or_404(actor.organization_id)
    form = BankAccountForm()
    if form.validate_on_submit() and _given(form, organization_id):
        return redirect(url_for("applicant.bank_details"), 303)
    versions = lines(queries.history(db.session(), organization_id, actor=actor))
    return render_template(
        "applicant/bank_details.html",
        form=form,
        new_id=form.public_id.data or new_id(),
        present=next(iter(versions), None),
        versions=versions,
        writes=not versions or "changer" in request.args or form.is_submitted(),
        errors=error_lines(form),
    )


def _given(form: BankAccountForm, organization_id: int) -> bool:
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
    flash(f"Le compte {end} est enregistré. Nous vous appellerons pour le vérifier.", "ok")
    return True
