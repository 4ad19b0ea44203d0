"""An account from the organization's page to finance's call, and where its digits never are."""

import logging
import re
from pathlib import Path

import pytest
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import select, text, update
from sqlalchemy.orm import Session
from werkzeug.test import TestResponse

from grants.clock import utc_now
from grants.domain.access import Actor
from grants.models.base import Base
from grants.models.organizations import Membership, Organization
from grants.models.payments import BankDetails, BankVerification
from grants.models.people import WebSession
from grants.models.trail import JournalEvent
from tests.factories import make_member, make_staff, sign_in, unique
from tests.money_cases import make_granted

OURS = "/mon-espace/coordonnees-bancaires"
LIST = "/finances/coordonnees"
ACCOUNT = "904417725331"
TYPED = {"transit": "11-021", "institution": "006", "account_number": "9044 1772 5331"}
CONFIRMED = {"payee_name": "COMITE LOGEMENT", "confirmed_with": "Lise Gendron, trésorière"}


@pytest.fixture
def member(client: FlaskClient, session: Session) -> Actor:
    actor = make_member(session)
    make_granted(session, actor)
    sign_in(client, session, actor)
    return actor


@pytest.fixture
def finance(session: Session) -> Actor:
    return make_staff(session, "Réjean Kirouac", "finance_preparer", title="Technicien")


@pytest.fixture
def desk(app: Flask, session: Session, finance: Actor) -> FlaskClient:
    """The browser of the finance preparer."""
    browser = app.test_client()
    sign_in(browser, session, finance)
    return browser


def words(answer: TestResponse) -> str:
    body = re.sub(r"<[^>]+>", " ", answer.get_data(as_text=True).split("<body", 1)[1])
    return re.sub(r"\s+", " ", body)


def newest(session: Session) -> BankDetails:
    return session.scalars(select(BankDetails).order_by(BankDetails.id.desc())).first()


def confirm(session: Session, actor: Actor) -> None:
    theirs = WebSession.account_id == actor.account_id
    session.execute(update(WebSession).where(theirs).values(confirmed_at=utc_now()))
    session.commit()


def test_the_organization_gives_its_account_and_sees_its_end(
    client: FlaskClient, session: Session, member: Actor
) -> None:
    assert OURS in client.get("/mon-espace/organisme").text
    page = client.get(OURS)
    assert "Au bas d’un chèque" in words(page)
    assert "Compte actuel" not in words(page)
    wrong = client.post(OURS, data={**TYPED, "transit": "815", "account_number": "12"})
    assert "2 choses à corriger" in words(wrong)
    assert 'value="006"' in wrong.text
    assert newest(session) is None
    page_id = unique()
    for _ in range(2):
        assert client.post(OURS, data={**TYPED, "public_id": page_id}).location == OURS
    page = client.get(OURS)
    assert "•••• 331" in words(page) and "à vérifier par téléphone" in words(page)
    assert ACCOUNT not in page.text and 'name="transit"' not in page.text
    assert "arrête les versements" in words(client.get(f"{OURS}?changer=1"))
    assert session.query(BankDetails).count() == 1


def test_the_list_says_since_when_an_account_changed(
    client: FlaskClient, session: Session, member: Actor, desk: FlaskClient
) -> None:
    client.post(OURS, data=TYPED)
    listed = desk.get(LIST)
    assert "premier compte" in words(listed) and "•••• 331" in words(listed)
    client.post(OURS, data={**TYPED, "account_number": "0012345"})
    client.post(OURS, data=TYPED)
    listed = desk.get(LIST)
    assert "compte modifié aujourd’hui" in words(listed)
    assert ACCOUNT not in listed.text
    assert f"{LIST}/{newest(session).public_id}" in listed.text
    assert "Comptes donnés" in words(desk.get(f"{LIST}/{newest(session).public_id}"))


def test_finance_calls_reads_the_account_and_confirms(
    client: FlaskClient, session: Session, member: Actor, finance: Actor, desk: FlaskClient
) -> None:
    client.post(OURS, data=TYPED)
    here = f"{LIST}/{newest(session).public_id}"
    page = desk.get(here)
    assert "Confirmer mon identité" in words(page) and ACCOUNT not in page.text
    assert desk.post(f"{here}/compte").location.startswith("/compte/confirmer?next=")
    confirm(session, finance)
    assert "Afficher le compte" in words(desk.get(here))
    shown = desk.post(f"{here}/compte")
    assert ACCOUNT in shown.text and "Banque Nationale" in words(shown)
    assert shown.headers["Cache-Control"] == "private, no-store"
    assert 'value="COMITE LOGEMENT RIVE-CLAIRE"' in shown.text
    wrong = desk.post(here, data={**CONFIRMED, "payee_name": "Comité"})
    assert "Écrivez le nom du bénéficiaire" in words(wrong) and ACCOUNT not in wrong.text
    assert desk.post(here, data=CONFIRMED).location == LIST
    assert desk.post(here, data=CONFIRMED).location == LIST, "a double click is no failure"
    assert "Ce compte est vérifié" in words(desk.get(here))
    assert "Aucun compte n’attend d’appel" in words(desk.get(LIST))
    assert "vérifié le" in words(client.get(OURS))
    assert "Gardez le compte actuel" in words(client.post(OURS, data=TYPED))


def test_one_confirmation_serves_one_verification(
    client: FlaskClient, session: Session, member: Actor, finance: Actor, desk: FlaskClient
) -> None:
    client.post(OURS, data=TYPED)
    here = f"{LIST}/{newest(session).public_id}"
    refused = desk.post(here, data=CONFIRMED)
    assert "Confirmez d’abord que c’est bien vous" in words(refused)
    assert session.query(BankVerification).count() == 0
    confirm(session, finance)
    desk.post(here, data=CONFIRMED)
    confirmed = select(WebSession.confirmed_at).where(WebSession.account_id == finance.account_id)
    assert session.scalars(confirmed).one() is None


def test_an_older_account_and_ones_own_say_who_must_act(
    client: FlaskClient, session: Session, member: Actor, finance: Actor, desk: FlaskClient
) -> None:
    client.post(OURS, data=TYPED)
    older = newest(session).public_id
    client.post(OURS, data={**TYPED, "account_number": "0012345"})
    assert "Un compte plus récent a été donné" in words(desk.get(f"{LIST}/{older}"))
    confirm(session, finance)
    late = desk.post(f"{LIST}/{older}/compte")
    assert "a donné un compte plus récent" in words(late) and ACCOUNT not in late.text
    organization = session.get_one(Organization, member.organization_id)
    paper = f"{LIST}/organismes/{organization.public_id}"
    assert "Demandez à la personne responsable" in words(desk.post(paper, data=TYPED))
    place = select(Membership).where(Membership.person_id == member.person_id)
    left = session.scalars(place).one()
    left.ended_at = left.asked_at
    session.commit()
    assert desk.post(paper, data=TYPED).location == LIST
    own = f"{LIST}/{newest(session).public_id}"
    assert "Une autre personne doit vérifier ce compte" in words(desk.get(own))


def test_others_find_no_such_page(
    app: Flask, session: Session, client: FlaskClient, member: Actor
) -> None:
    client.post(OURS, data=TYPED)
    version, organization = newest(session), session.get_one(Organization, member.organization_id)
    pages = [LIST, f"{LIST}/{version.public_id}", f"{LIST}/organismes/{organization.public_id}"]
    other_office = make_staff(session, "Léo Aubin", "finance_preparer", secretariat="SCT")
    advisor = make_staff(session, "Odile Morin", "advisor")
    writer = make_member(session, organization, "writer")
    answers = {
        actor.name: [
            signed_in(app, session, actor).get(page).status_code for page in [OURS, *pages]
        ]
        for actor in (member, other_office, advisor, writer)
    }
    assert answers == {
        member.name: [200, 404, 404, 404],
        other_office.name: [404, 200, 404, 404],
        advisor.name: [404] * 4,
        writer.name: [404] * 4,
    }


def signed_in(app: Flask, session: Session, actor: Actor) -> FlaskClient:
    browser = app.test_client()
    sign_in(browser, session, actor)
    return browser


def test_the_digits_are_nowhere_but_enciphered(
    client: FlaskClient,
    session: Session,
    member: Actor,
    finance: Actor,
    desk: FlaskClient,
    caplog: pytest.LogCaptureFixture,
) -> None:
    caplog.set_level(logging.DEBUG)
    whole_way(client, session, finance, desk)
    kinds = set(session.scalars(select(JournalEvent.kind)))
    assert {"bank_details_given", "account_shown", "bank_details_verified"} <= kinds
    stored = {table: rows(session, table) for table in Base.metadata.tables}
    assert member.name in stored["person"], "what is stored is read"
    found = [table for table, kept in stored.items() if holds(kept)]
    assert not found
    assert not holds(caplog.text)
    folder = Path(client.application.config["MAILBOX"]).parent  # mails and files stand here
    written = [path for path in folder.rglob("*") if path.is_file()]
    assert not [path for path in written if holds(path.read_text(errors="replace"))]
    assert not holds(str(client.get_cookie("appui")))


def whole_way(client: FlaskClient, session: Session, finance: Actor, desk: FlaskClient) -> None:
    """An account with a fault, the account, its showing, its verification."""
    client.post(OURS, data={**TYPED, "transit": "x"})
    client.post(OURS, data=TYPED)
    here = f"{LIST}/{newest(session).public_id}"
    confirm(session, finance)
    desk.post(f"{here}/compte")
    desk.post(here, data=CONFIRMED)


def rows(session: Session, table: str) -> str:
    """A whole table as the database holds it."""
    return "\n".join(map(str, session.execute(text(f'SELECT * FROM "{table}"'))))


def holds(kept: str) -> bool:
    return any(digits in kept for digits in (ACCOUNT, TYPED["account_number"], TYPED["transit"]))
