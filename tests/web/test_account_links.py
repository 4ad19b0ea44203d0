"""Other ways in: the mailed link, and the one click of the demonstration."""

from collections.abc import Callable

from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import select
from sqlalchemy.orm import Session

from grants.clock import utc_now
from grants.domain.access import SYSTEM, Role
from grants.domain.credentials import link_token
from grants.mail.account_messages import link_mail
from grants.models.people import Account, AccountLink
from grants.operations import accounts
from grants.operations.accounts import StaffDetails
from grants.queries.accounts import link_to_send
from grants.unit_of_work import saving
from tests.databases import KEY
from tests.factories import make_account, make_member

BASE_URL = "http://127.0.0.1:8000"
FIRST, SECOND = "trois lacs gelés au nord", "quatre rivières au printemps"


def link_path(session: Session) -> str:
    """Where the mailed link leads; the mail carries the same, on the address of the settings."""
    link = session.scalars(select(AccountLink)).one()
    key = KEY.encode()
    path = f"/compte/lien/{link.public_id}/{link_token(key, link.public_id)}"
    to_send = link_to_send(session, link.id)
    mail = link_mail(to_send, key=key, base_url=BASE_URL, message_id="m")
    assert f"{BASE_URL}{path}" in mail.text
    return path


def enter(client: FlaskClient, email: str, password: str) -> str | None:
    answer = client.post("/compte/entrer", data={"email": email, "password": password})
    return answer.location


def test_a_forgotten_password_is_set_by_the_mailed_link(
    client: FlaskClient, session: Session
) -> None:
    email = make_account(session, "Aline Saint-Onge", "organization").email
    asked = [
        client.post("/compte/mot-de-passe-oublie", data={"email": address})
        for address in (email, "personne@exemple.quebec")
    ]
    assert asked[0].location == asked[1].location
    assert "Regardez vos courriels" in client.get(asked[0].location).text
    path = link_path(session)
    assert client.get(path[:-1] + "x").status_code == 404
    assert "au moins 12" in client.post(path, data={"password": "court"}).text
    assert client.post(path, data={"password": SECOND}).location == "/compte/entrer"
    assert client.get(path).status_code == 404, "one use"
    assert enter(client, email, FIRST) is None
    assert enter(client, email, SECOND) == "/compte/code"


def test_invited_staff_chooses_a_password_of_fifteen_then_enrols(
    client: FlaskClient, session: Session
) -> None:
    details = StaffDetails(
        "Hélène Caron", "helene@exemple.quebec", "SACA", "Cheffe d’équipe", frozenset(Role)
    )
    with saving() as act:
        accounts.create_staff(act, details, actor=SYSTEM, now=utc_now())
    path = link_path(session)
    assert "au moins 15" in client.post(path, data={"password": "douze lettres"}).text
    client.post(path, data={"password": FIRST})
    installing = "/compte/double-verification/installer"
    assert enter(client, "helene@exemple.quebec", FIRST) == installing


def test_the_demonstration_is_entered_in_one_click(client: FlaskClient, session: Session) -> None:
    account = session.get_one(Account, make_member(session).account_id)
    account.email = "aline@demo.appui.example"
    session.commit()
    page = client.get("/demonstration")
    assert "Entrer comme\u00a0: Aline Saint-Onge, responsable" in page.text
    answer = client.post("/demonstration", data={"person": account.public_id})
    assert answer.location == "/mon-espace/"
    assert client.get("/mon-espace/").status_code == 200


def test_only_the_cast_and_only_this_machine_enter_the_demonstration(
    client: FlaskClient, session: Session, live_app: Callable[..., Flask]
) -> None:
    stranger = make_account(session, "Vraie Personne", "organization").public_id
    assert client.post("/demonstration", data={"person": stranger}).status_code == 404
    far = {"REMOTE_ADDR": "192.0.2.7"}
    assert client.get("/demonstration", environ_overrides=far).status_code == 404
    assert live_app(demo=False).test_client().get("/demonstration").status_code == 404
