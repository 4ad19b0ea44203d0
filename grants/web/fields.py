"""Fields that WTForms lacks: amounts, dates in three parts, tables of rows.

Every field keeps what was typed, as text; reading and checking it is the domain's work.
"""

import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from wtforms import Form, ValidationError
from wtforms.fields import (
    RadioField,
    SelectMultipleField,
    StringField,
)
from wtforms.fields.core import Field
from wtforms.utils import unset_value

from grants.domain.dates import MONTHS, parse_date, write_parts
from grants.domain.errors import DomainError
from grants.wording.problems import sentence

PARTS = ("day", "month", "year")


@dataclass(frozen=True, slots=True)
class SummaryLine:
    """One line of the error summary: the id it leads to and what to do there."""

    anchor: str
    sentence: str


def error_lines(form: Form) -> list[SummaryLine]:
    """The errors of any form, in reading order, as the summary at the top of a page shows them."""
    return [
        SummaryLine(_first_control(field), sentence) for field in form for sentence in field.errors
    ]


def _first_control(field: Field) -> str:
    """The id where the keyboard goes: a question with several controls has its first one."""
    if isinstance(field, DatePartsField):
        return f"{field.id}-day"
    if isinstance(field, RadioField | SelectMultipleField):
        return f"{field.id}-0"
    return str(field.id)


class MoneyField(StringField):
    """An amount as typed; its macro draws the dollar sign beside it, so it is not shown twice."""

    def _value(self) -> str:
        return str(super()._value()).rstrip(" \u00a0\u202f$")


class DatePartsField(Field):
    """A date as typed in three parts: day, month, year. Its data is a list of three texts."""

    months = tuple((str(number), name) for number, name in enumerate(MONTHS, start=1))

    def process(self, formdata: Any, data: Any = unset_value, extra_filters: Any = None) -> None:
        """Take the three posted parts, or what is stored: parts, or a date in one text."""
        self.process_errors: list[str] = []
        self.object_data = None if data is unset_value else data
        if formdata is None:
            self.data = _stored_parts(self.object_data)
        else:
            self.data = [_posted(formdata, f"{self.name}-{part}") for part in PARTS]


class RowsField(Field):
    """A table that repeats the same cells. Its data is a list of texts by column.

    `rows` holds one small form per row, whose fields are named "table-0-column".
    """

    def __init__(
        self,
        label: str = "",
        *,
        row_class: type[Form],
        add_label: str,
        row_title: Callable[[Mapping[str, str]], str],
        **kwargs: Any,
    ) -> None:
        super().__init__(label, **kwargs)
        self.row_class = row_class
        self.add_label = add_label
        self.row_title = row_title
        self.rows: list[Form] = []
        self.totals: list[tuple[str, str]] = []

    def process(self, formdata: Any, data: Any = unset_value, extra_filters: Any = None) -> None:
        """Take the posted rows, or the stored ones; an empty table shows one empty row."""
        self.process_errors: list[str] = []
        self.object_data = None if data is unset_value else data
        if formdata is None:
            self.data = [dict(row) for row in self.object_data or () if isinstance(row, Mapping)]
        else:
            self.data = self._posted_rows(formdata)
        self.rows = [self._row_form(place, row) for place, row in enumerate(self.data or [{}])]

    @property
    def columns(self) -> list[Field]:
        """The cells of the first row, for the heads of the columns."""
        return list(self.rows[0])

    def title_of(self, place: int) -> str:
        """The words of the first cell of a row, to tell rows apart."""
        return self.row_title(self.data[place]) if place < len(self.data) else ""

    def _posted_rows(self, formdata: Any) -> list[dict[str, str]]:
        """The posted rows in order; numbers may have gaps after a row was taken away."""
        pattern = re.compile(rf"{re.escape(self.name)}-([0-9]{{1,3}})-([A-Za-z0-9_]+)")
        columns = [field.name for field in self.row_class()]
        rows: dict[int, dict[str, str]] = {}
        for name in formdata:
            found = pattern.fullmatch(name)
            if found and found[2] in columns:
                rows.setdefault(int(found[1]), {})[found[2]] = _posted(formdata, name)
        return [rows[place] for place in sorted(rows)]

    def _row_form(self, place: int, row: Mapping[str, str]) -> Form:
        return self.row_class(formdata=None, prefix=f"{self.name}-{place}-", data=dict(row))


def _posted(formdata: Any, name: str) -> str:
    values: Sequence[str] = formdata.getlist(name)
    return values[0] if values else ""


def _stored_parts(stored: object) -> list[str]:
    """Three parts from three parts, or from a date in one text; odd text stays in the first."""
    if isinstance(stored, list):
        parts = [part if isinstance(part, str) else "" for part in stored]
        return [*parts, "", "", ""][:3]
    text = stored if isinstance(stored, str) else ""
    try:
        return write_parts(parse_date(text))
    except DomainError:
        return [text, "", ""]


def obey(rule: Callable[..., object], *values: object, **options: object) -> None:
    """Apply a rule of the domain; what it refuses becomes an error of the field."""
    try:
        rule(*values, **options)
    except DomainError as error:
        raise ValidationError(sentence(error)) from error


def require(field: Field, code: str) -> None:
    """Refuse an empty field with the sentence of this code."""
    if not (field.data or "").strip():
        raise ValidationError(sentence(DomainError(code)))


def refuse(field: Field, error: DomainError) -> None:
    """Put what an operation refused beside the field it is about."""
    field.errors = [*field.errors, sentence(error)]
