"""From a question of a form description to the WTForms field that asks it."""

from collections.abc import Callable, Mapping
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
from wtforms.fields.core import UnboundField

from grants.domain.forms import description
from grants.domain.forms.description import FieldType
from grants.domain.forms.reading import NO, YES
from grants.web.fields import DatePartsField, MoneyField, RowsField
from grants.wording import formats
from grants.wording.answers import shown

OPTIONAL = " (facultatif)"
MOST_RADIOS = 6
YES_NO = (SelectChoice(YES, "Oui"), SelectChoice(NO, "Non"))
TO_CHOOSE = SelectChoice("", "Choisissez")


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
    return f"{question.hint} {formats.number(question.max_length)}\u00a0caractères au plus.".strip()


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
