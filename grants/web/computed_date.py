"""The page "Comment cette date est calculée": what the shared template needs for one clock."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import TYPE_CHECKING, Any

from grants.domain.calendar import SATURDAY, Calendar, local_date, local_time
from grants.domain.deadlines import (
    Day,
    Delay,
    Due,
    Reason,
    ReceiptPolicy,
    State,
    Unit,
    compute,
    explain,
)
from grants.queries import commitments
from grants.wording import formats, promises

if TYPE_CHECKING:
    from grants.models.clocks import Clock
    from grants.models.reference import Secretariat, ServiceCommitment

NOT_COUNTED = "ne compte pas"
NAMES = ("lun.", "mar.", "mer.", "jeu.", "ven.")


@dataclass(frozen=True)
class ComputedDate:
    """Everything the page says of one promise."""

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


def explained(
    clock: Clock, secretariat: Secretariat, calendar: Calendar, *, now: datetime
) -> ComputedDate:
    """The computation of a clock's due date, day by day and in words."""
    commitment = clock.commitment
    words, delay = promises.WORDS[commitment.code], _delay(commitment)
    span = commitments.opening_span(secretariat)
    due = compute(clock.received_at, delay, calendar, span)
    kind, title, text = _outcome(clock, words, calendar, now)
    delay_words = promises.delay(delay.quantity, delay.unit.value)
    return ComputedDate(
        title=words.title,
        delay=delay_words,
        sentence=commitment.sentence,
        equation=_equation(clock, words, delay_words, delay.unit),
        outcome_kind=kind,
        outcome_title=title,
        outcome_text=text,
        weeks=_weeks(due, clock, words),
        rules=_rules(delay),
        days_off=_days_off(due),
        provisional=clock.provisional,
    )


def _delay(commitment: ServiceCommitment) -> Delay:
    found = commitments.delay(commitment)
    if found is None:
        raise ValueError(f"{commitment.code} has no delay, so no clock follows it")
    return found


def _equation(
    clock: Clock, words: promises.PromiseWords, delay: str, unit: Unit
) -> list[dict[str, str]]:
    last = formats.date_long(clock.due_on)
    if unit is Unit.HOURS:
        last = formats.instant(clock.due_at)
    return [
        {"label": words.started, "value": formats.date_long(local_date(clock.received_at))},
        {"label": "Délai promis", "value": delay},
        {"label": words.last_day, "value": last},
    ]


def _outcome(
    clock: Clock, words: promises.PromiseWords, calendar: Calendar, now: datetime
) -> tuple[str, str, str]:
    """The banner: its kind, its title and its sentence."""
    if clock.stopped_at is None:
        if now > clock.due_at:
            late = formats.date_long(clock.due_on)
            return "waiting", "Promesse en retard", f"La date promise, le {late}, est passée."
        left = max(calendar.business_days_between(local_date(now), clock.due_on), 0)
        words_left = formats.count(left, "jour ouvrable", "jours ouvrables")
        return "info", "Promesse en cours", f"Il reste {words_left}, le dernier jour compris."
    done = local_date(clock.stopped_at)
    text = f"{words.kept} le {formats.date_long(done)}"
    if clock.stopped_at > clock.due_at:
        return "waiting", "Promesse non tenue", f"{text}, après la date promise."
    ahead = calendar.business_days_between(done, clock.due_on) if done < clock.due_on else 0
    if ahead:
        text += f", {formats.count(ahead, 'jour ouvrable', 'jours ouvrables')} avant"
        return "ok", "Promesse tenue", f"{text} la date promise."
    return "ok", "Promesse tenue", f"{text}, le dernier jour."


def _weeks(due: Due, clock: Clock, words: promises.PromiseWords) -> list[dict[str, Any]]:
    """One line per week with a weekday or the receipt in it, up to the due date."""
    by_date = {day.on: day for day in explain(due)}
    monday = min(by_date) - timedelta(days=min(by_date).weekday())
    weeks = []
    while monday <= max(by_date):
        dates = [monday + timedelta(days=number) for number in range(7)]
        weekdays = [_square(by_date.get(on), clock, words) for on in dates[:SATURDAY]]
        weekend = [by_date[on] for on in dates[SATURDAY:] if on in by_date]
        if any(weekdays) or any(day.state is State.START for day in weekend):
            weeks.append({"days": weekdays, "weekend": _weekend(weekend)})
        monday += timedelta(days=7)
    return weeks


def _square(day: Day | None, clock: Clock, words: promises.PromiseWords) -> dict[str, Any] | None:
    if day is None:
        return None
    stopped_on = local_date(clock.stopped_at) if clock.stopped_at else None
    kind, note = _kind_and_note(day, clock, words)
    if day.on == stopped_on and day.state in (State.COUNTED, State.LAST):
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


def _kind_and_note(day: Day, clock: Clock, words: promises.PromiseWords) -> tuple[str, str]:
    if day.state is State.START:
        clock_time = formats.time(local_time(clock.received_at))
        return "start", f"{words.started} à\u00a0{clock_time}. Ce jour {NOT_COUNTED}."
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


def _rules(delay: Delay) -> list[str]:
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
