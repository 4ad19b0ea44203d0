"""Requests in hand: taken, transferred, called; what keeps the promise to call back."""

from datetime import date, timedelta

import pytest
from sqlalchemy import func, select
from sqlalchemy.orm import Session

from grants.domain.access import Actor
from grants.domain.errors import DomainError, Refusal
from grants.models.requests import CallAttempt, Transfer
from grants.operations import request_hands, request_replies
from grants.operations.request_hands import AttemptDetails, TransferDetails
from grants.operations.request_telling import Said
from grants.queries import information_requests
from grants.unit_of_work import saving
from tests.factories import NOW, make_staff, unique
from tests.request_cases import asked, clocks_of, make_request, told

HOUR, DAY = timedelta(hours=1), timedelta(days=1)
DATE = date(2026, 12, 22)
LATER = date(2027, 1, 15)


@pytest.fixture
def agent(session: Session) -> Actor:
    return make_staff(session, "Rose Auger", "information_agent")


def caller(session: Session, agent: Actor) -> int:
    return make_request(session, told(), agent).id


def attempt(case_id: int, actor: Actor, outcome: str, after: timedelta, note: str = "") -> None:
    details = AttemptDetails(unique(), outcome, NOW + after, note)
    with saving() as saved:
        request_hands.log_attempt(saved, case_id, details, actor=actor, now=NOW + after)


@pytest.mark.engine
def test_taken_once_and_the_second_is_told_by_whom(session: Session, agent: Actor) -> None:
    case_id = make_request(session).id
    other = make_staff(session, "Odile Morin", "advisor")
    for _ in range(2):
        with saving() as saved:
            request_hands.take(saved, case_id, actor=agent, now=NOW)
    assert session.scalar(select(func.count()).select_from(Transfer)) == 1
    with pytest.raises(DomainError) as refused, saving() as saved:
        request_hands.take(saved, case_id, actor=other, now=NOW)
    assert (refused.value.code, refused.value.facts["name"]) == (
        "request_taken_already",
        "Rose Auger",
    )


@pytest.mark.engine
def test_each_transfer_is_a_hand_off_with_its_reason(session: Session, agent: Actor) -> None:
    case_id = make_request(session).id
    other = make_staff(session, "Odile Morin", "advisor")
    first = TransferDetails(agent.person_id or 0, "")
    details = TransferDetails(other.person_id or 0, "Connaît le programme")
    for given in (first, first, details, details):
        with saving() as saved:
            request_hands.transfer(saved, case_id, given, actor=agent, now=NOW)
    hands = information_requests.hands(session, case_id)
    assert [(one.rank, one.person) for one in hands] == [(1, "Rose Auger"), (2, "Odile Morin")]
    back = TransferDetails(agent.person_id or 0, " ")
    with pytest.raises(DomainError, match="transfer_reason_required"), saving() as saved:
        request_hands.transfer(saved, case_id, back, actor=other, now=NOW)


def test_media_never_goes_to_an_advisor(session: Session, agent: Actor) -> None:
    advisor = make_staff(session, "Odile Morin", "advisor")
    case_id = make_request(session, asked(topic="media", details={"outlet": "Le Canari"})).id
    with pytest.raises(Refusal, match="not_allowed"), saving() as saved:
        request_hands.take(saved, case_id, actor=advisor, now=NOW)
    details = TransferDetails(advisor.person_id or 0, "Pour réponse")
    with pytest.raises(DomainError, match="person_cannot_answer"), saving() as saved:
        request_hands.transfer(saved, case_id, details, actor=agent, now=NOW)


def test_a_voice_mail_is_counted_and_stops_nothing(session: Session, agent: Actor) -> None:
    case_id = caller(session, agent)
    attempt(case_id, agent, "voice_mail", HOUR)
    assert clocks_of(session, case_id)["SACA_CALLBACK"].stopped_at is None
    attempt(case_id, agent, "answered", 2 * HOUR)
    clocks = clocks_of(session, case_id)
    assert clocks["SACA_CALLBACK"].stopped_at == NOW + 2 * HOUR
    assert clocks["SACA_CALLBACK"].taken == 120
    assert clocks["SACA_ACK"].stop_event == "acknowledged_by_phone"


@pytest.mark.engine
def test_the_true_time_of_a_call_keeps_the_promise(session: Session, agent: Actor) -> None:
    case_id = caller(session, agent)
    details = AttemptDetails(unique(), "answered", NOW + HOUR)
    for _ in range(2):
        with saving() as saved:
            request_hands.log_attempt(saved, case_id, details, actor=agent, now=NOW + 3 * DAY)
    clock = clocks_of(session, case_id)["SACA_CALLBACK"]
    assert (clock.stopped_at, clock.stop_recorded_at) == (NOW + HOUR, NOW + 3 * DAY)
    assert session.scalar(select(func.count()).select_from(CallAttempt)) == 1
    for at, code in ((4 * DAY, "attempt_in_future"), (-HOUR, "attempt_before_receipt")):
        wrong = AttemptDetails(unique(), "answered", NOW + at)
        with pytest.raises(DomainError, match=code), saving() as saved:
            request_hands.log_attempt(saved, case_id, wrong, actor=agent, now=NOW + 3 * DAY)


def test_what_a_journalist_asks_never_leaves_its_few_readers(
    session: Session, agent: Actor
) -> None:
    case_id = make_request(session, asked(topic="media", details={"outlet": "Le Canari"})).id
    words = Said(unique(), "email", "Vous demandez un dossier.")
    with pytest.raises(DomainError, match="media_not_moved"), saving() as saved:
        request_replies.move_to_access(saved, case_id, words, actor=agent, now=NOW)
