"""Requests told and ended: what keeps each promise, what moves it, and what does not."""

from datetime import date, timedelta
from typing import Any

import pytest
from sqlalchemy import func, select, update
from sqlalchemy.orm import Session

from grants.domain.access import SYSTEM, Actor
from grants.domain.errors import DomainError, Refusal
from grants.models.case_files import CaseFile
from grants.models.directory import Resource
from grants.models.messages import Message
from grants.models.requests import InformationRequest, Reply
from grants.models.trail import OutboxRow
from grants.operations import messages, request_ends, request_hands, request_replies
from grants.operations.request_ends import AbandonDetails, RedirectDetails
from grants.operations.request_hands import AttemptDetails
from grants.operations.request_replies import DatedDetails
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


@pytest.fixture
def sct_agent(session: Session) -> Actor:
    return make_staff(session, "Luc Roy", "information_agent", secretariat="SCT")


def caller(session: Session, agent: Actor) -> int:
    return make_request(session, told(), agent).id


def attempt(case_id: int, actor: Actor, outcome: str, after: timedelta, note: str = "") -> None:
    details = AttemptDetails(unique(), outcome, NOW + after, note)
    with saving() as saved:
        request_hands.log_attempt(saved, case_id, details, actor=actor, now=NOW + after)


def said(channel: str = "email", body: str = "Voici.", **more: Any) -> Said:
    return Said(unique(), channel, body, **more)


def leave(session: Session, case_id: int, kind: str, after: timedelta) -> None:
    """The mail server accepts the latest mail of this kind."""
    query = select(Message.id).where(Message.case_file_id == case_id, Message.kind == kind)
    message_id = session.scalars(query.order_by(Message.id.desc())).first() or 0
    with saving() as saved:
        messages.delivered(saved, message_id, "Objet", "Texte", actor=SYSTEM, now=NOW + after)


def give_up(session: Session, case_id: int, kind: str) -> None:
    """The mail server refuses the mail of this kind for good."""
    query = select(Message.public_id).where(Message.case_file_id == case_id, Message.kind == kind)
    key = f"message:{session.scalars(query).one()}"
    with saving() as saved:
        saved.execute(update(OutboxRow).where(OutboxRow.key == key).values(state="failed"))


def test_the_sct_acknowledges_with_a_date_that_is_then_followed(
    session: Session, sct_agent: Actor
) -> None:
    case_id = make_request(session, asked(secretariat_code="SCT")).id
    with pytest.raises(DomainError, match="answer_date_required"), saving() as saved:
        request_replies.acknowledge(saved, case_id, DatedDetails(said()), actor=sct_agent, now=NOW)
    details = DatedDetails(said(body=""), DATE)
    for _ in range(2):
        with saving() as saved:
            request_replies.acknowledge(saved, case_id, details, actor=sct_agent, now=NOW)
    clocks = clocks_of(session, case_id)
    assert clocks["SCT_ACK"].stopped_at is None, "kept when the mail leaves"
    assert clocks["SCT_ANSWER"].due_on == DATE
    leave(session, case_id, "acknowledgement", HOUR)
    assert clocks_of(session, case_id)["SCT_ACK"].stopped_at == NOW + HOUR


@pytest.mark.parametrize(
    ("due_on", "code"),
    [
        (date(2026, 11, 24), "answer_date_past"),
        (date(2026, 12, 25), "answer_date_closed"),
        (date(2026, 12, 5), "answer_date_closed"),
    ],
)
def test_an_impossible_date_is_not_announced(
    session: Session, sct_agent: Actor, due_on: date, code: str
) -> None:
    case_id = make_request(session, asked(secretariat_code="SCT")).id
    details = DatedDetails(said(), due_on)
    with pytest.raises(DomainError, match=code), saving() as saved:
        request_replies.acknowledge(saved, case_id, details, actor=sct_agent, now=NOW)
    assert session.scalar(select(func.count()).select_from(Reply)) == 0


def test_a_letter_acknowledges_on_the_day_it_was_posted(session: Session, sct_agent: Actor) -> None:
    details = asked(secretariat_code="SCT", channel="post", email="", answer_by="post")
    details = details.__class__(**{**vars(details), "address": "12, rue du Moulin, Québec"})
    case_id = make_request(session, details, sct_agent).id
    letter = DatedDetails(said("post", posted_on=date(2026, 11, 25)), DATE)
    with saving() as saved:
        request_replies.acknowledge(saved, case_id, letter, actor=sct_agent, now=NOW + 3 * DAY)
    clock = clocks_of(session, case_id)["SCT_ACK"]
    assert (clock.stop_event, clock.taken) == ("acknowledgement_posted", 1)
    assert session.scalars(select(Message)).one().channel == "post"


def test_saca_may_still_announce_a_date_after_its_automatic_mail(
    session: Session, agent: Actor
) -> None:
    case_id = make_request(session).id
    with pytest.raises(DomainError, match="acknowledged_already"), saving() as saved:
        request_replies.acknowledge(saved, case_id, DatedDetails(said()), actor=agent, now=NOW)
    with saving() as saved:
        dated = DatedDetails(said("phone"), DATE)
        request_replies.acknowledge(saved, case_id, dated, actor=agent, now=NOW)
    assert clocks_of(session, case_id)["SACA_ANSWER"].due_on == DATE


@pytest.mark.engine
def test_an_extension_moves_the_work_and_not_the_measure(session: Session, agent: Actor) -> None:
    case_id = make_request(session).id
    late = DatedDetails(said(body="Il manque une donnée."), LATER)
    with pytest.raises(DomainError, match="no_date_announced"), saving() as saved:
        request_replies.extend(saved, case_id, late, actor=agent, now=NOW)
    with saving() as saved:
        request_replies.acknowledge(
            saved, case_id, DatedDetails(said("phone"), DATE), actor=agent, now=NOW
        )
        request_replies.extend(saved, case_id, late, actor=agent, now=NOW)
    clock = clocks_of(session, case_id)["SACA_ANSWER"]
    assert clock.due_on == DATE and clock.extended_due_at
    assert session.get_one(CaseFile, case_id).next_due_at == clock.extended_due_at
    same = DatedDetails(said(), LATER)
    with pytest.raises(DomainError, match="extension_not_later"), saving() as saved:
        request_replies.extend(saved, case_id, same, actor=agent, now=NOW)


@pytest.mark.engine
def test_moved_to_access_once_with_the_date_of_the_law(session: Session, agent: Actor) -> None:
    case_id = make_request(session).id
    words = said(body="Vous demandez un dossier.")
    for _ in range(2):
        with saving() as saved:
            reply = request_replies.move_to_access(saved, case_id, words, actor=agent, now=NOW)
    assert reply.due_on == date(2026, 12, 14)
    moved = session.get_one(InformationRequest, case_id, populate_existing=True)
    assert (moved.topic_before, moved.topic, moved.moved_at) == ("general", "access", NOW)
    assert clocks_of(session, case_id)["SACA_ACK"].stop_event == "moved"
    with pytest.raises(DomainError, match="moved_already"), saving() as saved:
        request_replies.move_to_access(saved, case_id, said(), actor=agent, now=NOW)


def test_an_answer_by_mail_keeps_its_promises_when_it_leaves(
    session: Session, agent: Actor
) -> None:
    case_id = make_request(session).id
    words = said()
    for _ in range(2):
        with saving() as saved:
            request_ends.answer(saved, case_id, words, actor=agent, now=NOW)
    case = session.get_one(CaseFile, case_id)
    assert (case.status, case.advisor_id) == ("answered", agent.person_id)
    assert clocks_of(session, case_id)["SACA_ACK"].stopped_at is None
    leave(session, case_id, "answer", HOUR)
    clock = clocks_of(session, case_id)["SACA_ACK"]
    assert (clock.stopped_at, clock.stop_event) == (NOW + HOUR, "answer_sent")
    with pytest.raises(Refusal, match="request_closed"), saving() as saved:
        request_ends.answer(saved, case_id, said(), actor=agent, now=NOW)


def test_a_word_on_the_telephone_ends_everything_at_its_hour(
    session: Session, agent: Actor
) -> None:
    case_id = caller(session, agent)
    with saving() as saved:
        words = said("phone", at=NOW + HOUR)
        request_ends.answer(saved, case_id, words, actor=agent, now=NOW + 2 * HOUR)
    clocks = clocks_of(session, case_id)
    assert {clock.stopped_at for clock in clocks.values()} == {NOW + HOUR}
    assert clocks["SACA_CALLBACK"].stop_event == "call_answered"


def test_sent_on_to_a_public_body_only(session: Session, agent: Actor) -> None:
    case_id = make_request(session).id
    query = select(Resource.public_id)
    community = session.scalars(query.where(Resource.kind == "community")).first() or ""
    amp = session.scalars(query.where(Resource.code == "AMP")).one()
    wrong = RedirectDetails(said(), community)
    with pytest.raises(DomainError, match="body_not_public"), saving() as saved:
        request_ends.redirect(saved, case_id, wrong, actor=agent, now=NOW)
    with saving() as saved:
        request_ends.redirect(saved, case_id, RedirectDetails(said(), amp), actor=agent, now=NOW)
    assert session.get_one(CaseFile, case_id).status == "redirected"


def test_three_calls_on_two_business_days_before_giving_up(session: Session, agent: Actor) -> None:
    case_id = caller(session, agent)
    gone = AbandonDetails("unreachable")
    for after in (HOUR, 2 * HOUR, 3 * HOUR):
        attempt(case_id, agent, "no_answer", after)
    with pytest.raises(DomainError, match="reachable_still"), saving() as saved:
        request_ends.abandon(saved, case_id, gone, actor=agent, now=NOW + 4 * HOUR)
    attempt(case_id, agent, "voice_mail", DAY - HOUR)
    for _ in range(2):
        with saving() as saved:
            request_ends.abandon(saved, case_id, gone, actor=agent, now=NOW + DAY)
    assert session.get_one(CaseFile, case_id).status == "abandoned"
    assert {c.stop_event for c in clocks_of(session, case_id).values()} == {"unreachable"}


def test_a_duplicate_names_another_request_of_the_secretariat(
    session: Session, agent: Actor
) -> None:
    first, second = make_request(session), make_request(session)
    of_sct = make_request(session, asked(secretariat_code="SCT"))
    case_id, number = second.id, first.number
    for wrong in ("", second.number, of_sct.number):
        details = AbandonDetails("duplicate", wrong)
        with pytest.raises(DomainError, match="duplicate_number_unknown"), saving() as saved:
            request_ends.abandon(saved, case_id, details, actor=agent, now=NOW)
    with saving() as saved:
        details = AbandonDetails("duplicate", number.lower())
        request_ends.abandon(saved, case_id, details, actor=agent, now=NOW)
    followed = information_requests.for_follower(session, case_id)
    assert followed and (followed.because, followed.same) == ("duplicate", number)


def test_withdrawn_at_the_person_s_word(session: Session, agent: Actor) -> None:
    case = make_request(session)
    case_id, version = case.id, case.version
    for _ in range(2):
        with saving() as saved:
            request_ends.withdraw(saved, case_id, version, actor=agent, now=NOW)
    assert session.get_one(CaseFile, case_id).status == "withdrawn"
    assert clocks_of(session, case_id)["SACA_ACK"].stop_event == "withdrawn"


def test_a_page_out_of_date_and_another_secretariat_are_refused(
    session: Session, agent: Actor, sct_agent: Actor
) -> None:
    case = make_request(session)
    case_id, version = case.id, case.version
    with saving() as saved:
        request_hands.take(saved, case_id, actor=agent, now=NOW)
    with pytest.raises(DomainError, match="stale_page"), saving() as saved:
        request_ends.answer(saved, case_id, said(version=version), actor=agent, now=NOW)
    with pytest.raises(Refusal, match="not_allowed"), saving() as saved:
        request_ends.answer(saved, case_id, said(), actor=sct_agent, now=NOW)


@pytest.mark.parametrize("how", ["phone", "post"])
def test_an_answer_that_the_mail_server_refused_is_given_another_way(
    session: Session, agent: Actor, how: str
) -> None:
    details = asked(address="12, rue du Moulin, Québec")
    case_id = make_request(session, details).id
    with saving() as saved:
        request_ends.answer(saved, case_id, said(), actor=agent, now=NOW)
    again = said(how, posted_on=date(2026, 11, 24))
    with pytest.raises(Refusal, match="request_closed"), saving() as saved:
        request_ends.answer(saved, case_id, again, actor=agent, now=NOW + HOUR)
    give_up(session, case_id, "answer")
    assert clocks_of(session, case_id)["SACA_ACK"].stopped_at is None
    for _ in range(2):
        with saving() as saved:
            request_ends.answer(saved, case_id, again, actor=agent, now=NOW + HOUR)
    clock = clocks_of(session, case_id)["SACA_ACK"]
    assert (clock.stop_event, clock.taken) == ("answer_given", 0)
    assert session.get_one(CaseFile, case_id).status == "answered"
    with pytest.raises(Refusal, match="request_closed"), saving() as saved:
        request_ends.answer(saved, case_id, said("phone"), actor=agent, now=NOW + HOUR)


def test_an_acknowledgement_that_the_mail_server_refused_is_given_another_way(
    session: Session, agent: Actor
) -> None:
    case_id = make_request(session).id
    give_up(session, case_id, "acknowledgement")
    with saving() as saved:
        spoken = DatedDetails(said("phone"))
        request_replies.acknowledge(saved, case_id, spoken, actor=agent, now=NOW)
    assert clocks_of(session, case_id)["SACA_ACK"].stop_event == "acknowledged_by_phone"
