"""How every command prints: words for people, JSON for programs."""

import json
from collections.abc import Callable
from datetime import date, datetime
from typing import Any

import click

as_json: Callable[[Callable[..., Any]], Callable[..., Any]] = click.option(
    "--json", "json_output", is_flag=True, help="Print JSON on standard output."
)


def show(data: Any, words: str, json_output: bool) -> None:
    """Print `data` as JSON when it was asked for, else the words."""
    click.echo(json.dumps(data, ensure_ascii=False, default=_plain) if json_output else words)


def _plain(value: object) -> str:
    if isinstance(value, datetime | date):
        return value.isoformat()
    raise TypeError(f"{type(value).__name__} has no JSON form")
