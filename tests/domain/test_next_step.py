"""What the rules say to do now, and how much of a promise is left."""

from datetime import UTC, date, datetime

import pytest

from grants.domain.calendar import Calendar, DayOff, end_of_day
from grants.domain.errors import DomainError
from grants.domain.flow import CLOSED, Status
from grants.domain.next_step import (
    AgreementState,
    Mail,
    Situation,
    Step,
    agreement_state,
    mail_state,
    steps,
)
from grants.domain.time_left import Urgency, next_business_days, soon_until, time_left
from grants.domain.times import parse_time

CALENDAR = Calendar({}, {2026: True}, 1)
TUESDAY = datetime(2026, 11, 24, 15, 0, tzinfo=UTC)


@pytest.mark.parametrize(
    ("sent", "state", "attempts", "expected"),
    [
        (True, None, 0, Mail.GONE),
        (True, "waiting", 2, Mail.GONE),
        (False, None, 0, Mail.MISSING),
        (False, "waiting", 0, Mail.QUEUED),
        (False, "taken", 1, Mail.QUEUED),
        (False, "taken", 3, Mail.RETRYING),
        (False, "waiting", 3, Mail.RETRYING),
        (False, "failed", 1, Mail.FAILED),
        (False, "done", 1, Mail.REPLACED),
    ],
)
def test_the_fate_of_a_mail(sent: bool, state: str | None, attempts: int, expected: Mail) -> None:
    assert mail_state(sent, state, attempts) is expected


@pytest.mark.parametrize(
    ("is_assigned", "mail", "expected"),
    [
        (False, Mail.GONE, [Step.ASSIGN]),
        (False, Mail.QUEUED, [Step.ASSIGN, Step.ACKNOWLEDGEMENT_QUEUED]),
        (False, Mail.RETRYING, [Step.ACKNOWLEDGEMENT_RETRYING, Step.ASSIGN]),
        (True, Mail.FAILED, [Step.ACKNOWLEDGEMENT_FAILED, Step.REVIEW]),
        (True, Mail.MISSING, [Step.ACKNOWLEDGEMENT_MISSING, Step.REVIEW]),
        (True, Mail.GONE, [Step.REVIEW]),
        (True, Mail.REPLACED, [Step.REVIEW]),
    ],
)
def test_first_things_first(is_assigned: bool, mail: Mail, expected: list[Step]) -> None:
    status = Status.UNDER_REVIEW if is_assigned else Status.RECEIVED
    assert list(steps(Situation(status, is_assigned, mail))) == expected


@pytest.mark.parametrize("status", sorted(CLOSED))
def test_a_closed_file_waits_for_nothing(status: Status) -> None:
    assert steps(Situation(status, True, Mail.FAILED)) == (Step.NOTHING,)


@pytest.mark.parametrize(
    ("status", "is_assigned", "agreement", "expected"),
    [
        (Status.RECEIVED, False, AgreementState.NONE, [Step.ASSIGN]),
        (Status.RECOMMENDED, True, AgreementState.NONE, [Step.DECIDE]),
        (Status.GRANTED, True, AgreementState.NONE, [Step.DRAFT_AGREEMENT]),
        (Status.GRANTED, False, AgreementState.NONE, [Step.ASSIGN, Step.DRAFT_AGREEMENT]),
        (Status.GRANTED, True, AgreementState.DRAFTED, [Step.ISSUE_AGREEMENT]),
        (Status.GRANTED, True, AgreementState.ISSUED, [Step.AWAIT_SIGNATURE]),
        (Status.SIGNED, True, AgreementState.ISSUED, [Step.PAY]),
        (Status.SIGNED, False, AgreementState.ISSUED, [Step.ASSIGN, Step.PAY]),
    ],
)
def test_a_file_goes_from_review_to_payment(
    status: Status, is_assigned: bool, agreement: AgreementState, expected: list[Step]
) -> None:
    assert list(steps(Situation(status, is_assigned, Mail.GONE, agreement))) == expected


def test_every_state_of_a_file_has_its_step() -> None:
    for status in Status:
        assert steps(Situation(status, status is not Status.RECEIVED, Mail.GONE))


def test_how_far_an_agreement_is() -> None:
    assert agreement_state(is_drafted=False, is_issued=False) is AgreementState.NONE
    assert agreement_state(is_drafted=True, is_issued=False) is AgreementState.DRAFTED
    assert agreement_state(is_drafted=True, is_issued=True) is AgreementState.ISSUED


@pytest.mark.parametrize(
    ("due_on", "urgency", "past", "left"),
    [
        (date(2026, 11, 20), Urgency.LATE, 5, -2),
        (date(2026, 11, 24), Urgency.SOON, 5, 0),
        (date(2026, 11, 25), Urgency.SOON, 4, 1),
        (date(2026, 11, 26), Urgency.RUNNING, 3, 2),
        (date(2026, 11, 30), Urgency.RUNNING, 1, 4),
    ],
)
def test_time_left_of_five_business_days(
    due_on: date, urgency: Urgency, past: int, left: int
) -> None:
    start_on = due_on.replace(day=due_on.day - 7)
    found = time_left(TUESDAY, start_on, due_on, end_of_day(due_on), CALENDAR)
    assert (found.urgency, found.total, found.past, found.left) == (urgency, 5, past, left)


def test_a_promise_by_the_hour_is_late_on_its_very_day() -> None:
    due_at = datetime(2026, 11, 24, 14, 0, tzinfo=UTC)
    found = time_left(TUESDAY, date(2026, 11, 23), date(2026, 11, 24), due_at, CALENDAR)
    assert (found.urgency, found.left) == (Urgency.LATE, 0)


def test_the_week_skips_weekends_and_days_off() -> None:
    off = DayOff(date(2026, 11, 30), "Fermé")
    calendar = Calendar({off.on: off.label}, {2026: True}, 1)
    days = next_business_days(date(2026, 11, 26), calendar, 3)
    assert days == [date(2026, 11, 26), date(2026, 11, 27), date(2026, 12, 1)]
    assert soon_until(date(2026, 11, 26), calendar) == end_of_day(date(2026, 12, 1))


@pytest.mark.parametrize(
    ("typed", "expected"), [("9 h 30", "09:30"), ("9h", "09:00"), ("14:05", "14:05")]
)
def test_times_as_people_type_them(typed: str, expected: str) -> None:
    assert parse_time(typed).isoformat("minutes") == expected


@pytest.mark.parametrize(
    ("typed", "code"),
    [("midi", "time_format"), ("930", "time_format"), ("25 h", "time_impossible")],
)
def test_times_that_are_none(typed: str, code: str) -> None:
    with pytest.raises(DomainError) as refused:
        parse_time(typed)
    assert refused.value.code == code
