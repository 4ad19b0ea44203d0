"""To whoever is in no circle a complaint does not exist: same answers, same statements; and
nothing that a database, a queue or a log holds names one."""

import logging
import re
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import timedelta

import pytest
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import event
from sqlalchemy.orm import Session

from grants import clock
from grants.domain.access import Action, Actor, Role
from grants.extensions import db
from grants.models.base import Base
from grants.models.complaints import Complaint
from grants.operations import complaint_acts
from grants.unit_of_work import saving
from tests.complaint_cases import (
    BY_MAIL,
    CANARIES,
    conclude,
    file_complaint,
    make_officer,
    name_reader,
)
from tests.factories import make_staff, sign_in, unique

OUTSIDE = [role for role in Role if role is not Role.COMPLAINTS_OFFICER]
TOKEN = re.compile(r'(name="csrf_token" value=")[^"]*')
SAVEPOINT = re.compile(r"sa_savepoint_[0-9]+")  # of the test's own transaction
POSTED = {
    "public_id": "",
    "person_id": "1",
    "channel": "phone",
    "told_on-day": "1",
    "told_on-month": "11",
    "told_on-year": "2026",
    "done": "yes",
    "outcome": "Fait.",
}


@contextmanager
def statements() -> Iterator[list[str]]:
    """Every statement, as the database receives it."""
    seen: list[str] = []

    def note(_c: object, _u: object, statement: str, *_rest: object) -> None:
        seen.append(SAVEPOINT.sub("", statement))

    event.listen(db.engine, "before_cursor_execute", note)
    try:
        yield seen
    finally:
        event.remove(db.engine, "before_cursor_execute", note)


def urls(app: Flask, actor: Actor) -> list[tuple[str, str]]:
    """Method and address pattern of every page that names a complaint.

    What the table of routes refuses to a role looks nothing up: one role stands for the others.
    """
    every, actions = Role.ADVISOR in actor.roles, app.config["ACTIONS"]
    return [
        (method, rule.rule)
        for rule in app.url_map.iter_rules()
        if rule.rule.startswith(("/bureau/plaintes/<", "/bureau/confie/"))
        for method in sorted((rule.methods or set()) & {"GET", "POST"})
        if every or actor.may(actions[rule.endpoint])
    ]


def answered(browser: FlaskClient, method: str, pattern: str, public_id: str) -> tuple[object, ...]:
    """What anybody could look at: status, place, body, and the statements behind."""
    url = pattern.replace("<public_id>", public_id).replace("<message_id>", unique())
    url = url.replace("<int:reader_id>", "1")
    with statements() as seen:
        answer = browser.open(url, method=method, data={**POSTED, "public_id": public_id})
    body = TOKEN.sub(r"\1", answer.get_data(as_text=True)).replace(public_id, "")
    place = (answer.location or "").replace(public_id, "")
    return answer.status_code, place, body, seen


def browser_of(app: Flask, session: Session, actor: Actor) -> FlaskClient:
    browser = app.test_client()
    sign_in(browser, session, actor)
    return browser


@pytest.fixture
def hidden(session: Session) -> Complaint:
    """A complaint on which somebody is named, and another with a reader of its own."""
    officer = make_officer(session)
    found = file_complaint(session)
    name_reader(found, officer, make_staff(session, "Paul Roy", "advisor"))
    return found


def strangers(session: Session, role: Role) -> Actor:
    """Somebody with this role; the manager was named, but on another complaint."""
    person = make_staff(session, "Odile Morin", role.value)
    if role is Role.MANAGER:
        other = file_complaint(session)
        name_reader(other, make_officer(session, "Louise Hébert"), person)
    return person


def assert_silent(app: Flask, session: Session, actor: Actor, public_id: str) -> None:
    browser = browser_of(app, session, actor)
    browser.get("/bureau/plaintes")  # so that nothing is asked for the first time below
    for method, pattern in urls(app, actor):
        here = answered(browser, method, pattern, public_id)
        nowhere = answered(browser, method, pattern, unique())
        assert here == nowhere, f"{method} {pattern}"
        assert here[0] in (303, 404) if "confie" in pattern else here[0] in (404, 405)


@pytest.mark.parametrize("role", OUTSIDE)
def test_a_hidden_complaint_answers_as_a_missing_one(
    app: Flask, session: Session, hidden: Complaint, role: Role
) -> None:
    assert_silent(app, session, strangers(session, role), hidden.public_id)


def test_to_the_officer_of_the_other_secretariat_it_is_missing(
    app: Flask, session: Session, hidden: Complaint
) -> None:
    other = make_officer(session, "Jean Cloutier", "SCT")
    assert_silent(app, session, other, hidden.public_id)


def test_to_its_circle_it_answers(app: Flask, session: Session, hidden: Complaint) -> None:
    """The comparison above would see a difference."""
    officer = browser_of(app, session, make_officer(session, "Louise Hébert"))
    here = answered(officer, "GET", "/bureau/plaintes/<public_id>", hidden.public_id)
    assert here[0] == 200 and here != answered(officer, "GET", "/bureau/plaintes/<public_id>", "0")


def test_filing_under_a_hidden_id_tells_nothing(
    app: Flask, session: Session, hidden: Complaint
) -> None:
    desk = browser_of(app, session, make_staff(session, "Rose Auger", "information_agent"))
    typed = {
        "channel": "post",
        "received_on-day": "3",
        "received_on-month": "11",
        "received_on-year": "2026",
        "received_time": "9 h 00",
        "words": "Autre chose.",
        "requester": "Léa Caron",
        "answer_by": "phone",
        "phone": "418 555-0177",
    }
    seen = []
    for public_id in (unique(), hidden.public_id, unique()):
        with statements() as asked:
            answer = desk.post("/bureau/plaintes/deposer", data={**typed, "public_id": public_id})
        number = desk.get("/bureau/plaintes/deposee").get_data(as_text=True)
        assert hidden.number not in number
        seen.append((answer.status_code, answer.location, asked))
    assert seen[1] == seen[2]


def test_no_search_no_list_and_no_page_without_one(
    app: Flask, session: Session, hidden: Complaint
) -> None:
    desk = browser_of(app, session, make_staff(session, "Rose Auger", "information_agent"))
    assert desk.get("/bureau/plaintes").status_code == 404
    shown = desk.get(f"/bureau/dossiers?q={hidden.number}").get_data(as_text=True)
    assert shown.count(hidden.number) == shown.count(f'value="{hidden.number}"')
    for role in OUTSIDE:
        assert Action.HANDLE_COMPLAINT not in strangers(session, role).actions()


@pytest.mark.engine
def test_the_database_names_nobody(
    app: Flask, session: Session, caplog: pytest.LogCaptureFixture
) -> None:
    now = clock.utc_now()
    officer = make_officer(session)
    with caplog.at_level(logging.DEBUG):
        found = file_complaint(session, now=now, about="Pélican", received_at=now - timedelta(1))
        with saving() as saved:
            complaint_acts.acknowledge(saved, found.id, BY_MAIL, actor=officer, now=now)
        name_reader(found, officer, make_staff(session, "Paul Roy", "advisor"), now=now)
        conclude(found, officer, now=now)
        browser = browser_of(app, session, officer)
        assert browser.get(f"/bureau/plaintes/{found.public_id}").status_code == 200
    telling = [*CANARIES, found.number, found.number[9:15], "plainte"]
    dump = dumped(session)
    assert not [word for word in telling if word.lower() in dump.lower()]
    assert "complaint" not in dumped(session, apart=True).lower()
    assert not [word for word in telling if word.lower() in caplog.text.lower()]


def dumped(session: Session, *, apart: bool = False) -> str:
    """Every value of the rows that acts wrote; without the tables of complaints, with `apart`."""
    kept = [table for table in Base.metadata.sorted_tables if table.name not in REFERENCE]
    if apart:
        kept = [table for table in kept if not table.name.startswith(("complaint", "staff_role"))]
    rows = (
        str(tuple(row))
        for table in kept
        for row in session.connection().exec_driver_sql(f"SELECT * FROM {table.name}")
    )
    return "\n".join(rows)


REFERENCE = {
    "resource",
    "resource_label",
    "service_declaration",
    "service_commitment",
    "program",
    "program_terms",
    "form_version",
}
"""Tables that the reference data fills: their words are public."""
