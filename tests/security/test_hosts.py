"""Names and addresses that somebody else chose change nothing: not a page, not a mail."""

from collections.abc import Callable
from pathlib import Path

import pytest
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import select

from grants.extensions import db
from grants.jobs import mails
from grants.models.people import Account, AccountLink
from grants.settings import SettingsError
from tests.databases import settings
from tests.factories import make_member
from tests.mail.servers import MailServer, listening

EVIL = "ailleurs.example"
HOSTS = [
    EVIL,
    f"{EVIL}:8000",
    f"localhost.{EVIL}",
    f"127.0.0.1@{EVIL}",
    f"localhost:80@{EVIL}",
    f"{EVIL}#localhost",
]
FORWARDED = [
    {"X-Forwarded-Host": EVIL},
    {"X-Host": EVIL},
    {"Forwarded": f"host={EVIL};proto=https"},
    {"X-Forwarded-Server": EVIL},
    {"X-Original-URL": "/bureau/"},
    {"X-Forwarded-Prefix": f"//{EVIL}"},
    {"X-Forwarded-Proto": "https", "X-Forwarded-Port": "1"},
]
ASKED = "/compte/mot-de-passe-oublie"


@pytest.fixture
def browser(live_app: Callable[..., Flask]) -> FlaskClient:
    """A plain browser."""
    app = live_app()
    return FlaskClient(app, app.response_class, use_cookies=True)


@pytest.mark.parametrize("host", HOSTS)
def test_another_name_is_not_answered(browser: FlaskClient, host: str) -> None:
    for url in ("/", "/mon-espace/", "/nulle-part"):
        answer = browser.get(url, headers={"Host": host})
        assert answer.status_code == 400
        assert EVIL not in answer.get_data(as_text=True)
        assert "Location" not in answer.headers
    assert browser.get("/").status_code == 200


@pytest.mark.parametrize("headers", FORWARDED, ids=lambda headers: next(iter(headers)))
def test_what_a_proxy_would_say_is_not_believed(
    browser: FlaskClient, headers: dict[str, str]
) -> None:
    plain, told = browser.get("/accessibilite"), browser.get("/accessibilite", headers=headers)
    assert told.data == plain.data
    answer = browser.get("/mon-espace/", headers=headers)
    assert answer.location == "/compte/entrer?next=/mon-espace/"
    assert EVIL not in str(answer.headers)


@pytest.mark.parametrize("headers", FORWARDED, ids=lambda headers: next(iter(headers)))
def test_the_mailed_link_is_on_our_name(
    live_app: Callable[..., Flask], headers: dict[str, str]
) -> None:
    with listening(MailServer()) as server:
        app = live_app(mail_url=server.url)
        with app.app_context():
            member = make_member(db.session())
            email = db.session().get_one(Account, member.account_id).email
        answer = app.test_client().post(ASKED, data={"email": email}, headers=headers)
        assert answer.location == f"{ASKED}/courriel"
        with app.app_context():
            mails.link(db.session().scalars(select(AccountLink.id)).one())
    parts = [part for part in server.messages[0].walk() if part.get_content_maintype() == "text"]
    assert len(parts) == 2
    for part in parts:
        assert "http://127.0.0.1:8000/compte/lien/" in part.get_content()
        assert EVIL not in part.get_content()


def test_the_demonstration_is_for_this_machine_only(browser: FlaskClient) -> None:
    for url in ("/demonstration", "/demonstration/courriels"):
        assert browser.get(url).status_code == 200
        away = {"REMOTE_ADDR": "203.0.113.9"}
        told = {"X-Forwarded-For": "127.0.0.1", "X-Real-IP": "127.0.0.1"}
        assert browser.get(url, environ_overrides=away, headers=told).status_code == 404


def test_without_the_demonstration_its_pages_do_not_exist(live_app: Callable[..., Flask]) -> None:
    app = live_app(demo=False)
    client = FlaskClient(app, app.response_class, use_cookies=True)
    for url in ("/demonstration", "/demonstration/courriels", "/demonstration/courriels/x"):
        assert client.get(url).status_code == 404
    assert client.post("/demonstration", data={"person": "0" * 32}).status_code == 404
    assert "/demonstration" not in client.get("/compte/entrer").get_data(as_text=True)


@pytest.mark.parametrize(
    "changes",
    [
        {"base_url": "https://appui.example"},
        {"bind": "0.0.0.0"},
        {"mail_url": "smtp://courriel.example:25"},
        {"base_url": "http://localhost.appui.example"},
    ],
)
def test_the_demonstration_is_refused_elsewhere(tmp_path: Path, changes: dict[str, str]) -> None:
    with pytest.raises(SettingsError, match="DEMO=on"):
        settings("sqlite://", tmp_path, **changes)
