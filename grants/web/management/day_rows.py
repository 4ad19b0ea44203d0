"""The days off of a year as a form: rows typed as words, read back as dates."""

from collections.abc import Iterable, Sequence
from typing import Any

from flask_wtf import FlaskForm
from wtforms import Form, IntegerField, StringField
from wtforms.widgets import HiddenInput

from grants.domain.calendar import DayOff
from grants.domain.dates import parse_date
from grants.domain.errors import DomainError
from grants.web.fields import RowsField, SummaryLine
from grants.wording import formats
from grants.wording.problems import sentence

TABLE = "days"
UNREADABLE = ("date_format", "date_incomplete")  # said for a date in one text


class DayRow(Form):
    """One day off as typed."""

    on = StringField("Date")
    title = StringField("Nom")


class DaysOffForm(FlaskForm):
    """The days off of a year, and the version of the year that the page showed."""

    version = IntegerField(widget=HiddenInput())
    days = RowsField(
        "Jours fériés",
        row_class=DayRow,
        add_label="Ajouter un jour",
        row_title=lambda row: row.get("title", ""),
        description="Une date s’écrit en entier, par exemple 24\u00a0décembre\u00a02027.",
    )


def rows_of(days: Iterable[DayOff]) -> list[dict[str, str]]:
    """The rows that show these days."""
    return [{"on": formats.date_short(day.on), "title": day.label} for day in days]


def shown(rows: Sequence[dict[str, str]], version: int) -> DaysOffForm:
    """The form with these rows, whatever was posted."""
    return DaysOffForm(formdata=None, days=list(rows), version=version)


def read(form: DaysOffForm) -> tuple[list[DayOff], list[SummaryLine]]:
    """The days typed, and what to repair of the dates; a row left empty is no day."""
    days, lines = [], []
    for row, typed in zip(form.days.rows, form.days.data, strict=False):
        on, title = typed.get("on", "").strip(), typed.get("title", "").strip()
        if not on and not title:
            continue
        try:
            days.append(DayOff(parse_date(on), title))
        except DomainError as error:
            said = sentence(DomainError("day_off_date") if error.code in UNREADABLE else error)
            row.on.errors = [said]
            lines.append(SummaryLine(row.on.id, said))
    return days, lines


def hidden_rows(days: Iterable[DayOff]) -> list[tuple[str, Any]]:
    """Names and values that carry these days from the preview to the act."""
    return [
        pair
        for place, day in enumerate(days)
        for pair in (
            (f"{TABLE}-{place}-on", formats.date_short(day.on)),
            (f"{TABLE}-{place}-title", day.label),
        )
    ]
