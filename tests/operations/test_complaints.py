"""Complaints: filed by anybody, handled by their circle only, told to the person, then closed."""

from dataclasses import replace
from datetime import date, timedelta

import pytest
from sqlalchemy import func, select
from sqlalchemy.orm import Session

from grants.domain import case_number
from grants.domain.access import VISITOR, Actor
from grants.domain.errors import DomainError, Refusal
from grants.models.complaints import (
    Complaint,
    ComplaintEvent,
    ComplaintMessage,
    ComplaintReader,
)
from grants.models.trail import JournalEvent, OutboxRow
from grants.operations import complaint_acts, complaint_circle, complaint_telling, complaints
from grants.operations.complaint_acts import FollowUpDetails
from grants.operations.complaint_telling import Telling
from grants.queries import complaints as queries
from grants.unit_of_work import saving
from tests.complaint_cases import (
    BY_MAIL,
    BY_PHONE,
    again,
    complaint_details,
    conclude,
    file_complaint,
    make_officer,
    name_reader,
)
from tests.factories import NOW, make_staff

LIFE = [
    "filed",
    "acknowledged",
    "examination_started",
    "concluded",
    "conclusion_sent",
    "recommendation_followed",
    "closed",
]
FOLLOWED = FollowUpDetails("yes", "L’accueil est revu.", "", BY_MAIL)


@pytest.fixture
def officer(session: Session) -> Actor:
    return make_officer(session)


@pytest.fixture
def colleague(session: Session) -> Actor:
    return make_staff(session, "Paul Roy", "advisor")


def kinds(session: Session, complaint: Complaint) -> list[str]:
    query = select(ComplaintEvent.kind).where(ComplaintEvent.complaint_id == complaint.id)
    return list(session.scalars(query.order_by(ComplaintEvent.id)))


def conclusion_of(session: Session) -> ComplaintMessage:
    query = select(ComplaintMessage).where(ComplaintMessage.kind == "conclusion")
    return session.scalars(query).one()


def code_of(error: pytest.ExceptionInfo[DomainError]) -> str:
    return error.value.code


@pytest.mark.engine
def test_a_complaint_goes_from_receipt_to_its_end(session: Session, officer: Actor) -> None:
    found = file_complaint(session)
    assert case_number.is_valid(found.number) and found.number.startswith("PLA-2026-")
    due = (found.acknowledge_due_on, found.answer_due_on)
    assert due == (date(2026, 11, 30), date(2026, 12, 21))
    with saving() as saved:
        complaint_acts.acknowledge(saved, found.id, BY_PHONE, actor=officer, now=NOW)
        complaint_acts.start(saved, found.id, actor=officer, now=NOW)
    conclude(found, officer)
    message = conclusion_of(session)
    assert "Protecteur du citoyen" in message.body
    assert "1 800 463-5070" in message.body.replace("\u00a0", " "), message.body
    with saving() as saved:
        complaint_telling.delivered(saved, message.id, now=NOW)
        complaint_telling.delivered(saved, message.id, now=NOW)
        complaint_acts.follow_up(saved, found.id, FOLLOWED, actor=officer, now=NOW)
        complaint_acts.close(saved, found.id, actor=officer, now=NOW)
    assert (again(session, found).status, found.closed_at) == ("closed", NOW)
    assert found.acknowledged_at is not None
    assert kinds(session, found) == LIFE
    assert not session.scalar(select(func.count()).select_from(JournalEvent))


@pytest.mark.engine
def test_the_same_page_posted_twice_files_once_and_a_taken_id_tells_nothing(
    session: Session,
) -> None:
    first = file_complaint(session)
    details = complaint_details(public_id=first.public_id)
    with saving() as saved:
        assert complaints.file(saved, details, actor=VISITOR, now=NOW).number == first.number
        other = replace(details, words="Autre chose.")
        assert complaints.file(saved, other, actor=VISITOR, now=NOW).number != first.number
    assert session.scalar(select(func.count()).select_from(Complaint)) == 2


@pytest.mark.parametrize(
    ("changes", "code"),
    [
        ({"words": "  "}, "complaint_words_required"),
        ({"requester": ""}, "complaint_name_required"),
        ({"answer_by": ""}, "complaint_answer_by_required"),
        ({"email": ""}, "complaint_email_required"),
        ({"answer_by": "post"}, "complaint_address_required"),
        ({"answer_by": "phone", "phone": ""}, "complaint_phone_required"),
        ({"received_at": NOW + timedelta(minutes=1)}, "date_in_future"),
        ({"words": "a" * 10_001}, "text_too_long"),
        ({"channel": "pigeon"}, "not_allowed"),
    ],
)
def test_what_cannot_be_filed(session: Session, changes: dict[str, object], code: str) -> None:
    with pytest.raises(DomainError) as error, saving() as saved:
        complaints.file(saved, complaint_details(**changes), actor=VISITOR, now=NOW)
    assert code_of(error) == code


def test_the_number_is_found_as_people_type_it(session: Session) -> None:
    found = file_complaint(session)
    typed = found.number.lower().replace("-", " ")
    assert complaints.find(session, typed) == found.id
    assert complaints.find(session, "PLA-2026-123456-A") is None


@pytest.mark.engine
def test_whoever_is_named_reads_and_says_what_was_done_until_their_part_ends(
    session: Session, officer: Actor, colleague: Actor
) -> None:
    found = file_complaint(session)
    assert queries.one(session, found.public_id, actor=colleague) is None
    name_reader(found, officer, colleague)
    name_reader(found, officer, colleague)
    assert queries.one(session, found.public_id, actor=colleague) is not None
    conclude(found, officer)
    with saving() as saved:
        complaint_acts.follow_up(saved, found.id, FOLLOWED, actor=colleague, now=NOW)
    with pytest.raises(Refusal), saving() as saved:
        complaint_acts.close(saved, found.id, actor=colleague, now=NOW)
    reader = session.scalars(select(ComplaintReader)).one()
    with saving() as saved:
        complaint_circle.end_reader(saved, found.id, reader.id, actor=officer, now=NOW)
    assert queries.one(session, found.public_id, actor=colleague) is None
    with pytest.raises(Refusal), saving() as saved:
        complaint_acts.follow_up(saved, found.id, FOLLOWED, actor=colleague, now=NOW)


def test_the_other_secretariat_is_no_part_of_it(session: Session, officer: Actor) -> None:
    found = file_complaint(session)
    stranger = make_officer(session, "Jean Cloutier", "SCT")
    assert queries.one(session, found.public_id, actor=stranger) is None
    with pytest.raises(Refusal), saving() as saved:
        complaint_acts.start(saved, found.id, actor=stranger, now=NOW)
    with pytest.raises(DomainError) as error:
        name_reader(found, officer, make_staff(session, "Lise Roy", "advisor", secretariat="SCT"))
    assert code_of(error) == "complaint_reader_unknown"


@pytest.mark.engine
def test_what_is_still_to_answer_comes_before_what_is_concluded(
    session: Session, officer: Actor
) -> None:
    done, later, sooner = (
        file_complaint(session, received_at=NOW - timedelta(days=days)) for days in (30, 2, 9)
    )
    conclude(done, officer)
    listed = queries.registry(session, closed=False, actor=officer).complaints
    assert [one.number for one in listed] == [sooner.number, later.number, done.number]
    after = (False, later.answer_due_on, later.id)
    rest = queries.registry(session, closed=False, after=after, actor=officer).complaints
    assert [one.number for one in rest] == [done.number]


@pytest.mark.engine
def test_an_officer_steps_aside_only_for_another(session: Session, officer: Actor) -> None:
    found = file_complaint(session)
    with pytest.raises(DomainError) as error, saving() as saved:
        complaint_circle.step_aside(saved, found.id, actor=officer, now=NOW)
    assert code_of(error) == "complaint_needs_officer"
    other = make_officer(session, "Louise Hébert")
    with saving() as saved:
        complaint_circle.step_aside(saved, found.id, actor=officer, now=NOW)
    assert queries.one(session, found.public_id, actor=officer) is None
    assert not queries.registry(session, closed=False, actor=officer).complaints
    assert queries.one(session, found.public_id, actor=other) is not None
    with pytest.raises(DomainError), saving() as saved:
        complaint_circle.step_aside(saved, found.id, actor=other, now=NOW)


@pytest.mark.parametrize(
    ("changes", "code"),
    [
        ({"finding": ""}, "complaint_finding_required"),
        ({"comment": ""}, "complaint_comment_required"),
        ({"recommendation": ""}, "complaint_recommendation_required"),
        ({"none_because": "Rien à changer"}, "complaint_one_recommendation"),
        ({"answer": ""}, "complaint_answer_required"),
        ({"telling": Telling("post", NOW.date())}, "complaint_way_unknown"),
        ({"telling": Telling("phone")}, "date_required"),
        ({"telling": Telling("phone", date(2026, 11, 1))}, "complaint_told_before_receipt"),
        ({"telling": Telling("phone", date(2026, 12, 1))}, "date_in_future"),
        ({"version": 9}, "stale_page"),
    ],
)
def test_what_cannot_conclude(
    session: Session, officer: Actor, changes: dict[str, object], code: str
) -> None:
    found = file_complaint(session)
    with pytest.raises(DomainError) as error:
        conclude(found, officer, **changes)
    assert code_of(error) == code
    assert again(session, found).status == "received"


def test_a_complaint_closes_once_told_and_followed_up(session: Session, officer: Actor) -> None:
    found = file_complaint(session)
    conclude(found, officer)
    conclude(found, officer)
    message = session.scalars(select(ComplaintMessage)).one()
    for code in ("complaint_answer_unsent", "complaint_follow_up_missing"):
        with pytest.raises(DomainError) as error, saving() as saved:
            complaint_acts.close(saved, found.id, actor=officer, now=NOW)
        assert code_of(error) == code
        if code == "complaint_answer_unsent":
            told = (found.id, message.public_id, BY_PHONE)
            with saving() as saved:
                complaint_telling.tell_otherwise(saved, *told, actor=officer, now=NOW)
    assert complaint_kind(session, message) == ("phone", "418 555-0134")


def complaint_kind(session: Session, message: ComplaintMessage) -> tuple[str, str]:
    session.refresh(message)
    return message.channel, message.recipient.replace("\u00a0", " ")


def test_what_is_owed_names_nothing(session: Session, officer: Actor, colleague: Actor) -> None:
    found = file_complaint(session)
    with saving() as saved:
        complaint_acts.acknowledge(saved, found.id, BY_MAIL, actor=officer, now=NOW)
        complaint_acts.acknowledge(saved, found.id, BY_MAIL, actor=officer, now=NOW)
    name_reader(found, officer, colleague)
    rows = list(session.execute(select(OutboxRow.kind, OutboxRow.key).order_by(OutboxRow.id)))
    assert [kind for kind, _ in rows] == ["mail.sealed", "mail.entrusted"]
    assert all(key.startswith("sealed:") and len(key) == 39 for _, key in rows)


def test_the_person_follows_dates_and_what_was_told(session: Session, officer: Actor) -> None:
    found = file_complaint(session)
    conclude(found, officer, telling=BY_PHONE)
    shown = queries.for_follower(session, found.id)
    assert shown is not None and shown.number == found.number
    assert [one.kind for one in shown.messages] == ["conclusion"]
    assert "Mirabelle" not in shown.messages[0].body and "Goéland" in shown.messages[0].body
    assert queries.for_follower(session, 0) is None
    assert queries.email_of(session, found.id) == "zibeline.ardoise@exemple.quebec"
