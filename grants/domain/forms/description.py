"""What a form asks: sections, groups, fields, choices and conditions, read from its definition.

A definition is the JSON of one published version of a program's form. It is data of ours: a
definition that does not hold together is a mistake of whoever wrote it, hence ValueError.
"""

import hashlib
import json
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from enum import StrEnum
from typing import Any

Answers = Mapping[str, object]
"""What a draft stores: field key to the text typed, to the choices made, or to rows."""


class FieldType(StrEnum):
    """What a field takes, hence how it is drawn, read and shown."""

    TEXT = "text"
    AREA = "area"
    INT = "int"
    MONEY = "money"
    DATE = "date"
    CHOICE = "choice"
    MULTI = "multi"
    BOOL = "bool"
    EMAIL = "email"
    TEL = "tel"
    URL = "url"
    NEQ = "neq"
    CHARITY = "bn"
    POSTAL = "postal"
    ROWS = "rows"
    ATTEST = "attest"
    FILE = "file"


@dataclass(frozen=True, slots=True)
class Choice:
    """One possible answer: the value kept and the words shown."""

    value: str
    label: str


@dataclass(frozen=True, slots=True)
class Condition:
    """True when another field of the form was answered with one of these values."""

    field: str
    values: tuple[str, ...]

    def holds(self, answers: Answers) -> bool:
        """Whether the answers, as typed or as read, meet the condition."""
        answer = answers.get(self.field, "")
        if isinstance(answer, bool):
            answer = "yes" if answer else "no"
        given = answer if isinstance(answer, list) else [answer]
        return any(value in given for value in self.values)


@dataclass(frozen=True, slots=True)
class Field:
    """One question. `minimum` and `maximum` count cents, units or rows, by type."""

    key: str
    type: FieldType
    label: str
    hint: str = ""
    required: bool = False
    required_if: Condition | None = None
    visible_if: Condition | None = None
    max_length: int | None = None
    minimum: int | None = None
    maximum: int | None = None
    choices: tuple[Choice, ...] = ()
    columns: tuple["Field", ...] = ()
    add_label: str = ""
    sum_equals: str = ""
    within_terms: bool = False
    autocomplete: str = ""

    def is_shown(self, answers: Answers) -> bool:
        """Whether these answers make the question one that must be read."""
        return self.visible_if is None or self.visible_if.holds(answers)

    def is_required(self, answers: Answers) -> bool:
        """Whether these answers make an answer to this question necessary."""
        if self.required_if is not None:
            return self.required_if.holds(answers)
        return self.required

    def choice_label(self, value: str) -> str:
        """The words of a choice, or the value itself when it is none of them."""
        return next((choice.label for choice in self.choices if choice.value == value), value)


@dataclass(frozen=True, slots=True)
class Group:
    """Questions that stand together under one heading; the heading may be empty."""

    title: str
    fields: tuple[Field, ...]


@dataclass(frozen=True, slots=True)
class Section:
    """One page of the form and one line of the task list.

    Two sections are the same when they come from the same definition and have the same key.
    """

    definition_sha: str
    key: str
    title: str = field(compare=False)
    heading: str = field(compare=False)
    intro: str = field(compare=False)
    groups: tuple[Group, ...] = field(compare=False)

    @property
    def fields(self) -> tuple[Field, ...]:
        """Every question of the section, in reading order."""
        return tuple(question for group in self.groups for question in group.fields)

    def field(self, key: str) -> Field:
        """The question of that key. KeyError when the section has none."""
        for question in self.fields:
            if question.key == key:
                return question
        raise KeyError(key)


@dataclass(frozen=True, slots=True)
class FormDefinition:
    """One version of the form of a program, immutable once published."""

    program: str
    version: int
    title: str
    sha256: str
    sections: tuple[Section, ...]

    @property
    def fields(self) -> tuple[Field, ...]:
        """Every question of the form, in reading order."""
        return tuple(question for section in self.sections for question in section.fields)

    def section(self, key: str) -> Section:
        """The section of that key. KeyError when the form has none."""
        for section in self.sections:
            if section.key == key:
                return section
        raise KeyError(key)

    def section_of(self, field_key: str) -> Section:
        """The section that asks that question. KeyError when none does."""
        for section in self.sections:
            if any(question.key == field_key for question in section.fields):
                return section
        raise KeyError(field_key)


def canonical_json(value: object) -> str:
    """One text for equal values: keys in order, no spaces, ASCII only."""
    return json.dumps(value, sort_keys=True, ensure_ascii=True, separators=(",", ":"))


def parse(definition: Mapping[str, Any]) -> FormDefinition:
    """The form described by the JSON of a form version. ValueError when it does not hold."""
    digest = hashlib.sha256(canonical_json(definition).encode()).hexdigest()
    form = FormDefinition(
        program=definition["program"],
        version=definition["version"],
        title=definition["title"],
        sha256=digest,
        sections=tuple(_section(section, digest) for section in definition["sections"]),
    )
    _check_keys(form)
    _check_references(form)
    return form


def _section(raw: Mapping[str, Any], digest: str) -> Section:
    return Section(
        definition_sha=digest,
        key=raw["key"],
        title=raw["title"],
        heading=raw["heading"],
        intro=raw.get("intro", ""),
        groups=tuple(
            Group(group.get("title", ""), tuple(_field(entry) for entry in group["fields"]))
            for group in raw["groups"]
        ),
    )


def _field(raw: Mapping[str, Any]) -> Field:
    unknown = set(raw) - set(Field.__dataclass_fields__)
    if unknown:
        raise ValueError(f"{raw.get('key')}: unknown entries {sorted(unknown)}")
    entries = dict(raw)
    entries["type"] = FieldType(raw["type"])
    entries["choices"] = tuple(Choice(c["value"], c["label"]) for c in raw.get("choices", ()))
    entries["columns"] = tuple(_field(column) for column in raw.get("columns", ()))
    entries["required_if"] = _condition(raw.get("required_if"))
    entries["visible_if"] = _condition(raw.get("visible_if"))
    return Field(**entries)


def _condition(raw: Mapping[str, Any] | None) -> Condition | None:
    return None if raw is None else Condition(raw["field"], tuple(raw["in"]))


def _check_keys(form: FormDefinition) -> None:
    """Keys are plain identifiers, each used once; rows have columns and choices have choices."""
    _check_unique([section.key for section in form.sections])
    _check_unique([question.key for question in form.fields])
    for question in form.fields:
        _check_unique([column.key for column in question.columns])
        if bool(question.columns) != (question.type is FieldType.ROWS):
            raise ValueError(f"{question.key}: columns belong to rows, and rows need them")
        if bool(question.choices) != (question.type in (FieldType.CHOICE, FieldType.MULTI)):
            raise ValueError(f"{question.key}: choices belong to choice and multi only")


def _check_unique(keys: Sequence[str]) -> None:
    for key in keys:
        if not re.fullmatch(r"[a-z][A-Za-z0-9_]*", key) or keys.count(key) > 1:
            raise ValueError(f"{key}: not a key, or used twice")


def _check_references(form: FormDefinition) -> None:
    """Conditions rest on questions always asked; a sum is compared with a money question."""
    questions = {question.key: question for question in form.fields}
    for question in form.fields:
        for condition in (question.required_if, question.visible_if):
            if condition and questions[condition.field].visible_if is not None:
                raise ValueError(f"{question.key}: rests on a question that may be hidden")
        if question.sum_equals and questions[question.sum_equals].type is not FieldType.MONEY:
            raise ValueError(f"{question.key}: its sum is compared with no amount")
