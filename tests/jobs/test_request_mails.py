"""Mails of requests: sent once, overtaken by a person's own words, and the promise they keep."""

from collections.abc import Iterator
from dataclasses import replace

import pytest
from flask import Flask
from sqlalchemy import select
from sqlalchemy.orm import Session

from grants import clock
from grants.domain.access import VISITOR
from grants.domain.calendar import local_date
from grants.domain.request_answers import usual_answer_date
from grants.jobs import handlers
from grants.models.case_files import CaseFile
from grants.models.messages import Message
from grants.models.trail import OutboxRow
from grants.operations import information_requests, request_ends, request_replies
from grants.operations.request_replies import DatedDetails
from grants.operations.request_telling import Said
from grants.queries import calendars
from grants.unit_of_work import saving
from tests.factories import make_staff, unique
from tests.mail.servers import MailServer, listening
from tests.request_cases import asked, clocks_of


@pytest.fixture
def server(app: Flask) -> Iterator[MailServer]:
    """The mail server that the application's settings name."""
    before = app.config["SETTINGS"]
    with listening(MailServer()) as running:
        app.config["SETTINGS"] = replace(before, mail_url=running.url)
        yield running
    app.config["SETTINGS"] = before


def received(secretariat: str) -> int:
    now = clock.utc_now()
    with saving() as saved:
        details = asked(secretariat_code=secretariat, received_at=now)
        return information_requests.record(saved, details, actor=VISITOR, now=now).id


def run_mails(session: Session) -> list[str]:
    """Run what is owed, in order; the kinds of the mails that left."""
    waiting = select(OutboxRow.id).where(OutboxRow.kind == "mail.request")
    waiting = waiting.where(OutboxRow.state == "waiting").order_by(OutboxRow.id)
    for row_id in session.scalars(waiting).all():
        handlers.run(row_id)
    gone = select(Message.kind).where(Message.sent_at.is_not(None)).order_by(Message.sent_at)
    return list(session.scalars(gone))


def test_saca_acknowledges_when_the_mail_leaves(
    session: Session, server: MailServer, app: Flask
) -> None:
    case_id = received("SACA")
    assert run_mails(session) == ["acknowledgement"]
    assert clocks_of(session, case_id)["SACA_ACK"].stop_event == "acknowledgement_sent"
    body = session.scalars(select(Message.body)).one()
    assert f"{app.config['SETTINGS'].base_url}/suivre\n" in body


def test_the_receipt_of_the_sct_stops_nothing_and_its_acknowledgement_does(
    session: Session, server: MailServer
) -> None:
    agent = make_staff(session, "Luc Roy", "information_agent", secretariat="SCT")
    case_id = received("SCT")
    assert run_mails(session) == ["receipt"]
    assert clocks_of(session, case_id)["SCT_ACK"].stopped_at is None
    now = clock.utc_now()
    day = usual_answer_date(local_date(now), calendars.calendar(session))
    with saving() as saved:
        details = DatedDetails(Said(unique(), "email"), day)
        request_replies.acknowledge(saved, case_id, details, actor=agent, now=now)
    assert run_mails(session) == ["receipt", "acknowledgement"]
    clocks = clocks_of(session, case_id)
    assert clocks["SCT_ACK"].stop_event == "acknowledgement_sent"
    assert clocks["SCT_ANSWER"].stopped_at is None


def test_an_answer_that_leaves_keeps_what_was_promised(
    session: Session, server: MailServer
) -> None:
    agent = make_staff(session, "Rose Auger", "information_agent")
    case_id = received("SACA")
    with saving() as saved:
        said = Said(unique(), "email", "Le 12 janvier.")
        request_ends.answer(saved, case_id, said, actor=agent, now=clock.utc_now())
    assert run_mails(session) == ["acknowledgement", "answer"]
    number = session.get_one(CaseFile, case_id).number
    assert number in session.scalars(select(Message.subject)).all()[-1]
    assert all(one.stopped_at for one in clocks_of(session, case_id).values())
