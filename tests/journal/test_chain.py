"""The journal's chain: what was done to it by SQL is seen, and the first bad line is named."""

from collections.abc import Callable

import pytest
from flask import Flask
from sqlalchemy import text
from sqlalchemy.orm import Session

from grants.domain.journal import first_bad_line
from grants.extensions import db
from grants.models.guards import TRIGGERS
from grants.queries import journal
from tests.cases import make_case
from tests.databases import KEY
from tests.factories import make_staff

pytestmark = pytest.mark.engine

TAMPERING = {
    "edited": "UPDATE journal_event SET facts = '{}' WHERE id = :id",
    "attributed to nobody": "UPDATE journal_event SET actor_id = NULL WHERE id = :id",
    "moved in time": "UPDATE journal_event SET at = '2020-01-01 00:00:00+00:00' WHERE id = :id",
    "moved to no file": "UPDATE journal_event SET case_file_id = NULL WHERE id = :id",
    "unlinked": "DELETE FROM journal_link WHERE event_id = :id",
    "another digest": "UPDATE journal_link SET digest = 'x' WHERE event_id = :id",
}


def _bad_line(session: Session) -> int | None:
    return first_bad_line(KEY.encode(), journal.lines(session))


def test_every_act_is_chained(session: Session) -> None:
    make_case(session, advisor=make_staff(session, "Odile Morin", "advisor"))
    assert _bad_line(session) is None
    assert journal.head(session).position >= 4
    assert journal.events_without_link(session) == []
    assert journal.head_problem(session, None) is None


@pytest.mark.parametrize("how", sorted(TAMPERING))
def test_tampering_is_seen_and_the_line_named(
    live_app: Callable[..., Flask], engine_name: str, how: str
) -> None:
    app = live_app()
    with app.app_context():
        advisor = make_staff(db.session(), "Odile Morin", "advisor")
        case = make_case(db.session(), advisor=advisor)  # several lines follow the first
        event_id, position = (
            db.session()
            .execute(
                text(
                    "SELECT e.id, l.position FROM journal_event e JOIN journal_link l"
                    " ON l.event_id = e.id WHERE e.case_file_id = :case ORDER BY e.id LIMIT 1"
                ),
                {"case": case.id},
            )
            .one()
        )
        _disarm(engine_name)
        with db.engine.begin() as connection:
            assert connection.execute(text(TAMPERING[how]), {"id": event_id}).rowcount == 1
        assert _bad_line(db.session()) == position


def test_a_cut_tail_and_a_lost_exported_head_are_seen(
    live_app: Callable[..., Flask], engine_name: str
) -> None:
    app = live_app()
    with app.app_context():
        make_case(db.session())
        head = journal.head(db.session())
        exported = f"{head.position}:{head.digest}"
        assert journal.head_problem(db.session(), exported) is None
        db.session.rollback()
        _disarm(engine_name)
        _cut(head_too=False)
        assert journal.head_problem(db.session(), None) == "tail_cut"
        db.session.rollback()
        _cut(head_too=True)
        assert journal.head_problem(db.session(), None) is None, "known limit: see the guide"
        assert journal.head_problem(db.session(), exported) == "exported_head_missing"


def _cut(*, head_too: bool) -> None:
    with db.engine.begin() as connection:
        last = "SELECT position FROM journal_link ORDER BY position DESC LIMIT 1"
        if not head_too:
            connection.execute(text(f"DELETE FROM journal_link WHERE position = ({last})"))
            return
        connection.execute(
            text(
                f"UPDATE journal_head SET position = ({last}),"
                " digest = (SELECT digest FROM journal_link ORDER BY position DESC LIMIT 1)"
            )
        )


def _disarm(engine_name: str) -> None:
    """What somebody who owns the tables can do; no reading stays open meanwhile."""
    db.session.rollback()
    with db.engine.begin() as connection:
        for trigger in TRIGGERS:
            if trigger.table.startswith("journal") and (trigger.sqlite or engine_name != "sqlite"):
                where = "" if engine_name == "sqlite" else f" ON {trigger.table}"
                connection.execute(text(f"DROP TRIGGER {trigger.name}{where}"))
