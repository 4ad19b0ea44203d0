"""Sending: once, complete, in time to the second; paper gets the same file and clocks."""

from datetime import timedelta

import pytest
from sqlalchemy import func, select
from sqlalchemy.orm import Session

from grants.domain import case_number
from grants.domain.access import Actor
from grants.domain.errors import DomainError, Refusal
from grants.models.case_files import Application, CaseFile
from grants.models.clocks import Clock
from grants.models.drafts import Attachment, Draft
from grants.models.messages import Message
from grants.models.trail import JournalEvent, OutboxRow
from grants.operations import applications as acts
from grants.operations import drafts as draft_acts
from grants.operations.applications import SendDetails, WithdrawDetails
from grants.queries import applications, organizations, programs
from grants.unit_of_work import saving
from tests.cases import AMOUNT, make_case, make_draft
from tests.factories import NOW, make_call, make_member, make_organization, make_staff, unique


def send(draft: Draft, actor: Actor, arrived_at: object = NOW, version: int = 0) -> CaseFile:
    draft_id, details = draft.id, SendDetails(version or draft.version)
    with saving() as saved:
        return acts.send(saved, draft_id, details, actor=actor, arrived_at=arrived_at, now=NOW)


def test_a_sending_opens_the_file_and_owes_what_follows(session: Session) -> None:
    member = make_member(session)
    draft = make_draft(session, member)
    case = send(draft, member)
    assert case_number.is_valid(case.number)
    assert case.number.startswith("DCD-2027-0001-")
    assert (case.public_id, case.received_at) == (draft.case_public_id, NOW)
    assert case.application.amount_cents == AMOUNT
    assert case.application.answers["amount_requested"] == AMOUNT
    assert len(case.application.fingerprint) == 64
    assert draft.case_file_id == case.id
    assert session.scalars(select(Attachment.case_file_id)).all() == [case.id]
    assert [clock.commitment.code for clock in case.clocks] == ["SACA_ACK"]
    assert case.next_due_at == case.clocks[0].due_at
    assert session.scalars(select(Message.recipient)).all() == [member.email]
    kinds = session.scalars(select(OutboxRow.kind).order_by(OutboxRow.kind)).all()
    assert kinds == ["mail.message", "pdf.deposit_proof"]
    events = select(JournalEvent).where(JournalEvent.case_file_id == case.id)
    assert [event.kind for event in session.scalars(events)] == ["application_received"]


def test_numbers_follow_each_other_without_gap(session: Session) -> None:
    numbers = [make_case(session).number[:13] for _ in range(3)]
    assert numbers == ["DCD-2027-0001", "DCD-2027-0002", "DCD-2027-0003"]


def test_a_repeat_names_the_first_result(session: Session) -> None:
    member = make_member(session)
    draft = make_draft(session, member)
    version = draft.version
    case = send(draft, member)
    with pytest.raises(DomainError) as refused:
        send(draft, member, version=version)
    assert refused.value.code == "already_sent"
    assert refused.value.facts["case_public_id"] == case.public_id
    assert session.scalar(select(func.count(CaseFile.id))) == 1


def test_what_was_not_read_is_not_sent(session: Session) -> None:
    member = make_member(session)
    draft = make_draft(session, member)
    with pytest.raises(DomainError) as refused:
        send(draft, member, version=draft.version + 1)
    assert refused.value.code == "stale_page"


def test_an_incomplete_draft_stays_a_draft(session: Session) -> None:
    member = make_member(session)
    draft = make_draft(session, member)
    with saving():
        draft.answers = {**draft.answers, "mission": ""}
    with pytest.raises(DomainError) as refused:
        send(draft, member)
    assert (refused.value.code, refused.value.facts) == ("incomplete", {"count": 1})
    assert session.scalar(select(func.count(CaseFile.id))) == 0


@pytest.mark.parametrize(
    ("late_by", "code"),
    [
        (timedelta(seconds=-1), ""),
        (timedelta(0), ""),
        (timedelta(microseconds=999_999), ""),
        (timedelta(seconds=1), "call_closed"),
    ],
)
def test_the_closing_is_decided_to_the_second(
    session: Session, late_by: timedelta, code: str
) -> None:
    member = make_member(session)
    draft = make_draft(session, member)
    arrived_at = draft.call.closes_at.replace(microsecond=0) + late_by
    with saving():
        draft.call.closes_at = draft.call.closes_at.replace(microsecond=0)
    if not code:
        assert send(draft, member, arrived_at).received_at == arrived_at
        return
    with pytest.raises(Refusal) as refused:
        send(draft, member, arrived_at)
    assert refused.value.code == code
    assert refused.value.facts["arrived_at"] == arrived_at
    kinds = session.scalars(select(JournalEvent.kind)).all()
    assert kinds[-1] == "refused"


def test_readers_and_strangers_send_nothing(session: Session) -> None:
    member = make_member(session)
    reader = make_member(session, organizations.own(session, actor=member), "reader", "Nora")
    stranger = make_member(session, name="Luc Tremblay")
    draft = make_draft(session, member)
    for nobody in (reader, stranger):
        with pytest.raises(Refusal):
            send(draft, nobody)


def paper_draft(session: Session, staff: Actor, **answers: object) -> Draft:
    call_id, organization_id = make_call(session).id, make_organization(session).id
    receipt = draft_acts.PaperReceipt(organization_id, "post", NOW - timedelta(days=3))
    with saving() as saved:
        draft = draft_acts.start_paper(saved, call_id, unique(), receipt, actor=staff, now=NOW)
        draft.answers = {**draft.answers, **answers}
    return draft


def test_paper_is_received_as_it_is(session: Session) -> None:
    staff = make_staff(session, "Odile M", "advisor")
    draft = paper_draft(
        session, staff, amount_requested="12 500", volunteers_count="une dizaine", mission=""
    )
    with saving() as saved:
        case = acts.receive_paper(saved, draft.id, SendDetails(draft.version), actor=staff, now=NOW)
    assert (case.channel, case.received_at) == ("post", NOW - timedelta(days=3))
    assert case.entered_at == NOW
    assert case.application.answers["volunteers_count"] == "une dizaine"
    assert "mission" not in case.application.answers
    assert case.application.amount_cents == 12_500_00
    clock = session.scalars(select(Clock)).one()
    assert clock.received_at == case.received_at
    recipient = session.scalars(select(Message.recipient)).one()
    assert recipient == "info@rive-claire.exemple"


def test_paper_without_a_readable_amount_waits(session: Session) -> None:
    staff = make_staff(session, "Odile M", "advisor")
    draft = paper_draft(session, staff, amount_requested="douze mille")
    draft_id, details = draft.id, SendDetails(draft.version)
    with pytest.raises(DomainError) as refused, saving() as saved:
        acts.receive_paper(saved, draft_id, details, actor=staff, now=NOW)
    assert refused.value.code == "amount_unreadable"


def test_staff_of_another_secretariat_record_nothing(session: Session) -> None:
    staff = make_staff(session, "Odile M", "advisor")
    other = make_staff(session, "Jean P", "advisor", secretariat="SCT")
    draft = paper_draft(session, staff, amount_requested="12 500")
    draft_id, details = draft.id, SendDetails(draft.version)
    with pytest.raises(Refusal), saving() as saved:
        acts.receive_paper(saved, draft_id, details, actor=other, now=NOW)


def test_a_withdrawn_application_is_closed_once(session: Session) -> None:
    member = make_member(session)
    case = make_case(session, member)
    case_id, details = case.id, WithdrawDetails(case.version)
    for _ in range(2):
        with saving() as saved:
            acts.withdraw(saved, case_id, details, actor=member, now=NOW + timedelta(days=1))
    assert (case.status, case.closed_at) == ("withdrawn", NOW + timedelta(days=1))
    kinds = select(JournalEvent.kind).where(JournalEvent.case_file_id == case_id)
    assert session.scalars(kinds).all().count("application_withdrawn") == 1


def test_a_stranger_neither_sees_nor_withdraws(session: Session) -> None:
    case, stranger = make_case(session), make_member(session, name="Luc Tremblay")
    assert applications.one(session, case.public_id, actor=stranger) is None
    case_id, details = case.id, WithdrawDetails(case.version)
    with pytest.raises(Refusal), saving() as saved:
        acts.withdraw(saved, case_id, details, actor=stranger, now=NOW)


def test_the_fingerprint_covers_answers_and_files(session: Session) -> None:
    member = make_member(session)
    case = make_case(session, member)
    files = applications.files(session, case.id)
    same = acts.Received(case.application.answers, AMOUNT, files)
    assert same.fingerprint() == case.application.fingerprint
    other = acts.Received({**case.application.answers, "mission": "x"}, AMOUNT, files)
    assert other.fingerprint() != case.application.fingerprint
    without = acts.Received(case.application.answers, AMOUNT, [])
    assert without.fingerprint() != case.application.fingerprint
    stored = session.scalars(select(Application)).one()
    assert programs.definition(stored.form_version).program == "DCD"
