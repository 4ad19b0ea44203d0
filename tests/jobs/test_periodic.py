"""What the clock asks for is owed once an hour or once a day, however many sweeps look."""

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime, timedelta
from threading import Barrier

import pytest
from flask import Flask, current_app
from sqlalchemy import select, update
from sqlalchemy.orm import Session

from grants import clock
from grants.domain.access import SYSTEM
from grants.domain.journal import exported_head
from grants.extensions import db
from grants.jobs import handlers
from grants.jobs.periodic import owe_periodic
from grants.models.trail import JournalExport, OutboxRow
from grants.operations import periodic
from grants.operations.trail import record
from grants.queries import journal
from grants.unit_of_work import saving
from tests.factories import NOW
from tests.jobs.rows import row_of

HOUR = timedelta(hours=1)
SWEEPS = 4


def _keys(session: Session) -> list[str]:
    query = select(OutboxRow.key).where(OutboxRow.kind.in_((periodic.TALLY, periodic.JOURNAL_HEAD)))
    return sorted(session.scalars(query))


@pytest.mark.engine
def test_an_hour_is_owed_once_and_the_next_one_again(session: Session) -> None:
    for instant in (NOW, NOW + timedelta(minutes=40), NOW + HOUR):
        owe_periodic(session, instant)
    assert _keys(session) == [
        "figures:SACA:2026-11-24T10",
        "figures:SACA:2026-11-24T11",
        "figures:SCT:2026-11-24T10",
        "figures:SCT:2026-11-24T11",
        "journal:2026-11-24",
    ]


@pytest.mark.engine
def test_sweeps_that_look_together_owe_once(live_app: Callable[..., Flask]) -> None:
    app, together = live_app(), Barrier(SWEEPS)

    def sweep() -> None:
        with app.app_context():
            debts = periodic.missing(db.session(), now=NOW)  # all see that nothing is owed
            together.wait()
            with saving() as session:
                periodic.owe(session, debts, now=NOW)
            db.session.remove()

    with ThreadPoolExecutor(SWEEPS) as pool:
        for each in [pool.submit(sweep) for _ in range(SWEEPS)]:
            each.result()
    with app.app_context():
        assert len(_keys(db.session())) == 3


def test_the_hour_that_comes_twice_is_one(session: Session) -> None:
    autumn = datetime(2026, 11, 1, 5, 30, tzinfo=UTC)  # 1:30, then 1:30 again
    owe_periodic(session, autumn)
    owe_periodic(session, autumn + HOUR)
    assert len(_keys(session)) == 3


def test_what_was_done_long_ago_is_forgotten_and_nothing_else(session: Session) -> None:
    owe_periodic(session, NOW)
    tallies = update(OutboxRow).where(OutboxRow.kind == periodic.TALLY)
    session.execute(tallies.values(state="done"))
    session.commit()
    later = NOW + periodic.KEPT + timedelta(days=1)
    owe_periodic(session, later)
    assert [key for key in _keys(session) if "11-24" in key] == ["journal:2026-11-24"]


@pytest.mark.engine
def test_the_head_is_written_outside_and_the_chain_holds_it(session: Session) -> None:
    owe_periodic(session, clock.utc_now())
    row_id = row_of(session, periodic.JOURNAL_HEAD).id
    with saving() as saved:
        record(saved, "signed_out", actor=SYSTEM, now=NOW)
    handlers.run(row_id)
    export = session.scalars(select(JournalExport)).one()
    line = current_app.extensions["storage"].get(export.storage_key).decode()
    assert exported_head(line) == f"{export.position}:{export.digest}"
    assert journal.head_problem(session, exported_head(line)) is None
    assert journal.head(session).position == export.position + 1  # the export has its trace


def test_a_journal_without_a_line_has_nothing_to_write(session: Session) -> None:
    owe_periodic(session, clock.utc_now())
    row = row_of(session, periodic.JOURNAL_HEAD)
    handlers.run(row.id)
    assert row_of(session, periodic.JOURNAL_HEAD).state == "done"
    assert journal.last_export(session) is None
