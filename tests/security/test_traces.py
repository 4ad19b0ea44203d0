"""What people type leaves no trace in the logs, and none in the addresses of pages."""

import logging
import re
from collections.abc import Callable
from urllib.parse import quote, unquote

import pytest
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import select
from sqlalchemy.orm import Session

from grants.domain.credentials import email_code
from grants.extensions import db
from grants.models.people import EmailCode
from tests.databases import KEY
from tests.factories import make_call

SECRETS = {
    "full_name": "Zqaline Zqsaint-Onge",
    "email": "zqcourriel@exemple.quebec",
    "phone": "418 555-7391",
    "password": "zq trois lacs gelés",
    "legal_name": "Zqorganisme de l’Anse",
    "mission": "Zqmission écrite pour cet essai",
}

ORGANIZATION = {
    "legal_name": SECRETS["legal_name"],
    "neq": "1144556677",
    "email": SECRETS["email"],
}


def journey(app: Flask, browser: FlaskClient) -> list[str]:
    """An account, an organization, a draft, a fault; every address that was answered."""
    seen: list[str] = []

    def post(url: str, **data: str) -> str:
        answer = browser.post(url, data=data)
        page = answer if answer.status_code != 303 else browser.get(answer.location)
        seen.extend([url, answer.location or "", *links(page.get_data(as_text=True))])
        return answer.location or ""

    personal = {name: SECRETS[name] for name in ("full_name", "email", "phone", "password")}
    post("/compte/creer", **{**personal, "password": "court"}, notice="yes")
    post("/compte/creer", **personal, notice="yes")
    with app.app_context():
        code_id = db.session().scalars(select(EmailCode.public_id)).one()
        call = make_call(db.session()).public_id
    post("/compte/code", code="000000")
    post("/compte/code", code=email_code(KEY.encode(), code_id))
    post("/mon-espace/organisme/creer", **ORGANIZATION, phone="")
    draft = post(f"/mon-espace/appels/{call}/commencer")
    post(f"{draft}/sections/mission", mission_plain=SECRETS["mission"])
    post("/compte/mot-de-passe-oublie", email=SECRETS["email"])
    post("/compte/sortir")
    post("/compte/entrer", email=SECRETS["email"], password=SECRETS["password"] + "?")
    post("/compte/entrer", email=SECRETS["email"], password=SECRETS["password"])
    return seen


def links(text: str) -> list[str]:
    return re.findall(r'(?:href|action|src)="((?!mailto:)[^"]*)"', text)


def found(text: str) -> list[str]:
    """The secrets that a text holds, plain or as an address writes them."""
    plain = text + unquote(text)
    return [value for value in SECRETS.values() if value in plain or quote(value) in plain]


def test_a_journey_leaves_nothing_personal_behind(
    live_app: Callable[..., Flask], caplog: pytest.LogCaptureFixture
) -> None:
    app = live_app()
    browser = FlaskClient(app, app.response_class, use_cookies=True)
    with caplog.at_level(logging.INFO):
        addresses = journey(app, browser)
    assert len(addresses) > 30
    assert not found("\n".join(addresses))
    assert not found(caplog.text)


def test_a_fault_logs_where_but_not_what(
    live_app: Callable[..., Flask],
    caplog: pytest.LogCaptureFixture,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    app = live_app()

    def fails() -> str:
        raise RuntimeError(SECRETS["email"])

    monkeypatch.setitem(app.view_functions, "public.privacy", fails)
    answer = app.test_client().get("/confidentialite")
    reference = re.search(r"<strong>([0-9a-f]{8})</strong>", answer.get_data(as_text=True))
    assert reference, "the person is told what to quote"
    assert reference.group(1) in caplog.text
    assert "RuntimeError" in caplog.text
    assert "in fails" in caplog.text
    assert not found(caplog.text)


def test_a_database_that_is_away_gives_a_sentence(
    live_app: Callable[..., Flask], monkeypatch: pytest.MonkeyPatch
) -> None:
    app = live_app()

    def away(_session: Session, *_rest: object, **_more: object) -> None:
        raise OSError("connection refused")

    monkeypatch.setattr(Session, "execute", away)
    monkeypatch.setattr(Session, "scalars", away)
    answer = FlaskClient(app, app.response_class).get("/")
    assert answer.status_code == 500
    assert "Une erreur est survenue de notre côté" in answer.get_data(as_text=True)
