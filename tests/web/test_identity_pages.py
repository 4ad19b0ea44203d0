"""« Confirmez que c’est bien vous », as a browser meets it."""

import re
from collections.abc import Callable

import pyotp
import pytest
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import func, select
from sqlalchemy.orm import Session
from werkzeug.test import TestResponse

from grants.clock import utc_now
from grants.domain.access import Actor
from grants.domain.credentials import email_code, totp_secret
from grants.models.people import Account, EmailCode, WebSession
from grants.operations import password_hashes
from tests.databases import KEY
from tests.factories import make_member, make_staff, sign_in

PASSWORD = "trois lacs gelés au nord"
HASH = password_hashes.hashed(PASSWORD)
CONFIRM, FACTOR, DEMO = (
    f"/compte/confirmer{end}?next=/compte/avis" for end in ("", "/code", "/demonstration")
)


@pytest.fixture
def member(client: FlaskClient, session: Session) -> Actor:
    return signed_in(client, session, make_member(session))


@pytest.fixture
def advisor(client: FlaskClient, session: Session) -> Actor:
    return signed_in(client, session, make_staff(session, "Odile Morin", "advisor"))


def signed_in(client: FlaskClient, session: Session, actor: Actor) -> Actor:
    session.get_one(Account, actor.account_id).password_hash = HASH
    sign_in(client, session, actor)
    return actor


def words(answer: TestResponse) -> str:
    text = re.sub(r"<[^>]+>", " ", answer.get_data(as_text=True).split("<body", 1)[1])
    return re.sub(r"\s+", " ", text)


def confirmed(session: Session) -> int:
    query = select(func.count()).where(WebSession.confirmed_at.is_not(None))
    return session.scalars(query).one()


def mailed(session: Session) -> str:
    code = session.scalars(select(EmailCode).order_by(EmailCode.id.desc())).first()
    return email_code(KEY.encode(), code.public_id)


def test_an_organization_confirms_and_comes_back(
    client: FlaskClient, session: Session, member: Actor
) -> None:
    page = words(client.get(CONFIRM))
    assert "Confirmez que c’est bien vous" in page
    assert "5 minutes et un seul geste" in page
    assert "démonstration)" not in page
    assert 'href="/compte/avis"' in client.get(CONFIRM).text, "a way back"
    assert client.get(FACTOR).location == CONFIRM, "the password comes first"
    answer = client.post(CONFIRM, data={"password": PASSWORD})
    assert answer.location == FACTOR
    assert member.email in words(client.get(FACTOR))
    code = mailed(session)
    wrong = client.post(FACTOR, data={"code": "000000" if code != "000000" else "111111"})
    assert "Vérifiez ce code" in words(wrong)
    assert confirmed(session) == 0
    assert client.post(FACTOR, data={"code": code}).location == "/compte/avis"
    assert confirmed(session) == 1
    assert "C’est confirmé jusqu’à" in words(client.get("/compte/avis"))
    again = client.post(FACTOR, data={"code": code})
    assert again.location == "/compte/avis", "a double click is no failure"


def test_the_staff_confirms_with_the_authenticator(
    client: FlaskClient, session: Session, advisor: Actor
) -> None:
    assert client.post("/compte/confirmer", data={"password": PASSWORD}).status_code == 303
    assert "montre votre application" in words(client.get("/compte/confirmer/code"))
    account = session.get_one(Account, advisor.account_id)
    code = pyotp.TOTP(totp_secret(KEY.encode(), account.public_id)).at(utc_now())
    answer = client.post("/compte/confirmer/code", data={"code": code})
    assert answer.location == "/bureau/", "without a page to come back to"
    assert confirmed(session) == 1
    assert client.get("/bureau/").status_code == 200, "the session went on"


def test_a_wrong_password_goes_no_further_and_ten_tries_wait(
    client: FlaskClient, session: Session, advisor: Actor
) -> None:
    for _ in range(10):
        wrong = client.post(CONFIRM, data={"password": "une autre phrase longue"})
        assert "Vérifiez votre mot de passe" in words(wrong)
    late = client.post(CONFIRM, data={"password": PASSWORD})
    assert late.status_code == 429
    assert PASSWORD not in late.text
    entering = {"email": advisor.email, "password": PASSWORD}
    other = client.application.test_client()
    assert other.post("/compte/entrer", data=entering).status_code == 429, "one counter"
    assert confirmed(session) == 0


def test_the_eleventh_code_and_the_sixth_resending_wait(
    client: FlaskClient, session: Session, member: Actor
) -> None:
    client.post(CONFIRM, data={"password": PASSWORD})
    resend = "/compte/confirmer/code/renvoyer?next=/compte/avis"
    assert [client.post(resend).status_code for _ in range(6)] == [303] * 5 + [429]
    assert [client.post(FACTOR, data={"code": "1"}).status_code for _ in range(11)] == [
        *[200] * 10,
        429,
    ]
    assert client.post(FACTOR, data={"code": mailed(session)}).status_code == 429


@pytest.mark.parametrize("path", ["https://ailleurs.example", "//ailleurs.example", "/\\ailleurs"])
def test_nobody_is_sent_elsewhere(
    client: FlaskClient, session: Session, member: Actor, path: str
) -> None:
    asked = {"next": path}
    assert "ailleurs" not in client.get("/compte/confirmer", query_string=asked).text
    client.post("/compte/confirmer", query_string=asked, data={"password": PASSWORD})
    data = {"code": mailed(session)}
    answer = client.post("/compte/confirmer/code", query_string=asked, data=data)
    assert answer.location == "/mon-espace/"


def test_one_button_confirms_a_person_of_the_demonstration(
    client: FlaskClient, session: Session, advisor: Actor
) -> None:
    assert client.post(DEMO).status_code == 404, "a real person of a demonstration"
    session.get_one(Account, advisor.account_id).email = "odile@demo.appui.example"
    session.commit()
    assert "Confirmer mon identité (démonstration)" in words(client.get(CONFIRM))
    far = {"REMOTE_ADDR": "192.0.2.7"}
    assert client.post(DEMO, environ_overrides=far).status_code == 404
    assert confirmed(session) == 0
    assert client.post(DEMO).location == "/compte/avis"
    assert confirmed(session) == 1


def test_the_button_does_not_exist_outside_the_demonstration(
    live_app: Callable[..., Flask],
) -> None:
    app = live_app(demo=False)
    with app.app_context():
        session = app.extensions["sqlalchemy"].session()
        actor = make_staff(session, "Odile Morin", "advisor")
        session.get_one(Account, actor.account_id).email = "odile@demo.appui.example"
        client = app.test_client()
        sign_in(client, session, actor)
        page = client.get(CONFIRM)
        assert page.status_code == 200
        assert "démonstration" not in page.text
        assert client.post(DEMO).status_code == 404
        assert confirmed(session) == 0
