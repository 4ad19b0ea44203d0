"""Who one is ends at once when it ends, and nobody guesses their way in."""

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta
from threading import Barrier

import pytest
from flask import Flask
from flask.sessions import SecureCookieSessionInterface
from flask.testing import FlaskClient
from sqlalchemy import delete, func, select, update
from sqlalchemy.orm import Session

from grants.clock import utc_now
from grants.domain.access import Actor
from grants.extensions import db
from grants.models.organizations import Membership
from grants.models.people import Account, EmailCode, StaffRole, WebSession
from grants.models.trail import JournalEvent
from grants.operations import password_hashes
from tests.cases import make_draft
from tests.factories import make_member, make_staff, sign_in

PASSWORD = "trois lacs gelés au nord"
GUESSES, ALLOWED = 64, 10
DESK, SPACE = "/bureau/a-affecter", "/mon-espace/appels"


@pytest.fixture
def lead(client: FlaskClient, session: Session) -> Actor:
    """A team lead in front of the browser."""
    actor = make_staff(session, "Hélène Caron", "team_lead")
    sign_in(client, session, actor)
    assert client.get(DESK).status_code == 200
    return actor


@pytest.fixture
def member(client: FlaskClient, session: Session) -> Actor:
    """A person of an organization in front of the browser."""
    actor = make_member(session)
    sign_in(client, session, actor)
    assert client.get(SPACE).status_code == 200
    return actor


def test_a_role_taken_away_is_gone_at_the_next_request(
    client: FlaskClient, session: Session, lead: Actor
) -> None:
    session.execute(delete(StaffRole).where(StaffRole.person_id == lead.person_id))
    session.commit()
    assert client.get(DESK).status_code == 404
    assert client.post(DESK).status_code == 404
    assert client.get("/bureau/").status_code == 404


def test_a_place_that_ended_opens_nothing_more(
    client: FlaskClient, session: Session, member: Actor
) -> None:
    draft = f"/mon-espace/brouillons/{make_draft(session, member, now=utc_now()).public_id}"
    assert client.get(draft).status_code == 200
    mine = Membership.person_id == member.person_id
    session.execute(update(Membership).where(mine).values(ended_at=Membership.asked_at))
    session.commit()
    assert client.get(draft).status_code == 404
    assert client.get(SPACE).status_code == 404


def test_a_writer_made_reader_writes_nothing_more(
    client: FlaskClient, session: Session, member: Actor
) -> None:
    draft = make_draft(session, member, now=utc_now())
    section = f"/mon-espace/brouillons/{draft.public_id}/sections/mission"
    assert client.get(section).status_code == 200
    session.execute(update(Membership).values(role="reader"))
    session.commit()
    assert client.get(section).status_code == 404
    assert client.post(section, data={"mission_plain": "a"}).status_code == 404


@pytest.mark.parametrize(
    ("table", "values"),
    [
        (Account, {"disabled_at": utc_now()}),
        (WebSession, {"ended_at": utc_now()}),
        (WebSession, {"expires_at": utc_now()}),
        (WebSession, {"stage": "totp"}),
    ],
)
def test_an_account_or_session_that_ended_is_a_visitor(
    client: FlaskClient, session: Session, lead: Actor, table: type, values: dict[str, object]
) -> None:
    session.execute(update(table).values(**values))
    session.commit()
    answer = client.get(DESK)
    assert answer.status_code == 302
    assert answer.location.startswith("/compte/entrer")


def test_an_idle_hour_ends_a_session_and_a_request_prolongs_it(
    client: FlaskClient, lead: Actor
) -> None:
    for minutes, status in ((59, 200), (59, 200), (61, 302)):
        with client.session_transaction() as cookie:
            cookie["seen"] = (utc_now() - timedelta(minutes=minutes)).timestamp()
        assert client.get(DESK).status_code == status


def test_signing_out_ends_every_copy_of_the_cookie(client: FlaskClient, lead: Actor) -> None:
    copy = client.application.test_client()
    with client.session_transaction() as mine, copy.session_transaction() as stolen:
        stolen.update(mine)
    assert copy.get(DESK).status_code == 200
    client.post("/compte/sortir")
    assert copy.get(DESK).status_code == 302


def test_a_cookie_that_we_did_not_sign_is_nothing(client: FlaskClient, lead: Actor) -> None:
    with client.session_transaction() as cookie:
        known = dict(cookie)
    other = Flask("other")
    other.secret_key = "une-autre-cle"
    forged = SecureCookieSessionInterface().get_signing_serializer(other).dumps(known)
    thief = client.application.test_client()
    thief.set_cookie("appui", forged)
    assert thief.get(DESK).status_code == 302


def test_the_cookie_says_nothing_of_the_person(client: FlaskClient, lead: Actor) -> None:
    with client.session_transaction() as cookie:
        assert set(cookie) <= {"token", "seen", "csrf_token", "organization", "_flashes"}
        assert lead.email not in str(dict(cookie))


def test_a_planted_token_is_worth_nothing_after_signing_in(
    client: FlaskClient, session: Session
) -> None:
    email = with_password(session)
    with client.session_transaction() as cookie:
        cookie.update(token="planted", seen=utc_now().timestamp(), csrf_token="planted")
    client.post("/compte/entrer", data={"email": email, "password": PASSWORD})
    with client.session_transaction() as cookie:
        assert "planted" not in (cookie["token"], cookie.get("csrf_token"))


def with_password(session: Session) -> str:
    """The address of an account that can sign in."""
    account = session.get_one(Account, make_member(session).account_id)
    account.password_hash = password_hashes.hashed(PASSWORD)
    session.commit()
    return account.email


def together(app: Flask, clients: list[FlaskClient], url: str, data: dict[str, str]) -> list[int]:
    """The same post from every browser at the same moment."""
    ready = Barrier(len(clients))

    def post(client: FlaskClient) -> int:
        ready.wait()
        return client.post(url, data=data).status_code

    with ThreadPoolExecutor(len(clients)) as pool:
        return list(pool.map(post, clients))


@pytest.mark.engine
def test_of_64_guesses_at_once_ten_are_checked(live_app: Callable[..., Flask]) -> None:
    app = live_app()
    with app.app_context():
        email = with_password(db.session())
    clients = [FlaskClient(app, app.response_class, use_cookies=True) for _ in range(GUESSES)]
    guess = {"email": email, "password": "une phrase longue au hasard"}
    statuses = together(app, clients, "/compte/entrer", guess)
    assert set(statuses) == {200, 429}
    assert statuses.count(200) <= ALLOWED
    with app.app_context():
        failed = select(func.count()).where(JournalEvent.kind == "sign_in_failed")
        assert db.session().scalar(failed) == statuses.count(200)
    right = clients[0].post("/compte/entrer", data={"email": email, "password": PASSWORD})
    assert right.status_code == 429, "not even the right password, for the hour"


@pytest.mark.engine
def test_of_64_codes_at_once_no_more_than_ten_are_checked(live_app: Callable[..., Flask]) -> None:
    app = live_app()
    first = FlaskClient(app, app.response_class, use_cookies=True)
    with app.app_context():
        email = with_password(db.session())
    first.post("/compte/entrer", data={"email": email, "password": PASSWORD})
    cookie = first.get_cookie("appui").value
    clients = [FlaskClient(app, app.response_class, use_cookies=True) for _ in range(GUESSES)]
    for client in clients:
        client.set_cookie("appui", cookie)
    statuses = together(app, clients, "/compte/code", {"code": "000000"})
    assert statuses.count(200) <= ALLOWED
    assert statuses.count(429) >= GUESSES - ALLOWED
    with app.app_context():
        assert db.session().scalars(select(EmailCode.attempts)).one() <= ALLOWED // 2
