"""The days off: years held, one year to correct, what it would move, its confirmation."""

from collections.abc import Sequence
from dataclasses import dataclass
from operator import attrgetter
from typing import Any

from flask import abort, flash, redirect, render_template, request, url_for
from werkzeug.wrappers import Response

from grants.clock import utc_now
from grants.domain import calendar_changes
from grants.domain.calendar import DayOff
from grants.domain.days_off import proposed_days_off
from grants.domain.errors import DomainError
from grants.extensions import db
from grants.operations import days_off as acts
from grants.operations.days_off import DaysOffDetails
from grants.queries import days_off as queries
from grants.queries.days_off import SHOWN, HeldYear
from grants.unit_of_work import saving
from grants.web.fields import SummaryLine
from grants.web.form_engine import apply_row_button, row_button
from grants.web.management.day_rows import TABLE, DaysOffForm, hidden_rows, read, rows_of, shown
from grants.web.session import current_actor
from grants.wording.days_off import SOURCE, USUAL, origin
from grants.wording.formats import count
from grants.wording.problems import sentence

CONFIRM, CORRECT = "confirm", "correct"
_ON = attrgetter("on")


@dataclass(frozen=True)
class DayLine:
    """One day off with where its date comes from."""

    day: DayOff
    origin: str


def days_off() -> str:
    """The years held, newest first, and the one to propose next."""
    held = queries.years(db.session())
    return render_template(
        "management/days_off.html",
        years=[(year, _lines(year.days)) for year in held],
        missing=_missing(held),
        source=SOURCE,
    )


def days_off_year(year: int) -> str | Response:
    """One year to propose or correct; a post shows what it would move, or confirms it."""
    held = _held(year)
    form = DaysOffForm()
    if not form.is_submitted():
        return _page(held, shown(rows_of(held.days), held.version))
    if row_button(request.form) is not None or request.form.get("act") == CORRECT:
        return _page(held, shown(_rows(form), form.version.data or 0))
    days, errors = read(form)
    if errors:
        return _page(held, form, errors)
    details = DaysOffDetails(year, days, form.version.data or 0)
    try:
        if request.form.get("act") == CONFIRM:
            return _confirm(details)
        return _preview(held, details)
    except DomainError as error:
        if error.code == "stale_page" and _is_done(details):
            return _done(f"Les jours fériés de {year} sont confirmés.")
        return _refused(year, form, error)


def _rows(form: DaysOffForm) -> list[dict[str, str]]:
    """The rows after the button of the table that was pressed."""
    rows: Any = apply_row_button({TABLE: form.days.data}, request.form)[TABLE]
    return list(rows)


def _confirm(details: DaysOffDetails) -> Response:
    actor, now = current_actor(), utc_now()
    with saving() as session:
        moved = acts.confirm(session, details, actor=actor, now=now)
    told = count(moved, "échéance déplacée", "échéances déplacées")
    return _done(f"Les jours fériés de {details.year} sont confirmés\u00a0: {told}.")


def _is_done(details: DaysOffDetails) -> bool:
    """Whether the year is confirmed with these very days: the same post, twice."""
    held = _held(details.year)
    return held.confirmed and sorted(held.days, key=_ON) == sorted(details.days, key=_ON)


def _done(told: str) -> Response:
    flash(told, "ok")
    return redirect(url_for("management.days_off"), 303)


def _preview(held: HeldYear, details: DaysOffDetails) -> str:
    calendar_changes.check(details.year, details.days)
    actor = current_actor()
    effect = queries.effect(db.session(), details.year, details.days, actor=actor, now=utc_now())
    return render_template(
        "management/days_off_preview.html",
        year=details.year,
        lines=_lines(sorted(details.days, key=_ON)),
        hidden=[("version", details.version), *hidden_rows(details.days)],
        effect=effect,
        limit=SHOWN,
        usual=USUAL,
        is_new=held.version == 0,
    )


def _refused(year: int, form: DaysOffForm, error: DomainError) -> str:
    """The form as typed; after another person's confirmation, with theirs beside it."""
    held = _held(year)
    theirs: Sequence[DayLine] = ()
    if error.code == "stale_page":
        theirs = _lines(held.days)
        form.version.data, form.version.raw_data = held.version, None
    form.days.errors = [sentence(error)]
    return _page(held, form, [SummaryLine(form.days.id, sentence(error))], theirs)


def _page(
    held: HeldYear,
    form: DaysOffForm,
    errors: Sequence[SummaryLine] = (),
    theirs: Sequence[DayLine] = (),
) -> str:
    return render_template(
        "management/days_off_year.html",
        held=held,
        form=form,
        errors=errors,
        theirs=theirs,
        source=SOURCE,
    )


def _held(year: int) -> HeldYear:
    """The year held, or as the rules propose it when it comes next; else nothing here."""
    found = queries.one_year(db.session(), year)
    if found is not None:
        return found
    if year not in _missing(queries.years(db.session())):
        abort(404)
    return HeldYear(year, False, 0, proposed_days_off(year))


def _missing(held: Sequence[HeldYear]) -> list[int]:
    """The years to propose: those that lack between two held, and the next one."""
    known = {one.year for one in held} or {utc_now().year - 1}
    return [year for year in range(min(known), max(known) + 2) if year not in known]


def _lines(days: Sequence[DayOff]) -> list[DayLine]:
    return [DayLine(day, origin(day)) for day in days]
