"""The three published forms, and answers that complete them, for tests of any layer."""

import json
from pathlib import Path

from grants.domain.forms.checking import AmountTerms
from grants.domain.forms.description import Field, FieldType, FormDefinition, parse

FOLDER = Path(__file__).parents[1] / "grants" / "data" / "forms"
PROGRAMS = ("dcd", "prj", "spa")
TERMS = AmountTerms(min_cents=1_500_000, max_cents=6_000_000)

_SAMPLES: dict[FieldType, object] = {
    FieldType.TEXT: "Comité logement Rive-Claire",
    FieldType.AREA: "Nous aidons les locataires.\r\nEnsemble.",
    FieldType.INT: "1 250",
    FieldType.MONEY: "48 500,00 $",
    FieldType.DATE: ["9", "11", "2026"],
    FieldType.BOOL: "yes",
    FieldType.EMAIL: "info@exemple.quebec",
    FieldType.TEL: "418 646-9270",
    FieldType.URL: "www.exemple.quebec",
    FieldType.NEQ: "11 4455 6677",
    FieldType.CHARITY: "123026635 RR 0001",
    FieldType.POSTAL: "g1s 2j5",
    FieldType.ATTEST: "yes",
}
_USE = [
    {"poste": "salaries", "precision": "Coordination", "montant": "40 000,00"},
    {"poste": "rent", "precision": "", "montant": "8500"},
]


def definition(program: str) -> FormDefinition:
    """The published form of a program, by its code in lower case."""
    return parse(json.loads((FOLDER / f"{program}.json").read_text(encoding="utf-8")))


def complete_answers(form: FormDefinition) -> dict[str, object]:
    """Answers, as typed, that leave nothing to repair."""
    answers = {question.key: _sample(question) for question in form.fields}
    return {key: answer for key, answer in answers.items() if answer is not None}


def complete_files(form: FormDefinition) -> dict[str, int]:
    """One file for each required document."""
    files = (question for question in form.fields if question.type is FieldType.FILE)
    return {question.key: 1 for question in files if question.required}


def _sample(question: Field) -> object:
    if question.key == "amount_use":
        return [dict(row) for row in _USE]
    if question.type is FieldType.ROWS:
        return [{column.key: _cell(column) for column in question.columns}]
    if question.type is FieldType.MULTI:
        return [choice.value for choice in question.choices[:2]]
    if question.type is FieldType.CHOICE:
        return question.choices[0].value
    return _SAMPLES.get(question.type)


def _cell(column: Field) -> object:
    return "35" if column.type is FieldType.INT else _sample(column)
