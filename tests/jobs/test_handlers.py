"""What each row asks for, done in the test's own process with a real mail server."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import timedelta

import pytest
from flask import Flask
from sqlalchemy import select
from sqlalchemy.orm import Session

from grants import clock
from grants.domain.access import SYSTEM
from grants.jobs import handlers
from grants.models.case_files import CaseFile
from grants.models.clocks import Clock
from grants.models.messages import Message
from grants.models.people import EmailCode
from grants.models.trail import JournalEvent
from grants.operations import messages
from grants.unit_of_work import saving
from tests.cases import make_case
from tests.factories import make_account, make_staff, unique
from tests.jobs.rows import owe, row, row_of
from tests.mail.servers import MailServer, listening


@pytest.fixture
def server(app: Flask) -> Iterator[MailServer]:
    """The mail server that the application's settings name."""
    before = app.config["SETTINGS"]
    with listening(MailServer()) as running:
        app.config["SETTINGS"] = replace(before, mail_url=running.url)
        yield running
    app.config["SETTINGS"] = before


@pytest.fixture
def received(session: Session) -> int:
    """The id of a file just received, whose acknowledgement is owed."""
    return make_case(session, now=clock.utc_now()).id


def the_clock(session: Session, case_file_id: int) -> Clock:
    query = select(Clock).where(Clock.case_file_id == case_file_id)
    return session.scalars(query, execution_options={"populate_existing": True}).one()


def the_message(session: Session) -> Message:
    query = select(Message).where(Message.kind == messages.ACKNOWLEDGEMENT)
    return session.scalars(query, execution_options={"populate_existing": True}).one()


def run_mail(session: Session) -> str:
    row_id = row_of(session, "mail.message").id
    handlers.run(row_id)
    return row(session, row_id).state


@pytest.mark.engine
def test_the_acknowledgement_leaves_and_stops_its_clock(
    session: Session, received: int, server: MailServer
) -> None:
    assert the_clock(session, received).stopped_at is None
    assert run_mail(session) == "done"
    stopped, message = the_clock(session, received), the_message(session)
    assert stopped.stop_event == "acknowledgement_sent"
    assert stopped.stopped_at == message.sent_at
    assert message.subject.startswith("Votre demande DCD-2027-")
    assert server.ids() == [f"<{message.public_id}@appui.example>"]
    assert session.get_one(CaseFile, received).next_due_at.year == 9999
    kinds = session.scalars(select(JournalEvent.kind)).all()
    assert kinds.count("acknowledgement_sent") == 1


def test_the_link_of_the_mail_opens_the_confirmation(
    session: Session, received: int, server: MailServer, app: Flask
) -> None:
    public_id = session.get_one(CaseFile, received).public_id
    run_mail(session)
    path = f"/mon-espace/demandes/{public_id}/confirmation"
    assert f"{app.config['SETTINGS'].base_url}{path}\n" in the_message(session).body
    answers = app.url_map.bind("").match(path)
    assert answers == ("applicant.confirmation", {"public_id": public_id})


@pytest.mark.engine
def test_while_the_mail_server_is_away_the_clock_runs_on(
    session: Session, received: int, server: MailServer
) -> None:
    server.answer = "451 come back later"
    assert run_mail(session) == "waiting"
    waiting = row_of(session, "mail.message")
    assert waiting.last_error == "ServerAway: code 451"
    assert (waiting.attempts, waiting.crashes) == (1, 0)
    assert the_clock(session, received).stopped_at is None
    assert the_message(session).sent_at is None


def test_a_refused_address_is_given_up_and_the_clock_runs_on(
    session: Session, received: int, server: MailServer
) -> None:
    server.recipient_answer = "550 unknown"
    assert run_mail(session) == "failed"
    assert the_clock(session, received).stopped_at is None


def test_a_row_run_twice_sends_one_mail(
    session: Session, received: int, server: MailServer
) -> None:
    assert run_mail(session) == "done"
    assert run_mail(session) == "done"
    assert len(server.messages) == 1


def test_a_mail_already_recorded_does_not_leave_again(
    session: Session, received: int, server: MailServer
) -> None:
    message_id = the_message(session).id
    with saving() as saved:
        messages.delivered(saved, message_id, "s", "b", actor=SYSTEM, now=clock.utc_now())
    assert run_mail(session) == "done"
    assert server.messages == []


def test_a_fault_of_ours_counts_and_leaves_nothing(
    session: Session, received: int, server: MailServer, monkeypatch: pytest.MonkeyPatch
) -> None:
    def broken(*_arguments: object, **_facts: object) -> None:
        raise KeyError("broken")

    monkeypatch.setattr(messages, "delivered", broken)
    assert run_mail(session) == "waiting"
    broken_row = row_of(session, "mail.message")
    assert (broken_row.crashes, broken_row.last_error) == (1, "KeyError")
    assert the_clock(session, received).stopped_at is None


def test_the_last_advisor_only_is_announced(session: Session, server: MailServer) -> None:
    advisor = make_staff(session, "Camille Roy", "advisor")
    case_id = make_case(session, advisor=advisor, now=clock.utc_now()).id
    with saving() as saved:
        case_file = saved.get_one(CaseFile, case_id)
        messages.owe_message(
            saved, case_file, messages.ASSIGNMENT, "a@exemple.quebec", now=clock.utc_now()
        )
    rows = select(Message.public_id).where(Message.kind == messages.ASSIGNMENT)
    last = session.scalars(rows.order_by(Message.sequence.desc())).first()
    for row_id in range(1, 20):
        handlers.run(row_id)
    assert [found for found in server.ids() if last and last in found] == [
        f"<{last}@appui.example>"
    ]
    assert len(server.messages) == 2  # the acknowledgement and one name


@pytest.mark.parametrize(("minutes", "sent"), [(15, 1), (-1, 0)])
def test_a_code_leaves_only_while_it_is_good(
    session: Session, server: MailServer, minutes: int, sent: int
) -> None:
    account = make_account(session, "Aline Saint-Onge", "organization")
    now = clock.utc_now()
    expires_at = now + timedelta(minutes=minutes)
    code = EmailCode(
        public_id=unique(), account_id=account.id, created_at=now, expires_at=expires_at
    )
    session.add(code)
    session.commit()
    row_id = owe("mail.code", code.id, now)
    handlers.run(row_id)
    assert row(session, row_id).state == "done"
    assert len(server.messages) == sent
