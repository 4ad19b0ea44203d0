"""A row is taken by one worker at a time, and only the holder of the lease ends it."""

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta
from threading import Barrier

import pytest
from flask import Flask
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Session

from grants.extensions import db
from grants.operations import outbox, trail
from grants.unit_of_work import saving
from tests.factories import NOW
from tests.jobs.rows import owe, row

THREADS = 8
ROWS = 6
SECOND = timedelta(seconds=1)
AFTER_LEASE = NOW + outbox.LEASE + SECOND

LiveApp = Callable[..., Flask]


def claim(row_id: int, now=NOW) -> outbox.Claim | None:
    with saving() as session:
        return outbox.claim(session, row_id, now=now)


def taken(row_id: int, now=NOW) -> outbox.Claim:
    claimed = claim(row_id, now)
    assert claimed is not None
    return claimed


@pytest.mark.engine
def test_of_eight_workers_one_takes_the_row(live_app: LiveApp) -> None:
    app = live_app()
    with app.app_context():
        row_ids = [owe() for _ in range(ROWS)]
    together = Barrier(THREADS)

    def work() -> list[outbox.Claim]:
        with app.app_context():
            together.wait()
            claims = [claim(row_id) for row_id in row_ids]
            db.session.remove()
        return [claimed for claimed in claims if claimed is not None]

    with ThreadPoolExecutor(THREADS) as pool:
        found = [future.result() for future in [pool.submit(work) for _ in range(THREADS)]]
    claims = [claimed for each in found for claimed in each]
    assert sorted(claimed.row_id for claimed in claims) == row_ids
    assert len({claimed.lease_id for claimed in claims}) == ROWS


@pytest.mark.engine
def test_a_taken_row_is_taken_over_only_when_its_lease_has_lapsed(session: Session) -> None:
    row_id = owe()
    first = taken(row_id)
    assert claim(row_id, NOW + outbox.LEASE) is None
    second = taken(row_id, AFTER_LEASE)
    assert second.lease_id != first.lease_id
    found = row(session, row_id)
    assert (found.state, found.attempts, found.crashes) == ("taken", 2, 1)


@pytest.mark.engine
def test_whoever_lost_the_lease_ends_nothing(session: Session) -> None:
    row_id = owe()
    late, present = taken(row_id), taken(row_id, AFTER_LEASE)
    for ending in (
        lambda saved: outbox.finish(saved, late),
        lambda saved: outbox.give_back(saved, late, "away", now=AFTER_LEASE),
        lambda saved: outbox.give_back_broken(saved, late, "broken", now=AFTER_LEASE),
        lambda saved: outbox.give_up(saved, late, "refused"),
    ):
        with pytest.raises(outbox.LeaseLost), saving() as saved:
            ending(saved)
    assert row(session, row_id).lease_id == present.lease_id
    with saving() as saved:
        outbox.finish(saved, present)
    assert row(session, row_id).state == "done"


@pytest.mark.engine
def test_a_row_done_is_done_for_good(session: Session) -> None:
    row_id = owe()
    claimed = taken(row_id)
    with saving() as saved:
        outbox.finish(saved, claimed)
    assert claim(row_id, AFTER_LEASE) is None
    with pytest.raises(outbox.LeaseLost), saving() as saved:
        outbox.finish(saved, claimed)


@pytest.mark.engine
def test_a_row_given_back_waits_its_time_and_says_why(session: Session) -> None:
    row_id = owe()
    claimed = taken(row_id)
    with saving() as saved:
        outbox.give_back(saved, claimed, "ServerAway: refused", now=NOW)
    found = row(session, row_id)
    assert (found.state, found.crashes) == ("waiting", 0)
    assert found.last_error == "ServerAway: refused"
    again_at = NOW + outbox.PATIENCE
    assert claim(row_id, again_at - SECOND) is None
    assert [row for _, row in outbox.due(session, now=again_at - SECOND)] == []
    assert [row for _, row in outbox.due(session, now=again_at)] == [row_id]
    assert claim(row_id, again_at) is not None


def test_a_mail_server_away_for_a_day_never_gives_the_row_up(session: Session) -> None:
    row_id, now = owe(), NOW
    for _ in range(200):
        claimed = taken(row_id, now)
        with saving() as saved:
            outbox.give_back(saved, claimed, "away", now=now)
        now += outbox.PATIENCE
    assert row(session, row_id).state == "waiting"


@pytest.mark.engine
def test_five_lost_workers_give_the_row_up_and_the_others_go_on(session: Session) -> None:
    deadly, now = owe(), NOW
    for _ in range(outbox.MOST_CRASHES):
        taken(deadly, now)
        now += outbox.LEASE + SECOND
    other = owe(now=now)
    assert [row for _, row in outbox.due(session, now=now)] == [deadly, other]
    assert claim(deadly, now) is None
    found = row(session, deadly)
    assert (found.state, found.crashes) == ("failed", outbox.MOST_CRASHES)
    assert found.last_error
    assert [row for _, row in outbox.due(session, now=now)] == [other]
    assert claim(other, now) is not None


@pytest.mark.engine
def test_five_faults_of_ours_give_the_row_up(session: Session) -> None:
    row_id, now = owe(), NOW
    for _ in range(outbox.MOST_CRASHES):
        claimed = taken(row_id, now)
        with saving() as saved:
            outbox.give_back_broken(saved, claimed, "KeyError: 'x'", now=now)
        now += outbox.PATIENCE
    assert row(session, row_id).state == "failed"
    assert claim(row_id, now) is None


def test_a_row_given_up_can_be_tried_again_by_a_person(session: Session) -> None:
    row_id = owe()
    claimed = taken(row_id)
    with saving() as saved:
        outbox.give_up(saved, claimed, "recipient [550]")
    with saving() as saved:
        outbox.retry(saved, row(saved, row_id).key, now=NOW)
    assert claim(row_id) is not None


@pytest.mark.engine
def test_the_same_debt_is_refused_twice(session: Session) -> None:
    row_id = owe()
    key = row(session, row_id).key
    with pytest.raises(IntegrityError), saving() as again:
        trail.owed(again, "mail.code", 1, key=key, now=NOW)
    assert [row for _, row in outbox.due(session, now=NOW)] == [row_id]
