"""Complaints on screen: the front desk files and forgets, the officer works one to its end."""

import re
from html import unescape

import pytest
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import select
from sqlalchemy.orm import Session

from grants import clock
from grants.domain.access import VISITOR, Actor
from grants.domain.calendar import local_date
from grants.models.complaints import Complaint, ComplaintMessage, ComplaintReader
from grants.operations import complaints
from grants.unit_of_work import saving
from grants.web.landing import home_of
from tests.complaint_cases import again, complaint_details, conclude, file_complaint, make_officer
from tests.factories import make_staff, sign_in, unique

URL = "/bureau/plaintes"
DESK = f"{URL}/deposer"
NUMBER = re.compile(r"PLA-\d{4}-\d{6}-[A-Z]")


@pytest.fixture
def officer(session: Session, client: FlaskClient) -> Actor:
    person = make_officer(session)
    sign_in(client, session, person)
    return person


@pytest.fixture
def one(session: Session) -> Complaint:
    return file_complaint(session, now=clock.utc_now())


def as_person(app: Flask, session: Session, actor: Actor) -> FlaskClient:
    browser = app.test_client()
    sign_in(browser, session, actor)
    return browser


def page(client: FlaskClient, url: str) -> str:
    answer = client.get(url)
    assert (answer.status_code, answer.headers["Cache-Control"]) == (200, "private, no-store")
    return unescape(answer.get_data(as_text=True)).replace("\u00a0", " ")


def said(**changes: object) -> dict[str, object]:
    """A complaint as the front desk types it; today at noon would be in the future at nine."""
    today = local_date(clock.utc_now())
    return {
        "public_id": unique(),
        "channel": "phone",
        "received_on-day": today.day,
        "received_on-month": today.month,
        "received_on-year": today.year,
        "received_time": "0 h 00",
        "words": "On m’a raccroché au nez.",
        "about": "Réception",
        "requester": "Zibeline Ardoise",
        "answer_by": "phone",
        "phone": "418 555-0134",
        **changes,
    }


def today_parts() -> dict[str, object]:
    today = local_date(clock.utc_now())
    return {"told_on-day": today.day, "told_on-month": today.month, "told_on-year": today.year}


def test_the_front_desk_files_gets_the_number_once_and_reads_nothing_back(
    app: Flask, session: Session
) -> None:
    desk = as_person(app, session, make_staff(session, "Rose Auger", "information_agent"))
    typed = said()
    answer = desk.post(DESK, data=typed)
    assert (answer.status_code, answer.location) == (303, f"{URL}/deposee")
    found = session.scalars(select(Complaint)).one()
    shown = page(desk, answer.location)
    assert NUMBER.findall(shown) == [found.number] and found.public_id not in shown
    assert not NUMBER.search(page(desk, answer.location))
    assert desk.get(f"{URL}/{found.public_id}").status_code == 404
    assert desk.get(URL).status_code == 404
    assert desk.post(DESK, data=typed).status_code == 303
    assert len(session.scalars(select(Complaint)).all()) == 1


def test_what_the_desk_typed_comes_back_with_every_fault(app: Flask, session: Session) -> None:
    desk = as_person(app, session, make_staff(session, "Rose Auger", "advisor"))
    answer = desk.post(DESK, data=said(channel="web", requester="", **{"received_on-day": "41"}))
    shown = unescape(answer.get_data(as_text=True))
    assert "3 choses à corriger" in shown and "On m’a raccroché au nez." in shown
    later = desk.post(DESK, data=said(answer_by="email", email="pas une adresse"))
    assert "au complet" in later.get_data(as_text=True)
    assert not session.scalars(select(Complaint)).all()


def test_the_officer_acknowledges_then_concludes(
    client: FlaskClient, session: Session, officer: Actor, one: Complaint
) -> None:
    sheet = f"{URL}/{one.public_id}"
    shown = page(client, URL)
    assert one.number in shown and "Zibeline Ardoise" in shown and "1 sur" not in shown
    assert "Accusez d’abord réception" in page(client, sheet)
    assert "<title>Plainte – Appui</title>" in page(client, sheet)
    page(client, f"{sheet}/accuser-reception")
    told = {"channel": "phone", **today_parts()}
    assert client.post(f"{sheet}/accuser-reception", data=told).location == sheet
    assert client.post(f"{sheet}/examiner").location == sheet
    page(client, f"{sheet}/conclure")
    concluded = {
        "version": again(session, one).version,
        "finding": "partly",
        "comment": "Vu.",
        "recommendation": "Former.",
        "answer": "Nous corrigeons.",
        "channel": "email",
    }
    assert client.post(f"{sheet}/conclure", data=concluded).location == sheet
    assert "Un courriel attend de partir" in page(client, sheet)


def test_the_officer_follows_up_and_closes(
    client: FlaskClient, session: Session, officer: Actor, one: Complaint
) -> None:
    sheet, told = f"{URL}/{one.public_id}", {"channel": "phone", **today_parts()}
    conclude(one, officer, clock.utc_now())
    message = session.scalars(select(ComplaintMessage.public_id)).one()
    page(client, f"{sheet}/messages/{message}")
    assert client.post(f"{sheet}/messages/{message}", data=told).location == sheet
    page(client, f"{sheet}/suite")
    followed = {"version": again(session, one).version, "done": "yes", "outcome": "Fait."}
    assert client.post(f"{sheet}/suite", data={**followed, **told}).location == sheet
    assert client.post(f"{sheet}/fermer").location == sheet
    assert "il ne reste rien à faire" in page(client, sheet)
    assert one.number not in page(client, URL)
    listed = page(client, f"{URL}?etat=fermees&apres=x")
    assert one.number in listed and listed.count("1 sur 1") == 2


def test_a_conclusion_in_error_loses_nothing(
    client: FlaskClient, officer: Actor, one: Complaint
) -> None:
    typed = {"comment": "Un long constat.", "channel": "email", "answer": "Réponse écrite."}
    shown = client.post(f"{URL}/{one.public_id}/conclure", data=typed).get_data(as_text=True)
    assert "Un long constat." in shown and "Réponse écrite." in shown
    assert "Choisissez ce que l’examen a établi" in shown


def test_a_person_named_finds_the_sheet_and_nothing_else(
    app: Flask, client: FlaskClient, session: Session, officer: Actor, one: Complaint
) -> None:
    paul = make_staff(session, "Paul Roy", "finance_preparer")
    sheet = f"{URL}/{one.public_id}"
    assert "Paul Roy" in page(client, f"{sheet}/personnes")
    named = client.post(f"{sheet}/personnes", data={"person_id": paul.person_id})
    assert named.location == sheet and "Paul Roy" in page(client, sheet)
    browser = as_person(app, session, paul)
    assert browser.get(f"/bureau/confie/{one.public_id}").location == sheet
    shown = page(browser, sheet)
    assert "raccroché" in shown and "Désigner" not in shown and "Conclure" not in shown
    assert "Par année" not in page(browser, URL)
    assert browser.get(f"{sheet}/conclure").status_code == 404
    reader = session.scalars(select(ComplaintReader)).one()
    assert client.post(f"{sheet}/personnes/{reader.id}/retirer").location == sheet
    assert browser.get(sheet).status_code == 404 and browser.get(URL).status_code == 404


def test_an_officer_steps_aside_when_somebody_stays(
    client: FlaskClient, session: Session, officer: Actor, one: Complaint
) -> None:
    aside = f"{URL}/{one.public_id}/se-retirer"
    assert "Personne d’autre" in page(client, aside)
    assert client.post(aside).status_code == 409
    make_officer(session, "Louise Hébert")
    assert "peut la traiter." in page(client, aside)
    assert client.post(aside).location == URL
    assert client.get(f"{URL}/{one.public_id}").status_code == 404
    assert "Aucune plainte en cours" in page(client, URL)


def test_the_registry_goes_on_after_fifty(
    client: FlaskClient, session: Session, officer: Actor
) -> None:
    now = clock.utc_now()
    with saving() as saved:
        for _ in range(51):
            complaints.file(saved, complaint_details(received_at=now), actor=VISITOR, now=now)
    first = page(client, URL)
    following = re.findall(r'href="([^"]+)" rel="next"', first)[0]
    second = page(client, following)
    numbers = NUMBER.findall(first) + NUMBER.findall(second)
    assert len(numbers) == len(set(numbers)) == 51


def test_who_only_handles_complaints_begins_there(app: Flask, officer: Actor) -> None:
    with app.test_request_context():
        assert home_of(officer) == URL
