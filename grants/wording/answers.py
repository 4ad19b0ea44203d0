"""Answers shown to read: check page, staff page, proof of deposit.

Everything here takes answers as typed or as frozen, and shows what cannot be read as it was
typed. No markup: lists of lines, which the templates lay out.
"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass

from grants.domain import identity
from grants.domain.errors import DomainError
from grants.domain.forms.checking import Problem, rows_total
from grants.domain.forms.description import Answers, Field, FieldType, FormDefinition, Section
from grants.domain.forms.reading import as_date, filled_rows, is_blank, read
from grants.wording import formats, problems

NBSP = "\u00a0"
NO_ANSWER = "Sans réponse"
NO_FILE = "Aucun fichier"


@dataclass(frozen=True, slots=True)
class ShownAnswer:
    """One question and the lines of its answer; `total` closes a table of amounts."""

    key: str
    label: str
    lines: tuple[str, ...]
    total: str
    is_missing: bool


@dataclass(frozen=True, slots=True)
class ShownSection:
    """One section of the form with the questions that these answers make pertinent."""

    key: str
    title: str
    answers: tuple[ShownAnswer, ...]


def sheet(
    definition: FormDefinition, answers: Answers, file_names: Mapping[str, Sequence[str]]
) -> list[ShownSection]:
    """The whole form to read; `file_names` gives the words of each attached file by field."""
    return [section_sheet(section, answers, file_names) for section in definition.sections]


def only_given(sections: Sequence[ShownSection]) -> tuple[list[ShownSection], int]:
    """What paper answers, without the questions it leaves; and how many those are."""
    given, missing = [], 0
    for section in sections:
        kept = tuple(answer for answer in section.answers if not answer.is_missing)
        missing += len(section.answers) - len(kept)
        if kept:
            given.append(ShownSection(section.key, section.title, kept))
    return given, missing


def section_sheet(
    section: Section, answers: Answers, file_names: Mapping[str, Sequence[str]]
) -> ShownSection:
    """One section to read."""
    shown_answers = tuple(
        _shown_answer(question, answers, file_names)
        for question in section.fields
        if question.is_shown(answers)
    )
    return ShownSection(section.key, section.title, shown_answers)


def shown(field: Field, answer: object) -> str | list[str]:
    """One answer in words: a text, or a list of lines for several choices or rows."""
    if is_blank(answer):
        return ""
    if field.type is FieldType.ROWS:
        return [_row_line(field, row) for _, row in filled_rows(answer)]
    try:
        value = read(field, answer)
    except DomainError:
        return _as_typed(answer)
    return _WORDS.get(field.type, _plain_words)(field, value)


def problem_line(section: Section, problem: Problem) -> str:
    """One line of an error summary: the question, the row when there is one, what to do."""
    question = section.field(problem.field_key)
    sentence = problems.sentence_for(problem.code, problem.facts)
    name = question.label.rstrip(".")
    if problem.row is not None:
        column = next((c for c in question.columns if c.key == problem.column), question)
        name = f"{name}, ligne {problem.row + 1}, {column.label.lower()}"
    if name.endswith("?"):
        return f"{name} {sentence}"
    return f"{name}{NBSP}: {sentence[0].lower()}{sentence[1:]}"


def _shown_answer(
    question: Field, answers: Answers, file_names: Mapping[str, Sequence[str]]
) -> ShownAnswer:
    answer = answers.get(question.key)
    if question.type is FieldType.FILE:
        words: str | list[str] = list(file_names.get(question.key, ()))
    else:
        words = shown(question, answer)
    lines = tuple(words if isinstance(words, list) else words.split("\n") if words else ())
    nothing = NO_FILE if question.type is FieldType.FILE else NO_ANSWER
    return ShownAnswer(
        key=question.key,
        label=question.label,
        lines=lines or (nothing,),
        total=_total_words(question, answer),
        is_missing=not lines,
    )


def _total_words(question: Field, answer: object) -> str:
    if not question.sum_equals or is_blank(answer):
        return ""
    return f"Total{NBSP}: {formats.money(rows_total(question, answer))}"


def _row_line(field: Field, row: Mapping[str, object]) -> str:
    """A row on one line: the first column, then the others in order."""
    cells = [shown(column, row.get(column.key)) for column in field.columns]
    words = [cell if isinstance(cell, str) else ", ".join(cell) for cell in cells]
    first, *others = [word for word in words if word] or [""]
    return f"{first}{NBSP}: {', '.join(others)}" if others else first


def _as_typed(answer: object) -> str | list[str]:
    """What cannot be read, as the person typed it: the parts of a date, an odd amount."""
    if isinstance(answer, list):
        return " ".join(str(part) for part in answer if not is_blank(part))
    return str(answer)


def _plain_words(field: Field, value: object) -> str | list[str]:
    return str(value)


def _choice_words(field: Field, value: object) -> str | list[str]:
    return field.choice_label(str(value))


def _multi_words(field: Field, value: object) -> str | list[str]:
    chosen = value if isinstance(value, list) else [value]
    return [field.choice_label(str(choice)) for choice in chosen]


def _bool_words(field: Field, value: object) -> str | list[str]:
    return "Oui" if value is True else "Non"


def _amount_words(field: Field, value: object) -> str | list[str]:
    return formats.money(int(str(value)))


def _number_words(field: Field, value: object) -> str | list[str]:
    return formats.number(int(str(value)))


def _date_words(field: Field, value: object) -> str | list[str]:
    return formats.date_short(as_date(value))


def _phone_words(field: Field, value: object) -> str | list[str]:
    return identity.show_phone(str(value))


def _postal_words(field: Field, value: object) -> str | list[str]:
    return identity.show_postal_code(str(value))


_WORDS: Mapping[FieldType, Callable[[Field, object], str | list[str]]] = {
    FieldType.CHOICE: _choice_words,
    FieldType.MULTI: _multi_words,
    FieldType.BOOL: _bool_words,
    FieldType.ATTEST: _bool_words,
    FieldType.MONEY: _amount_words,
    FieldType.INT: _number_words,
    FieldType.DATE: _date_words,
    FieldType.TEL: _phone_words,
    FieldType.POSTAL: _postal_words,
}
