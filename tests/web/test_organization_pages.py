"""An organization finds itself, lets people in, and never loses its last responsible person."""

import re

import pytest
from flask.testing import FlaskClient
from sqlalchemy import select
from sqlalchemy.orm import Session
from werkzeug.test import TestResponse

from grants.domain.access import Actor
from grants.models.organizations import Membership, Organization
from grants.queries import organizations, sessions
from tests.factories import make_account, make_member, make_organization, sign_in

SPACE = "/mon-espace"


def text_of(answer: TestResponse) -> str:
    return answer.get_data(as_text=True)


def newcomer(session: Session, client: FlaskClient) -> Actor:
    actor = sessions.member_actor(
        session, make_account(session, "Théo Bédard", "organization"), None
    )
    sign_in(client, session, actor)
    return actor


@pytest.fixture
def member(session: Session, client: FlaskClient) -> Actor:
    actor = make_member(session)
    sign_in(client, session, actor)
    return actor


def test_a_visitor_is_asked_to_sign_in(client: FlaskClient) -> None:
    answer = client.get(f"{SPACE}/appels")
    assert answer.status_code == 302
    assert "/compte/entrer?next=" in answer.location


def test_a_newcomer_creates_the_organization(client: FlaskClient, session: Session) -> None:
    newcomer(session, client)
    assert "Pour quel organisme" in text_of(client.get(f"{SPACE}/"))
    wrong = client.post(f"{SPACE}/organisme", data={"neq": "12"})
    assert "Écrivez les dix chiffres du NEQ" in text_of(wrong)
    assert "<title>Erreur" in text_of(wrong)
    found = client.post(f"{SPACE}/organisme", data={"neq": "11 4455 6677"})
    assert found.location.endswith("/organisme/creer?neq=1144556677")
    client.get(found.location)
    made = client.post(found.location, data={"neq": "1144556677", "legal_name": "Comité logement"})
    assert made.status_code == 303
    assert "Ce qu’il vous reste à faire" in text_of(client.get(f"{SPACE}/"))
    assert session.scalars(select(Organization.neq)).one() == "1144556677"


def test_a_newcomer_asks_to_join_and_the_responsible_accepts(
    client: FlaskClient, session: Session
) -> None:
    responsible = make_member(session)
    own = organizations.own(session, actor=responsible)
    assert own is not None
    neq = own.neq
    newcomer(session, client)
    found = client.post(f"{SPACE}/organisme", data={"neq": neq})
    assert "Rejoindre cet organisme?" in text_of(client.get(found.location))
    client.post(found.location)
    assert "attend une réponse" in text_of(client.get(f"{SPACE}/"))
    sign_in(client, session, responsible)
    page = text_of(client.get(f"{SPACE}/equipe"))
    link = re.search(r'href="(/mon-espace/equipe/\w+)">Accepter', page)
    assert link
    assert "Théo Bédard" in text_of(client.get(link[1]))
    nothing = client.post(link[1], data={"role": "queen"})
    assert "Choisissez une réponse" in text_of(nothing)
    assert client.post(link[1], data={"role": "reader"}).status_code == 303
    assert "Lecture" in text_of(client.get(f"{SPACE}/equipe"))


def test_asking_to_join_a_second_organization_is_answered(
    client: FlaskClient, session: Session, member: Actor
) -> None:
    other = make_organization(session, "Maison des aînés")
    name, address = other.legal_name, f"{SPACE}/organisme/rejoindre?neq={other.neq}"
    answer = client.post(address)
    assert answer.status_code == 303
    page = text_of(client.get(answer.location))
    assert "Votre demande d’accès est envoyée" in page
    assert f"Vous avez demandé à rejoindre {name}" in page
    assert name in text_of(client.get(f"{SPACE}/")), "still there at the next visit"


def test_the_last_responsible_person_reads_why(
    client: FlaskClient, session: Session, member: Actor
) -> None:
    query = select(Membership.public_id).where(Membership.person_id == member.person_id)
    address = f"{SPACE}/equipe/{session.scalars(query).one()}/retirer"
    assert "Retirer l’accès" in text_of(client.get(address))
    assert "Nommez d’abord une autre personne" in text_of(client.post(address))


def test_the_facts_of_the_organization_are_corrected(
    client: FlaskClient, session: Session, member: Actor
) -> None:
    assert "Mettre à jour" in text_of(client.get(f"{SPACE}/organisme"))
    edit = f"{SPACE}/organisme/modifier"
    assert "Comité logement" in text_of(client.get(edit))
    seen = re.findall(r'name="seen" value="(\w+)"', text_of(client.get(edit)))[0]
    wrong = client.post(edit, data={"legal_name": "Le Comité", "phone": "12", "seen": seen})
    assert "dix chiffres" in text_of(wrong)
    right = {"legal_name": "Le Comité", "phone": "418 555-0188 poste 2", "seen": seen}
    assert client.post(edit, data=right).status_code == 303
    assert 'value="418\u00a0555-0188, poste\u00a02"' in text_of(client.get(edit))
    stale = text_of(client.post(edit, data={**right, "legal_name": "Un autre nom"}))
    assert "Une autre personne vient de corriger" in stale and "Un autre nom" in stale
    assert "418\u00a0555-0188, poste\u00a02" in text_of(client.get(f"{SPACE}/organisme"))
