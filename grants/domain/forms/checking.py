"""What still prevents a form from being sent, and what is frozen when it is sent.

A draft accepts anything; these functions only tell. Answers are given as typed, `files` is the
number of files attached per field, `terms` are the limits of the program on the amount asked.
"""

import hashlib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import Literal

from grants.domain.errors import DomainError
from grants.domain.forms.description import (
    Answers,
    Field,
    FieldType,
    FormDefinition,
    Section,
    canonical_json,
)
from grants.domain.forms.reading import Value, filled_rows, is_blank, read, read_cell

FINISHED = "_finished"

SectionState = Literal["todo", "doing", "done"]
Files = Mapping[str, int]


@dataclass(frozen=True, slots=True)
class AmountTerms:
    """Least and greatest amount a program may be asked for, in cents, both allowed."""

    min_cents: int
    max_cents: int


@dataclass(frozen=True, slots=True)
class Problem:
    """One thing to repair: where it stands, why (`code`), and the facts of the sentence.

    `row` counts from 0 as on the screen; `column` is set when one cell is at fault.
    """

    field_key: str
    row: int | None
    code: str
    facts: Mapping[str, object] = field(default_factory=dict)
    column: str | None = None


_EMPTY_CODES = {
    FieldType.CHOICE: "choice_required",
    FieldType.BOOL: "choice_required",
    FieldType.MULTI: "multi_required",
    FieldType.DATE: "date_required",
    FieldType.ATTEST: "attest_required",
    FieldType.FILE: "file_required",
    FieldType.ROWS: "rows_required",
}


def section_problems(
    section: Section, answers: Answers, files: Files, terms: AmountTerms
) -> list[Problem]:
    """What must be repaired in one section, in reading order."""
    return [
        problem
        for question in section.fields
        if question.is_shown(answers)
        for problem in _field_problems(question, answers, files, terms)
    ]


def form_problems(
    definition: FormDefinition, answers: Answers, files: Files, terms: AmountTerms
) -> list[Problem]:
    """What must be repaired before the form may be sent; empty when it is complete."""
    return [
        problem
        for section in definition.sections
        for problem in section_problems(section, answers, files, terms)
    ]


def section_state(
    section: Section, answers: Answers, files: Files, terms: AmountTerms
) -> SectionState:
    """ "done" only when the person said so and nothing is left to repair."""
    if section.key in finished_sections(answers):
        return "doing" if section_problems(section, answers, files, terms) else "done"
    touched = any(
        files.get(question.key, 0) or not is_blank(answers.get(question.key))
        for question in section.fields
    )
    return "doing" if touched else "todo"


def finished_sections(answers: Answers) -> list[str]:
    """The keys of the sections that the person declared finished."""
    stored = answers.get(FINISHED)
    return [key for key in stored if isinstance(key, str)] if isinstance(stored, list) else []


def save_section(
    answers: Answers, section: Section, raw: Answers, *, finished: bool
) -> dict[str, object]:
    """The draft's answers with this section's as just typed. Nothing typed elsewhere is lost."""
    others = [key for key in finished_sections(answers) if key != section.key]
    return {
        **answers,
        **{question.key: raw[question.key] for question in section.fields if question.key in raw},
        FINISHED: sorted([*others, section.key] if finished else others),
    }


def typed(definition: FormDefinition, answers: Answers) -> dict[str, Value]:
    """The values frozen at sending: cents, ISO dates, text, booleans, lists; no empty answer.

    Questions that the other answers make pointless are left out. DomainError of the first
    unreadable answer: the caller asks `form_problems` first.
    """
    values = (
        (question.key, read(question, answers.get(question.key)))
        for question in definition.fields
        if question.type is not FieldType.FILE and question.is_shown(answers)
    )
    return {key: value for key, value in values if value is not None}


def fingerprint(values: Mapping[str, object]) -> str:
    """SHA-256, in hexadecimal, of the frozen values in their one canonical form."""
    return hashlib.sha256(canonical_json(values).encode()).hexdigest()


def rows_total(question: Field, answer: object) -> int:
    """The sum in cents of the readable amounts of a table of rows."""
    amounts = [column for column in question.columns if column.type is FieldType.MONEY]
    cells = (
        amount_of(column, row.get(column.key))
        for _, row in filled_rows(answer)
        for column in amounts
    )
    return sum(cell for cell in cells if cell is not None)


def amount_of(question: Field, answer: object) -> int | None:
    """The cents of an answer, or None when it is empty or cannot be read."""
    try:
        value = read(question, answer)
    except DomainError:
        return None
    return value if isinstance(value, int) else None


def _field_problems(
    question: Field, answers: Answers, files: Files, terms: AmountTerms
) -> Iterator[Problem]:
    answer = answers.get(question.key)
    if _is_empty(question, answer, files):
        if question.is_required(answers):
            code = _EMPTY_CODES.get(question.type, "required")
            yield Problem(question.key, None, code)
    elif question.type is FieldType.ROWS:
        yield from _rows_problems(question, answers)
    elif question.type is not FieldType.FILE:
        yield from _value_problems(question, answer, terms)


def _is_empty(question: Field, answer: object, files: Files) -> bool:
    if question.type is FieldType.FILE:
        return not files.get(question.key, 0)
    if question.type is FieldType.ATTEST:
        return answer not in ("yes", True)
    return is_blank(answer)


def _value_problems(question: Field, answer: object, terms: AmountTerms) -> Iterator[Problem]:
    try:
        value = read(question, answer)
    except DomainError as error:
        yield Problem(question.key, None, error.code, error.facts)
        return
    if question.within_terms and isinstance(value, int):
        limits = {"minimum": terms.min_cents, "maximum": terms.max_cents}
        if value < terms.min_cents:
            yield Problem(question.key, None, "amount_below_terms", limits)
        if value > terms.max_cents:
            yield Problem(question.key, None, "amount_above_terms", limits)


def _rows_problems(question: Field, answers: Answers) -> Iterator[Problem]:
    rows = filled_rows(answers.get(question.key))
    found = [problem for place, row in rows for problem in _row_problems(question, place, row)]
    yield from found
    if question.minimum is not None and len(rows) < question.minimum:
        facts = {"minimum": question.minimum, "count": len(rows)}
        yield Problem(question.key, None, "rows_too_few", facts)
    if question.sum_equals and not found:
        yield from _sum_problems(question, answers)


def _row_problems(question: Field, place: int, row: Mapping[str, object]) -> Iterator[Problem]:
    for column in question.columns:
        cell = row.get(column.key)
        if is_blank(cell):
            if column.required:
                code = _EMPTY_CODES.get(column.type, "required")
                yield Problem(question.key, place, code, column=column.key)
            continue
        try:
            read_cell(column, cell)
        except DomainError as error:
            yield Problem(question.key, place, error.code, error.facts, column.key)


def _sum_problems(question: Field, answers: Answers) -> Iterator[Problem]:
    """The rows must add up to the amount asked; unreadable amounts have their own problem."""
    expected = amount_of(
        Field(question.sum_equals, FieldType.MONEY, ""), answers.get(question.sum_equals)
    )
    total = rows_total(question, answers.get(question.key))
    if expected is None or total == expected:
        return
    facts = {"total": total, "expected": expected, "gap": abs(expected - total)}
    code = "rows_below_amount" if total < expected else "rows_above_amount"
    yield Problem(question.key, None, code, facts)
