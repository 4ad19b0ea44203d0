"""The parts of a file's page in words: next act, promises, messages, history."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING, Any

from grants.domain.access import Actor
from grants.domain.calendar import Calendar, local_date, local_time
from grants.domain.flow import Status
from grants.domain.next_step import AgreementState, Mail, Situation, Step, steps
from grants.domain.time_left import time_left
from grants.extensions import db
from grants.queries import case_history, progress
from grants.queries.case_history import JournalLine, SentMessage
from grants.web.staff.case_acts import READY, HeadAct, head_acts, left_to_review
from grants.wording import formats, journal, next_steps
from grants.wording import promises as promise_words
from grants.wording import time_left as left_words
from grants.wording.case_files import MESSAGES, mail_state
from grants.wording.next_steps import ACTS, Circumstances

if TYPE_CHECKING:
    from grants.models.case_files import CaseFile
    from grants.models.clocks import Clock

ACKNOWLEDGEMENT, POSTED = "acknowledgement", "acknowledgement_posted"
LETTER_STEPS = (
    Step.ACKNOWLEDGEMENT_FAILED,
    Step.ACKNOWLEDGEMENT_RETRYING,
    Step.ACKNOWLEDGEMENT_QUEUED,
    Step.ACKNOWLEDGEMENT_MISSING,
)


@dataclass(frozen=True)
class NextAct:
    """What the rule says to do now: the act, why, what may be done here, what holds already."""

    title: str
    why: str
    then: str
    due: str
    clock_id: int | None
    posts_letter: bool
    letter_first: bool
    resends: str
    assigns: bool
    acts: list[HeadAct]
    facts: list[dict[str, str]]


def next_act(
    case: "CaseFile", sent: Sequence[SentMessage], clocks: Sequence["Clock"], actor: Actor
) -> NextAct:
    """The first thing to do on this file, from what is known of it."""
    acknowledged = _acknowledgement(sent)
    state = acknowledged.state if acknowledged else Mail.MISSING
    found = steps(_situation(case, state))
    left = left_to_review(case, found)
    running = next((clock for clock in clocks if clock.stopped_at is None), None)
    failed = acknowledged if acknowledged and state is Mail.FAILED else None
    return NextAct(
        title=ACTS[found[0]],
        why=next_steps.why(found[0], _circumstances(case, acknowledged, left, actor)),
        then=ACTS[found[1]] if len(found) > 1 else "",
        due=formats.date_long(running.due_on) if running else "",
        clock_id=running.id if running else None,
        posts_letter=any(step in LETTER_STEPS for step in found),
        letter_first=found[0] in LETTER_STEPS,
        resends=failed.public_id if failed else "",
        assigns=found[0] is Step.ASSIGN,
        acts=head_acts(case, found, left, actor),
        facts=_facts(case, clocks),
    )


def _situation(case: "CaseFile", mail: Mail) -> Situation:
    """What the rules look at; the agreement is looked up where it decides."""
    agreement = AgreementState.NONE
    if case.status == Status.GRANTED:
        agreement = progress.progress(db.session(), [case.id])[case.id].agreement
    return Situation(case.status, case.advisor_id is not None, mail, agreement)


def _circumstances(
    case: "CaseFile", acknowledged: SentMessage | None, left: str | None, actor: Actor
) -> Circumstances:
    return Circumstances(
        channel=case.channel,
        received_at=case.received_at,
        attempts=acknowledged.attempts if acknowledged else 0,
        is_own=case.advisor_id == actor.person_id,
        acknowledged=acknowledged is not None and acknowledged.state is Mail.GONE,
        status=case.status,
        left=READY if left == "" else f"Il reste {left}" if left else "",
    )


def _acknowledgement(sent: Sequence[SentMessage]) -> SentMessage | None:
    """The acknowledgement that left, otherwise the latest one that is to leave."""
    found = [message for message in sent if message.kind == ACKNOWLEDGEMENT]
    gone = [message for message in found if message.state is Mail.GONE]
    latest = gone or found
    return latest[-1] if latest else None


def _facts(case: "CaseFile", clocks: Sequence["Clock"]) -> list[dict[str, str]]:
    """What holds already, each with its proof in words."""
    received = f"le {formats.instant(case.received_at)}"
    kept = [
        {
            "strong": promise_words.WORDS[clock.commitment.code].title,
            "text": (
                f"promis au plus tard le {formats.date_short(clock.due_on)}, "
                f"fait le {formats.date_short(local_date(clock.stopped_at))}"
            ),
        }
        for clock in clocks
        if clock.stopped_at is not None and clock.stopped_at <= clock.due_at
    ]
    held = [{"strong": case.advisor.full_name, "text": "s’en occupe"}] if case.advisor else []
    what = "Demande de révision reçue" if case.revision else "Demande reçue"
    return [{"strong": what, "text": received}, *kept, *held]


def promises(clocks: Sequence["Clock"], calendar: Calendar, now: datetime) -> list[dict[str, Any]]:
    """Each promise with its sentence, its date, and what is left or became of it."""
    return [
        {
            "id": clock.id,
            "title": promise_words.WORDS[clock.commitment.code].title,
            "sentence": clock.commitment.sentence,
            "due": formats.date_long(clock.due_on),
            "stopped": _moment(clock.stopped_at, by_post=clock.stop_event == POSTED),
            "kept": clock.stopped_at is not None and clock.stopped_at <= clock.due_at,
            "chip": _chip(clock, calendar, now) if clock.stopped_at is None else None,
        }
        for clock in clocks
    ]


def soonest(clocks: Sequence["Clock"], calendar: Calendar, now: datetime) -> left_words.Chip | None:
    """The time left to the first promise that runs: late is said on every page of the file."""
    running = next((clock for clock in clocks if clock.stopped_at is None), None)
    return _chip(running, calendar, now) if running else None


def _chip(clock: "Clock", calendar: Calendar, now: datetime) -> left_words.Chip:
    left = time_left(now, clock.start_on, clock.due_on, clock.due_at, calendar)
    return left_words.chip(left, clock.due_at, local_date(now))


def messages(sent: Sequence[SentMessage]) -> list[dict[str, Any]]:
    """Each mail and letter: to whom, and when it left or why it has not."""
    return [
        {
            "public_id": message.public_id,
            "title": MESSAGES[message.kind],
            "recipient": message.recipient,
            "fate": _fate(message),
            "when": _moment(message.sent_at, by_post=message.channel == "post"),
            "subject": message.subject,
            "paragraphs": [part for part in message.body.split("\n\n") if part.strip()],
            "resends": message.state is Mail.FAILED,
        }
        for message in sent
    ]


def _moment(at: datetime | None, *, by_post: bool) -> str:
    """When it was done; of a letter only the day is known."""
    if at is None:
        return ""
    return formats.date_long(local_date(at)) if by_post else formats.instant(at)


def _fate(message: SentMessage) -> str:
    if message.channel == "post":
        return f"Lettre postée, inscrite par {message.recorded_by}"
    return mail_state(message.state, message.attempts)


def history(lines: Sequence[JournalLine], now: datetime) -> list[dict[str, Any]]:
    """The journal of a file as a timeline, newest first."""
    pointed = {person for line in lines for person in journal.persons_of(line.facts)}
    names = case_history.names(db.session(), pointed) if pointed else {}
    return [
        {
            "datetime": local_time(line.at).isoformat(timespec="minutes"),
            "when": _capital(left_words.near(line.at, now)),
            "text": journal.sentence(line.kind, line.facts, line.actor, names),
            "is_promise": journal.event(line.kind).is_promise,
        }
        for line in lines
    ]


def _capital(text: str) -> str:
    return f"{text[:1].upper()}{text[1:]}"
