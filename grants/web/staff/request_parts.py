"""The parts of a request's sheet in words: facts, next act, what may be done, promises, mails."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import TYPE_CHECKING, Any

from flask import url_for

from grants.domain import information_requests as rules
from grants.domain.calendar import Calendar, local_date
from grants.domain.identity import show_phone
from grants.domain.next_step import Mail
from grants.domain.request_answers import Attempt, access_due_on, was_reached
from grants.domain.request_flow import CLOSED
from grants.domain.request_step import RequestSituation, RequestStep, next_step
from grants.domain.time_left import time_left
from grants.queries import commitments
from grants.queries.case_history import SentMessage
from grants.queries.information_requests import Sheet
from grants.wording import formats, requests
from grants.wording import promises as promise_words
from grants.wording import time_left as left_words
from grants.wording.case_files import mail_state

if TYPE_CHECKING:
    from grants.models.clocks import Clock
    from grants.models.requests import CallAttempt

ACKNOWLEDGED, CALLED_BACK, ANSWERED = "acknowledged", "call_returned", "answered"
STOPS = {
    RequestStep.CALL: CALLED_BACK,
    RequestStep.ACKNOWLEDGE: ACKNOWLEDGED,
    RequestStep.ACKNOWLEDGE_WITH_DATE: ACKNOWLEDGED,
    RequestStep.ANSWER_BY_DATE: ANSWERED,
}
ACTS = {
    "answer": ("staff.answer_request", "Répondre"),
    "call": ("staff.log_call", "Inscrire un appel"),
    "acknowledge": ("staff.acknowledge_request", "Accuser réception"),
    "extend": ("staff.extend_request", "Reporter la date de réponse"),
    "redirect": ("staff.redirect_request", "Diriger vers un autre organisme"),
    "move": ("staff.move_request", "Traiter comme une demande d’accès"),
    "transfer": ("staff.transfer_request", "Transférer"),
    "close": ("staff.close_request", "Fermer sans réponse"),
}
MAIN = {
    RequestStep.CALL: "call",
    RequestStep.ACKNOWLEDGE: "acknowledge",
    RequestStep.ACKNOWLEDGE_WITH_DATE: "acknowledge",
    RequestStep.ACCESS: "redirect",
    RequestStep.ANSWER: "answer",
    RequestStep.ANSWER_OTHERWISE: "answer",
    RequestStep.ANSWER_BY_DATE: "answer",
}


@dataclass(frozen=True)
class NextAct:
    """What the rule says to do now, why, and by when; `clock_id` is the promise behind it."""

    step: RequestStep
    title: str
    why: str
    due: str
    clock_id: int | None


def next_act(
    sheet: Sheet,
    clocks: Sequence["Clock"],
    attempts: Iterable["CallAttempt"],
    calendar: Calendar,
    *,
    answer_refused: bool = False,
) -> NextAct:
    """The first thing to do on this request, from what is known of it."""
    running = {c.commitment.stop_event: c for c in clocks if c.stopped_at is None}
    reached = was_reached(Attempt(one.made_at, one.outcome) for one in attempts)
    step = next_step(_situation(sheet, running, reached=reached, answer_refused=answer_refused))
    title, why = requests.STEPS[step]
    clock = running.get(STOPS.get(step, ""))
    due = _due(clock) if clock else ""
    if step is RequestStep.ACCESS:
        due = formats.date_long(law_date(sheet, calendar))
    return NextAct(step, title, why, due, clock.id if clock else None)


def _situation(
    sheet: Sheet, running: Mapping[str | None, "Clock"], *, reached: bool, answer_refused: bool
) -> RequestSituation:
    return RequestSituation(
        status=sheet.case.status,
        topic=sheet.asked.topic,
        waits_for_call=sheet.asked.wants_callback and not reached,
        owes_acknowledgement=ACKNOWLEDGED in running,
        date_required=rules.date_required(sheet.case.secretariat.code),
        has_date=ANSWERED in running,
        answer_refused=answer_refused,
    )


def acts(sheet: Sheet, act: NextAct, clocks: Sequence["Clock"]) -> list[dict[str, str]]:
    """What may be done on a request, the act that the rule names first; on a closed one, only to
    give an answer that the mail server refused."""
    case, asked = sheet.case, sheet.asked
    dated = any(clock.commitment.stop_event == ANSWERED for clock in clocks)
    movable = asked.moved_at is None and asked.topic not in (rules.Topic.ACCESS, rules.Topic.MEDIA)
    offered = {"answer": True, "call": bool(asked.phone), "acknowledge": not dated}
    offered |= {"extend": dated, "redirect": True, "move": movable}
    offered |= {"transfer": True, "close": True}
    if case.status in CLOSED:
        offered = {"answer": act.step is RequestStep.ANSWER_OTHERWISE}
    main = MAIN.get(act.step, "")
    named = sorted((name for name, holds in offered.items() if holds), key=lambda n: n != main)
    return [
        {
            "label": ACTS[name][1],
            "url": url_for(ACTS[name][0], public_id=case.public_id),
            "kind": "" if name == main else "secondary" if name == "answer" else "quiet",
        }
        for name in named
    ]


def law_date(sheet: Sheet, calendar: Calendar) -> date:
    """The law's last day for a request of access."""
    span = commitments.opening_span(sheet.case.secretariat)
    return access_due_on(sheet.case.received_at, calendar, span)


def facts(sheet: Sheet) -> list[dict[str, Any]]:
    """What was asked, by whom and how, one line each."""
    case, asked = sheet.case, sheet.asked
    rows = [
        ("Personne", asked.requester or "Sans nom"),
        ("Téléphone", show_phone(asked.phone)),
        ("Courriel", asked.email),
        ("Adresse postale", asked.address),
        ("Réponse souhaitée", requests.ANSWER_BY[asked.answer_by]),
        ("Arrivée", f"{requests.CHANNELS[case.channel]}, le {formats.instant(case.received_at)}"),
        ("Inscrite", f"le {formats.instant(case.entered_at)}"),
        ("Sujet", requests.TOPICS[asked.topic]),
        ("Sujet au départ", requests.TOPICS.get(asked.topic_before or "", "")),
    ]
    rows += [(requests.DETAILS[key], _detail(key, text)) for key, text in asked.details.items()]
    return [{"label": label, "value": value} for label, value in rows if value]


def _detail(key: str, text: str) -> str:
    if key == "agreement":
        return requests.AGREEMENTS[text]
    return formats.date_short(date.fromisoformat(text)) if key == "tender_date" else text


def promises(clocks: Sequence["Clock"], calendar: Calendar, now: datetime) -> list[dict[str, Any]]:
    """Each promise with its date, by the hour for a call, and what became of it."""
    return [
        {
            "id": clock.id,
            "title": promise_words.WORDS[clock.commitment.code].title,
            "sentence": clock.commitment.sentence,
            "due": _due(clock),
            "later": _later(clock),
            "stopped": formats.instant(clock.stopped_at) if clock.stopped_at else "",
            "kept": clock.stopped_at is not None and clock.stopped_at <= clock.due_at,
            "ended": promise_words.ENDED.get(clock.stop_event or "", ""),
            "chip": None if clock.stopped_at else _chip(clock, calendar, now),
        }
        for clock in clocks
    ]


def _due(clock: "Clock") -> str:
    by_hour = clock.commitment.unit == "hours"
    return formats.instant(clock.due_at) if by_hour else formats.date_long(clock.due_on)


def _later(clock: "Clock") -> str:
    later = clock.extended_due_at
    return formats.date_long(local_date(later)) if later else ""


def _chip(clock: "Clock", calendar: Calendar, now: datetime) -> left_words.Chip:
    """The time left to the day that staff work to."""
    due_at = clock.extended_due_at or clock.due_at
    left = time_left(now, clock.start_on, local_date(due_at), due_at, calendar)
    return left_words.chip(left, due_at, local_date(now))


def messages(sent: Sequence[SentMessage]) -> list[dict[str, Any]]:
    """Each mail and letter to the person, and its fate."""
    return [
        {
            "public_id": message.public_id,
            "title": requests.MESSAGES[message.kind],
            "fate": _fate(message),
            "when": formats.instant(message.sent_at) if message.sent_at else "",
            "resends": message.state is Mail.FAILED,
        }
        for message in sent
    ]


def _fate(message: SentMessage) -> str:
    if message.channel == "post":
        return f"Lettre postée, inscrite par {message.recorded_by}"
    return mail_state(message.state, message.attempts)
