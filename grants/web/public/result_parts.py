"""One promise with its results in words: what the pages of a secretariat show of it."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from grants.domain.calendar import local_date
from grants.web import charts
from grants.wording import formats, measure_terms, promises, results

if TYPE_CHECKING:
    from collections.abc import Sequence

    from grants.domain.results import PromiseFigures
    from grants.models.reference import ServiceCommitment
    from grants.queries.evidence import Measure
    from grants.queries.figures import MonthFigures
    from grants.queries.tallies import Counted

FIRST_RESULT = "Premier résultat à la première échéance"
NEXT_COUNT = "Premier résultat au prochain calcul, fait chaque heure"
NOT_COUNTED = "Premiers nombres au prochain calcul, fait chaque heure."
NOTHING_DUE = "rien d’échu"
SET_APART = "mises-a-part"
_LINES: tuple[tuple[str, str, Callable[[PromiseFigures], str]], ...] = (
    ("Résultat", "", lambda one: results.percent(one.share) if one.due else FIRST_RESULT),
    ("Échues dans l’exercice", "", lambda one: formats.number(one.due)),
    ("Tenues à temps", "tenues", lambda one: formats.number(one.kept)),
    ("Fermées après leur date", "en-retard", lambda one: formats.number(one.missed)),
    ("Ouvertes et en retard", "ouvertes-en-retard", lambda one: formats.number(one.open_late)),
    ("Médiane", "", lambda one: results.length(one.median, one.unit)),
    ("9 cas sur 10", "", lambda one: results.length(one.nine_in_ten, one.unit)),
    ("Mises à part", SET_APART, lambda one: formats.number(one.excluded_count)),
    ("Dates reportées", "", lambda one: formats.number(one.extended)),
    ("Pas encore échues", "a-venir", lambda one: formats.number(one.not_due)),
)
"""Each line of a promise: its words, the list of management behind it if any, its value."""

ListUrl = Callable[[str, str], str]
"""The address of the list behind a figure, by code of promise and name of list."""


@dataclass(frozen=True)
class Years:
    """What was last counted of this fiscal year and of the last; None when nothing was."""

    this: Counted | None
    last: Counted | None

    def figures(self, code: str) -> tuple[PromiseFigures | None, PromiseFigures | None]:
        """Those of one promise, this year's and the last one's."""
        return _figures(self.this, code), _figures(self.last, code)

    def months(self, code: str) -> Sequence[MonthFigures]:
        """Each month of this year that has begun."""
        if self.this is None:
            return ()
        today = local_date(self.this.as_of)
        return [one for one in self.this.months.get(code, ()) if one.from_on <= today]

    def measures(self, code: str) -> Sequence[tuple[Measure, Measure | None]]:
        """What is known of a promise without a delay, with what was known last year."""
        before = {one.key: one for one in _measures(self.last, code)}
        return [(one, before.get(one.key)) for one in _measures(self.this, code)]


def card(commitment: ServiceCommitment, years: Years) -> dict[str, Any]:
    """The large figure of a promise; never 0 nor 100 % when nothing was due."""
    this, last = years.figures(commitment.code)
    words = promises.WORDS[commitment.code].title
    delay = promises.delay(commitment.quantity, commitment.unit or "")
    facts: dict[str, Any] = {"title": f"{words}, {delay}", "value": "", "unit": "", "detail": ""}
    before = f"l’an dernier\u00a0: {results.percent(last.share)}" if last and last.due else ""
    if this is None or this.share is None:
        first = NEXT_COUNT if this is None else FIRST_RESULT
        return {**facts, "waiting": first, "detail": before.capitalize()}
    volume = results.volume(this.kept, this.due)
    detail = f"{volume} · {before}" if before else volume
    return {**facts, "value": results.decimal(this.share), "unit": "%", "detail": detail}


def section(
    commitment: ServiceCommitment, years: Years, office: str, list_url: ListUrl | None
) -> dict[str, Any]:
    """Everything of a promise with a delay: both years, month by month, and how it is counted.

    `list_url` leads to the files behind each figure, for whoever may read them.
    """
    this, last = years.figures(commitment.code)
    unit = commitment.unit or ""
    return {
        "code": commitment.code,
        "title": promises.WORDS[commitment.code].title,
        "delay": promises.delay(commitment.quantity, unit),
        "sentence": commitment.sentence,
        "target": f"{commitment.target_percent}\u00a0%",
        "lines": _lines(this, last, list_url),
        "first": NEXT_COUNT if this is None else FIRST_RESULT,
        "chart": _chart(commitment, years),
        "months": [_month(one) for one in years.months(commitment.code)],
        "terms": [
            {"label": label, "value": words}
            for label, words in measure_terms.terms(
                commitment.start_event, commitment.stop_event, unit, office
            )
        ],
    }


def evidence(commitment: ServiceCommitment, years: Years) -> dict[str, Any]:
    """What stands behind a promise without a delay: counts, and how it is guarded."""
    measures = [
        {
            "label": results.MEASURES[one.key].label,
            "this": results.measured(one.value, one.of),
            "last": results.measured(before.value, before.of) if before else "s. o.",
        }
        for one, before in years.measures(commitment.code)
    ]
    return {
        "sentence": commitment.sentence,
        "guard": results.GUARDS.get(commitment.code, ""),
        "measures": measures,
        "waiting": "" if years.this else NOT_COUNTED,
    }


def _figures(counted: Counted | None, code: str) -> PromiseFigures | None:
    found = counted.figures if counted else ()
    return next((one for one in found if one.code == code), None)


def _measures(counted: Counted | None, code: str) -> Sequence[Measure]:
    found = counted.evidence if counted else ()
    return next((one.measures for one in found if one.code == code), ())


def _lines(
    this: PromiseFigures | None, last: PromiseFigures | None, list_url: ListUrl | None
) -> list[dict[str, str]]:
    known = [one for one in (this, last) if one]
    if not any(one.due or one.excluded_count or one.not_due for one in known):
        return []
    return [
        {
            "label": label,
            "this": write(this) if this else results.NOT_APPLICABLE,
            "last": write(last) if last else results.NOT_APPLICABLE,
            "url": list_url(this.code, name) if list_url and this and name else "",
            "sub": _set_apart(this, last) if name == SET_APART else "",
        }
        for label, name, write in _LINES
    ]


def _set_apart(this: PromiseFigures | None, last: PromiseFigures | None) -> str:
    """Why promises were set apart, the two years together; empty when none was."""
    counts = Counter[str]()
    for one in (this, last):
        counts.update(one.excluded if one else {})
    return ", ".join(
        f"{results.REASONS.get(reason, reason).lower()}\u00a0: {count}"
        for reason, count in sorted(counts.items())
    )


def _chart(commitment: ServiceCommitment, years: Years) -> charts.Chart | None:
    months = years.months(commitment.code)
    if not any(one.due for one in months):
        return None
    rows = [(formats.month_short(one.from_on), one.share, _share(one.share)) for one in months]
    return charts.shares(rows, commitment.target_percent)


def _month(one: MonthFigures) -> dict[str, str]:
    return {
        "label": formats.month_year(one.from_on),
        "volume": results.volume(one.kept, one.due),
        "share": _share(one.share),
    }


def _share(share: int | None) -> str:
    return NOTHING_DUE if share is None else results.percent(share)
