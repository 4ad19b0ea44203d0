"""The page "Comment cette date est calculée": what the shared template needs for one clock."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import date, datetime
from typing import TYPE_CHECKING, Any

from grants.domain.calendar import Calendar, local_date
from grants.domain.deadlines import (
    Delay,
    Due,
    Reason,
    ReceiptPolicy,
    State,
    Unit,
    compute,
)
from grants.queries import commitments
from grants.web.computed_days import weeks
from grants.wording import formats, promises

if TYPE_CHECKING:
    from grants.models.clocks import Clock
    from grants.models.reference import Secretariat, ServiceCommitment

ANNOUNCED_RULES = (
    "La date est celle que nous vous avons annoncée\u00a0: aucun jour n’est compté.",
    "La journée annoncée compte en entier, jusqu’à minuit, heure de Québec.",
)


@dataclass(frozen=True)
class ComputedDate:
    """Everything the page says of one promise; without `weeks`, no day was counted.

    `is_held`: the days off changed since and the date did not, so counting again gives another.
    """

    title: str
    delay: str
    sentence: str
    equation: list[dict[str, str]]
    outcome_kind: str
    outcome_title: str
    outcome_text: str
    weeks: list[dict[str, Any]]
    rules: list[str]
    days_off: list[str]
    provisional: bool
    is_held: bool = False


@dataclass(frozen=True)
class _Promised:
    """A promise to explain: how its date was found, who told it, what became of it on a file."""

    commitment: ServiceCommitment
    due: Due
    words: promises.PromiseWords
    told_by: str
    stopped_at: datetime | None = None
    stop_event: str = ""
    extended_due_at: datetime | None = None

    @property
    def received_on(self) -> date:
        return local_date(self.due.received_at)

    @property
    def kept_on(self) -> date | None:
        done = self.stopped_at and self.stop_event not in promises.ENDED
        return local_date(self.stopped_at) if self.stopped_at and done else None


def explained(
    clock: Clock, secretariat: Secretariat, calendar: Calendar, *, now: datetime
) -> ComputedDate:
    """The due date of a clock, day by day and in words, and what became of it."""
    promised = _Promised(
        clock.commitment,
        _due(clock, secretariat, calendar),
        promises.WORDS[clock.commitment.code],
        secretariat.name,
        clock.stopped_at,
        clock.stop_event or "",
        clock.extended_due_at,
    )
    return _told(promised, _outcome(promised, calendar, now))


def calculated(commitment: ServiceCommitment, due: Due, secretariat: Secretariat) -> ComputedDate:
    """The due date of something that is on no file: what anybody may compute."""
    words = promises.WORDS[commitment.code]
    promised = _Promised(commitment, due, words, secretariat.name)
    text = "La journée entière compte, jusqu’à minuit, heure de Québec."
    if commitment.unit == Unit.HOURS:
        text = "Au plus tard à cette heure-là, heure de Québec."
    return _told(promised, ("info", f"{words.last_day}\u00a0: {_last(promised)}", text))


def _told(promised: _Promised, outcome: tuple[str, str, str]) -> ComputedDate:
    commitment, due = promised.commitment, promised.due
    kind, title, text = outcome
    return ComputedDate(
        title=promised.words.title,
        delay=_delay_words(commitment),
        sentence=commitment.sentence,
        equation=_equation(promised),
        outcome_kind=kind,
        outcome_title=title,
        outcome_text=text,
        weeks=weeks(due, promised.words.started, promised.kept_on) if due.days else [],
        rules=_rules(promised),
        days_off=_days_off(due),
        provisional=due.provisional,
        is_held=_is_held(promised),
    )


def _is_held(promised: _Promised) -> bool:
    return promised.commitment.quantity is not None and not promised.due.days


def _due(clock: Clock, secretariat: Secretariat, calendar: Calendar) -> Due:
    """The computation of a clock again, with the date it holds.

    A date that was announced has no days, nor has one that the days off of today do not give.
    """
    delay = commitments.delay(clock.commitment)
    held: dict[str, Any] = {
        "due_on": clock.due_on,
        "due_at": clock.due_at,
        "provisional": clock.provisional,
    }
    if delay is not None:
        span = commitments.opening_span(secretariat)
        computed = compute(clock.received_at, delay, calendar, span)
        if computed.due_on == clock.due_on:
            return replace(computed, **held)
    return Due(
        received_at=clock.received_at,
        start_on=clock.start_on,
        legal_due_on=None,
        operational_due_on=None,
        counted=(),
        skipped=(),
        days=(),
        calendar_version=clock.calendar_version,
        **held,
    )


def _delay_words(commitment: ServiceCommitment) -> str:
    return promises.delay(commitment.quantity, commitment.unit or "")


def _last(promised: _Promised) -> str:
    """The last day, or the last instant of a delay in hours."""
    if promised.commitment.unit == Unit.HOURS:
        return formats.instant(promised.due.due_at)
    return formats.date_long(promised.due.due_on)


def _equation(promised: _Promised) -> list[dict[str, str]]:
    """What began, the delay or who told the date, the last day, and the new one if it moved."""
    words = promised.words
    middle = {"label": "Délai promis", "value": _delay_words(promised.commitment)}
    if promised.commitment.quantity is None:
        middle = {"label": "Annoncée par", "value": promised.told_by}
    terms = [
        {"label": words.started, "value": formats.date_long(promised.received_on)},
        middle,
        {"label": words.last_day, "value": _last(promised)},
    ]
    if promised.extended_due_at:
        moved_to = formats.date_long(local_date(promised.extended_due_at))
        terms.append({"label": "Nouvelle date", "value": moved_to})
    return terms


def _outcome(promised: _Promised, calendar: Calendar, now: datetime) -> tuple[str, str, str]:
    """The banner: its kind, its title and its sentence."""
    if promised.stopped_at is None:
        return _running(promised, calendar, now)
    due, done = promised.due, local_date(promised.stopped_at)
    late = promised.stopped_at > due.due_at
    if promised.stop_event in promises.ENDED:
        text = f"{promises.ENDED[promised.stop_event]} le {formats.date_long(done)}"
        return "info", "Promesse sans suite", f"{text}{', après la date promise' * late}."
    text = f"{promised.words.kept} le {formats.date_long(done)}"
    if late:
        before_new = promised.extended_due_at and promised.stopped_at <= promised.extended_due_at
        end = ", avant la nouvelle date" if before_new else ""
        return "waiting", "Promesse non tenue", f"{text}, après la date promise{end}."
    ahead = calendar.business_days_between(done, due.due_on) if done < due.due_on else 0
    if ahead:
        text += f", {formats.count(ahead, 'jour ouvrable', 'jours ouvrables')} avant"
        return "ok", "Promesse tenue", f"{text} la date promise."
    return "ok", "Promesse tenue", f"{text}, le dernier jour."


def _running(promised: _Promised, calendar: Calendar, now: datetime) -> tuple[str, str, str]:
    """Of a promise nobody kept yet: late, moved to a new date, or still in time."""
    due, moved_to = promised.due, promised.extended_due_at
    last_at = moved_to or due.due_at
    first, last = formats.date_long(due.due_on), local_date(last_at)
    if now > last_at:
        late = formats.date_long(last)
        return "waiting", "Promesse en retard", f"La date promise, le {late}, est passée."
    left = max(calendar.business_days_between(local_date(now), last), 0)
    words_left = formats.count(left, "jour ouvrable", "jours ouvrables")
    text = f"Il reste {words_left}, le dernier jour compris."
    if moved_to:
        new = formats.date_long(last)
        text = f"La première date était le {first}; la nouvelle est le {new}. {text}"
        return "waiting", "Date reportée", text
    return "info", "Promesse en cours", text


def _rules(promised: _Promised) -> list[str]:
    delay = commitments.delay(promised.commitment)
    rules = _counting(delay) if delay else list(ANNOUNCED_RULES)
    if _is_held(promised):
        rules.append("Les jours fériés ont changé depuis; cette date, elle, est restée.")
    if promised.extended_due_at:
        rules.append("Une date reportée ne change rien au résultat\u00a0: la première compte.")
    return rules


def _counting(delay: Delay) -> list[str]:
    rules = ["Le jour de la réception ne compte pas; le dernier jour compte."]
    if delay.unit is Unit.CALENDAR:
        rules.append("Tous les jours comptent; un délai ne finit jamais un jour férié.")
    else:
        rules.append(
            "Les samedis, les dimanches et les jours fériés de la fonction publique "
            "ne comptent pas."
        )
    if delay.unit is Unit.HOURS:
        rules.append("Vingt-quatre heures mènent à la même heure, le jour ouvrable suivant.")
    elif delay.receipt_policy is ReceiptPolicy.ARRIVAL:
        rules.append("Ce qui arrive à toute heure est reçu le jour même, heure de Québec.")
    else:
        rules.append("Ce qui arrive après la fermeture est reçu le jour ouvrable suivant.")
    return rules


def _days_off(due: Due) -> list[str]:
    """The days off met on the way, in words."""
    met: Iterable[tuple[date, str | None]] = (
        (day.on, day.label)
        for day in due.days
        if day.state is State.SKIPPED and day.reason in (Reason.DAY_OFF, Reason.LEGAL_HOLIDAY)
    )
    return [f"{formats.date_long(on)}, {label}" for on, label in met]
