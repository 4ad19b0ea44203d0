"""A payment that the bank sent back, recorded from its batch."""

from flask import flash, redirect, render_template, url_for
from werkzeug.wrappers import Response

from grants import clock
from grants.domain.calendar import local_date
from grants.domain.dates import parse_date, write_parts
from grants.domain.errors import DomainError
from grants.extensions import db
from grants.operations import payment_returns
from grants.operations.payment_returns import ReturnDetails
from grants.queries import batches as queries
from grants.unit_of_work import saving
from grants.web.errors import or_404
from grants.web.fields import error_lines
from grants.web.finance.batch import one_batch, refused_page
from grants.web.finance.batch_forms import ReturnForm, refuse
from grants.web.session import current_actor

FIELDS = {"date": "returned_on", "returned": "returned_on", "return": "code", "choice": "code"}


def record_return(public_id: str, payment_id: str) -> str | Response:
    """Which code the bank gave, and when."""
    batch = one_batch(public_id)
    payment = or_404(queries.payment(db.session(), batch.id, payment_id))
    batch_id, row_id, released_at = batch.id, payment.id, batch.released_at
    form = ReturnForm(returned_on=write_parts(local_date(clock.utc_now())))
    if released_at is None:
        return refused_page(public_id, DomainError("payment_not_released"))
    if form.is_submitted():
        try:
            _record(form, row_id)
        except DomainError as error:
            if not refuse(form, error, FIELDS):
                return refused_page(public_id, error)
        else:
            flash("Le retour est inscrit\u00a0: le versement revient dans la liste à payer.", "ok")
            return redirect(url_for("finance.batch", public_id=public_id), 303)
    return render_template(
        "finance/record_return.html",
        form=form,
        batch=one_batch(public_id),
        line=next(queries.lines(db.session(), batch_id, after=row_id - 1, limit=1)),
        released_on=local_date(released_at),
        errors=error_lines(form),
    )


def _record(form: ReturnForm, payment_id: int) -> None:
    if not form.code.data:
        raise DomainError("choice_required")
    details = ReturnDetails(form.code.data, parse_date(form.returned_on.data))
    actor, now = current_actor(), clock.utc_now()
    with saving() as session:
        payment_returns.record_return(session, payment_id, details, actor=actor, now=now)
