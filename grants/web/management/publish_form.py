"""The form that publishes a period: an explanation for each promise, and what a correction is."""

from collections.abc import Iterable, Mapping
from typing import Any

from flask_wtf import FlaskForm
from wtforms import HiddenField, TextAreaField
from wtforms.validators import Optional

from grants.domain.errors import DomainError
from grants.wording import promises
from grants.wording.problems import sentence
from grants.wording.report_sheet import PERCENT, ReportRow, ReportSheet

AREA = {"class": "input", "rows": "3"}


class PublishForm(FlaskForm):
    """What is typed besides the explanations; the period travels with it."""

    public_id = HiddenField()
    du = HiddenField()
    au = HiddenField()
    reason = TextAreaField(
        "Ce que cette publication corrige",
        description="Paraît en tête de la publication.",
        validators=[Optional()],
        render_kw=AREA,
    )


def publish_form(sheet: ReportSheet, **data: str) -> Any:
    """The form with one explanation a promise, required where the target is not reached."""
    areas = {row.code: _area(row) for row in promised(sheet)}
    return type("ExplainedForm", (PublishForm,), areas)(
        du=sheet.from_on.isoformat(), au=sheet.until_on.isoformat(), **data
    )


def promised(sheet: ReportSheet) -> Iterable[ReportRow]:
    """The promises with a delay: those that are explained."""
    return (row for row in sheet.rows if row.unit == PERCENT)


def explanations(form: Mapping[str, str]) -> dict[str, str]:
    """What was posted for each promise, by code."""
    return {code: form[code] for code in promises.WORDS if code in form}


def refuse(form: Any, error: DomainError) -> bool:
    """Say what to repair beside its field; False when the error is about none of this form."""
    named: Any = error.facts.get("commitments", ())
    asked = ["reason"] if error.code == "correction_reason_required" else named
    names = [name for name in asked if name in form]
    for name in names:
        form[name].errors = [*form[name].errors, sentence(error)]
    return bool(names)


def _area(row: ReportRow) -> TextAreaField:
    title = promises.WORDS[row.code].title
    told = "Exigée\u00a0: la cible n’est pas atteinte." if row.is_under_target else "Facultative."
    return TextAreaField(f"Explication\u00a0: {title}", description=told, render_kw=AREA)
