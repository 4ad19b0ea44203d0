"""Sixteen posts of the same sending at the same moment: one application, one proof, one page."""

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta
from threading import Barrier

import pytest
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import func, select

from grants.clock import utc_now
from grants.domain.access import Actor
from grants.extensions import db
from grants.models.case_files import Application, CaseCounter, CaseFile
from grants.models.clocks import Clock
from grants.models.trail import JournalEvent, OutboxRow
from tests.cases import make_draft
from tests.factories import make_member, sign_in

POSTS = 16
SPACE = "/mon-espace"


def at_once(act: Callable[[int], object]) -> list[object]:
    """What sixteen threads got that started at the same moment."""
    ready = Barrier(POSTS)

    def waited(number: int) -> object:
        ready.wait()
        return act(number)

    with ThreadPoolExecutor(POSTS) as pool:
        return list(pool.map(waited, range(POSTS)))


def browsers(app: Flask, member: Actor) -> list[FlaskClient]:
    """Sixteen browsers of one person."""
    clients = [app.test_client() for _ in range(POSTS)]
    for client in clients:
        sign_in(client, db.session(), member)
    return clients


@pytest.mark.engine
def test_sixteen_posts_at_once_send_one_application(live_app: Callable[..., Flask]) -> None:
    app = live_app()
    with app.app_context():
        member = make_member(db.session())
        draft = make_draft(db.session(), member, now=utc_now() - timedelta(minutes=5))
        address, version = f"{SPACE}/brouillons/{draft.public_id}/envoyer", str(draft.version)
        confirmation = f"{SPACE}/demandes/{draft.case_public_id}/confirmation"
        clients = browsers(app, member)
        db.session.remove()

    def post(number: int) -> tuple[int, str]:
        answer = clients[number].post(address, data={"version": version})
        return answer.status_code, answer.location

    assert at_once(post) == [(303, confirmation)] * POSTS
    with app.app_context():
        assert set(effects().values()) == {1}, effects()


def effects() -> dict[str, int]:
    """How many of each thing a sending makes."""
    return {
        "applications": count(Application.case_file_id),
        "files": count(CaseFile.id),
        "clocks": count(Clock.id),
        "received": count(JournalEvent.id, JournalEvent.kind == "application_received"),
        "proofs": count(OutboxRow.id, OutboxRow.kind == "pdf.deposit_proof"),
        "mails": count(OutboxRow.id, OutboxRow.kind == "mail.message"),
        "number": db.session().scalar(select(CaseCounter.last)) or 0,
    }


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

    def post(number: int) -> int:
        client, public_id, version = posts[number]
        address = f"{SPACE}/brouillons/{public_id}/envoyer"
        return client.post(address, data={"version": str(version)}).status_code

    assert at_once(post) == [303] * POSTS
    with app.app_context():
        numbers = db.session().scalars(select(CaseFile.number)).all()
        assert sorted(int(number.split("-")[2]) for number in numbers) == list(range(1, POSTS + 1))


def count(column: object, *where: object) -> int:
    return db.session().scalar(select(func.count(column)).where(*where)) or 0
