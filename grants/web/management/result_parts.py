"""The figures of a promise in the words that the pages of management print."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING, Any

from grants.domain.calendar import local_date
from grants.domain.results import TENTHS
from grants.web import charts
from grants.wording import formats, promises, results

if TYPE_CHECKING:
    from grants.domain.results import PromiseFigures
    from grants.queries.evidence import Evidence
    from grants.queries.figure_lists import Behind
    from grants.queries.figures import MonthFigures

LONGEST_ID = 9  # digits: what any database takes


def line(one: PromiseFigures, urls: Mapping[str, str]) -> dict[str, Any]:
    """One promise of the table; `urls` leads to the list of each figure."""
    return {
        "title": promises.WORDS[one.code].title,
        "delay": promises.delay(one.quantity, one.unit),
        "sentence": one.sentence,
        "share": results.percent(one.share),
        "percent": None if one.share is None else one.share // TENTHS,
        "target": f"cible\u00a0: {one.target_percent}\u00a0%",
        "due": formats.number(one.due),
        "counts": [
            {"label": label, "value": formats.number(count), "url": urls.get(name, "")}
            for label, name, count in (
                ("Tenues", "tenues", one.kept),
                ("Fermées en retard", "en-retard", one.missed),
                ("Ouvertes, en retard", "ouvertes-en-retard", one.open_late),
                ("Mises à part", "mises-a-part", one.excluded_count),
                ("À venir", "a-venir", one.not_due),
            )
        ],
        "median": results.length(one.median, one.unit),
        "nine_in_ten": results.length(one.nine_in_ten, one.unit),
    }


def month_chart(one: PromiseFigures, months: Sequence[MonthFigures]) -> dict[str, Any]:
    """One promise month by month; no chart where nothing was due."""
    due = [month for month in months if month.due]
    rows = [
        (formats.month_short(month.from_on), month.share, results.percent(month.share))
        for month in due
    ]
    return {
        "code": one.code,
        "title": promises.WORDS[one.code].title,
        "chart": charts.shares(rows, one.target_percent) if rows else None,
        "months": [
            {
                "label": formats.month_year(month.from_on),
                "volume": results.volume(month.kept, month.due),
                "share": results.percent(month.share),
            }
            for month in due
        ],
    }


def proof(one: Evidence) -> dict[str, Any]:
    """One promise without a delay: its counts, and how it is guarded."""
    return {
        "sentence": one.sentence,
        "guard": results.GUARDS.get(one.code, ""),
        "measures": [
            {
                "label": results.MEASURES[measure.key].label,
                "value": results.measured(measure.value, measure.of),
            }
            for measure in one.measures
        ],
    }


def behind_line(one: Behind) -> dict[str, Any]:
    """One file behind a figure."""
    done = formats.instant(one.stopped_at) if one.stopped_at else "Pas encore"
    extended = ""
    if one.extended_due_at:
        extended = f"Reportée au {formats.date_short(local_date(one.extended_due_at))}"
    return {
        "number": one.number,
        "received": formats.date_short(local_date(one.received_at)),
        "due": formats.date_short(one.due_on),
        "extended": extended,
        "done": done,
        "taken": results.length(one.taken, one.unit),
        "outcome": results.OUTCOMES[one.outcome.value],
        "reason": results.REASONS.get(one.reason or "", ""),
        "person": one.person or "Personne",
    }
