"""What is too big, too many or not text is refused with a page, never with a fault."""

from collections.abc import Callable
from io import BytesIO
from urllib.parse import quote

import pytest
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import func, select

from grants.clock import utc_now
from grants.extensions import db
from grants.models.drafts import Attachment, Draft
from tests.access.people import World
from tests.access.routes import undone
from tests.cases import make_case, make_draft
from tests.factories import make_member, make_staff, sign_in

MEGABYTE = 1_000_000
HUGE = 10**30
NUL = "a\x00b"


def test_seventeen_megabytes_are_refused_in_french(world: World) -> None:
    draft = world.owned["alpha"]["draft"]["public_id"]
    browser = world.named("alpha_writer").browser()
    data = {"file": (BytesIO(b"%PDF-1.7" + b"x" * 17 * MEGABYTE), "gros.pdf")}
    url = f"/mon-espace/brouillons/{draft}/documents/board_resolution"
    answer = browser.post(url, data=data, content_type="multipart/form-data")
    assert answer.status_code == 413
    assert "Ce fichier est trop gros" in answer.get_data(as_text=True)
    with world.app.app_context():
        files = select(func.count(Attachment.id)).join(Draft, Attachment.draft_id == Draft.id)
        assert db.session().scalar(files.where(Draft.public_id == draft)) == 1


@pytest.mark.parametrize("guard", [True, False])
def test_a_visitor_sends_no_more_than_a_form(world: World, guard: bool) -> None:
    world.app.config["WTF_CSRF_ENABLED"] = guard
    try:
        heavy = {"email": "x" * 3 * MEGABYTE}
        pairs = "&".join("a" for _ in range(2 * MEGABYTE))
        many = {f"champ-{number}": "x" for number in range(1_100)}
        parts, plain = "multipart/form-data", "application/x-www-form-urlencoded"
        for data, kind in ((heavy, plain), (pairs, plain), (many, parts)):
            browser = world.named("visitor").browser()
            answer = browser.post("/compte/entrer", data=data, content_type=kind)
            assert answer.status_code == 413
            assert "trop gros" in answer.get_data(as_text=True)
    finally:
        world.app.config["WTF_CSRF_ENABLED"] = False


@pytest.mark.parametrize("length", [str(20 * MEGABYTE), "-1", "abc"])
def test_a_body_that_lies_about_its_length_is_no_fault(world: World, length: str) -> None:
    browser = world.named("visitor").browser()
    answer = browser.post(
        "/compte/entrer",
        input_stream=BytesIO(b"email=a"),
        headers={"Content-Length": length},
        content_type="application/x-www-form-urlencoded",
    )
    assert answer.status_code in (200, 400, 413)


@pytest.fixture
def browsers(live_app: Callable[..., Flask]) -> dict[str, FlaskClient]:
    """A member with a draft and a team lead, each in front of a browser."""
    app = live_app()
    with app.app_context():
        session = db.session()
        member = make_member(session)
        draft = make_draft(session, member)
        case = make_case(session, member, now=utc_now())
        lead = make_staff(session, "Rose Auger", "team_lead")
        found = {"/mon-espace": app.test_client(), "/bureau": app.test_client()}
        found[""] = app.test_client()
        sign_in(found["/mon-espace"], session, member)
        sign_in(found["/bureau"], session, lead)
        app.config["IDS"] = {"draft": draft.public_id, "case": case.public_id}
    return found


READ = [
    "/bureau/dossiers?avant={huge}",
    "/bureau/dossiers?avant=-{huge}",
    "/bureau/dossiers?q={nul}",
    "/bureau/dossiers?programme={nul}&etat={nul}",
    "/bureau/?apres=2026-11-24T10:00:00_{huge}",
    "/bureau/?apres=9999-12-31T23:59:59-14:00_1&programme={nul}",
    "/bureau/a-affecter?faits={nul}",
    "/bureau/dossiers/{nul}",
    "/mon-espace/organisme?autre=1&neq={nul}",
    "/mon-espace/organisme/rejoindre?neq={nul}",
    "/mon-espace/demandes/{case}/delais/{huge}",
    "/bureau/dossiers/{case}/delais/{huge}",
    "/bureau/dossiers/{case}/delais/999999999999999999",
    "/mon-espace/brouillons/{nul}",
    "/programmes/{nul}",
    "/demonstration/courriels/{nul}",
    "/compte/entrer?next={nul}",
    "/compte/lien/{nul}/{nul}",
]
SENT = [
    ("/compte/entrer", {"email": NUL, "password": NUL}),
    ("/compte/mot-de-passe-oublie", {"email": f"{NUL}@exemple.quebec"}),
    ("/mon-espace/choisir", {"organization": NUL}),
    ("/mon-espace/organisme/modifier", {"legal_name": NUL, "email": "", "phone": ""}),
    ("/mon-espace/brouillons/{draft}/sections/mission", {"mission_plain": NUL}),
    ("/mon-espace/brouillons/{draft}/envoyer", {"version": str(HUGE)}),
    ("/mon-espace/brouillons/{draft}/envoyer", {"version": "NaN"}),
    ("/bureau/a-affecter", {"dossier": NUL}),
    ("/bureau/saisir", {"legal_name": NUL, "public_id": NUL, "neq": "1144556677", "call": NUL}),
    ("/bureau/dossiers/{case}/affecter", {"person_id": str(HUGE), "reason": "a", "version": "1"}),
    ("/bureau/dossiers/{case}/affecter", {"person_id": "1", "version": str(HUGE)}),
    ("/bureau/dossiers/{case}/conflit", {"reason": NUL}),
    ("/demonstration", {"person": NUL}),
]


@pytest.mark.engine
def test_nothing_typed_in_an_address_is_a_fault(browsers: dict[str, FlaskClient]) -> None:
    wrong = []
    for pattern in READ:
        browser = audience(browsers, pattern)
        ids = browser.application.config["IDS"]
        url = pattern.format(huge=HUGE, nul=quote(NUL), **ids)
        status = browser.get(url).status_code
        if status not in (200, 302, 303, 400, 404):
            wrong.append(f"{url}: {status}")
    assert not wrong, "\n".join(wrong)


@pytest.mark.engine
def test_nothing_typed_in_a_form_is_a_fault(browsers: dict[str, FlaskClient]) -> None:
    wrong = []
    for pattern, data in SENT:
        browser = audience(browsers, pattern)
        url = pattern.format(**browser.application.config["IDS"])
        status = browser.post(url, data=data).status_code
        if status not in (200, 302, 303, 400, 404, 409):
            wrong.append(f"{url} {data}: {status}")
    assert not wrong, "\n".join(wrong)


def audience(browsers: dict[str, FlaskClient], url: str) -> FlaskClient:
    """The browser of whoever may open this address."""
    return (
        next(client for start, client in browsers.items() if start and url.startswith(start))
        if (url.startswith(("/mon-espace", "/bureau")))
        else browsers[""]
    )


def test_a_method_that_no_page_has_is_refused(world: World) -> None:
    browser = world.named("saca_team_lead").browser()
    for method in ("PUT", "DELETE", "PATCH", "TRACE", "OPTIONS", "PROPFIND"):
        with undone(world.app):
            assert browser.open("/bureau/", method=method).status_code == 405
    headers = {"X-HTTP-Method-Override": "POST"}
    assert browser.get("/compte/sortir", headers=headers).status_code == 405
