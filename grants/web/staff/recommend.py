"""Recommending: what the advisor of a file advises the person who decides."""

from __future__ import annotations

import secrets
from typing import TYPE_CHECKING

from flask import flash, redirect, render_template, url_for
from wtforms.fields import SelectChoice

from grants import clock
from grants.domain.decisions import granted, possible
from grants.domain.errors import DomainError
from grants.domain.money import parse_cents
from grants.domain.reviews import NEEDS_ELIGIBLE, unmet
from grants.extensions import db
from grants.operations import reviews as acts
from grants.operations.reviews import RecommendationDetails
from grants.queries import case_files, reviews
from grants.unit_of_work import saving
from grants.web.agreement_pages import page_id
from grants.web.errors import or_404
from grants.web.fields import error_lines
from grants.web.session import current_actor
from grants.web.staff.forms import show_refusal
from grants.web.staff.review import is_reviewed_by
from grants.web.staff.review_forms import RecommendForm, show_version
from grants.wording import reviews as words
from grants.wording.decisions import CHOICES

if TYPE_CHECKING:
    from collections.abc import Sequence

    from werkzeug.wrappers import Response

    from grants.domain.program_rules import Criterion
    from grants.models.case_files import CaseFile

FIELDS = {
    "amount_not_of_outcome": "amount",
    "amount_not_in_part": "amount",
    "money": "amount",
    "recommendation_reasons_required": "reasons",
    "text_too_long": "reasons",
    "*": "outcome",
}


def recommend(public_id: str) -> str | Response:
    """Recommend an outcome, an amount and its reasons to the person who decides."""
    actor, session = current_actor(), db.session()
    case = or_404(case_files.one(session, public_id, actor=actor))
    case_id, requested = case.id, reviews.requested_cents(session, case)
    review = reviews.review(session, case)
    failed = unmet(reviews.rules(case), review.findings)
    form = _form(case, failed)
    back = url_for("staff.review", public_id=public_id)
    if not form.is_submitted() and not is_reviewed_by(case, actor):
        return redirect(back)
    if form.is_submitted() and _recommended(form, case_id, requested):
        flash("Recommandation transmise\u00a0: une autre personne prend la décision.", "ok")
        return redirect(back, 303)
    case = or_404(case_files.one(session, public_id, actor=actor))
    show_version(form, case.version)
    return render_template(
        "staff/recommend.html",
        case=case,
        form=form,
        requested_cents=requested,
        left=words.left(review.left),
        failed=failed,
        errors=error_lines(form),
    )


def _form(case: CaseFile, failed: Sequence[Criterion]) -> RecommendForm:
    """The form with the outcomes that the side and the criteria leave possible."""
    form = RecommendForm(data={"version": case.version, "public_id": secrets.token_hex(16)})
    form.outcome.choices = [
        SelectChoice(outcome.value, CHOICES[outcome])
        for outcome in possible(case.side or "")
        if not (failed and outcome in NEEDS_ELIGIBLE)
    ]
    return form


def _recommended(form: RecommendForm, case_id: int, requested_cents: int) -> bool:
    """Whether the recommendation is made; otherwise the form says why not."""
    actor, now = current_actor(), clock.utc_now()
    try:
        details = RecommendationDetails(
            public_id=page_id(form.public_id.data),
            outcome=form.outcome.data or "",
            amount_cents=_amount(form, requested_cents),
            reasons=form.reasons.data or "",
            version=form.version.data,
        )
        with saving() as session:
            acts.recommend(session, case_id, details, actor=actor, now=now)
    except DomainError as error:
        show_refusal(form, error, FIELDS)
        return False
    return True


def _amount(form: RecommendForm, requested_cents: int) -> int:
    """The amount typed; without one, what goes with the outcome: all, or nothing."""
    typed = (form.amount.data or "").strip()
    if typed:
        return parse_cents(typed)
    return granted(form.outcome.data or "", 0, requested_cents)
