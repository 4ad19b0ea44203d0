"""A section of a form description as a WTForms form, and back to what is stored.

One class per section, built once per published definition. A form made here never refuses:
`raw_answers` gives back everything typed, `show_problems` puts beside each field what
`grants.domain.forms.checking` found. Files are not in the form: they are sent one by one.
"""

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import lru_cache
from typing import Any

from wtforms import Form
from wtforms.fields import RadioField, SelectChoice

from grants.domain.forms import description
from grants.domain.forms.checking import (
    AmountTerms,
    Problem,
    amount_of,
    finished_sections,
    rows_total,
)
from grants.domain.forms.description import Answers, FieldType, Section
from grants.domain.forms.reading import NO, YES
from grants.web.fields import SummaryLine
from grants.web.question_fields import has_radios, unbound
from grants.wording import formats, problems
from grants.wording.answers import problem_line

ROW_BUTTON = "row"

_ROW_ACT = re.compile(r"(add|remove|recalculate)(?::(\w+))?(?::([0-9]{1,3}))?", re.ASCII)


@dataclass(frozen=True, slots=True)
class RowButton:
    """The button of a table that was pressed: "add", "remove" or "recalculate"."""

    act: str
    table: str
    place: int


class SectionForm(Form):
    """The questions of one section, and whether the person has finished with it."""

    section: Section

    finished = RadioField(
        "Avez-vous terminé cette section?",
        choices=[
            SelectChoice(YES, "Oui, elle est terminée"),
            SelectChoice(NO, "Non, j’y reviendrai"),
        ],
        validate_choice=False,
    )

    def __init__(self, formdata: Any, data: Mapping[str, object]) -> None:
        super().__init__(formdata=formdata, data=dict(data))
        self.summary: list[SummaryLine] = []


def section_form(
    section: Section, answers: Answers | None = None, formdata: Any | None = None
) -> SectionForm:
    """The form of a section, filled from what was just posted, otherwise from the draft."""
    form = _form_class(section)(formdata, _prefill(section, answers or {}))
    raw = raw_answers(form)
    for question in section.fields:
        if question.sum_equals:
            form[question.key].totals = _totals(section, question, {**(answers or {}), **raw})
    return form


def raw_answers(form: SectionForm) -> dict[str, object]:
    """Everything typed, by field key, as a draft stores it."""
    return {
        question.key: _raw(question, form[question.key].data)
        for question in form.section.fields
        if question.key in form
    }


def is_finished(form: SectionForm) -> bool:
    """Whether the person said that this section is finished."""
    return bool(form.finished.data == YES)


def show_limits(form: SectionForm, terms: AmountTerms) -> None:
    """Say, in the hint of the amount asked, what the program allows."""
    limits = f"Entre {formats.money(terms.min_cents)} et {formats.money(terms.max_cents)}. "
    for question in form.section.fields:
        if question.within_terms:
            form[question.key].description = limits + question.hint


def show_problems(form: SectionForm, found: Iterable[Problem]) -> None:
    """Put each problem beside its field and into the summary at the top of the page."""
    for problem in found:
        target = _target(form, problem)
        if target is not None:
            sentence = problems.sentence_for(problem.code, problem.facts)
            target.errors = [*target.errors, sentence]
        line = problem_line(form.section, problem)
        form.summary.append(SummaryLine(anchor(form.section, problem), line))


def anchor(section: Section, problem: Problem) -> str:
    """The id of the control to go to, the same on every rendering of the section."""
    question = section.field(problem.field_key)
    if problem.row is not None and problem.column:
        return f"{question.key}-{problem.row}-{problem.column}"
    if question.type is FieldType.DATE:
        return f"{question.key}-day"
    if has_radios(question) or question.type is FieldType.MULTI:
        return f"{question.key}-0"
    return question.key


def row_button(formdata: Any) -> RowButton | None:
    """The table button that sent the form, or None when another button did."""
    pressed = _ROW_ACT.fullmatch(formdata.get(ROW_BUTTON, ""))
    if pressed is None:
        return None
    return RowButton(pressed[1], pressed[2] or "", int(pressed[3] or "0"))


def apply_row_button(raw: Mapping[str, object], formdata: Any) -> dict[str, object]:
    """The answers after the pressed table button: one more row, or one row less."""
    pressed = row_button(formdata)
    rows = raw.get(pressed.table) if pressed else None
    if pressed is None or not isinstance(rows, list):
        return dict(raw)
    if pressed.act == "add":
        return {**raw, pressed.table: [*(rows or [{}]), {}]}
    if pressed.act == "remove":
        kept = [row for place, row in enumerate(rows) if place != pressed.place]
        return {**raw, pressed.table: kept}
    return dict(raw)


def _target(form: SectionForm, problem: Problem) -> Any | None:
    """The field to which a problem belongs; None for a file, which has no field here."""
    if problem.field_key not in form:
        return None
    field = form[problem.field_key]
    if problem.row is None or problem.column is None or problem.row >= len(field.rows):
        return field
    return field.rows[problem.row][problem.column]


def _prefill(section: Section, answers: Answers) -> dict[str, object]:
    values = {
        question.key: _stored(question, answers.get(question.key)) for question in section.fields
    }
    finished = YES if section.key in finished_sections(answers) else ""
    return {**values, "finished": finished}


def _stored(question: description.Field, answer: object) -> object:
    """A stored answer in the shape that the field of its type takes."""
    if question.type is FieldType.DATE:
        return answer
    if question.type in (FieldType.MULTI, FieldType.ROWS):
        return answer if isinstance(answer, list) else []
    if question.type is FieldType.ATTEST:
        return answer == YES
    return answer if isinstance(answer, str) else ""


def _raw(question: description.Field, data: Any) -> object:
    """What a draft keeps. A database text cannot hold the null character: it is dropped."""
    if question.type is FieldType.ATTEST:
        return YES if data else ""
    if question.type is FieldType.ROWS:
        return [{key: _storable(cell) for key, cell in row.items()} for row in data]
    if isinstance(data, list):
        return [_storable(part) for part in data]
    return _storable(data)


def _storable(text: object) -> str:
    return text.replace("\x00", "") if isinstance(text, str) else ""


def _totals(
    section: Section, question: description.Field, answers: Answers
) -> list[tuple[str, str]]:
    """The feet of a table of amounts: its total, the amount it must equal, what is left."""
    total = rows_total(question, answers.get(question.key))
    lines = [("Total", formats.money(total))]
    asked = next((other for other in section.fields if other.key == question.sum_equals), None)
    expected = None if asked is None else amount_of(asked, answers.get(asked.key))
    if asked is None or expected is None:
        return lines
    left = "Reste à répartir" if total <= expected else "À retrancher"
    return [
        *lines,
        (asked.label, formats.money(expected)),
        (left, formats.money(abs(expected - total))),
    ]


@lru_cache(maxsize=256)
def _form_class(section: Section) -> type[SectionForm]:
    """The form class of a section; the section's equality is its definition's SHA and its key."""
    fields = {
        question.key: unbound(question)
        for question in section.fields
        if question.type is not FieldType.FILE
    }
    return type("SectionForm", (SectionForm,), {**fields, "section": section})
