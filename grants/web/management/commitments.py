"""The commitments of the declaration: the list, one to rewrite, what it would have changed."""

from dataclasses import dataclass, replace
from datetime import timedelta
from typing import TYPE_CHECKING

from flask import abort, flash, redirect, render_template, request, url_for
from werkzeug.wrappers import Response

from grants.clock import utc_now
from grants.domain.calendar import local_date
from grants.domain.commitment_changes import Wording
from grants.domain.errors import DomainError
from grants.extensions import db
from grants.operations import declarations as acts
from grants.operations.declarations import AmendDetails
from grants.queries import commitments as queries
from grants.unit_of_work import saving
from grants.web.fields import PARTS, SummaryLine, error_lines
from grants.web.management.commitment_effect import past_years
from grants.web.management.commitment_form import (
    CommitmentForm,
    form_for,
    in_force_from,
    refuse,
    wording,
)
from grants.web.session import current_actor
from grants.wording.commitments import changes, delay
from grants.wording.formats import date_short
from grants.wording.problems import sentence

if TYPE_CHECKING:
    from grants.models.reference import ServiceCommitment, ServiceDeclaration

CONFIRM, CORRECT = "confirm", "correct"
TYPED = ("version", "sentence", "quantity", "unit", "receipt_policy", "target_percent")


@dataclass(frozen=True)
class CommitmentLine:
    """One commitment of the list; `coming` says what a version to come changes of it."""

    code: str
    sentence: str
    delay: str
    target: int | None
    coming: str


def commitments() -> str:
    """The commitments in force, with those of a version to come beside them."""
    last = _last()
    in_force = queries.in_force(db.session(), last.secretariat_id, local_date(utc_now()))
    declaration = in_force[0].declaration if in_force else last
    to_come = {one.code: one for one in last.commitments} if last.id != declaration.id else {}
    return render_template(
        "management/commitments.html",
        declaration=declaration,
        coming=last if to_come else None,
        lines=[_line(one, to_come.get(one.code)) for one in in_force],
    )


def edit_commitment(code: str) -> str | Response:
    """One commitment to rewrite; a post shows the effect, or confirms it."""
    last = _last()
    found = next((one for one in last.commitments if one.code == code), None)
    if found is None:
        abort(404)
    tomorrow = local_date(utc_now()) + timedelta(days=1)
    form = form_for(found, last.id, max(tomorrow, last.in_force_from or tomorrow))
    if not form.is_submitted() or request.form.get("act") == CORRECT:
        return _page(found, form)
    try:
        wanted = wording(form, acts.wording_of(found))
        details = AmendDetails(code, wanted, in_force_from(form), form.version.data or 0)
        if request.form.get("act") == CONFIRM:
            return _confirm(details)
        return _preview(last, found, form, details)
    except DomainError as error:
        if error.code == "stale_page" and _is_done(last, found, details):
            return _done(details)
        return _refused(code, form, error)


def _confirm(details: AmendDetails) -> Response:
    actor, now = current_actor(), utc_now()
    with saving() as session:
        acts.amend(session, details, actor=actor, now=now)
    return _done(details)


def _is_done(last: "ServiceDeclaration", found: "ServiceCommitment", details: AmendDetails) -> bool:
    """Whether the last version says this already: the same post, twice."""
    same_day = last.in_force_from == details.in_force_from
    return same_day and acts.wording_of(found) == details.wording


def _done(details: AmendDetails) -> Response:
    day = date_short(details.in_force_from)
    flash(f"L’engagement est changé\u00a0: il sera en vigueur le {day}.", "ok")
    return redirect(url_for("management.commitments"), 303)


def _preview(
    last: "ServiceDeclaration",
    found: "ServiceCommitment",
    form: CommitmentForm,
    details: AmendDetails,
) -> str:
    now, session = utc_now(), db.session()
    acts.checked(last, details, local_date(now))
    before = acts.wording_of(found)
    return render_template(
        "management/commitment_preview.html",
        hidden=_hidden(form),
        code=found.code,
        in_force_from=details.in_force_from,
        changes=changes(before, details.wording),
        running=queries.running(session, last.secretariat_id, found.code),
        delay=delay(before.quantity, before.unit),
        delay_changes=_delay(before) != _delay(details.wording),
        unit_changes=before.unit != details.wording.unit,
        years=past_years(session, last.secretariat_id, found.code, details.wording, now),
    )


def _hidden(form: CommitmentForm) -> list[tuple[str, str]]:
    """Names and values that carry the answers from the preview to the act, as they were typed."""
    typed = [(field.name, str(field.data)) for field in form if field.name in TYPED]
    parts = zip(PARTS, form.in_force_from.data, strict=True)
    return [*typed, *((f"{form.in_force_from.name}-{part}", data) for part, data in parts)]


def _refused(code: str, form: CommitmentForm, error: DomainError) -> str:
    """The form as typed; after another editor's change, with their words beside it."""
    last = _last()
    found = next(one for one in last.commitments if one.code == code)
    theirs = None
    if error.code == "stale_page":
        theirs = found
        form.version.data, form.version.raw_data = last.id, None
    lines = error_lines(form) if refuse(form, error) else [SummaryLine("", sentence(error))]
    return _page(found, form, lines, theirs)


def _page(
    found: "ServiceCommitment",
    form: CommitmentForm,
    errors: list[SummaryLine] | None = None,
    theirs: "ServiceCommitment | None" = None,
) -> str:
    return render_template(
        "management/commitment.html",
        commitment=found,
        form=form,
        errors=errors or [],
        theirs=theirs,
    )


def _last() -> "ServiceDeclaration":
    """The last version of the actor's declaration: the one that a change is written over."""
    return queries.newest(db.session(), current_actor().secretariat_id or 0)


def _line(one: "ServiceCommitment", later: "ServiceCommitment | None") -> CommitmentLine:
    coming = ""
    if later is not None and acts.wording_of(later) != acts.wording_of(one):
        coming = later.sentence
    target = one.target_percent if one.unit else None
    return CommitmentLine(one.code, one.sentence, delay(one.quantity, one.unit), target, coming)


def _delay(words: Wording) -> Wording:
    """The part of a wording that changes a due date."""
    return replace(words, sentence="", target_percent=0)
