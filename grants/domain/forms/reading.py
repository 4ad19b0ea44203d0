"""From what was typed to a value: one reader per field type.

A value already read is accepted again and gives itself, so that stored and typed answers are
shown and frozen by the same code. An empty answer reads as None; whether it may be empty is a
matter for `checking`. Nothing here raises anything but DomainError, whatever was typed.
"""

import re
import unicodedata
from collections.abc import Callable, Mapping
from datetime import date

from grants.domain import dates, identity, money
from grants.domain.errors import DomainError
from grants.domain.forms.description import Field, FieldType

Cell = str | int | bool | list[str]
Value = Cell | list[dict[str, Cell]]

YES = "yes"
NO = "no"

_CONTROL = re.compile(r"[\x00-\x08\x0b-\x1f\x7f-\x9f\ud800-\udfff]")
_GROUPING = re.compile(r"\s")
_INT_DIGITS = 9


def read(field: Field, answer: object) -> Value | None:
    """The value of an answer: cents, whole number, ISO date, text, bool, list; None when empty.

    Errors: those of `money`, `dates` and `identity`, and text_too_long, int_format, below_minimum,
    above_maximum, choice_unknown, bool_unknown.
    """
    if is_blank(answer):
        return None
    if field.type is FieldType.ROWS:
        return _rows(field, answer)
    return _READERS[field.type](field, answer)


def is_blank(answer: object) -> bool:
    """Whether nothing was typed: no text, only spaces, or rows and lists of nothing."""
    if isinstance(answer, str):
        return not (answer.strip() if answer.isprintable() else clean(answer))
    if isinstance(answer, list):
        return all(is_blank(part) for part in answer)
    if isinstance(answer, Mapping):
        return all(is_blank(cell) for cell in answer.values())
    return answer is None


def filled_rows(answer: object) -> list[tuple[int, Mapping[str, object]]]:
    """The rows where something was typed, each with its place on the screen, from 0."""
    rows = answer if isinstance(answer, list) else []
    return [
        (place, row)
        for place, row in enumerate(rows)
        if isinstance(row, Mapping) and not is_blank(row)
    ]


def clean(text: str) -> str:
    """Composed accents, plain line ends, no control character, no space around."""
    if text.isprintable() and unicodedata.is_normalized("NFC", text):
        return text.strip()
    lines = text.replace("\r\n", "\n").replace("\r", "\n")
    return unicodedata.normalize("NFC", _CONTROL.sub("", lines)).strip()


def _rows(field: Field, answer: object) -> Value | None:
    rows = [
        {key: cell for key, cell in _cells(field, row) if cell is not None}
        for _, row in filled_rows(answer)
    ]
    return [row for row in rows if row] or None


def _cells(field: Field, row: Mapping[str, object]) -> list[tuple[str, Cell | None]]:
    return [(column.key, read_cell(column, row.get(column.key))) for column in field.columns]


def read_cell(column: Field, answer: object) -> Cell | None:
    """The value of one cell of a row; same values and errors as `read`."""
    return None if is_blank(answer) else _READERS[column.type](column, answer)


def _text_of(answer: object) -> str:
    """The answer as one text, whatever shape was stored."""
    if isinstance(answer, list):
        return clean(" ".join(str(part) for part in answer if not is_blank(part)))
    return clean(answer) if isinstance(answer, str) else str(answer)


def _read_area(field: Field, answer: object) -> Cell:
    text = _text_of(answer)
    if field.max_length is not None and len(text) > field.max_length:
        raise DomainError("text_too_long", limit=field.max_length, length=len(text))
    return text


def _read_line(field: Field, answer: object) -> Cell:
    return _read_area(field, " ".join(_text_of(answer).split()))


def _read_int(field: Field, answer: object) -> Cell:
    digits = _GROUPING.sub("", _text_of(answer))
    if not re.fullmatch(r"[0-9]+", digits):
        raise DomainError("int_format")
    if len(digits.lstrip("0")) > _INT_DIGITS:
        raise DomainError("above_maximum", maximum=10**_INT_DIGITS - 1)
    return _within(field, int(digits))


def _read_money(field: Field, answer: object) -> Cell:
    cents = answer if type(answer) is int else money.parse_cents(_text_of(answer))
    if field.minimum is not None and cents < field.minimum:
        raise DomainError("money_below_minimum", minimum=field.minimum)
    return cents


def _within(field: Field, number: int) -> int:
    if field.minimum is not None and number < field.minimum:
        raise DomainError("below_minimum", minimum=field.minimum)
    if field.maximum is not None and number > field.maximum:
        raise DomainError("above_maximum", maximum=field.maximum)
    return number


def _read_date(field: Field, answer: object) -> Cell:
    typed = answer if isinstance(answer, list) else _text_of(answer)
    if isinstance(typed, list):
        typed = [_text_of(part) for part in typed]
    return dates.parse_date(typed).isoformat()


def as_date(value: object) -> date:
    """A date as `read` gives it, as a date."""
    return date.fromisoformat(str(value))


def _read_choice(field: Field, answer: object) -> Cell:
    return _known(field, _text_of(answer))


def _read_multi(field: Field, answer: object) -> Cell:
    given = answer if isinstance(answer, list) else [answer]
    chosen = {_known(field, _text_of(part)) for part in given if not is_blank(part)}
    return [choice.value for choice in field.choices if choice.value in chosen]


def _known(field: Field, value: str) -> str:
    if all(choice.value != value for choice in field.choices):
        raise DomainError("choice_unknown")
    return value


def _read_bool(field: Field, answer: object) -> Cell:
    if isinstance(answer, bool):
        return answer
    text = _text_of(answer)
    if text not in (YES, NO):
        raise DomainError("bool_unknown")
    return text == YES


def _read_attest(field: Field, answer: object) -> Cell:
    """A box is ticked or it is not: whatever else was stored is not a tick."""
    return answer in (YES, True)


def _read_with(parse: Callable[[str], str]) -> Callable[[Field, object], Cell]:
    return lambda field, answer: parse(_text_of(answer))


_READERS: Mapping[FieldType, Callable[[Field, object], Cell]] = {
    FieldType.TEXT: _read_line,
    FieldType.AREA: _read_area,
    FieldType.INT: _read_int,
    FieldType.MONEY: _read_money,
    FieldType.DATE: _read_date,
    FieldType.CHOICE: _read_choice,
    FieldType.MULTI: _read_multi,
    FieldType.BOOL: _read_bool,
    FieldType.ATTEST: _read_attest,
    FieldType.EMAIL: _read_with(identity.parse_email),
    FieldType.TEL: _read_with(identity.parse_phone),
    FieldType.URL: _read_with(identity.parse_url),
    FieldType.NEQ: _read_with(identity.parse_neq),
    FieldType.CHARITY: _read_with(identity.parse_charity_number),
    FieldType.POSTAL: _read_with(identity.parse_postal_code),
}
