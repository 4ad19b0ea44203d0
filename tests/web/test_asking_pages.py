"""Asking without an account: nothing lost, nothing hidden, nothing in the address."""

import html
import re

import pytest
from flask.testing import FlaskClient
from sqlalchemy import select
from sqlalchemy.orm import Session
from werkzeug.test import TestResponse

from grants.clock import utc_now
from grants.domain.throttling import LIMITS, Purpose
from grants.models.case_files import CaseFile
from grants.models.complaints import Complaint
from grants.models.requests import InformationRequest
from grants.operations import throttles
from grants.queries import complaints
from grants.unit_of_work import saving

ASKED = {
    "public_id": "a" * 32,
    "office": "SACA",
    "topic": "general",
    "question": "Quand ouvre le prochain appel?",
    "answer_by": "email",
    "email": "zoe@exemple.quebec",
}
MESSAGE = {
    "public_id": "b" * 32,
    "office": "SCT",
    "words": "On m’a fait attendre une heure.",
    "answer_by": "email",
    "requester": "Zoé Côté",
    "email": "zoe@exemple.quebec",
}
TENDER = {
    **ASKED,
    "office": "SCT",
    "topic": "procurement",
    "body": "Ville de l’Anse",
    "tender_date-day": "25",
    "tender_date-month": "5",
    "tender_date-year": "2019",
    "agreement": "aci",
}


def words(answer: TestResponse) -> str:
    """What a person reads on the page, spaces made plain."""
    text = re.sub(r"<[^>]+>", " ", answer.text.split("<body", 1)[1])
    return re.sub(r"\s+", " ", html.unescape(text))


def the_request(session: Session) -> InformationRequest:
    return session.scalars(select(InformationRequest)).one()


def spend(purpose: Purpose, whom: str = "127.0.0.1") -> None:
    """Use every try of an hour."""
    with saving() as act:
        for _ in range(LIMITS[purpose].tries):
            throttles.count(act, purpose, whom, now=utc_now())


def test_the_choice_comes_first_and_leads_to_the_question(client: FlaskClient) -> None:
    page = client.get("/renseignements")
    assert "Parler à quelqu’un maintenant" in words(page)
    assert "tel:+14186469270" in page.text
    lacking = client.get("/renseignements?office=SACA&step=continue")
    assert "Choisissez le sujet" in words(lacking)
    asking = client.get("/renseignements?office=SACA&topic=media&step=continue")
    assert "Votre média" in words(asking)
    assert "Ville" not in asking.text
    told = words(asking)
    assert told.index("Ce qui reste confidentiel") < told.index("Que voulez-vous savoir?", 900)


def test_a_question_gets_a_number_and_dates(client: FlaskClient, session: Session) -> None:
    answer = client.post("/renseignements", data=ASKED)
    assert answer.location == "/renseignements/recue"
    page = client.get("/renseignements/recue")
    number = session.scalars(select(CaseFile.number)).one()
    assert number in page.text
    assert number not in page.text.split("<body")[0]
    assert "Au plus tard le" in words(page)
    assert "no-store" in page.headers["Cache-Control"]
    again = client.post("/renseignements", data=ASKED)
    assert again.location == answer.location
    assert the_request(session).question == ASKED["question"]


def test_who_changes_the_subject_keeps_what_was_typed(client: FlaskClient) -> None:
    typed = {**TENDER, "remedy": "Corriger l’avis", "step": "change"}
    page = client.post("/renseignements", data=typed)
    kept = dict(re.findall(r'type="hidden" name="([^"]+)" value="([^"]*)"', page.text))
    assert kept["question"] == ASKED["question"]
    assert kept["tender_date-day"] == "25"
    back = client.post(
        "/renseignements", data={**kept, "office": "SACA", "topic": "general", "step": "continue"}
    )
    assert ASKED["question"] in back.text
    assert ASKED["email"] in back.text


@pytest.mark.parametrize(
    ("changes", "said"),
    [
        ({"question": " "}, "Écrivez la question"),
        ({"email": ""}, "écrivez une adresse de courriel"),
        ({"email": "zoé"}, "sans accent"),
        ({"answer_by": "phone"}, "écrivez un numéro de téléphone"),
        ({"answer_by": "post", "requester": "Zoé"}, "une adresse complète"),
        ({"topic": "media"}, "nom du média"),
        ({"topic": "ministry"}, "nom du ministère"),
        ({"topic": "procurement"}, "organisme public visé"),
        ({"topic": "procurement", "body": "Ville", "tender_date-day": "31"}, "Complétez la date"),
    ],
)
def test_what_is_wrong_is_said_and_what_was_typed_stays(
    client: FlaskClient, session: Session, changes: dict[str, str], said: str
) -> None:
    typed = {**ASKED, "requester": "Zoé", **changes}
    page = client.post("/renseignements", data=typed)
    assert "<title>Erreur" in page.text
    assert said in words(page)
    assert all(typed[name] in page.text for name in ("question", "email", "requester"))
    assert not session.scalars(select(CaseFile)).all()


def test_a_supplier_is_told_of_the_amp_before_sending(
    client: FlaskClient, session: Session
) -> None:
    page = client.post("/renseignements", data=TENDER)
    assert "Autorité des marchés publics" in words(page)
    assert "Rien n’est encore envoyé" in words(page)
    assert not session.scalars(select(CaseFile)).all()
    assert 'name="amp_read" type="hidden" value="1"' in page.text
    client.post("/renseignements", data={**TENDER, "amp_read": "1"})
    assert the_request(session).details == {
        "body": "Ville de l’Anse",
        "agreement": "aci",
        "tender_date": "2019-05-25",
    }


def test_an_older_tender_goes_straight(client: FlaskClient, session: Session) -> None:
    client.post("/renseignements", data={**TENDER, "tender_date-day": "24"})
    assert the_request(session).topic == "procurement"


def test_a_demand_of_access_is_recognized(client: FlaskClient, session: Session) -> None:
    page = client.get("/renseignements?office=SACA&topic=access&step=continue")
    assert "20 jours" in words(page)
    client.post("/renseignements", data={**ASKED, "topic": "access"})
    assert the_request(session).topic == "access"


def test_a_call_back_is_promised_within_the_hours(client: FlaskClient, session: Session) -> None:
    link = re.search(
        r'href="(/renseignements\?[^"]+)">Demander un rappel',
        client.get("/renseignements?office=SACA&topic=general").text,
    )
    page = client.get(link[1].replace("&amp;", "&"))
    assert 'value="phone" checked' in page.text
    client.post(
        "/renseignements",
        data={**ASKED, "answer_by": "phone", "phone": "418 555-7391", "requester": "Zoé"},
    )
    assert the_request(session).wants_callback
    assert "Nous vous rappelons" in words(client.get("/renseignements/recue"))


def test_a_network_that_sends_too_much_waits_and_loses_nothing(client: FlaskClient) -> None:
    spend(Purpose.FORM_NETWORK)
    for url, typed, name in (
        ("/renseignements", ASKED, "question"),
        ("/plaintes", MESSAGE, "words"),
        ("/suivre", {"number": "REN-1", "email": "zoe@exemple.quebec"}, "email"),
    ):
        page = client.post(url, data=typed)
        assert page.status_code == 429
        assert typed[name] in page.text


def test_a_message_shows_its_number_once(client: FlaskClient, session: Session) -> None:
    page = client.get("/plaintes")
    assert "Protecteur du citoyen" in words(page)
    assert "Une seule personne" in words(page)
    answer = client.post("/plaintes", data=MESSAGE)
    assert answer.location == "/plaintes/recu"
    complaint = session.scalars(select(Complaint)).one()
    number, read = complaint.number, complaints.read(complaint)
    assert read.words == MESSAGE["words"]
    first, second = client.get("/plaintes/recu"), client.get("/plaintes/recu")
    assert number in first.text
    assert number not in second.text
    for shown in (page, first, second):
        assert "<title>Votre message" in shown.text


def test_a_message_may_be_anonymous(client: FlaskClient, session: Session) -> None:
    page = client.post("/plaintes", data={**MESSAGE, "answer_by": "none"})
    assert page.status_code == 303
    read = complaints.read(session.scalars(select(Complaint)).one())
    assert (read.requester, read.email) == ("", "")
    assert "nous ne pourrons pas vous répondre" in words(client.get("/plaintes/recu"))


@pytest.mark.parametrize(
    ("changes", "said"),
    [
        ({"words": ""}, "quelques mots suffisent"),
        ({"office": ""}, "à qui vous écrivez"),
        ({"answer_by": ""}, "restez anonyme"),
        ({"requester": ""}, "choisissez de rester anonyme"),
        ({"answer_by": "post"}, "une adresse complète"),
    ],
)
def test_a_message_to_repair_is_kept(
    client: FlaskClient, session: Session, changes: dict[str, str], said: str
) -> None:
    typed = {**MESSAGE, **changes}
    page = client.post("/plaintes", data=typed)
    assert "<title>Erreur" in page.text
    assert said in words(page)
    assert all(typed[name] in page.text for name in ("words", "requester", "email"))
    assert not session.scalars(select(Complaint)).all()


def test_pages_after_sending_lead_back_when_nothing_was_sent(client: FlaskClient) -> None:
    assert client.get("/renseignements/recue").location == "/renseignements"
    assert client.get("/plaintes/recu").location == "/plaintes"
    assert client.get("/suivre/code").location == "/suivre"
    assert client.get("/suivre/dossier").location == "/suivre"
