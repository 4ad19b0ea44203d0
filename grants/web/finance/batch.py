"""Batches: the list, one batch, and the acts on it."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from flask import flash, redirect, render_template, request, url_for
from werkzeug.wrappers import Response

from grants import clock
from grants.domain.dates import parse_date, write_parts
from grants.domain.errors import DomainError
from grants.extensions import db
from grants.operations import batches as acts
from grants.operations.batches import RedateDetails, RemoveDetails, Seen
from grants.queries import batches as queries
from grants.queries.batches import LINES, ListedBatch
from grants.unit_of_work import saving
from grants.web.errors import or_404
from grants.web.fields import SummaryLine, error_lines
from grants.web.finance.batch_forms import RedateForm, SeenForm, refuse
from grants.web.finance.batch_page import facts, shown_line, standing
from grants.web.session import current_actor
from grants.wording.payments import BATCH_TAGS
from grants.wording.problems import sentence

if TYPE_CHECKING:
    from grants.models.payments import Batch

DATE_FIELDS = {"date": "funds_on", "funds": "funds_on", "year": "funds_on"}
LONGEST_ID = 9


@dataclass(frozen=True)
class ListLine:
    """One line of the list, in words."""

    batch: ListedBatch
    url: str
    tag: tuple[str, str]
    file: str


def batches() -> str:
    """Every batch, newest first."""
    before = request.args.get("avant", type=_row_id)
    found, next_before = queries.page(db.session(), actor=current_actor(), before=before)
    return render_template(
        "finance/batches.html",
        lines=[_listed(one) for one in found],
        first_url=url_for("finance.batches") if before else "",
        next_url=url_for("finance.batches", avant=next_before) if next_before else "",
    )


def batch(public_id: str) -> str:
    """One batch, with what this person may do with it."""
    return batch_page(one_batch(public_id))


def approve_batch(public_id: str) -> str | Response:
    """Approve a batch as it was read."""
    return _act(public_id, acts.approve, "Le lot est approuvé.")


def send_back_batch(public_id: str) -> str | Response:
    """Take an approval back."""
    return _act(public_id, acts.send_back, "L’approbation est retirée\u00a0: le lot peut changer.")


def cancel_batch(public_id: str) -> str | Response:
    """Give a batch up, once its page was read."""
    found = one_batch(public_id)
    form = SeenForm(version=found.content_version)
    if form.is_submitted():
        return _act(public_id, acts.cancel, "Le lot est annulé.")
    held = queries.sums(db.session(), found.id)
    return render_template("finance/cancel_batch.html", form=form, batch=found, sums=held)


def remove_line(public_id: str, payment_id: str) -> str | Response:
    """Take one payment out of a batch."""
    found, session = one_batch(public_id), db.session()
    line = or_404(queries.payment(session, found.id, payment_id))
    details = RemoveDetails(line.id, SeenForm().version.data)
    batch_id, actor, now = found.id, current_actor(), clock.utc_now()
    try:
        with saving() as saved:
            acts.remove(saved, batch_id, details, actor=actor, now=now)
    except DomainError as error:
        return refused_page(public_id, error)
    flash("Le versement est retiré du lot\u00a0: il revient dans la liste à payer.", "ok")
    return redirect(url_for("finance.batch", public_id=public_id), 303)


def redate_batch(public_id: str) -> str | Response:
    """Another date for the funds."""
    found = one_batch(public_id)
    form = RedateForm(version=found.content_version, funds_on=write_parts(found.funds_on))
    if form.is_submitted():
        try:
            _redate(form, found.id)
        except DomainError as error:
            if not refuse(form, error, DATE_FIELDS):
                return refused_page(public_id, error)
        else:
            flash("La date du lot est changée.", "ok")
            return redirect(url_for("finance.batch", public_id=public_id), 303)
    return render_template(
        "finance/redate_batch.html",
        form=form,
        batch=one_batch(public_id),
        errors=error_lines(form),
    )


def one_batch(public_id: str) -> "Batch":
    """The batch of this address, or nothing here."""
    return or_404(queries.one(db.session(), public_id, actor=current_actor()))


def batch_page(found: "Batch", **more: Any) -> str:
    """The page of a batch, a hundred lines at a time."""
    after = request.args.get("apres", type=_row_id) or 0
    lines = list(queries.lines(db.session(), found.id, after=after, limit=LINES + 1))
    here = {"public_id": found.public_id}
    following = lines[LINES - 1].id if len(lines) > LINES else None
    return render_template(
        "finance/batch.html",
        lines=[shown_line(line) for line in lines[:LINES]],
        first_url=url_for("finance.batch", **here) if after else "",
        next_url=url_for("finance.batch", **here, apres=following) if following else "",
        **facts(standing(found, current_actor())),
        **more,
    )


def refused_page(public_id: str, error: DomainError) -> str:
    """The batch as it is now, with what was refused at the top."""
    return batch_page(one_batch(public_id), errors=[SummaryLine("", sentence(error))])


def _act(public_id: str, act: Callable[..., object], done: str) -> str | Response:
    """An act on the content that the page showed."""
    batch_id, actor, now = one_batch(public_id).id, current_actor(), clock.utc_now()
    seen = Seen(SeenForm().version.data or 0)
    try:
        with saving() as session:
            act(session, batch_id, seen, actor=actor, now=now)
    except DomainError as error:
        return refused_page(public_id, error)
    flash(done, "ok")
    return redirect(url_for("finance.batch", public_id=public_id), 303)


def _redate(form: RedateForm, batch_id: int) -> None:
    details = RedateDetails(parse_date(form.funds_on.data), form.version.data)
    actor, now = current_actor(), clock.utc_now()
    with saving() as session:
        acts.redate(session, batch_id, details, actor=actor, now=now)


def _row_id(text: str) -> int:
    """Where a page begins; what is no id of ours begins at the first line."""
    return int(text[:LONGEST_ID])


def _listed(one: ListedBatch) -> ListLine:
    url = url_for("finance.batch", public_id=one.public_id)
    file = "" if one.file_number is None else f"{one.file_number:04d}"
    return ListLine(one, url, BATCH_TAGS[one.status], file)
