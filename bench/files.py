"""The rows of one case file in every table, by its rank: what became of it and when."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from functools import cached_property
from typing import Any

from grants.domain.deadlines import Due

NEVER = datetime(9999, 12, 31, tzinfo=UTC)
OPEN_FILES = 400
LATE_FILES = 20
LATE = 15  # days since the receipt of a late file
ADVISOR, SENDER, CALL = 1, 41, 1  # ids; the persons before the sender are advisors
OLDEST = 30  # days since the receipt of the oldest file
PER_ORGANIZATION = 5
EVENTS = ("application_received", "acknowledgement_sent", "advisor_assigned")

Row = dict[str, Any]


@dataclass(frozen=True)
class Plan:
    """What the rows need to know: how many files, when, and of which promise."""

    size: int
    now: datetime
    secretariat_id: int
    form_version_id: int
    commitment_id: int
    dues: list[Due]  # of a file received so many days ago

    @property
    def every(self) -> int:
        """One file of so many is open and the measured advisor's, until she has 400."""
        return max(1, self.size // OPEN_FILES)

    @cached_property
    def pressing(self) -> list[int]:
        """The two greatest ages, in days, of files that are not late yet."""
        return [age for age, due in enumerate(self.dues) if due.due_at > self.now][-2:]


def key(number: int) -> str:
    return f"{number:032x}"


@dataclass(frozen=True)
class Fate:
    """What became of a file: whose it is, whether it is open, whether its promise still runs."""

    advisor_id: int
    is_open: bool
    is_running: bool
    age: int  # days since the receipt


def fate(plan: Plan, rank: int) -> Fate:
    """The measured advisor's files lie evenly among the others; half of them still run, a few
    of these late, the others due soon. None came since yesterday: the page has one list of fifty
    lines."""
    place, rest = divmod(rank, plan.every)
    if rest == 0 and place <= OPEN_FILES:
        age = LATE if place <= 2 * LATE_FILES else plan.pressing[place % 2]
        return Fate(ADVISOR, True, place % 4 < 2, age)
    if rank % 3 == 0:
        return Fate(2 + rank % (SENDER - 2), True, rank % 2 == 0, 5 + rank % 25)
    return Fate(1 + rank % (SENDER - 1), False, False, OLDEST)


def _case_file(plan: Plan, rank: int) -> list[Row]:
    its, received_at = fate(plan, rank), _received_at(plan, rank)
    row = {
        "id": rank,
        "public_id": key(rank),
        "number": f"DCD-2027-{rank:06d}-A",
        "kind": "application",
        "secretariat_id": plan.secretariat_id,
        "organization_id": 1 + rank // PER_ORGANIZATION,
        "channel": "web",
        "received_at": received_at,
        "entered_at": received_at,
        "status": "under_review" if its.is_open else "withdrawn",
        "matter_id": rank,
        "side": "first",
        "call_id": CALL,
        "advisor_id": its.advisor_id,
        "next_due_at": plan.dues[its.age].due_at if its.is_running else NEVER,
        "touched_at": received_at + timedelta(hours=1),
        "closed_at": None if its.is_open else plan.now,
        "version": 3,
    }
    return [row]


def _received_at(plan: Plan, rank: int) -> datetime:
    return plan.dues[fate(plan, rank).age].received_at


def _participant(plan: Plan, rank: int) -> list[Row]:
    person_id = fate(plan, rank).advisor_id
    return [{"matter_id": rank, "person_id": person_id, "side": "first"}]


def _application(plan: Plan, rank: int) -> list[Row]:
    row = {
        "case_file_id": rank,
        "kind": "application",
        "call_id": CALL,
        "form_version_id": plan.form_version_id,
        "answers": {"mission_plain": "Défendre les droits des locataires de la région. " * 20},
        "amount_cents": 48_500_00,
        "fingerprint": f"{rank:064x}",
        "sent_by_id": SENDER,
    }
    return [row]


def _assignment(plan: Plan, rank: int) -> list[Row]:
    person_id = fate(plan, rank).advisor_id
    row = {
        "case_file_id": rank,
        "matter_id": rank,
        "side": "first",
        "person_id": person_id,
        "proposed_id": person_id,
        "assigned_by_id": 2,
        "assigned_at": _received_at(plan, rank) + timedelta(hours=1),
    }
    return [row]


def _clock(plan: Plan, rank: int) -> list[Row]:
    its = fate(plan, rank)
    due = plan.dues[its.age]
    row = {
        "case_file_id": rank,
        "commitment_id": plan.commitment_id,
        "received_at": due.received_at,
        "start_on": due.start_on,
        "due_on": due.due_on,
        "due_at": due.due_at,
        "calendar_version": due.calendar_version,
        "provisional": due.provisional,
        "recorded_at": due.received_at,
        "stopped_at": None if its.is_running else due.received_at,
        "stop_recorded_at": None if its.is_running else due.received_at,
        "taken": None if its.is_running else 0,
        "stop_event": None if its.is_running else "acknowledgement_sent",
    }
    return [row]


def _message(plan: Plan, rank: int) -> list[Row]:
    its, received_at = fate(plan, rank), _received_at(plan, rank)
    row = {
        "public_id": key(rank),
        "case_file_id": rank,
        "kind": "acknowledgement",
        "channel": "email",
        "recipient": "info@rive-claire.exemple",
        "created_at": received_at,
        "sent_at": None if its.is_running else received_at,
    }
    return [row]


def _outbox(plan: Plan, rank: int) -> list[Row]:
    received_at = _received_at(plan, rank)
    row = {
        "key": f"message:{key(rank)}",
        "kind": "mail.message",
        "ref": rank,
        "state": "waiting" if fate(plan, rank).is_running else "done",
        "attempts": 2,
        "created_at": received_at,
        "not_before": received_at,
    }
    return [row]


def _journal(plan: Plan, rank: int) -> list[Row]:
    received_at = _received_at(plan, rank)
    return [
        {"at": received_at, "kind": kind, "case_file_id": rank, "facts": "{}"} for kind in EVENTS
    ]


FILES: Mapping[str, Callable[[Plan, int], list[Row]]] = {
    "matter": lambda _plan, rank: [{"id": rank}],
    "participant": _participant,
    "case_file": _case_file,
    "application": _application,
    "assignment": _assignment,
    "clock": _clock,
    "message": _message,
    "outbox": _outbox,
    "journal_event": _journal,
}
