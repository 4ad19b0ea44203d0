"""Assessing one criterion: what is asked, what the organization says, what the advisor finds."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any

from flask import flash, redirect, render_template, request, url_for
from wtforms.fields import SelectChoice

from grants import clock
from grants.domain.errors import DomainError
from grants.extensions import db
from grants.operations import reviews as acts
from grants.operations.reviews import AssessmentDetails
from grants.queries import applications, case_files, programs, reviews
from grants.unit_of_work import saving
from grants.web.errors import or_404
from grants.web.fields import error_lines
from grants.web.session import current_actor
from grants.web.staff.forms import show_refusal
from grants.web.staff.review import criteria, files, is_reviewed_by
from grants.web.staff.review_forms import CriterionForm
from grants.wording import answers, formats
from grants.wording.reviews import FINDINGS

if TYPE_CHECKING:
    from collections.abc import Sequence

    from werkzeug.wrappers import Response

    from grants.domain.program_rules import Criterion
    from grants.models.case_files import CaseFile
    from grants.models.reviews import Assessment
    from grants.wording.answers import ShownSection

FIELDS = {"criterion_note_required": "note", "text_too_long": "note", "*": "finding"}
BACK = "analyse"
OWN_WORDS = "criteria"  # the section where organizations answer criterion by criterion
RELATED = {"AC1": ("identification",)}
USUAL = ("mission",)


@dataclass(frozen=True)
class Place:
    """A criterion among those of the program: its rank, how many there are, and the next one."""

    criterion: Criterion
    rank: int
    total: int
    next_code: str


def review_criterion(public_id: str, criterion: str) -> str | Response:
    """Say whether the organization meets one criterion, and on what evidence."""
    actor, session = current_actor(), db.session()
    case = or_404(case_files.one(session, public_id, actor=actor))
    place = or_404(_place(reviews.rules(case).criteria, criterion))
    case_id, known = case.id, reviews.assessments(session, case.id).get(criterion)
    form = _form(case, known)
    if not form.is_submitted() and not is_reviewed_by(case, actor):
        return redirect(url_for("staff.review", public_id=public_id))
    if form.is_submitted() and _assessed(form, case_id, criterion):
        flash(f"{place.criterion.label}\u00a0: avis enregistré.", "ok")
        return redirect(_next_url(public_id, place), 303)
    case = or_404(case_files.one(session, public_id, actor=actor))
    return render_template(
        "staff/review_criterion.html",
        form=form,
        place=place,
        errors=error_lines(form),
        **_around(case, place.criterion),
    )


def _place(wanted: Sequence[Criterion], code: str) -> Place | None:
    codes = [one.code for one in wanted]
    if code not in codes:
        return None
    rank = codes.index(code)
    following = codes[rank + 1] if rank + 1 < len(codes) else ""
    return Place(wanted[rank], rank + 1, len(codes), following)


def _form(case: CaseFile, known: Assessment | None) -> CriterionForm:
    """The form with what was found so far."""
    stored: dict[str, Any] = {"seen": reviews.mark(known)}
    if known:
        evidence = [file.public_id for file in known.evidence]
        stored |= {"finding": known.finding, "note": known.note, "evidence": evidence}
    form = CriterionForm(data=stored)
    form.evidence.choices = [
        SelectChoice(file.public_id, file.filename)
        for file in applications.files(db.session(), case.first.id)
    ]
    return form


def _assessed(form: CriterionForm, case_id: int, criterion: str) -> bool:
    """Whether the assessment is kept; otherwise the form says why not.

    After a refusal the page takes the assessment as it is now, and keeps what was typed.
    """
    actor, now = current_actor(), clock.utc_now()
    details = AssessmentDetails(
        criterion=criterion,
        finding=form.finding.data or "",
        note=form.note.data or "",
        attachment_ids=form.evidence.data or [],
        seen=form.seen.data or "",
    )
    try:
        with saving() as session:
            acts.assess(session, case_id, details, actor=actor, now=now)
    except DomainError as error:
        show_refusal(form, error, FIELDS)
        form.seen.data = reviews.mark(reviews.assessments(db.session(), case_id).get(criterion))
        return False
    return True


def _next_url(public_id: str, place: Place) -> str:
    if not place.next_code or request.form.get("vers") == BACK:
        return url_for("staff.review", public_id=public_id)
    return url_for("staff.review_criterion", public_id=public_id, criterion=place.next_code)


def _around(case: CaseFile, criterion: Criterion) -> dict[str, Any]:
    """What is read beside the form: present finding, history, files, answers."""
    session = db.session()
    review = reviews.review(session, case)
    lines = criteria(case, review)
    past = reviews.past_findings(session, case.id, criterion.code)
    return {
        "case": case,
        "line": next(one for one in lines if one.code == criterion.code),
        "files": files(case, applications.files(session, case.first.id)),
        "sections": _related(case, criterion.code),
        "past": [
            {"finding": FINDINGS[one.finding][0], "who": one.person, "at": formats.instant(one.at)}
            for one in past
        ],
    }


def _related(case: CaseFile, code: str) -> list[ShownSection]:
    """The answers that speak of a criterion: its own question, then the section around it.

    A criterion without a question of its own is read with all those of the others.
    """
    first = case.first.application
    form = programs.definition(first.form_version)
    by_key = {one.key: one for one in answers.sheet(form, first.answers, {})}
    found = [by_key[key] for key in (OWN_WORDS, *RELATED.get(code, USUAL)) if key in by_key]
    return [_own_words(one, f"{OWN_WORDS}_{code}") for one in found]


def _own_words(section: ShownSection, key: str) -> ShownSection:
    """The section with the answer to this question only, where it holds one."""
    own = tuple(answer for answer in section.answers if answer.key == key)
    return replace(section, answers=own) if own else section
