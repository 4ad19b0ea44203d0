"""The condition of an instalment, said to be met by the advisor of the file."""

from __future__ import annotations

from typing import TYPE_CHECKING

from flask import flash, redirect, render_template, url_for
from werkzeug.wrappers import Response

from grants import clock
from grants.domain.access import Action
from grants.domain.errors import DomainError
from grants.extensions import db
from grants.operations import instalments
from grants.queries import agreements, case_files
from grants.unit_of_work import saving
from grants.web.errors import or_404
from grants.web.session import current_actor
from grants.web.staff.forms import ActForm
from grants.wording import payments as words
from grants.wording.problems import sentence

if TYPE_CHECKING:
    from grants.models.agreements import AgreementVersion, Instalment
    from grants.models.case_files import CaseFile

TAB = "protocole"


def to_confirm(case: CaseFile, version: AgreementVersion) -> list[dict[str, str]]:
    """The conditions that this person may say are met: what each is, and where to say it."""
    actor = current_actor()
    is_advisor = case.advisor_id == actor.person_id and actor.may(Action.WORK_CASE)
    if not is_advisor or version.signature is None:
        return []
    return [
        {
            "label": words.instalment(one.rank, len(version.instalments)),
            "url": url_for("staff.confirm_condition", public_id=case.public_id, rank=one.rank),
        }
        for one in version.instalments
        if one.condition is not None and one.met_at is None
    ]


def confirm_condition(public_id: str, rank: int) -> str | Response:
    """Say that the condition of an instalment is met: it may be paid."""
    case, instalment = _found(public_id, rank)
    form, errors, instalment_id = ActForm(), [], instalment.id
    if form.is_submitted():
        try:
            with saving() as session:
                instalments.confirm_condition(
                    session, instalment_id, actor=current_actor(), now=clock.utc_now()
                )
        except DomainError as error:
            errors = [{"anchor": "", "sentence": sentence(error)}]
        else:
            flash("La condition est confirmée\u00a0: le versement peut être préparé.", "ok")
            url = url_for("staff.case_file_tab", public_id=public_id, tab=TAB)
            return redirect(url, 303)
    case, instalment = _found(public_id, rank)
    return render_template(
        "staff/confirm_condition.html",
        case=case,
        instalment=instalment,
        condition=words.MET.get(instalment.condition or "", ""),
        errors=errors,
    )


def _found(public_id: str, rank: int) -> tuple[CaseFile, Instalment]:
    """A file and the instalment of its present agreement that has this rank and a condition."""
    session = db.session()
    case = or_404(case_files.one(session, public_id, actor=current_actor()))
    version = or_404(agreements.of_case(session, case.id))
    parts = [one for one in version.instalments if one.rank == rank and one.condition]
    return case, or_404(next(iter(parts), None))
