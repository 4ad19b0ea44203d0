"""What the database refuses by itself, tried by raw SQL, with its control."""

from collections.abc import Callable

import pytest
from flask import Flask
from sqlalchemy import text
from sqlalchemy.exc import DBAPIError
from sqlalchemy.orm import Session

from grants.extensions import db
from grants.models.guards import TRIGGERS
from tests.cases import make_case
from tests.factories import make_staff

pytestmark = pytest.mark.engine

FORBIDDEN = {
    "journal event edited": "UPDATE journal_event SET kind = 'other'",
    "journal event deleted": "DELETE FROM journal_event",
    "journal link edited": "UPDATE journal_link SET digest = 'x'",
    "answers edited": "UPDATE application SET amount_cents = 1",
    "application deleted": "DELETE FROM application",
    "form edited": "UPDATE form_version SET definition = '{}'",
    "receipt moved": "UPDATE case_file SET received_at = '2020-01-01 00:00:00+00:00'",
    "number changed": "UPDATE case_file SET number = 'X'",
    "closed without withdrawal": "UPDATE case_file SET closed_at = received_at",
    "unknown status": "UPDATE case_file SET status = 'paid'",
    "advisor who is no participant": "UPDATE case_file SET advisor_id = :stranger",
    "case file deleted": "DELETE FROM case_file",
    "assignment deleted": "DELETE FROM assignment",
    "clock deleted": "DELETE FROM clock",
    "message deleted": "DELETE FROM message",
    "sent file moved back to a draft": (
        "UPDATE attachment SET case_file_id = NULL, draft_id = (SELECT max(id) FROM draft)"
    ),
    "sent draft reopened": "UPDATE draft SET case_file_id = NULL WHERE case_file_id IS NOT NULL",
    "moved to another matter": "UPDATE case_file SET matter_id = matter_id + 1",
    "clock restarted": "UPDATE clock SET received_at = '2020-01-01 00:00:00+00:00'",
    "clock stopped without a reason": "UPDATE clock SET stopped_at = due_at, stop_event = NULL",
    "second side in a matter": (
        "INSERT INTO participant (matter_id, person_id, side)"
        " SELECT matter_id, person_id, 'revision' FROM participant"
    ),
    "lease without owner": "UPDATE outbox SET state = 'taken', lease_id = NULL",
    "thirteen tries": "UPDATE email_code SET attempts = 13",
}

HARMFUL = ("journal event edited", "journal link edited", "answers edited", "form edited")


@pytest.mark.parametrize("attack", sorted(FORBIDDEN))
def test_the_database_alone_refuses(session: Session, attack: str) -> None:
    case = make_case(session, advisor=make_staff(session, "Odile Morin", "advisor"))
    stranger = make_staff(session, "Paul Roy", "advisor")
    _one_code(session)
    assert case.id
    with pytest.raises(DBAPIError), session.begin_nested():
        session.execute(text(FORBIDDEN[attack]), {"stranger": stranger.person_id})


def _one_code(session: Session) -> None:
    session.execute(
        text(
            "INSERT INTO email_code (public_id, account_id, created_at, expires_at, attempts)"
            " SELECT 'p', min(id), '2026-01-01 00:00:00', '2026-01-01 00:00:00', 0 FROM account"
        )
    )


@pytest.mark.parametrize("attack", HARMFUL)
def test_without_the_guard_the_harm_appears(
    live_app: Callable[..., Flask], engine_name: str, attack: str
) -> None:
    """The control: the same attack on a schema without triggers goes through."""
    app = live_app()
    with app.app_context():
        make_case(db.session())
        with db.engine.begin() as connection:
            for trigger in TRIGGERS:
                table = "" if engine_name == "sqlite" else f" ON {trigger.table}"
                if trigger.sqlite or table:
                    connection.execute(text(f"DROP TRIGGER {trigger.name}{table}"))
            assert connection.execute(text(FORBIDDEN[attack])).rowcount > 0
