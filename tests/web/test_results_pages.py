"""Management reads its results, opens what stands behind, and publishes a period once."""

import re
from datetime import date, timedelta

import pytest
from flask.testing import FlaskClient
from sqlalchemy import select
from sqlalchemy.orm import Session

from grants.clock import utc_now
from grants.domain.calendar import local_date
from grants.domain.periods import fiscal_year_of
from grants.models.case_files import CaseFile
from grants.models.requests import InformationRequest
from grants.models.results import Publication
from tests.factories import make_staff, sign_in
from tests.results_cases import Told, make_clock

YEAR = fiscal_year_of(local_date(utc_now())).previous
DAY = timedelta(days=1)
JUNE = date(YEAR.from_on.year, 6, 12)
PERIOD = {"du": YEAR.from_on.isoformat(), "au": YEAR.until_on.isoformat()}


@pytest.fixture
def year(session: Session) -> None:
    """One kept, one late, one open; the last one is a journalist's."""
    for told in (Told(JUNE), Told(JUNE, after=DAY, taken=6), Told(JUNE, after=None)):
        clock = make_clock(session, told)
        session.add(
            InformationRequest(
                case_file_id=clock.case_file_id,
                topic="general" if told.after else "media",
                question="Quelles sont les dates?",
                answer_by="none",
            )
        )
    session.commit()


def typed(page: str, name: str) -> str:
    found = re.search(rf'name="{name}"[^>]*value="([^"]*)"', page)
    assert found, name
    return found[1]


@pytest.mark.usefixtures("year")
def test_a_figure_opens_its_list_and_a_closed_request_stays_a_number(
    client: FlaskClient, session: Session
) -> None:
    lead = make_staff(session, "Hélène Caron", "team_lead")
    sign_in(client, session, lead)
    page = client.get("/gestion/resultats", query_string=PERIOD).get_data(as_text=True)
    assert "33,3\u00a0%" in page and "Non calculable" in page
    lists = re.findall(r'href="(/gestion/resultats/SACA_ACK/[^"]+)"', page)
    assert len(lists) == 3
    numbers = {}
    for address in lists:
        answer = client.get(address.replace("&amp;", "&")).get_data(as_text=True)
        numbers[address.split("/")[4].split("?")[0]] = answer
    (secret,) = session.scalars(
        select(CaseFile.number).join(InformationRequest).where(InformationRequest.topic == "media")
    )
    assert secret in numbers["ouvertes-en-retard"]
    assert "/renseignements/" not in numbers["ouvertes-en-retard"]
    assert "/renseignements/" in numbers["tenues"]
    assert client.get("/gestion/resultats/SACA_ACK/autre").status_code == 404
    assert client.get("/gestion/charge").status_code == 200
    bad = client.get("/gestion/resultats?du=2026-02-31&au=hier").get_data(as_text=True)
    assert "Vérifiez les deux dates" in bad


ADDRESS = "/gestion/publications/nouvelle"
WHY = {"SACA_ACK": "Deux absences en juin."}


@pytest.fixture
def posted(client: FlaskClient, session: Session, year: None) -> dict[str, str]:
    """What the page of a manager carries."""
    sign_in(client, session, make_staff(session, "Odile Marchand", "manager", title="Directrice"))
    form = client.get(ADDRESS).get_data(as_text=True)
    carried = {name: typed(form, name) for name in ("public_id", "du", "au")}
    assert carried["du"] == PERIOD["du"]
    return carried


def test_a_period_is_read_explained_and_read_again(
    client: FlaskClient, session: Session, posted: dict[str, str]
) -> None:
    refused = client.post(ADDRESS, data={**posted, "step": "read", "SACA_PAY": "Rien"})
    page = refused.get_data(as_text=True)
    assert 'href="#SACA_ACK"' in page and "Rien</textarea>" in page
    read = client.post(ADDRESS, data={**posted, **WHY, "step": "read"}).get_data(as_text=True)
    assert "Publier pour de bon" in read and WHY["SACA_ACK"] in read
    again = client.post(ADDRESS, data={**posted, **WHY, "step": "correct"}).get_data(as_text=True)
    assert f"{WHY['SACA_ACK']}</textarea>" in again
    elsewhere = {**posted, **WHY, "SCT_ACK": "x" * 1001, "step": "read"}
    assert "il en compte 1001" in client.post(ADDRESS, data=elsewhere).get_data(as_text=True)
    assert session.scalars(select(Publication)).all() == []
    today = {"du": (utc_now() - DAY).date().isoformat(), "au": utc_now().date().isoformat()}
    assert client.post(ADDRESS, data={**posted, **today, "step": "read"}).status_code == 404


def test_explanations_outlive_the_session(client: FlaskClient) -> None:
    held = client.post(ADDRESS, data=WHY, headers={"Origin": "http://localhost"})
    assert held.status_code == 409 and WHY["SACA_ACK"] in held.get_data(as_text=True)


def test_what_is_published_is_a_page_and_files_for_its_secretariat(
    client: FlaskClient, session: Session, posted: dict[str, str]
) -> None:
    done = client.post(ADDRESS, data={**posted, **WHY, "step": "publish"})
    assert done.status_code == 303
    again = client.post(ADDRESS, data={**posted, **WHY, "step": "publish"})
    assert (again.status_code, again.location) == (303, done.location), "a second click"
    assert len(session.scalars(select(Publication)).all()) == 1
    shown = client.get(done.location).get_data(as_text=True)
    assert WHY["SACA_ACK"] in shown and "en préparation" in shown
    assert "En vigueur" in client.get("/gestion/publications").get_data(as_text=True)
    for name, kind in (("csv", "text/csv"), ("json", "application/json"), ("xlsx", "vnd")):
        answer = client.get(f"{done.location}/{name}")
        assert answer.status_code == 200 and kind in answer.headers["Content-Type"]
    assert client.get(f"{done.location}/pdf").status_code == 404
    assert client.get(f"{done.location}/exe").status_code == 404
    sign_in(client, session, make_staff(session, "Paul Roy", "manager", secretariat="SCT"))
    assert client.get(done.location).status_code == 404
