"""Whoever follows without an account reads their own, nothing that the staff noted, and the pages
that lead there write nothing."""

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import timedelta

import pytest
from flask.testing import FlaskClient
from sqlalchemy import select, update
from werkzeug.test import TestResponse

from grants.clock import utc_now
from grants.extensions import db
from grants.models.case_files import CaseFile
from grants.models.complaints import Complaint, ComplaintMessage
from grants.models.tracking import TrackingCode
from tests.access.leaks import leaks
from tests.access.people import World
from tests.access.routes import undone, writings
from tests.factories import unique

THINGS = {"question": CaseFile, "press": CaseFile, "concluded": Complaint}
WORDS = [("question", "question"), ("press", "press"), ("concluded", "complaint")]
PAGES = ("/suivre/dossier", "/suivre/code", "/suivre", "/renseignements/recue", "/plaintes/recu")


@contextmanager
def following(world: World, kind: str) -> Iterator[FlaskClient]:
    """A browser that answered the code of alpha's thing, asked for another code, and has just
    sent a question and a message; every mail about complaints left."""
    table, public_id = THINGS[kind], world.owned["alpha"][kind]["public_id"]
    held = "complaint_id" if table is Complaint else "case_file_id"
    answered, waiting, now = unique(), unique(), utc_now()
    until = {"created_at": now, "expires_at": now + timedelta(minutes=15)}
    with undone(world.app):
        with world.app.app_context():
            row_id = db.session.scalars(select(table.id).filter_by(public_id=public_id)).one()
            for code, used_at in ((answered, now), (waiting, None)):
                place = {"public_id": code, "used_at": used_at, held: row_id}
                db.session.add(TrackingCode(**place, **until))
            db.session.execute(update(ComplaintMessage).values(sent_at=now))
            db.session.commit()
        browser = world.named("visitor").browser()
        with browser.session_transaction() as cookie:
            cookie |= {"following": answered, "tracking": waiting, "shown_once": "PLA-1"}
            cookie["told"] = {"office": "SACA", "may_follow": True}
            cookie["asked"] = world.owned["alpha"]["question"]["public_id"]
        yield browser


def shown(world: World, answer: TestResponse, group: str) -> list[str]:
    """The canary words on a page, but those of whoever wrote it."""
    found = leaks(world.named("visitor"), answer, "public.followed")
    return [word for word in found if word != f"zq{group}alpha"]


@pytest.mark.parametrize(("kind", "group"), WORDS)
def test_a_follower_reads_their_own_and_no_page_writes(world: World, kind: str, group: str) -> None:
    with following(world, kind) as browser, writings(world.app) as seen:
        answers = {page: browser.get(page) for page in PAGES}
    assert {answer.status_code for answer in answers.values()} == {200}
    assert not seen
    for page, answer in answers.items():
        mine = group if page == "/suivre/dossier" else "question"
        assert not shown(world, answer, mine), page
        assert answer.headers["Cache-Control"] == "private, no-store"
    assert f"zq{group}alpha" in answers["/suivre/dossier"].text or kind == "press"


def test_a_visitor_without_the_code_reads_nothing(world: World) -> None:
    browser = world.named("visitor").browser()
    with browser.session_transaction() as cookie:
        cookie["following"] = world.owned["alpha"]["question"]["public_id"]
    assert browser.get("/suivre/dossier").location == "/suivre"
