"""The short form of an application on paper: every fault at once, likely doubles shown first."""

from datetime import timedelta
from io import BytesIO
from pathlib import Path

import pytest
from flask.testing import FlaskClient
from sqlalchemy import func, select
from sqlalchemy.orm import Session

from grants.clock import utc_now
from grants.domain.access import Actor
from grants.domain.calendar import local_time
from grants.models.case_files import CaseFile
from grants.models.drafts import Attachment
from grants.models.organizations import Organization
from tests.factories import make_call, make_organization, make_staff, sign_in, unique

URL = "/bureau/saisir"
PDF = Path(__file__).parents[2] / "grants" / "demo" / "resolution.pdf"


@pytest.fixture
def agent(client: FlaskClient, session: Session) -> Actor:
    agent = make_staff(session, "Rose Auger", "information_agent")
    sign_in(client, session, agent)
    return agent


@pytest.fixture
def typed(session: Session) -> dict[str, object]:
    received = local_time(utc_now() - timedelta(days=2))
    return {
        "public_id": unique(),
        "channel": "post",
        "received_on-day": received.day,
        "received_on-month": received.month,
        "received_on-year": received.year,
        "received_time": "9 h 30",
        "neq": "1144 556 677",
        "legal_name": "Entraide Val-Boréal",
        "email": "bonjour@val-boreal.exemple",
        "call": make_call(session, now=utc_now()).public_id,
        "amount": "48 500,00 $",
    }


def files(session: Session) -> int:
    return session.scalar(select(func.count()).select_from(CaseFile)) or 0


def test_the_file_opens_with_its_true_receipt(
    client: FlaskClient, session: Session, agent: Actor, typed: dict[str, object]
) -> None:
    answer = client.post(URL, data=typed)
    assert answer.status_code == 303
    case = session.scalars(select(CaseFile)).one()
    received = local_time(case.received_at)
    assert (received.hour, received.minute, case.channel) == (9, 30, "post")
    page = client.get(answer.location).get_data(as_text=True)
    assert f"La demande est inscrite sous le numéro {case.number}" in page
    assert "par la poste" in page


def test_a_scan_is_kept_with_the_file(
    client: FlaskClient, session: Session, agent: Actor, typed: dict[str, object]
) -> None:
    typed["scan"] = (BytesIO(PDF.read_bytes()), "demande.pdf")
    assert client.post(URL, data=typed).status_code == 303
    assert session.scalars(select(Attachment)).one().filename == "demande.pdf"


def test_a_scan_that_is_no_document_is_refused_and_nothing_is_lost(
    client: FlaskClient, session: Session, agent: Actor, typed: dict[str, object]
) -> None:
    typed["scan"] = (BytesIO(b"GIF89a ceci n'est pas un document"), "demande.pdf")
    page = client.post(URL, data=typed).get_data(as_text=True)
    assert "ni un PDF ni une photo" in page
    assert "Entraide Val-Boréal" in page
    assert files(session) == 0


def test_every_fault_is_shown_at_once(
    client: FlaskClient, session: Session, agent: Actor, typed: dict[str, object]
) -> None:
    typed |= {"neq": "12", "amount": "beaucoup", "received_time": "midi", "received_on-day": ""}
    typed |= {"channel": "", "call": "", "email": "nulle part"}
    page = client.post(URL, data=typed).get_data(as_text=True)
    assert "Il y a 7 choses à corriger" in page
    for anchor in ("neq", "amount", "received_time", "received_on-day", "channel", "call"):
        assert f'href="#{anchor}"' in page
        assert f'id="{anchor}"' in page
    assert 'value="beaucoup"' in page


def test_a_second_post_leads_to_the_same_file(
    client: FlaskClient, session: Session, agent: Actor, typed: dict[str, object]
) -> None:
    first, second = client.post(URL, data=typed), client.post(URL, data=typed)
    assert first.status_code == second.status_code == 303
    assert first.location == second.location
    assert files(session) == 1


def test_a_likely_double_is_shown_and_never_merged(
    client: FlaskClient, session: Session, agent: Actor, typed: dict[str, object]
) -> None:
    client.post(URL, data=typed)
    known = session.scalars(select(CaseFile)).one()
    again = {**typed, "public_id": unique()}
    page = client.post(URL, data=again).get_data(as_text=True)
    assert "Vérifiez avant d’inscrire" in page
    assert known.number in page
    assert files(session) == 1
    assert client.post(URL, data={**again, "seen": known.public_id}).status_code == 303
    assert files(session) == 2


def test_a_name_that_looks_known_is_shown_first(
    client: FlaskClient, session: Session, agent: Actor, typed: dict[str, object]
) -> None:
    known = make_organization(session, "Entraide de Val-Boréal inc.")
    page = client.post(URL, data=typed).get_data(as_text=True)
    assert known.neq in page
    assert files(session) == 0
    assert client.post(URL, data={**typed, "seen": known.public_id}).status_code == 303
    assert session.scalar(select(func.count()).select_from(Organization)) == 2


def test_a_call_that_was_closed_that_day_is_refused(
    client: FlaskClient, session: Session, agent: Actor, typed: dict[str, object]
) -> None:
    closed = make_call(session, now=utc_now(), days=-5)
    page = client.post(URL, data={**typed, "call": closed.public_id}).get_data(as_text=True)
    assert 'href="#call"' in page
    assert files(session) == 0
    assert "cet appel a fermé le" in page


def test_a_call_that_opened_later_is_said_to_staff(
    client: FlaskClient, session: Session, agent: Actor, typed: dict[str, object]
) -> None:
    call = make_call(session, now=utc_now() + timedelta(days=29))
    page = client.post(URL, data={**typed, "call": call.public_id}).get_data(as_text=True)
    assert "cet appel n’ouvre que le" in page
    assert files(session) == 0


def test_a_call_that_left_the_list_is_chosen_again(
    client: FlaskClient, session: Session, agent: Actor, typed: dict[str, object]
) -> None:
    gone = make_call(session, now=utc_now() - timedelta(days=200))
    for chosen in (gone.public_id, unique()):
        answer = client.post(URL, data={**typed, "call": chosen})
        page = answer.get_data(as_text=True)
        assert answer.status_code == 200
        assert 'href="#call"' in page
        assert "Entraide Val-Boréal" in page
    assert files(session) == 0


def test_an_amount_beyond_any_program_is_said_too_large(
    client: FlaskClient, session: Session, agent: Actor, typed: dict[str, object]
) -> None:
    page = client.post(URL, data={**typed, "amount": "200 000 000"}).get_data(as_text=True)
    assert "qui dépasse 100\u00a0000\u00a0000,00\u00a0$" in page
    assert 'href="#amount"' in page


def test_a_secretariat_without_calls_is_told_so(client: FlaskClient, session: Session) -> None:
    sign_in(client, session, make_staff(session, "Luc Roy", "information_agent", secretariat="SCT"))
    page = client.get(URL).get_data(as_text=True)
    assert "Votre secrétariat n’a pas d’appel" in page
    assert '<form class="form' not in page
