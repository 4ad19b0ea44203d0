"""Sheets of facts as plain data and back: what a document says, frozen with the act.

Plain data is what JSON holds: ISO dates, instants in UTC, amounts in cents. The same sheet always
gives the same bytes, so a fingerprint of them is a fingerprint of what the document says.
"""

import json
from collections.abc import Mapping
from dataclasses import fields, is_dataclass
from datetime import UTC, date, datetime
from functools import cache
from types import UnionType
from typing import Any, TypeVar, get_args, get_origin, get_type_hints

Sheet = TypeVar("Sheet")


def plain(value: Any) -> Any:
    """A sheet, or a part of one, as JSON can hold it."""
    if isinstance(value, datetime):
        return value.astimezone(UTC).isoformat()
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, Mapping):
        return {key: plain(part) for key, part in value.items()}
    if isinstance(value, (list, tuple)):
        return [plain(part) for part in value]
    if is_dataclass(value):
        return {field.name: plain(getattr(value, field.name)) for field in fields(value)}
    return value


def restored(kind: type[Sheet], data: Mapping[str, Any]) -> Sheet:
    """The sheet of this kind that gave the data; KeyError when a fact is missing."""
    return kind(**_facts(kind, data))


def canonical(data: Mapping[str, Any]) -> bytes:
    """The one way these facts are written: sorted names, two spaces, UTF-8."""
    text = json.dumps(data, ensure_ascii=False, sort_keys=True, indent=2)
    return f"{text}\n".encode()


def _facts(kind: Any, data: Mapping[str, Any]) -> dict[str, Any]:
    return {name: _read(hint, data[name]) for name, hint in _hints(kind).items()}


@cache
def _hints(kind: type) -> Mapping[str, Any]:
    """Worked out once a kind: they are written as text."""
    return get_type_hints(kind)


def _read(kind: Any, value: Any) -> Any:
    if isinstance(kind, UnionType):  # a fact, or None
        return None if value is None else _read(get_args(kind)[0], value)
    if kind in (date, datetime):
        return kind.fromisoformat(value)
    if get_origin(kind) is tuple:
        return tuple(_read(get_args(kind)[0], part) for part in value)
    is_part = isinstance(kind, type) and is_dataclass(kind)
    return restored(kind, value) if is_part else value
