"""The pages anybody may read: programs, calls, promises, and no dead end."""

import re
from pathlib import Path

from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy.orm import Session

from grants.clock import utc_now
from grants.domain.calendar import end_of_day, local_date
from grants.mail.mailbox_folder import keep
from tests.factories import make_call

MAIL = (
    b"From: ne-pas-repondre@appui.example\r\nTo: aline@exemple.quebec\r\n"
    b"Subject: Votre code\r\nContent-Type: text/plain; charset=utf-8\r\n\r\n"
    b"Voici votre code : 123456\r\n"
)


def test_home_shows_open_calls_with_their_closing(client: FlaskClient, session: Session) -> None:
    call = make_call(session, now=utc_now(), days=6)
    title = call.title
    text = client.get("/").get_data(as_text=True)
    assert title in text
    assert "countdown--soon" in text
    assert "heure de Québec" in text
    assert 'href="#"' not in text


def test_home_without_calls_gives_a_telephone(client: FlaskClient) -> None:
    text = client.get("/").get_data(as_text=True)
    assert "Aucun appel ouvert" in text
    assert "tel:+18005772844" in text


def test_home_opens_a_door_for_each_need(client: FlaskClient) -> None:
    text = client.get("/").get_data(as_text=True)
    doors = re.findall(r'<h2><a href="([^"]+)">', text)
    assert doors == ["/programmes", "/suivre", "/renseignements", "/plaintes"]
    assert "/mon-espace/" in client.get("/suivre").get_data(as_text=True)


def test_every_link_of_the_public_pages_leads_somewhere(
    client: FlaskClient, session: Session
) -> None:
    make_call(session, now=utc_now())
    pages, seen = ["/"], set()
    while pages:
        url = pages.pop()
        seen.add(url)
        answer = client.get(url)
        assert answer.status_code in (200, 302, 303), url
        found = re.findall(r'<a [^>]*href="(/[^"#]*)', answer.get_data(as_text=True))
        pages += [link for link in set(found) if link not in seen and link not in pages]
    assert "/programmes/DCD" in seen
    assert "/engagements" in seen


def test_program_page_says_amounts_documents_and_promises(
    client: FlaskClient, session: Session
) -> None:
    make_call(session, now=utc_now())
    text = client.get("/programmes/dcd").get_data(as_text=True)
    assert "15\u00a0000,00\u00a0$" in text
    assert "Résolution du conseil d’administration" in text
    assert "5\u00a0jours ouvrables" in text
    assert "Commencer une demande" in text


def test_program_page_without_call_says_when_the_last_one_closed(
    client: FlaskClient, session: Session
) -> None:
    make_call(session, now=utc_now(), days=-1)
    text = client.get("/programmes/DCD").get_data(as_text=True)
    assert "Aucun appel ouvert" in text
    assert "a fermé le" in text
    assert "Commencer une demande" not in text


def test_last_day_says_until_when(client: FlaskClient, session: Session) -> None:
    call = make_call(session, now=utc_now())
    call.closes_at = end_of_day(local_date(utc_now()))
    session.commit()
    assert "Dernier jour" in client.get("/").get_data(as_text=True)


def test_unknown_program_is_not_found(client: FlaskClient) -> None:
    assert client.get("/programmes/XYZ").status_code == 404


def test_promises_are_the_sentences_of_the_declarations(client: FlaskClient) -> None:
    text = client.get("/engagements/saca").get_data(as_text=True)
    assert "Nous accusons réception de votre demande dans les 5 jours ouvrables" in text
    assert "Secrétariat du Conseil du trésor" in client.get("/engagements").get_data(as_text=True)


def test_demonstration_mails_are_listed_and_read(client: FlaskClient, app: Flask) -> None:
    keep(Path(app.config["MAILBOX"]), MAIL, utc_now())
    text = client.get("/demonstration/courriels").get_data(as_text=True)
    link = re.search(r'href="(/demonstration/courriels/[^"]+)"', text)
    assert link
    assert "123456" in client.get(link[1]).get_data(as_text=True)
    assert client.get("/demonstration/courriels/../../etc/passwd").status_code == 404


def test_demonstration_mails_answer_on_this_machine_only(client: FlaskClient) -> None:
    elsewhere = {"REMOTE_ADDR": "203.0.113.9"}
    answer = client.get("/demonstration/courriels", environ_base=elsewhere)
    assert answer.status_code == 404
