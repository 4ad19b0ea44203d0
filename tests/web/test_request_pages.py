"""Renseignements at the desk: who waits, one sheet, each act, and nothing typed is lost."""

from datetime import timedelta

import pytest
from flask.testing import FlaskClient
from sqlalchemy import func, select, update
from sqlalchemy.orm import Session

from grants.clock import utc_now
from grants.domain.access import SYSTEM, Actor
from grants.domain.calendar import local_time
from grants.models.case_files import CaseFile
from grants.models.messages import Message
from grants.models.requests import InformationRequest, Reply
from grants.models.trail import OutboxRow
from grants.operations import clocks, messages, request_ends
from grants.operations.request_telling import Said
from grants.unit_of_work import saving
from tests.factories import NOW, make_staff, sign_in, unique
from tests.request_cases import asked, make_request, told

DESK = "/bureau/renseignements"
NBSP = "\u00a0"


@pytest.fixture
def agent(client: FlaskClient, session: Session) -> Actor:
    agent = make_staff(session, "Rose Auger", "information_agent")
    sign_in(client, session, agent)
    return agent


def url(case: CaseFile, act: str = "") -> str:
    return f"{DESK}/{case.public_id}{act}"


def page(client: FlaskClient, address: str) -> str:
    answer = client.get(address)
    assert answer.status_code == 200
    return answer.get_data(as_text=True)


def typed(**changes: object) -> dict[str, object]:
    """A caller who wants to be called back, as the agent types it a moment later."""
    received = local_time(utc_now() - timedelta(minutes=3))
    return {
        "public_id": unique(),
        "requester": "Aline Canari",
        "phone": "418 555-0177",
        "question": "Quand le prochain appel ouvre-t-il?",
        "topic": "general",
        "issue": "call_back",
        "channel": "phone",
        "received_on-day": received.day,
        "received_on-month": received.month,
        "received_on-year": received.year,
        "received_time": f"{received.hour} h {received.minute:02d}",
    } | changes


def test_nobody_waits_then_a_caller_waits_with_the_hour(
    client: FlaskClient, session: Session, agent: Actor
) -> None:
    assert "Personne n’attend" in page(client, DESK)
    answer = client.post(f"{DESK}/inscrire", data=typed())
    assert answer.status_code == 303
    sheet = page(client, answer.location)
    assert "Rappeler la personne" in sheet and "Comment cette date est calculée" in sheet
    queue = page(client, DESK)
    assert "Attendent un appel" in queue and "avant" in queue and "Aline Canari" in queue


def test_a_caller_answered_at_once_leaves_nothing_to_do(
    client: FlaskClient, session: Session, agent: Actor
) -> None:
    said = {"issue": "at_once", "answer": "Le 12 janvier.", "requester": "", "phone": ""}
    answer = client.post(f"{DESK}/inscrire", data=typed(**said))
    assert "Rien à faire" in page(client, answer.location)
    assert session.scalars(select(CaseFile)).one().status == "answered"


def test_a_fault_keeps_what_was_typed(client: FlaskClient, session: Session, agent: Actor) -> None:
    data = typed(phone="12", question="", received_time="demain")
    text = client.post(f"{DESK}/inscrire", data=data).get_data(as_text=True)
    assert "Il y a 3 choses à corriger" in text
    assert "Aline Canari" in text and 'value="demain"' in text
    assert session.scalar(select(func.count()).select_from(InformationRequest)) == 0


def test_the_same_person_is_shown_before_another_request_opens(
    client: FlaskClient, session: Session, agent: Actor
) -> None:
    first = client.post(f"{DESK}/inscrire", data=typed())
    data = typed()
    warned = client.post(f"{DESK}/inscrire", data=data)
    text = warned.get_data(as_text=True)
    assert warned.status_code == 200 and "a peut-être déjà écrit" in text
    data["seen"] = first.location.rsplit("/", 1)[1]
    assert client.post(f"{DESK}/inscrire", data=data).status_code == 303
    again = client.post(f"{DESK}/inscrire", data=data)
    assert again.status_code == 303
    assert session.scalar(select(func.count()).select_from(InformationRequest)) == 2


def test_each_page_of_an_act_opens(client: FlaskClient, session: Session, agent: Actor) -> None:
    case = make_request(session, asked(phone="418 555-0177", received_at=utc_now()))
    for act in ("transferer", "appel", "accuser-reception", "reporter", "acces", "diriger"):
        assert case.number in page(client, url(case, f"/{act}"))
    for act in ("repondre", "fermer"):
        assert case.number in page(client, url(case, f"/{act}"))


def test_taken_then_answered_from_a_saved_reply(
    client: FlaskClient, session: Session, agent: Actor
) -> None:
    case = make_request(session, asked(received_at=utc_now()))
    client.post(url(case, "/prendre"))
    assert "Rose Auger" in page(client, url(case))
    listed = page(client, f"{DESK}/reponses-types")
    chosen = listed.split("reponses-types/", 2)[2].split('"', 1)[0]
    form = page(client, url(case, f"/repondre?modele={chosen}"))
    assert case.number in form and "{numero}" not in form
    data = {"public_id": unique(), "version": session.get_one(CaseFile, case.id).version}
    said = data | {"channel": "email", "body": "Le prochain appel ouvre le 12 janvier."}
    assert client.post(url(case, "/repondre"), data=said).status_code == 303
    assert client.post(url(case, "/repondre"), data=said).status_code == 303
    sheet = page(client, url(case))
    assert "Rien à faire" in sheet and "Le prochain appel ouvre le 12 janvier." in sheet
    assert session.scalar(select(func.count()).select_from(Reply)) == 1


def test_an_answer_with_a_place_left_is_refused_and_kept(
    client: FlaskClient, session: Session, agent: Actor
) -> None:
    case = make_request(session, asked(received_at=utc_now()))
    data = {"public_id": unique(), "version": case.version, "channel": "email"}
    data["body"] = "Réponse le {date_reponse}."
    text = client.post(url(case, "/repondre"), data=data).get_data(as_text=True)
    assert "Remplacez" in text and "Réponse le {date_reponse}." in text


def test_a_page_shown_before_somebody_else_acted_is_told(
    client: FlaskClient, session: Session, agent: Actor
) -> None:
    case = make_request(session, told(channel="web", wants_callback=True, received_at=utc_now()))
    stale = case.version
    client.post(url(case, "/prendre"))
    now = local_time(utc_now())
    data = {
        "public_id": unique(),
        "version": stale,
        "outcome": "voice_mail",
        "time": f"{now:%H:%M}",
    }
    data |= {"on-day": now.day, "on-month": now.month, "on-year": now.year, "note": "Ne pas perdre"}
    text = client.post(url(case, "/appel"), data=data).get_data(as_text=True)
    assert "Ne pas perdre" in text and "Erreur" in text


def test_a_saved_reply_is_previewed_and_its_unknown_place_refused(
    client: FlaskClient, agent: Actor
) -> None:
    new = f"{DESK}/reponses-types/nouvelle"
    data = {"public_id": unique(), "title": "Merci", "topic": "", "body": "Bonjour {nom}, merci."}
    shown = client.post(new, data=data | {"step": "preview"}).get_data(as_text=True)
    assert "Bonjour Camille Exemple, merci." in shown
    refused = client.post(new, data=data | {"body": "Bonjour {prenom}."}).get_data(as_text=True)
    assert "{prenom}" in refused and "n’existe pas" in refused
    assert client.post(new, data=data).status_code == 303
    assert "Merci" in page(client, f"{DESK}/reponses-types")


def test_a_journalist_is_seen_by_those_who_answer_the_media(
    client: FlaskClient, session: Session
) -> None:
    media = asked(topic="media", details={"outlet": "Le Canari"}, received_at=utc_now())
    case = make_request(session, media)
    for role, status in (("advisor", 404), ("team_lead", 404), ("manager", 200)):
        sign_in(client, session, make_staff(session, "Odile Morin", role))
        assert client.get(url(case)).status_code == status
        assert (case.number in page(client, DESK)) == (status == 200)


def test_management_reads_without_acting(client: FlaskClient, session: Session) -> None:
    case = make_request(session, asked(received_at=utc_now()))
    sign_in(client, session, make_staff(session, "Ève Côté", "manager"))
    assert "Transférer" not in page(client, url(case))
    assert client.get(url(case, "/repondre")).status_code == 404


def test_another_secretariat_finds_nothing(client: FlaskClient, session: Session) -> None:
    case = make_request(session, asked(received_at=utc_now()))
    sign_in(client, session, make_staff(session, "Luc Roy", "information_agent", secretariat="SCT"))
    assert client.get(url(case)).status_code == 404
    assert client.get(f"/bureau/dossiers/{case.public_id}").status_code == 404


def test_an_answer_that_the_mail_server_refused_is_still_to_give(
    client: FlaskClient, session: Session, agent: Actor
) -> None:
    case = make_request(session)
    sheet = url(case)
    with saving() as saved:
        said = Said(unique(), "email", "Voici.")
        request_ends.answer(saved, case.id, said, actor=agent, now=utc_now())
    assert "Rien à faire" in page(client, sheet)
    with saving() as saved:
        saved.execute(update(OutboxRow).values(state="failed"))
    text = page(client, sheet)
    assert "Donner la réponse autrement" in text and f"{sheet}/repondre" in text
    assert f"{sheet}/fermer" not in text


def test_a_request_of_access_shows_the_day_of_the_law_once_nothing_else_runs(
    client: FlaskClient, session: Session, agent: Actor
) -> None:
    case = make_request(session, asked(topic="access"))
    message = session.scalars(select(Message)).one()
    with saving() as saved:
        messages.delivered(saved, message.id, "Objet", "Texte", actor=SYSTEM, now=NOW)
    assert session.get_one(CaseFile, case.id).next_due_at == clocks.NEVER
    text = page(client, DESK)
    assert case.number in text and "aucune échéance" not in text
