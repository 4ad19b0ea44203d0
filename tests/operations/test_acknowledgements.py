"""Letters that keep the promise of acknowledgement, and mails sent again."""

from datetime import date, timedelta

import pytest
from sqlalchemy import select, update
from sqlalchemy.orm import Session

from grants.domain.access import Actor
from grants.domain.calendar import end_of_day, local_date
from grants.domain.errors import DomainError, Refusal
from grants.models.case_files import CaseFile
from grants.models.clocks import Clock
from grants.models.messages import Message
from grants.models.trail import JournalEvent, OutboxRow
from grants.operations import acknowledgements
from grants.operations.acknowledgements import PostedLetter
from grants.operations.clocks import NEVER
from grants.unit_of_work import saving
from tests.cases import make_case
from tests.factories import NOW, make_staff

LATER = NOW + timedelta(days=3)
pytestmark = pytest.mark.engine


@pytest.fixture
def agent(session: Session) -> Actor:
    return make_staff(session, "Rose Auger", "information_agent")


def post(case: CaseFile, on: date, actor: Actor, version: int | None = None) -> Message:
    case_id = case.id
    with saving() as saved:
        letter = PostedLetter(on, version)
        return acknowledgements.record_posted(saved, case_id, letter, actor=actor, now=LATER)


def clock_of(session: Session, case: CaseFile) -> Clock:
    return session.scalars(select(Clock).where(Clock.case_file_id == case.id)).one()


def test_a_posted_letter_stops_the_clock_at_the_end_of_its_day(
    session: Session, agent: Actor
) -> None:
    case = make_case(session)
    posted_on = date(2026, 11, 25)
    message = post(case, posted_on, agent, case.version)
    clock = clock_of(session, case)
    assert (clock.stop_event, clock.stopped_at) == (
        "acknowledgement_posted",
        end_of_day(posted_on),
    )
    assert (message.channel, message.recorded_by_id) == ("post", agent.person_id)
    assert case.next_due_at == NEVER


def test_a_letter_posted_today_stops_the_clock_now(session: Session, agent: Actor) -> None:
    case = make_case(session)
    post(case, local_date(LATER), agent)
    assert clock_of(session, case).stopped_at == LATER


def test_a_letter_posted_too_late_is_recorded_and_the_promise_is_missed(
    session: Session, agent: Actor
) -> None:
    case = make_case(session, now=NOW - timedelta(days=14))
    post(case, date(2026, 11, 24), agent)
    clock = clock_of(session, case)
    assert clock.stopped_at is not None
    assert clock.stopped_at > clock.due_at


def test_the_day_of_posting_lies_between_receipt_and_today(session: Session, agent: Actor) -> None:
    case = make_case(session)
    with pytest.raises(DomainError, match="posted_before_receipt"):
        post(case, date(2026, 11, 23), agent)
    with pytest.raises(DomainError, match="date_in_future"):
        post(case, local_date(LATER) + timedelta(days=1), agent)


def test_one_acknowledgement_is_enough(session: Session, agent: Actor) -> None:
    case = make_case(session)
    post(case, date(2026, 11, 25), agent)
    with pytest.raises(DomainError, match="already_acknowledged"):
        post(case, date(2026, 11, 26), agent)


def test_the_same_letter_posted_twice_is_one_letter(session: Session, agent: Actor) -> None:
    case, posted_on = make_case(session), date(2026, 11, 25)
    shown = case.version
    first = post(case, posted_on, agent, shown).id
    assert post(case, posted_on, agent, shown).id == first
    other = make_staff(session, "Paul Roy", "information_agent")
    with pytest.raises(DomainError, match="stale_page"):
        post(case, posted_on, other, shown)


def test_a_stale_page_records_nothing(session: Session, agent: Actor) -> None:
    case = make_case(session)
    with pytest.raises(DomainError, match="stale_page"):
        post(case, date(2026, 11, 25), agent, case.version + 1)


def test_staff_of_another_secretariat_record_nothing(session: Session) -> None:
    case = make_case(session)
    stranger = make_staff(session, "Paul Roy", "information_agent", secretariat="SCT")
    with pytest.raises(Refusal, match="not_allowed"):
        post(case, date(2026, 11, 25), stranger)


def resend(case: CaseFile, message: str, actor: Actor) -> None:
    case_id = case.id
    with saving() as saved:
        acknowledgements.resend(saved, case_id, message, actor=actor, now=LATER)


def test_a_mail_given_up_is_tried_again(session: Session, agent: Actor) -> None:
    case = make_case(session)
    public_id = session.scalars(select(Message.public_id)).one()
    with pytest.raises(DomainError, match="mail_not_given_up"):
        resend(case, public_id, agent)
    session.execute(
        update(OutboxRow).where(OutboxRow.kind == "mail.message").values(state="failed", attempts=1)
    )
    session.commit()
    resend(case, public_id, agent)
    row = session.scalars(select(OutboxRow).where(OutboxRow.kind == "mail.message")).one()
    assert (row.state, row.not_before) == ("waiting", LATER)
    kinds = session.scalars(select(JournalEvent.kind)).all()
    assert "acknowledgement_resent" in kinds


def test_a_mail_of_another_file_is_not_reached(session: Session, agent: Actor) -> None:
    case, other = make_case(session), make_case(session)
    query = select(Message.public_id).where(Message.case_file_id == other.id)
    with pytest.raises(DomainError, match="mail_not_given_up"):
        resend(case, session.scalars(query).one(), agent)
