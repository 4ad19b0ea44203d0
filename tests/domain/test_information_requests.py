"""The pure rules of requests for information: topics, channels, dates, calls, saved replies."""

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from typing import Any

import pytest

from grants.domain import information_requests as rules
from grants.domain import request_answers, saved_replies
from grants.domain.access import Actor, Role
from grants.domain.calendar import Calendar
from grants.domain.errors import DomainError
from grants.domain.information_requests import Topic
from grants.domain.request_answers import Attempt
from grants.domain.request_step import RequestSituation, RequestStep, next_step

NOON = datetime(2026, 11, 24, 17, tzinfo=UTC)  # a Tuesday
DAY = timedelta(days=1)
CALENDAR = Calendar({date(2026, 12, 25): "Noël"}, {2026: True, 2027: True}, 1)


@pytest.mark.parametrize(
    ("topic", "on", "goes"),
    [
        ("procurement", "2019-05-24", False),
        ("procurement", "2019-05-25", True),
        ("procurement", "", False),
        ("general", "2024-01-01", False),
    ],
)
def test_a_supplier_goes_to_the_public_body_then_to_the_amp(
    topic: str, on: str, goes: bool
) -> None:
    assert rules.goes_to_amp(topic, {"tender_date": on} if on else {}) is goes


@pytest.mark.parametrize(
    ("given", "code"),
    [
        ({}, "body_required"),
        ({"body": "Ville", "agreement": "gatt"}, "agreement_unknown"),
        ({"body": "Ville", "tender_date": "hier"}, "tender_date_unreadable"),
        ({"body": "Ville", "facts": "x" * 2001}, "detail_too_long"),
    ],
)
def test_what_a_complaint_of_a_supplier_asks(given: dict[str, str], code: str) -> None:
    with pytest.raises(DomainError, match=code):
        rules.read_details(Topic.PROCUREMENT, given)


@pytest.mark.parametrize(
    ("channel", "answer_by", "asked", "expects"),
    [
        ("phone", "phone", False, True),
        ("exhibit", "phone", False, True),
        ("phone", "email", False, False),
        ("email", "phone", False, False),
        ("web", "phone", True, True),
    ],
)
def test_who_expects_a_call(channel: str, answer_by: str, asked: bool, expects: bool) -> None:
    assert rules.expects_call(channel, answer_by, asked) is expects


@pytest.mark.parametrize(
    ("role", "sees"),
    [
        (Role.ADVISOR, False),
        (Role.TEAM_LEAD, False),
        (Role.INFORMATION_AGENT, True),
        (Role.MANAGER, True),
        (Role.DECIDER, False),
    ],
)
def test_who_sees_journalists(role: Role, sees: bool) -> None:
    actor = Actor(person_id=1, roles=frozenset({role}), secretariat_id=1)
    assert rules.may_see(actor, "media") is sees


def test_the_usual_date_is_twenty_business_days_from_today() -> None:
    assert request_answers.usual_answer_date(date(2026, 11, 27), CALENDAR) == date(2026, 12, 28)


@pytest.mark.parametrize(
    ("outcomes", "holds"),
    [
        ([(0, "no_answer"), (0, "voice_mail"), (1, "no_answer")], True),
        ([(0, "no_answer"), (0, "voice_mail"), (0, "no_answer")], False),
        ([(0, "no_answer"), (1, "voice_mail")], False),
        ([(3, "no_answer"), (4, "no_answer"), (5, "no_answer")], False),  # Friday, weekend
        ([(0, "no_answer"), (1, "answered"), (1, "no_answer"), (2, "no_answer")], False),
    ],
)
def test_who_may_be_given_up(outcomes: list[tuple[int, str]], holds: bool) -> None:
    attempts = [Attempt(NOON + days * DAY, outcome) for days, outcome in outcomes]
    if holds:
        request_answers.check_unreachable(attempts, CALENDAR)
    else:
        with pytest.raises(DomainError, match="reachable_still"):
            request_answers.check_unreachable(attempts, CALENDAR)


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("Bonjour {prenom}", "placeholder_unknown"),
        ("Bonjour {nom", "placeholder_open"),
        ("Bonjour }", "placeholder_open"),
        (" ", "reply_required"),
    ],
)
def test_a_place_nobody_knows_is_refused_on_save(text: str, code: str) -> None:
    with pytest.raises(DomainError, match=code):
        saved_replies.check_text(text)


def test_a_place_without_a_value_stays_and_cannot_leave() -> None:
    text = saved_replies.fill("{nom}, le {date_reponse}.", {"nom": "Aline", "date_reponse": ""})
    assert text == "Aline, le {date_reponse}."
    with pytest.raises(DomainError, match="placeholder_left"):
        saved_replies.check_filled(text)


@pytest.mark.parametrize(
    ("changes", "step"),
    [
        ({}, RequestStep.TAKE),
        ({"waits_for_call": True}, RequestStep.CALL),
        ({"status": "in_hand", "owes_acknowledgement": True}, RequestStep.ACKNOWLEDGE),
        (
            {"status": "in_hand", "owes_acknowledgement": True, "date_required": True},
            RequestStep.ACKNOWLEDGE_WITH_DATE,
        ),
        ({"status": "in_hand", "topic": "access"}, RequestStep.ACCESS),
        ({"status": "in_hand", "has_date": True}, RequestStep.ANSWER_BY_DATE),
        ({"status": "in_hand"}, RequestStep.ANSWER),
        ({"status": "answered", "waits_for_call": True}, RequestStep.NOTHING),
    ],
)
def test_what_the_rule_says_to_do_next(changes: dict[str, Any], step: RequestStep) -> None:
    usual: dict[str, Any] = {"status": "received", "topic": "general", "has_date": False}
    usual |= dict.fromkeys(("waits_for_call", "owes_acknowledgement", "date_required"), False)
    known = RequestSituation(**(usual | changes))
    assert next_step(known) is step


def test_a_name_turns_nothing_that_stands_beside_it() -> None:
    reach = rules.read_reach(" Zoé\u202e  Roy\u2066\x07\n", "", "", "1,\true\u00a0X", "none")
    assert (reach.requester, reach.address) == ("Zoé Roy", "1, rue X")


def test_an_answer_that_was_refused_comes_before_all_else_on_a_closed_request() -> None:
    facts = {"waits_for_call": False, "owes_acknowledgement": True, "date_required": False}
    closed = RequestSituation("answered", "general", **facts, has_date=False)
    assert next_step(closed) is RequestStep.NOTHING
    assert next_step(replace(closed, answer_refused=True)) is RequestStep.ANSWER_OTHERWISE
