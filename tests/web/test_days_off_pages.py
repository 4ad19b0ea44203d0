"""The pages of days off: propose, correct, see the effect, confirm, without any script."""

import re
from datetime import UTC, datetime

import pytest
from flask.testing import FlaskClient
from sqlalchemy import select
from sqlalchemy.orm import Session

from grants.domain.access import Actor
from grants.domain.calendar import DayOff, local_date
from grants.models.clocks import Clock
from grants.models.reference import CalendarYear
from grants.queries import calendars
from grants.queries import days_off as queries
from grants.web.management.day_rows import hidden_rows
from tests.cases import make_case
from tests.factories import make_staff, sign_in

HOME = "/gestion/jours-feries"


@pytest.fixture
def manager(session: Session, client: FlaskClient) -> Actor:
    actor = make_staff(session, "Solange Vachon", "manager", title="Gestionnaire")
    sign_in(client, session, actor)
    return actor


def plain(text: str) -> str:
    return text.replace("\u00a0", " ")


def shown(client: FlaskClient, url: str) -> str:
    answer = client.get(url)
    assert answer.status_code == 200, url
    return plain(answer.get_data(as_text=True))


def sent(client: FlaskClient, year: int, data: dict[str, object]) -> str:
    answer = client.post(f"{HOME}/{year}", data=data, follow_redirects=True)
    assert answer.status_code == 200
    return plain(answer.get_data(as_text=True))


def rows(session: Session, year: int, *more: DayOff) -> dict[str, object]:
    """What the form of a held year posts, with more days."""
    held = queries.one_year(session, year)
    assert held is not None
    return {"version": held.version, **dict(hidden_rows([*held.days, *more]))}


def carried(page: str) -> dict[str, str]:
    """The hidden answers of the preview."""
    found = re.findall(r'<input type="hidden" name="([^"]+)" value="([^"]*)">', page)
    return {name: value for name, value in found if name != "csrf_token"}


def test_the_years_with_where_each_date_comes_from(client: FlaskClient, manager: Actor) -> None:
    page = shown(client, HOME)
    assert "Un seul calendrier pour les deux secrétariats" in page
    assert "Lundi qui précède le 25 mai" in page and "Proposée" in page and "Confirmée" in page
    assert f'href="{HOME}/2033"' in page and f'href="{HOME}/2034"' not in page
    proposed = shown(client, f"{HOME}/2033")
    assert "Proposée par les règles" in proposed and "24 juin 2033" in proposed
    for year in ("2034", "1990", "99999999"):
        assert client.get(f"{HOME}/{year}").status_code == 404


def test_from_the_preview_to_the_confirmation(
    client: FlaskClient, session: Session, manager: Actor
) -> None:
    now = datetime.now(UTC)
    case = make_case(session, now=now)
    number = case.number
    clock = session.scalars(select(Clock).where(Clock.case_file_id == case.id)).one()
    due_on, calendar = clock.due_on, calendars.calendar(session)
    off = DayOff(calendar.next_business_day(local_date(now)), "Fermeture des bureaux")
    before = calendar.version
    page = sent(client, off.on.year, {**rows(session, off.on.year, off), "act": "preview"})
    assert "1 échéance change" in page and number in page
    assert "La fonction publique en a d’ordinaire 13" in page and "Inscrit à la main" in page
    assert calendars.calendar(session).version == before, "a preview writes nothing"
    back = sent(client, off.on.year, {**carried(page), "act": "correct"})
    assert 'value="Fermeture des bureaux"' in back
    done = sent(client, off.on.year, {**carried(page), "act": "confirm"})
    assert "sont confirmés : 1 échéance déplacée" in done
    again = sent(client, off.on.year, {**carried(page), "act": "confirm"})
    assert "sont confirmés." in again, "the same post twice is one confirmation"
    session.expire_all()
    assert clock.due_on == calendar.next_business_day(due_on)
    assert session.get_one(CalendarYear, off.on.year).version == 2


def test_rows_are_added_and_removed_without_a_script(
    client: FlaskClient, session: Session, manager: Actor
) -> None:
    data = rows(session, 2027)
    assert sent(client, 2027, {**data, "row": "add:days"}).count("-title") > 13
    fewer = sent(client, 2027, {**data, "row": "remove:days:0"})
    assert "1er janvier 2027" not in fewer and "4 janvier 2027" in fewer


def test_what_was_typed_stays_beside_what_to_repair(
    client: FlaskClient, session: Session, manager: Actor
) -> None:
    data = {**rows(session, 2027), "days-13-on": "bientôt", "days-13-title": "Congé spécial"}
    page = sent(client, 2027, {**data, "act": "preview"})
    assert "Il y a une chose à corriger" in page and 'href="#days-13-on"' in page
    assert "Écrivez la date en entier" in page
    assert 'value="bientôt"' in page and 'value="Congé spécial"' in page
    data["days-13-on"] = "24 décembre 2027"
    page = sent(client, 2027, {**data, "act": "preview"})
    assert "la date y est deux fois" in page and 'value="Congé spécial"' in page


def test_another_manager_confirmed_meanwhile(
    client: FlaskClient, session: Session, manager: Actor
) -> None:
    data = {**rows(session, 2028), "days-13-on": "2028-08-07", "days-13-title": "Congé civique"}
    sent(client, 2028, {**rows(session, 2028), "act": "confirm"})
    page = sent(client, 2028, {**data, "act": "confirm"})
    assert "Une autre personne a confirmé cette année" in page
    assert 'value="Congé civique"' in page and 'name="version" type="hidden" value="2"' in page
