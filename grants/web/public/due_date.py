"""The calculator of a promised date, for anybody, and the days off it rests on."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import date, time
from functools import partial
from typing import Any

from flask import render_template, request
from wtforms import Form, RadioField, StringField
from wtforms.fields import SelectChoice

from grants.clock import utc_now
from grants.domain.calendar import Calendar, at_local_time, local_date
from grants.domain.dates import parse_date
from grants.domain.deadlines import compute
from grants.domain.errors import DomainError
from grants.domain.times import parse_time
from grants.extensions import db
from grants.queries import calendars, commitments
from grants.web.computed_date import ComputedDate, calculated
from grants.web.fields import DatePartsField, error_lines
from grants.web.public.promised import everywhere
from grants.wording import contacts, formats, promises
from grants.wording.problems import sentence

USUAL_TIME = "10\u00a0h"


class DueDateForm(Form):
    """Which promise, and when the request is received; nothing about a person."""

    commitment = RadioField("Quelle promesse?", validate_choice=False)
    date = DatePartsField(
        "Jour de la réception", description="Le jour où votre demande ou votre appel nous parvient."
    )
    time = StringField(
        "Heure de la réception",
        description="Heure de Québec, par exemple 9\u00a0h\u00a030 ou 14:05.",
        render_kw={"class": "input w-xs", "autocomplete": "off"},
    )


def due_date() -> str:
    """A promise and a receipt in the address, the due date with its whole explanation below."""
    asked, today = "commitment" in request.args, local_date(utc_now())
    form = _form(asked, today)
    answer = _answer(form) if asked else {}
    return render_template("public/due_date.html", form=form, errors=error_lines(form), **answer)


def _form(asked: bool, today: date) -> DueDateForm:
    offered = everywhere(today)
    first = next(iter(offered), "")
    usual = {"commitment": first, "date": today.isoformat(), "time": USUAL_TIME}
    form = DueDateForm(request.args if asked else None, data=None if asked else usual)
    form.commitment.choices = [
        SelectChoice(
            code,
            f"{promises.WORDS[code].title}, {promises.delay(one.quantity, one.unit or '')}"
            f" ({office.name})",
        )
        for code, (office, one) in offered.items()
    ]
    return form


def _answer(form: DueDateForm) -> dict[str, Any]:
    """The explanation and the secretariat that promised; nothing when something is to repair."""
    calendar = calendars.calendar(db.session())
    received_on = _read(form, "date", partial(_day, calendar))
    received_time = _read(form, "time", parse_time)
    if form.commitment.data not in [choice.value for choice in form.commitment.choices]:
        _show(form, "commitment", DomainError("choice_required"))
    if form.errors or received_on is None or received_time is None:
        return {}
    try:
        return _computed(calendar, form.commitment.data, received_on, received_time)
    except DomainError as error:
        _show(form, "date", error)
        return {}


def _day(calendar: Calendar, typed: Sequence[str]) -> date:
    """The day typed, of a year whose days off are known."""
    on = parse_date(typed)
    if on.year not in calendar.years:
        raise _beyond(calendar, on.year)
    return on


def _read(form: DueDateForm, name: str, read: Callable[[Any], Any]) -> Any:
    try:
        return read(form[name].data or "")
    except DomainError as error:
        _show(form, name, error)
        return None


def _show(form: DueDateForm, name: str, error: DomainError) -> None:
    form[name].errors = [*form[name].errors, sentence(error)]


def _computed(calendar: Calendar, code: str, on: date, clock: time) -> dict[str, Any]:
    office, commitment = everywhere(on).get(code, (None, None))
    delay = commitments.delay(commitment) if commitment else None
    if office is None or commitment is None or delay is None:
        raise DomainError("commitment_not_in_force")
    span = commitments.opening_span(office)
    try:
        due = compute(at_local_time(on, clock), delay, calendar, span)
    except DomainError as error:
        raise _beyond(calendar, error.facts["year"]) from None
    facts: ComputedDate = calculated(commitment, due, office)
    return {"facts": facts, "office": contacts.block(office.name, office.contact)}


def _beyond(calendar: Calendar, year: object) -> DomainError:
    """The refusal of a year without days off, as a visitor may repair it."""
    first, last = min(calendar.years), max(calendar.years)
    return DomainError("year_not_counted", year=year, first=first, last=last)


def days_off() -> str:
    """The days off that due dates rest on, year by year: confirmed, or only proposed."""
    calendar = calendars.calendar(db.session())
    years = [
        {
            "year": year,
            "confirmed": confirmed,
            "days": [
                f"{formats.date_long(on).capitalize()}, {label}"
                for on, label in sorted(calendar.days_off.items())
                if on.year == year
            ],
        }
        for year, confirmed in sorted(calendar.years.items())
    ]
    return render_template("public/days_off.html", years=years)
