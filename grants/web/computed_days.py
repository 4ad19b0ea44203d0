"""The calendar of a computed date: one square a day, what it counts for in words."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

from grants.domain.calendar import SATURDAY, local_time
from grants.domain.deadlines import Day, Due, Reason, State, explain
from grants.wording import formats

NOT_COUNTED = "ne compte pas"
NAMES = ("lun.", "mar.", "mer.", "jeu.", "ven.")


def weeks(due: Due, started: str, kept_on: date | None) -> list[dict[str, Any]]:
    """One line per week with a weekday or the receipt in it, up to the due date.

    `started` is what began the promise, in words; `kept_on` the day it was kept.
    """
    by_date = {day.on: day for day in explain(due)}
    began_at = formats.time(local_time(due.received_at))
    began = f"{started} à\u00a0{began_at}. Ce jour {NOT_COUNTED}."
    monday = min(by_date) - timedelta(days=min(by_date).weekday())
    lines: list[dict[str, Any]] = []
    while monday <= max(by_date):
        dates = [monday + timedelta(days=number) for number in range(7)]
        weekdays = [_square(by_date.get(on), began, kept_on) for on in dates[:SATURDAY]]
        weekend = [by_date[on] for on in dates[SATURDAY:] if on in by_date]
        if any(weekdays) or any(day.state is State.START for day in weekend):
            lines.append({"days": weekdays, "weekend": _weekend(weekend)})
        monday += timedelta(days=7)
    return lines


def _square(day: Day | None, began: str, kept_on: date | None) -> dict[str, Any] | None:
    if day is None:
        return None
    kind, note = _kind_and_note(day, began)
    if day.on == kept_on and day.state in (State.COUNTED, State.LAST):
        kind, note = "kept", "Fait ce jour-là"
    number, month = formats.day_month(day.on).split("\u00a0", 1)
    return {
        "kind": kind,
        "weekday": NAMES[day.on.weekday()],
        "number": number,
        "month": month,
        "count": day.counted,
        "note": note,
    }


def _kind_and_note(day: Day, began: str) -> tuple[str, str]:
    if day.state is State.START:
        return "start", began
    if day.state is State.LAST:
        return "last", "Date promise"
    if day.state is State.COUNTED:
        return "count", ""
    if day.reason is Reason.AFTER_HOURS:
        return "off", f"Après les heures\u00a0: {NOT_COUNTED}"
    return "off", day.label or NOT_COUNTED


def _weekend(days: list[Day]) -> dict[str, str] | None:
    if not days:
        return None
    label = " et ".join(str(day.on.day) for day in days)
    if any(day.state is State.START for day in days):
        return {"label": label, "note": f"reçu; {NOT_COUNTED}"}
    counted = [day.counted for day in days if day.counted is not None]
    if counted:
        return {"label": label, "note": "jours " + " et ".join(str(rank) for rank in counted)}
    return {"label": label, "note": NOT_COUNTED}
