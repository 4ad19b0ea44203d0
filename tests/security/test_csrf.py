"""A form is accepted only from a page of ours; what was typed survives a session that ended."""

from collections.abc import Callable, Iterator

import pytest
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import select

from grants.clock import utc_now
from grants.domain.credentials import email_code
from grants.extensions import db
from grants.models.drafts import Draft
from grants.models.people import Account, EmailCode
from grants.operations import password_hashes
from tests.access.people import STAFF_ROLES, World
from tests.access.routes import is_open_to, targets, writings
from tests.cases import make_draft
from tests.databases import KEY
from tests.factories import make_member, sign_in
from tests.security.browser import Forms, token

PASSWORD = "trois lacs gelés au nord"
OURS, ELSEWHERE = "http://localhost", "https://ailleurs.example"
TEXT = "Nous défendons les locataires. « Ensemble », dit-on; c’est tout."


@pytest.fixture
def guarded(world: World) -> Iterator[World]:
    """The world with the guard of forms on."""
    world.app.config["WTF_CSRF_ENABLED"] = True
    yield world
    world.app.config["WTF_CSRF_ENABLED"] = False


WHO = ("visitor", "alpha_responsible", *(f"saca_{role}" for role in STAFF_ROLES))


@pytest.mark.parametrize("name", WHO)
def test_no_post_without_its_token(guarded: World, name: str) -> None:
    person, wrong, tried = guarded.named(name), [], 0
    other = token(guarded.app.test_client())
    for target in targets(guarded):
        if target.method != "POST" or not is_open_to(person, guarded, target):
            continue
        for given in ({}, {"csrf_token": "faux"}, {"csrf_token": other}):
            with writings(guarded.app) as seen:
                answer = person.browser().post(
                    target.url, data=given, headers={"Origin": ELSEWHERE}
                )
            tried += 1
            if answer.status_code != 400 or seen:
                wrong.append(f"{target}: {answer.status_code} {seen}")
    assert not wrong, "\n".join(wrong)
    assert tried >= 3 * 9


def test_with_its_token_the_same_post_goes_through(guarded: World) -> None:
    browser = guarded.named("visitor").browser()
    given = {"csrf_token": token(browser), "email": "", "password": ""}
    assert browser.post("/compte/entrer", data=given).status_code == 200


@pytest.mark.parametrize(
    ("referer", "status"),
    [("https://appui.example/compte/entrer", 200), (ELSEWHERE, 400), (None, 400)],
)
def test_over_https_another_origin_is_refused_even_with_a_token(
    live_app: Callable[..., Flask], referer: str | None, status: int
) -> None:
    app = live_app(base_url="https://appui.example", demo=False)
    app.config["WTF_CSRF_ENABLED"] = True
    browser = FlaskClient(app, app.response_class, use_cookies=True)
    there = {"base_url": "https://appui.example"}
    text = browser.get("/compte/entrer", **there).get_data(as_text=True)
    given = {**Forms(text).found["/compte/entrer"], "email": "", "password": ""}
    headers = {"Referer": referer} if referer else {}
    answer = browser.post("/compte/entrer", data=given, headers=headers, **there)
    assert answer.status_code == status


def begun(app: Flask, browser: FlaskClient) -> tuple[str, str, int]:
    """A member with a password and a draft, in front of one of its sections."""
    with app.app_context():
        session = db.session()
        member = make_member(session)
        account = session.get_one(Account, member.account_id)
        account.password_hash = password_hashes.hashed(PASSWORD)
        draft = make_draft(session, member)
        found = account.email, f"/mon-espace/brouillons/{draft.public_id}/sections/mission"
        sign_in(browser, session, member)
        return *found, draft.version


def stored(app: Flask) -> tuple[str, int]:
    with app.app_context():
        draft = db.session().scalars(select(Draft)).one()
        return str(draft.answers["mission_plain"]), draft.version


def idle_for_an_hour(browser: FlaskClient) -> None:
    with browser.session_transaction() as cookie:
        cookie["seen"] = utc_now().timestamp() - 3601


def enter_again(app: Flask, browser: FlaskClient, email: str) -> None:
    """Password, then the mailed code, in the other tab."""
    given = {"csrf_token": token(browser), "email": email, "password": PASSWORD}
    assert browser.post("/compte/entrer", data=given).location == "/compte/code"
    with app.app_context():
        public_id = db.session().scalars(select(EmailCode.public_id)).one()
    given = {"csrf_token": token(browser, "/compte/code")}
    given["code"] = email_code(KEY.encode(), public_id)
    assert browser.post("/compte/code", data=given).status_code == 303


def test_what_was_typed_is_held_and_saved_once_after_signing_in_again(site: Flask) -> None:
    browser = site.test_client()
    email, url, version = begun(site, browser)
    typed = Forms(browser.get(url).get_data(as_text=True)).found[url]
    typed["mission_plain"] = TEXT
    idle_for_an_hour(browser)
    held = browser.post(url, data=typed, headers={"Origin": OURS})
    assert held.status_code == 409
    fields = Forms(held.get_data(as_text=True)).found[url]
    assert fields["mission_plain"] == TEXT
    assert stored(site) != (TEXT, version + 1)
    enter_again(site, browser, email)
    again = browser.post(url, data=fields, headers={"Origin": OURS})
    if again.status_code == 409:  # the token of the ended session: a fresh one is on the page
        fields = Forms(again.get_data(as_text=True)).found[url]
        again = browser.post(url, data=fields, headers={"Origin": OURS})
    assert again.status_code == 303
    assert stored(site) == (TEXT, version + 1)
    assert browser.post(url, data=fields, headers={"Origin": OURS}).status_code == 303
    assert stored(site) == (TEXT, version + 1), "a second click saves nothing more"


def test_nothing_is_held_for_another_site(site: Flask) -> None:
    browser = site.test_client()
    _, url, version = begun(site, browser)
    idle_for_an_hour(browser)
    answer = browser.post(url, data={"mission_plain": TEXT}, headers={"Origin": ELSEWHERE})
    assert answer.status_code == 400
    assert TEXT not in answer.get_data(as_text=True)
    assert stored(site)[1] == version


def test_no_secret_is_held(site: Flask) -> None:
    browser = site.test_client()
    _, url, _ = begun(site, browser)
    idle_for_an_hour(browser)
    secrets = {"password": "zq-secret", "code": "zq-secret", "csrf_token": "zq-secret"}
    answer = browser.post(url, data={**secrets, "mission_plain": TEXT}, headers={"Origin": OURS})
    assert answer.status_code == 409
    assert "zq-secret" not in answer.get_data(as_text=True)
