"""Sixteen posts of the same sending at the same moment: one application, one proof, one page."""

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta
from threading import Barrier

import pytest
from flask import Flask
from sqlalchemy import func, select

from grants.clock import utc_now
from grants.extensions import db
from grants.models.case_files import Application, CaseCounter, CaseFile, Clock
from grants.models.trail import JournalEvent, OutboxRow
from tests.cases import make_draft
from tests.factories import make_member, sign_in

POSTS = 16


@pytest.mark.engine
def test_sixteen_posts_at_once_send_one_application(live_app: Callable[..., Flask]) -> None:
    app = live_app()
    with app.app_context():
        session = db.session()
        member = make_member(session)
        draft = make_draft(session, member, now=utc_now() - timedelta(minutes=5))
        address, version = f"/mon-espace/brouillons/{draft.public_id}/envoyer", draft.version
        confirmation = f"/mon-espace/demandes/{draft.case_public_id}/confirmation"
        clients = [app.test_client() for _ in range(POSTS)]
        for client in clients:
            sign_in(client, session, member)
        db.session.remove()
    ready = Barrier(POSTS)

    def post(number: int) -> tuple[int, str]:
        ready.wait()
        answer = clients[number].post(address, data={"version": str(version)})
        return answer.status_code, answer.location

    with ThreadPoolExecutor(POSTS) as pool:
        answers = list(pool.map(post, range(POSTS)))
    assert answers == [(303, confirmation)] * POSTS
    with app.app_context():
        counts = {
            "applications": count(Application.case_file_id),
            "files": count(CaseFile.id),
            "clocks": count(Clock.id),
            "received": count(JournalEvent.id, JournalEvent.kind == "application_received"),
            "proofs": count(OutboxRow.id, OutboxRow.kind == "pdf.deposit_proof"),
            "mails": count(OutboxRow.id, OutboxRow.kind == "mail.message"),
            "number": db.session().scalar(select(CaseCounter.last)),
        }
    assert set(counts.values()) == {1}, counts


@pytest.mark.engine
def test_sixteen_drafts_at_once_get_sixteen_numbers(live_app: Callable[..., Flask]) -> None:
    app = live_app()
    with app.app_context():
        session, posts = db.session(), []
        for _ in range(POSTS):
            member = make_member(session)
            draft = make_draft(session, member, now=utc_now() - timedelta(minutes=5))
            client = app.test_client()
            sign_in(client, session, member)
            posts.append((client, draft.public_id, draft.version))
        db.session.remove()
    ready = Barrier(POSTS)

    def post(number: int) -> int:
        client, public_id, version = posts[number]
        ready.wait()
        address = f"/mon-espace/brouillons/{public_id}/envoyer"
        return client.post(address, data={"version": str(version)}).status_code

    with ThreadPoolExecutor(POSTS) as pool:
        assert list(pool.map(post, range(POSTS))) == [303] * POSTS
    with app.app_context():
        numbers = db.session().scalars(select(CaseFile.number)).all()
        assert sorted(int(number.split("-")[2]) for number in numbers) == list(range(1, POSTS + 1))


def count(column: object, *where: object) -> int:
    return db.session().scalar(select(func.count(column)).where(*where)) or 0
