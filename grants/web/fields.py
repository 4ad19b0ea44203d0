"""From a question to its field, and the fields that WTForms lacks.

Those are amounts, dates in three parts and tables of rows. Every field keeps what was typed, as
text; reading and checking it is the domain's work.
"""

import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from wtforms import Form
from wtforms.fields import (
    BooleanField,
    RadioField,
    SelectChoice,
    SelectField,
    SelectMultipleField,
    StringField,
    TextAreaField,
)
from wtforms.fields.core import Field, UnboundField
from wtforms.utils import unset_value

from grants.domain.dates import MONTHS, parse_date, write_parts
from grants.domain.errors import DomainError
from grants.domain.forms import description
from grants.domain.forms.description import FieldType
from grants.domain.forms.reading import NO, YES
from grants.wording import formats
from grants.wording.answers import shown

PARTS = ("day", "month", "year")
OPTIONAL = " (facultatif)"
MOST_RADIOS = 6
YES_NO = (SelectChoice(YES, "Oui"), SelectChoice(NO, "Non"))
TO_CHOOSE = SelectChoice("", "Choisissez")


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
    """An amount as typed; its macro draws the dollar sign beside it."""


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


def unbound(question: description.Field) -> UnboundField:
    """The field that asks a question, to be bound to a form."""
    label = question.label if _looks_required(question) else question.label + OPTIONAL
    return _MAKERS[question.type](
        question,
        {
            "label": label,
            "description": _hint(question),
            "render_kw": _attributes(question),
        },
    )


def has_radios(question: description.Field) -> bool:
    """Whether a question is answered by radio buttons rather than by a list to open."""
    few = len(question.choices) <= MOST_RADIOS
    return question.type is FieldType.BOOL or (question.type is FieldType.CHOICE and few)


def _looks_required(question: description.Field) -> bool:
    return question.required or question.required_if is not None


def _hint(question: description.Field) -> str:
    if question.type is not FieldType.AREA or question.max_length is None:
        return question.hint
    return f"{question.hint} {formats.number(question.max_length)} caractères au plus.".strip()


def _attributes(question: description.Field) -> dict[str, Any]:
    """Width, keyboard and completion of a text control."""
    attributes = {"class": _class(question), **_KEYBOARDS.get(question.type, {})}
    if question.autocomplete:
        attributes["autocomplete"] = question.autocomplete
    if question.type is FieldType.AREA:
        attributes["rows"] = 4 if (question.max_length or 0) <= 600 else 8
    return attributes


def _class(question: description.Field) -> str:
    if question.type is FieldType.TEXT:
        return "input w-md" if (question.max_length or 200) <= 60 else "input w-lg"
    width = _WIDTHS.get(question.type, "")
    return f"input {width}".strip()


def _line(question: description.Field, options: dict[str, Any]) -> UnboundField:
    return StringField(**options)


def _area(question: description.Field, options: dict[str, Any]) -> UnboundField:
    return TextAreaField(**options)


def _money(question: description.Field, options: dict[str, Any]) -> UnboundField:
    return MoneyField(**options)


def _date(question: description.Field, options: dict[str, Any]) -> UnboundField:
    return DatePartsField(**options)


def _choice(question: description.Field, options: dict[str, Any]) -> UnboundField:
    if has_radios(question):
        return RadioField(**options, choices=_choices(question), validate_choice=False)
    return _select(question, options)


def _select(question: description.Field, options: dict[str, Any]) -> UnboundField:
    choices = [TO_CHOOSE, *_choices(question)]
    return SelectField(**options, choices=choices, validate_choice=False)


def _multi(question: description.Field, options: dict[str, Any]) -> UnboundField:
    return SelectMultipleField(**options, choices=_choices(question), validate_choice=False)


def _attest(question: description.Field, options: dict[str, Any]) -> UnboundField:
    return BooleanField(**options)


def _choices(question: description.Field) -> list[SelectChoice]:
    if question.type is FieldType.BOOL:
        return list(YES_NO)
    return [SelectChoice(choice.value, choice.label) for choice in question.choices]


def _rows(question: description.Field, options: dict[str, Any]) -> UnboundField:
    cells = {column.key: _cell(column) for column in question.columns}
    first = question.columns[0]
    return RowsField(
        **options,
        row_class=type("RowForm", (Form,), cells),
        add_label=question.add_label,
        row_title=lambda row: str(shown(first, row.get(first.key, ""))),
    )


def _cell(column: description.Field) -> UnboundField:
    """A cell is one text control or one list to open, so that its answer is one text."""
    options = {"label": column.label, "render_kw": {**_attributes(column), "class": "input"}}
    if column.type in (FieldType.CHOICE, FieldType.BOOL):
        return _select(column, options)
    return _money(column, options) if column.type is FieldType.MONEY else _line(column, options)


_NUMERIC = {"inputmode": "numeric"}
_KEYBOARDS: Mapping[FieldType, dict[str, Any]] = {
    FieldType.MONEY: {"inputmode": "decimal", "autocomplete": "off"},
    FieldType.INT: _NUMERIC,
    FieldType.NEQ: _NUMERIC,
    FieldType.EMAIL: {"type": "email", "spellcheck": "false"},
    FieldType.TEL: {"type": "tel"},
    FieldType.URL: {"inputmode": "url", "spellcheck": "false"},
    FieldType.CHARITY: {"spellcheck": "false"},
    FieldType.POSTAL: {"spellcheck": "false"},
}
_WIDTHS: Mapping[FieldType, str] = {
    FieldType.INT: "w-xs",
    FieldType.POSTAL: "w-xs",
    FieldType.NEQ: "w-md",
    FieldType.CHARITY: "w-md",
    FieldType.TEL: "w-md",
    FieldType.CHOICE: "w-md",
    FieldType.EMAIL: "w-lg",
    FieldType.URL: "w-lg",
}
_MAKERS: Mapping[FieldType, Callable[[description.Field, dict[str, Any]], UnboundField]] = {
    FieldType.TEXT: _line,
    FieldType.AREA: _area,
    FieldType.INT: _line,
    FieldType.MONEY: _money,
    FieldType.DATE: _date,
    FieldType.CHOICE: _choice,
    FieldType.MULTI: _multi,
    FieldType.BOOL: _choice,
    FieldType.EMAIL: _line,
    FieldType.TEL: _line,
    FieldType.URL: _line,
    FieldType.NEQ: _line,
    FieldType.CHARITY: _line,
    FieldType.POSTAL: _line,
    FieldType.ROWS: _rows,
    FieldType.ATTEST: _attest,
}
