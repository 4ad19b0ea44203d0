"""What we publish of ourselves: the calculator, the declarations, the calls and the grants."""

import re
from datetime import date, timedelta

import pytest
from flask.testing import FlaskClient
from icalendar import Calendar
from sqlalchemy import select
from sqlalchemy.orm import Session

from grants.clock import utc_now
from grants.domain.calendar import local_date
from grants.domain.periods import fiscal_year_of
from grants.models.decisions import Decision
from grants.models.people import Person
from grants.models.reference import ServiceDeclaration
from tests.factories import NOW, make_call, make_member
from tests.money_cases import make_granted, make_issued, make_refused

THANKSGIVING = {
    "commitment": "SACA_ACK",
    "date-day": "8",
    "date-month": "10",
    "date-year": "2026",
    "time": "10 h",
}


def text_of(client: FlaskClient, url: str, **asked: str) -> str:
    answer = client.get(url, query_string=asked)
    assert answer.status_code == 200
    return str(answer.get_data(as_text=True))


def test_the_calculator_counts_as_the_files_do(client: FlaskClient) -> None:
    text = text_of(client, "/engagements/calcul", **THANKSGIVING)
    assert "Dernier jour pour accuser réception\u00a0: vendredi 16\u00a0octobre 2026" in text
    assert "lundi 12\u00a0octobre 2026, Action de grâces" in text
    assert 'class="count last"' in text
    later = text_of(
        client, "/engagements/calcul", **{**THANKSGIVING, "commitment": "SACA_CALLBACK"}
    )
    assert "vendredi 9\u00a0octobre 2026 à\u00a010\u00a0h" in later
    assert "Vingt-quatre heures" in later


def test_the_calculator_offers_every_delay_before_anything_is_asked(client: FlaskClient) -> None:
    text = text_of(client, "/engagements/calcul")
    assert re.findall(r'value="(S[A-Z_]+)"', text) == [
        "SACA_ACK",
        "SACA_CALLBACK",
        "SACA_PAY",
        "SCT_ACK",
    ]
    assert 'role="alert"' not in text and "Jour par jour" not in text


@pytest.mark.parametrize(
    ("typed", "said"),
    [
        ({"date-year": "1999"}, "Les jours fériés de 1999 ne sont pas encore fixés"),
        ({"date-day": "30", "date-month": "12", "date-year": "2032"}, "Les jours fériés de 2033"),
        ({"date-month": "2", "date-day": "31"}, "cette date n’existe pas"),
        ({"time": "25 h"}, "elle va de 0"),
        ({"commitment": "TOUT"}, "Choisissez une réponse"),
    ],
)
def test_the_calculator_says_what_to_repair_and_keeps_what_was_typed(
    client: FlaskClient, typed: dict[str, str], said: str
) -> None:
    asked = {**THANKSGIVING, **typed}
    text = text_of(client, "/engagements/calcul", **asked)
    assert said in text and 'role="alert"' in text
    assert f'value="{asked["time"]}"' in text
    assert f'name="date-year" inputmode="numeric" value="{asked["date-year"]}"' in text


def test_a_date_over_an_unconfirmed_year_is_provisional(client: FlaskClient) -> None:
    text = text_of(client, "/jours-feries")
    assert "Action de grâces" in text
    year = re.findall(r"(20[0-9]{2}) <span class=\"tag tag--wait\"", text)[0]
    asked = {**THANKSGIVING, "date-year": year}
    assert "Date provisoire" in text_of(client, "/engagements/calcul", **asked)


def test_every_version_of_a_declaration_keeps_its_page(
    client: FlaskClient, session: Session
) -> None:
    first = session.scalars(
        select(ServiceDeclaration).where(ServiceDeclaration.slug == "saca-2003")
    ).one()
    tomorrow = local_date(utc_now()) + timedelta(days=1)
    session.add(
        ServiceDeclaration(
            secretariat_id=first.secretariat_id, slug="saca-2", title="Deux", in_force_from=tomorrow
        )
    )
    session.commit()
    text = text_of(client, "/engagements/declarations")
    assert "nous n’en avons pas le texte" in text
    assert "En vigueur du 20\u00a0janvier 2003 au " in text
    assert "À venir" in text and "Date d’entrée en vigueur inconnue de nous." in text
    page = text_of(client, "/engagements/declarations/sct")
    assert "10\u00a0jours ouvrables" in page and "ne porte pas de date" in page
    assert client.get("/engagements/declarations/autre").status_code == 404


def test_the_calls_are_a_calendar_to_follow(client: FlaskClient, session: Session) -> None:
    call = make_call(session, now=utc_now())
    make_call(session, "SPA", now=utc_now())
    answer = client.get("/appels.ics")
    assert answer.content_type == "text/calendar; charset=utf-8"
    events = Calendar.from_ical(answer.data).walk("VEVENT")
    days = {str(event["uid"]): event.decoded("dtstart") for event in events}
    assert days[f"{call.public_id}-ouverture@appui"] == local_date(call.opens_at)
    assert days[f"{call.public_id}-cloture@appui"] == local_date(call.closes_at)
    assert all(type(day) is date for day in days.values()) and len(days) == 4
    one = Calendar.from_ical(client.get("/programmes/dcd.ics").data).walk("VEVENT")
    assert {str(event["uid"]) for event in one} == {uid for uid in days if call.public_id in uid}
    assert "/programmes/DCD" in str(one[0]["url"])
    assert client.get("/programmes/xyz.ics").status_code == 404


def test_grants_are_open_and_nothing_else_is(client: FlaskClient, session: Session) -> None:
    year = fiscal_year_of(local_date(NOW))
    base = f"/donnees-ouvertes/subventions-{year.label}"
    assert client.get(f"{base}.csv").status_code == 404
    assert "Aucune subvention n’est encore publiée" in text_of(client, "/donnees-ouvertes")
    case = make_granted(session, make_member(session))
    make_issued(session, case)
    refused = make_refused(session)
    shown = text_of(client, f"{base}.csv") + text_of(client, f"{base}.json")
    assert shown.count(case.number) == 2
    assert refused.number not in shown
    names = session.scalars(select(Person.full_name)).all()
    said = session.scalars(select(Decision.explanation)).all()
    assert names and not [word for word in (*names, *said) if word in shown]
    assert f"{base}.csv" in text_of(client, "/donnees-ouvertes")


@pytest.mark.parametrize("years", ["2026-2028", "2999-3000", "1999-2000", "9223372036854775808-1"])
def test_other_years_have_no_file(client: FlaskClient, years: str) -> None:
    assert client.get(f"/donnees-ouvertes/subventions-{years}.csv").status_code in (400, 404)


def test_calls_are_open(client: FlaskClient, session: Session) -> None:
    call = make_call(session, now=utc_now())
    lines = text_of(client, "/donnees-ouvertes/appels.csv").splitlines()
    assert lines[0].startswith("programme,appel,ouverture")
    assert lines[1].startswith(f"DCD,{call.title},") and lines[1].endswith(",15000.00,200000.00")
