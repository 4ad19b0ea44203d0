"""Requests received: number, clocks of each secretariat, first mail, and what is refused."""

from dataclasses import replace
from datetime import timedelta
from typing import Any

import pytest
from sqlalchemy import func, select
from sqlalchemy.orm import Session

from grants.domain.access import VISITOR
from grants.domain.calendar import local_time
from grants.domain.errors import DomainError, Refusal
from grants.models.case_files import CaseFile
from grants.models.messages import Message
from grants.models.requests import CallAttempt, InformationRequest, Transfer
from grants.models.trail import OutboxRow
from grants.operations import information_requests, request_intake
from grants.unit_of_work import saving
from tests.factories import NOW, make_staff, unique
from tests.request_cases import asked, clocks_of, make_request, told


@pytest.mark.engine
def test_a_question_through_the_site_is_acknowledged_at_once_by_saca(session: Session) -> None:
    case = make_request(session)
    assert case.number.startswith("REN-2026-")
    assert (case.status, case.organization_id, case.call_id) == ("received", None, None)
    assert set(clocks_of(session, case.id)) == {"SACA_ACK"}
    mail = session.scalars(select(Message).where(Message.case_file_id == case.id)).one()
    assert (mail.kind, mail.recipient) == ("acknowledgement", "aline@canari.exemple")
    owed = session.scalars(select(OutboxRow).where(OutboxRow.ref == mail.id)).all()
    assert "mail.request" in {row.kind for row in owed}


def test_the_sct_gives_a_number_and_acknowledges_with_a_date_later(session: Session) -> None:
    case = make_request(session, asked(secretariat_code="SCT"))
    assert set(clocks_of(session, case.id)) == {"SCT_ACK"}
    mail = session.scalars(select(Message).where(Message.case_file_id == case.id)).one()
    assert mail.kind == "receipt"


def test_the_sct_acknowledges_what_is_written_only(session: Session) -> None:
    agent = make_staff(session, "Rose Auger", "information_agent", secretariat="SCT")
    case = make_request(session, told(secretariat_code="SCT"), agent)
    assert clocks_of(session, case.id) == {}


def test_a_message_by_telephone_waits_for_a_call_at_the_same_hour(session: Session) -> None:
    agent = make_staff(session, "Rose Auger", "information_agent")
    case = make_request(session, told(received_at=NOW - timedelta(minutes=10)), agent)
    clocks = clocks_of(session, case.id)
    assert set(clocks) == {"SACA_ACK", "SACA_CALLBACK"}
    due = local_time(clocks["SACA_CALLBACK"].due_at)
    assert (due.day, due.hour, due.minute) == (25, 10, 2)
    assert case.next_due_at == clocks["SACA_CALLBACK"].due_at


def test_who_speaks_and_wants_a_letter_waits_for_no_call(session: Session) -> None:
    agent = make_staff(session, "Rose Auger", "information_agent")
    details = told(answer_by="post", address="12, rue du Moulin, Québec", channel="exhibit")
    case = make_request(session, details, agent)
    assert set(clocks_of(session, case.id)) == {"SACA_ACK"}


@pytest.mark.engine
def test_the_same_page_twice_opens_one_request(session: Session) -> None:
    details = asked()
    first, again = make_request(session, details), make_request(session, details)
    assert first.id == again.id
    following = make_request(session)
    numbers = [int(case.number.split("-")[2]) for case in (first, following)]
    assert numbers[1] == numbers[0] + 1


@pytest.mark.parametrize(
    ("changes", "code"),
    [
        ({"question": "  "}, "question_required"),
        ({"question": "x" * 5001}, "question_too_long"),
        ({"email": ""}, "answer_email_required"),
        ({"email": "aline@"}, "email_format"),
        ({"phone": "12"}, "phone_format"),
        ({"answer_by": "phone"}, "answer_phone_required"),
        ({"answer_by": "post"}, "answer_address_required"),
        ({"answer_by": "post", "address": "Québec", "requester": ""}, "requester_required"),
        ({"answer_by": "pigeon"}, "answer_by_unknown"),
        ({"wants_callback": True}, "answer_phone_required"),
        ({"topic": "weather"}, "topic_required"),
        ({"topic": "media"}, "outlet_required"),
        ({"topic": "ministry"}, "ministry_required"),
        ({"received_at": NOW + timedelta(minutes=1)}, "receipt_in_future"),
    ],
)
def test_what_cannot_be_kept_is_refused(
    session: Session, changes: dict[str, Any], code: str
) -> None:
    details = replace(asked(), **changes)
    with pytest.raises(DomainError, match=code), saving() as saved:
        information_requests.record(saved, details, actor=VISITOR, now=NOW)
    assert session.scalar(select(func.count()).select_from(InformationRequest)) == 0


def test_visitors_use_the_site_and_staff_their_own_secretariat(session: Session) -> None:
    other = make_staff(session, "Luc Roy", "information_agent", secretariat="SCT")
    manager = make_staff(session, "Ève Côté", "manager")
    for actor, details in ((VISITOR, told()), (other, asked()), (manager, asked())):
        with pytest.raises(Refusal, match="not_allowed"), saving() as saved:
            information_requests.record(saved, details, actor=actor, now=NOW)


def test_only_what_the_topic_asks_is_kept(session: Session) -> None:
    given = {"body": "Ville de Rive-Claire", "tender_date": "2024-02-01", "outlet": "Le Canari"}
    case = make_request(session, asked(topic="procurement", details=given))
    kept = session.get_one(InformationRequest, case.id).details
    assert kept == {"body": "Ville de Rive-Claire", "tender_date": "2024-02-01"}


@pytest.mark.engine
def test_answered_at_once_is_opened_and_closed_in_one_act(session: Session) -> None:
    agent = make_staff(session, "Rose Auger", "information_agent")
    details = told(requester="", phone="", received_at=NOW - timedelta(hours=3))
    for _ in range(2):
        with saving() as saved:
            case = request_intake.answer_at_once(
                saved, details, "Les dates de l’appel.", actor=agent, now=NOW
            )
    assert (case.status, case.advisor_id) == ("answered", agent.person_id)
    clock = clocks_of(session, case.id)["SACA_ACK"]
    assert (clock.stopped_at, clock.taken) == (details.received_at, 0)
    assert session.scalar(select(func.count()).select_from(Message)) == 0


def test_a_written_request_is_not_answered_at_once(session: Session) -> None:
    agent = make_staff(session, "Rose Auger", "information_agent")
    with pytest.raises(DomainError, match="at_once_is_oral"), saving() as saved:
        request_intake.answer_at_once(saved, asked(), "Voilà.", actor=agent, now=NOW)


@pytest.mark.engine
def test_put_through_at_once_keeps_the_call_and_names_who_has_it(session: Session) -> None:
    agent = make_staff(session, "Rose Auger", "information_agent")
    colleague = make_staff(session, "Odile Morin", "advisor")
    with saving() as saved:
        case = request_intake.put_through(
            saved, told(), colleague.person_id or 0, actor=agent, now=NOW
        )
    attempt = session.scalars(select(CallAttempt)).one()
    assert (attempt.outcome, attempt.note) == ("transferred", "Odile Morin")
    assert session.scalars(select(Transfer)).one().rank == 1
    assert (case.status, case.advisor_id) == ("in_hand", colleague.person_id)
    assert all(clock.stopped_at == NOW for clock in clocks_of(session, case.id).values())


def test_an_advisor_takes_a_journalist_s_call_down_but_never_answers(session: Session) -> None:
    advisor = make_staff(session, "Odile Morin", "advisor")
    agent = make_staff(session, "Rose Auger", "information_agent")
    details = told(topic="media", details={"outlet": "Le Canari"})
    with pytest.raises(Refusal, match="media_apart"), saving() as saved:
        request_intake.answer_at_once(saved, details, "Oui.", actor=advisor, now=NOW)
    with pytest.raises(DomainError, match="person_cannot_answer"), saving() as saved:
        request_intake.put_through(saved, details, advisor.person_id or 0, actor=advisor, now=NOW)
    with saving() as saved:
        case = request_intake.put_through(
            saved,
            replace(details, public_id=unique()),
            agent.person_id or 0,
            actor=advisor,
            now=NOW,
        )
    assert session.get_one(CaseFile, case.id).advisor_id == agent.person_id


@pytest.mark.engine
def test_another_question_typed_on_the_same_page_is_another_request(session: Session) -> None:
    first = asked()
    other = replace(first, question="Et pour la région voisine?")
    numbers = {make_request(session, one).number for one in (first, other, other, first)}
    assert len(numbers) == 2, "going back to the page loses nothing and opens nothing twice"
