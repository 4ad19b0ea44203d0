"""Mails about a complaint: the person reads all, the envelope, the queue and the log nothing."""

import logging
from collections.abc import Iterator
from dataclasses import replace

import pytest
from flask import Flask
from sqlalchemy import select
from sqlalchemy.orm import Session

from grants import clock
from grants.domain.access import Actor
from grants.jobs import handlers
from grants.models.complaints import Complaint, ComplaintEvent, ComplaintReader
from grants.models.trail import JournalEvent, OutboxRow
from grants.operations import complaint_acts, complaint_circle
from grants.unit_of_work import saving
from tests.complaint_cases import (
    BY_MAIL,
    CANARIES,
    conclude,
    file_complaint,
    make_officer,
    name_reader,
)
from tests.factories import make_staff
from tests.jobs.rows import row
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
def officer(session: Session) -> Actor:
    return make_officer(session)


@pytest.fixture
def found(session: Session) -> Complaint:
    return file_complaint(session, now=clock.utc_now())


def run_all(session: Session) -> list[str]:
    """Do everything that is owed; return the state of each row."""
    ids = list(session.scalars(select(OutboxRow.id).order_by(OutboxRow.id)))
    for row_id in ids:
        handlers.run(row_id)
    return [row(session, row_id).state for row_id in ids]


def text_of(server: MailServer, place: int) -> str:
    body = server.messages[place].get_body(("plain",))
    assert body is not None
    return str(body.get_content()).replace("\u00a0", " ")


@pytest.mark.engine
def test_the_person_is_told_under_a_subject_that_tells_nothing(
    session: Session,
    server: MailServer,
    officer: Actor,
    found: Complaint,
    caplog: pytest.LogCaptureFixture,
) -> None:
    with caplog.at_level(logging.DEBUG, "grants"):
        with saving() as saved:
            complaint_acts.acknowledge(saved, found.id, BY_MAIL, actor=officer, now=clock.utc_now())
        conclude(found, officer, clock.utc_now())
        complaint_id, number = found.id, found.number
        assert run_all(session) == ["done", "done"]
    office = "Votre message au Secrétariat à l’action communautaire autonome"
    for message in server.messages:
        assert str(message["Subject"]).startswith(office) and message["Reply-To"] is None
    assert number in text_of(server, 0) and "réponse au plus tard le" in text_of(server, 0)
    answer = text_of(server, 1)
    assert "Votre plainte est fondée." in answer and "Goéland" in answer
    assert "Protecteur du citoyen" in answer and "Mirabelle" not in answer
    assert session.get_one(Complaint, complaint_id).acknowledged_at is not None
    kinds = set(session.scalars(select(ComplaintEvent.kind)))
    assert {"acknowledgement_sent", "conclusion_sent"} <= kinds
    assert not session.scalars(select(JournalEvent)).all()
    assert not [word for word in (*CANARIES, number) if word in caplog.text]


def test_a_person_named_gets_a_link_and_nothing_else(
    session: Session, server: MailServer, officer: Actor, found: Complaint
) -> None:
    now = clock.utc_now()
    name_reader(found, officer, make_staff(session, "Paul Roy", "decider"), now)
    name_reader(found, officer, make_staff(session, "Lise Roy", "decider"), now)
    last = session.scalars(select(ComplaintReader).order_by(ComplaintReader.id.desc())).first()
    assert last is not None
    with saving() as saved:
        complaint_circle.end_reader(saved, found.id, last.id, actor=officer, now=now)
    public_id, number = found.public_id, found.number
    assert run_all(session) == ["done", "done"]
    (message,) = server.messages
    assert str(message["Subject"]) == "Un dossier vous est confié"
    assert f"/bureau/confie/{public_id}" in text_of(server, 0)
    assert "plainte" not in message.as_string().lower() and number not in text_of(server, 0)


def test_a_mail_given_up_shows_nothing_telling(
    app: Flask, session: Session, server: MailServer, officer: Actor, found: Complaint
) -> None:
    server.recipient_answer = "550 unknown zibeline.ardoise"
    conclude(found, officer, clock.utc_now())
    told = (*CANARIES, found.number, "complaint", "plainte", "conclusion", "exemple.quebec")
    assert run_all(session) == ["failed"]
    said = app.test_cli_runner().invoke(args=["outbox", "status"]).output
    assert "sealed:" in said
    assert not [word for word in told if word.lower() in said.lower()]
