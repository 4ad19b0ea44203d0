"""What the database refuses by itself of complaints, tried by raw SQL."""

import pytest
from sqlalchemy import text
from sqlalchemy.exc import DBAPIError
from sqlalchemy.orm import Session

from tests.complaint_cases import conclude, file_complaint, make_officer, name_reader
from tests.factories import make_staff

pytestmark = pytest.mark.engine

FORBIDDEN = {
    "complaint deleted": "DELETE FROM complaint",
    "words changed": "UPDATE complaint SET received = 'x'",
    "number changed": "UPDATE complaint SET number_key = 'x'",
    "receipt moved": "UPDATE complaint SET received_at = entered_at",
    "due date moved": "UPDATE complaint SET answer_due_on = acknowledge_due_on",
    "concluded again": "UPDATE complaint SET concluded_at = received_at",
    "status of nothing": "UPDATE complaint SET status = 'forgotten'",
    "closed without its instant": "UPDATE complaint SET status = 'closed'",
    "finding taken away": "UPDATE complaint SET finding = NULL",
    "event edited": "UPDATE complaint_event SET kind = 'other'",
    "event deleted": "DELETE FROM complaint_event",
    "message deleted": "DELETE FROM complaint_message",
    "message of another kind": "UPDATE complaint_message SET kind = 'secret'",
    "letter never posted": "UPDATE complaint_message SET channel = 'post'",
    "reader deleted": "DELETE FROM complaint_reader",
    "reader replaced": "UPDATE complaint_reader SET person_id = named_by_id",
    "reader twice": (
        "INSERT INTO complaint_reader (complaint_id, person_id, named_by_id, named_at)"
        " SELECT complaint_id, person_id, named_by_id, named_at FROM complaint_reader"
    ),
    "ended before being named": "UPDATE complaint_reader SET ended_at = '2020-01-01 00:00:00+00'",
}


def test_the_database_alone_refuses(session: Session) -> None:
    found, officer = file_complaint(session), make_officer(session)
    name_reader(found, officer, make_staff(session, "Paul Roy", "advisor"))
    conclude(found, officer)
    passed = []
    for attack, statement in FORBIDDEN.items():
        try:
            with session.begin_nested():
                assert session.connection().execute(text(statement)).rowcount
            passed.append(attack)
        except DBAPIError:
            continue
    assert not passed
