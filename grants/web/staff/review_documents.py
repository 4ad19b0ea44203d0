"""Checking the documents of a file: one page, as many findings as one is ready to give."""

from __future__ import annotations

from typing import TYPE_CHECKING

from flask import flash, redirect, render_template, url_for

from grants import clock
from grants.domain.errors import DomainError
from grants.domain.reviews import read_document_state
from grants.extensions import db
from grants.operations import reviews as acts
from grants.operations.reviews import DocumentFinding
from grants.queries import case_files, reviews
from grants.unit_of_work import saving
from grants.web.errors import or_404
from grants.web.fields import SummaryLine
from grants.web.session import current_actor
from grants.web.staff.review import documents, is_reviewed_by
from grants.web.staff.review_forms import NOTE, STATE, documents_form, show_version
from grants.wording import formats
from grants.wording.problems import sentence

if TYPE_CHECKING:
    from collections.abc import Sequence

    from flask_wtf import FlaskForm
    from werkzeug.wrappers import Response

    from grants.domain.program_rules import RequiredDocument
    from grants.models.case_files import CaseFile
    from grants.queries.reviews import Review

ON_STATE = ("document_state_required", "document_always_needed")


def review_documents(public_id: str) -> str | Response:
    """Say of each document whether it is there, missing, unusable or not needed."""
    actor, session = current_actor(), db.session()
    case = or_404(case_files.one(session, public_id, actor=actor))
    case_id, review = case.id, reviews.review(session, case)
    asked = reviews.rules(case).documents
    form = documents_form(asked)(data=_stored(case, review))
    back = url_for("staff.review", public_id=public_id)
    if not form.is_submitted():
        return _page(case, review, form, []) if is_reviewed_by(case, actor) else redirect(back)
    errors = _refusals(form, asked) or _saved(form, case_id, asked)
    if not errors:
        return redirect(back, 303)
    case = or_404(case_files.one(session, public_id, actor=actor))
    return _page(case, reviews.review(session, case), form, errors)


def _page(case: CaseFile, review: Review, form: FlaskForm, errors: Sequence[SummaryLine]) -> str:
    """The page; after a refusal it takes the file as it is now and keeps what was typed."""
    show_version(form, case.version)
    lines = documents(case, review)
    return render_template(
        "staff/review_documents.html",
        case=case,
        form=form,
        lines=[(line, form[STATE + line.key], form[NOTE + line.key]) for line in lines],
        errors=errors,
    )


def _stored(case: CaseFile, review: Review) -> dict[str, object]:
    """What the form shows first: what was found so far."""
    data: dict[str, object] = {"version": case.version}
    for one in review.documents:
        if one.check:
            data[STATE + one.document.key] = one.check.finding
            data[NOTE + one.document.key] = one.check.note
    return data


def _found(form: FlaskForm, asked: Sequence[RequiredDocument]) -> list[DocumentFinding]:
    """What was said, without the documents of which nothing was."""
    found = [
        DocumentFinding(one.key, form[STATE + one.key].data or "", form[NOTE + one.key].data or "")
        for one in asked
    ]
    return [one for one in found if one.finding or one.note.strip()]


def _refusals(form: FlaskForm, asked: Sequence[RequiredDocument]) -> list[SummaryLine]:
    """Every document to repair, each said beside its field and at the top."""
    lines, by_key = [], {one.key: one for one in asked}
    for one in _found(form, asked):
        try:
            read_document_state(by_key[one.key], one.finding, one.note)
        except DomainError as error:
            on_state = error.code in ON_STATE
            field = form[(STATE if on_state else NOTE) + one.key]
            field.errors = [sentence(error)]
            anchor = f"{field.id}-0" if on_state else str(field.id)
            words = f"{by_key[one.key].label}\u00a0: {sentence(error)}"
            lines.append(SummaryLine(anchor, words))
    return lines


def _saved(form: FlaskForm, case_id: int, asked: Sequence[RequiredDocument]) -> list[SummaryLine]:
    """Nothing once the findings are kept; otherwise why they are not."""
    actor, now = current_actor(), clock.utc_now()
    found, version = _found(form, asked), form.version.data
    try:
        with saving() as session:
            changed = acts.check_documents(session, case_id, found, version, actor=actor, now=now)
    except DomainError as error:
        return [SummaryLine(f"{STATE}{asked[0].key}-0", sentence(error))]
    kept = formats.count(changed, "constat enregistré", "constats enregistrés")
    flash(f"Documents\u00a0: {kept}." if changed else "Documents\u00a0: rien n’a changé.", "ok")
    return []
