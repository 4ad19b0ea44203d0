"""What who runs the installation is shown tells nothing of complaints: page of health, commands."""

import json
from datetime import timedelta

import pytest
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import select, update
from sqlalchemy.orm import Session

from grants import clock
from grants.models.trail import OutboxRow
from grants.operations import complaint_acts
from grants.unit_of_work import saving
from tests.complaint_cases import BY_MAIL, CANARIES, file_complaint, make_officer, name_reader
from tests.factories import make_staff, sign_in

TELLING = ("plainte", "complaint", "pla-", "confie", "entrusted")
COMMANDS = (
    ("outbox", "status"),
    ("outbox", "status", "--json"),
    ("journal", "verify"),
    ("journal", "verify", "--json"),
)


@pytest.fixture
def owed(session: Session) -> list[int]:
    """The mails of a complaint acknowledged and entrusted, none of which could leave."""
    officer, now = make_officer(session), clock.utc_now() - timedelta(hours=2)
    found = file_complaint(session, now=now)
    with saving() as saved:
        complaint_acts.acknowledge(saved, found.id, BY_MAIL, actor=officer, now=now)
    name_reader(found, officer, make_staff(session, "Paul Roy", "advisor"), now=now)
    session.execute(update(OutboxRow).values(state="failed", last_error="550"))
    session.commit()
    return list(session.scalars(select(OutboxRow.id)))


def told(text: str) -> list[str]:
    """What would betray a complaint."""
    return [word for word in (*TELLING, *CANARIES, "Paul Roy") if word.lower() in text.lower()]


def test_the_page_of_health_shows_mails_like_any_other(
    client: FlaskClient, session: Session, owed: list[int]
) -> None:
    sign_in(client, session, make_staff(session, "Ada Roy", "administrator"))
    page = client.get("/administration/sante").get_data(as_text=True)
    assert page.count("Reprendre l’envoi") == len(owed) == 2
    assert not told(page)
    again = client.post("/administration/sante/reprendre", data={"envoi": owed[0]})
    assert not told(client.get(again.location).get_data(as_text=True))


@pytest.mark.parametrize("words", COMMANDS)
def test_no_command_names_one(app: Flask, owed: list[int], words: tuple[str, ...]) -> None:
    answer = app.test_cli_runner().invoke(args=words)
    assert answer.output
    assert not told(answer.output)


def test_its_mails_are_counted_without_a_name(app: Flask, owed: list[int]) -> None:
    answer = app.test_cli_runner().invoke(args=("outbox", "status", "--json"))
    keys = json.loads(answer.stdout)["given_up"]
    assert len(keys) == len(owed) and all(str(key).startswith("sealed:") for key in keys)
