"""The pages of absences: for oneself and for the team, and files that pass one by one."""

from datetime import UTC, datetime, timedelta

import pytest
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import select
from sqlalchemy.orm import Session

from grants.domain.access import Actor
from grants.domain.calendar import local_date
from grants.models.case_files import CaseFile
from grants.models.people import Absence, Account
from tests.cases import make_case
from tests.factories import make_member, make_staff, sign_in, unique

BASE = "/bureau/absences"
NOW = datetime.now(UTC)
TODAY = local_date(NOW)


@pytest.fixture
def odile(session: Session) -> Actor:
    return make_staff(session, "Odile Morin", "advisor")


@pytest.fixture
def samuel(session: Session) -> Actor:
    return make_staff(session, "Samuel Gagné", "advisor")


@pytest.fixture
def lead(client: FlaskClient, session: Session) -> FlaskClient:
    sign_in(client, session, make_staff(session, "Hélène Caron", "team_lead", title="Cheffe"))
    return client


def browser(app: Flask, session: Session, actor: Actor) -> FlaskClient:
    theirs = app.test_client()
    sign_in(theirs, session, actor)
    return theirs


def typed(person: Actor | None, substitute: Actor, days: int = 3) -> dict[str, object]:
    facts: dict[str, object] = {"public_id": unique(), "substitute_id": substitute.person_id}
    if person:
        facts["person_id"] = person.person_id
    for name, day in (("from_on", TODAY), ("until_on", TODAY + timedelta(days=days))):
        facts |= {f"{name}-day": day.day, f"{name}-month": day.month, f"{name}-year": day.year}
    return facts


def read(client: FlaskClient, url: str) -> str:
    answer = client.get(url)
    assert answer.status_code == 200, url
    return answer.get_data(as_text=True)


def test_a_post_repeated_finds_the_absence_and_errors_keep_what_was_typed(
    lead: FlaskClient, session: Session, odile: Actor, samuel: Actor
) -> None:
    facts = typed(odile, samuel)
    wrong = lead.post(f"{BASE}/inscrire", data={**facts, "substitute_id": odile.person_id})
    page = wrong.get_data(as_text=True)
    assert "Choisissez quelqu’un d’autre" in page and f'value="{TODAY.year}"' in page
    both = [lead.post(f"{BASE}/inscrire", data=facts) for _ in range(2)]
    assert {answer.status_code for answer in both} == {303}
    assert len({answer.location for answer in both}) == 1
    empty = lead.post(f"{BASE}/inscrire", data={}).get_data(as_text=True)
    assert "Il y a 4 choses à corriger" in empty
    assert "En cours" in read(lead, BASE) and session.scalars(select(Absence)).one()


def test_files_pass_to_the_substitute_and_what_could_not_is_named(
    app: Flask, lead: FlaskClient, session: Session, odile: Actor, samuel: Actor
) -> None:
    case, barred = (make_case(session, advisor=odile, now=NOW - timedelta(hours=2)) for _ in "12")
    number, barred_number = case.number, barred.number
    page = lead.post(f"{BASE}/inscrire", data=typed(odile, samuel)).location
    his = browser(app, session, samuel)
    assert number in read(his, "/bureau/?qui=remplace")
    his.post(f"/bureau/dossiers/{barred.public_id}/conflit", data={"reason": "Un proche y siège"})
    answer = lead.post(f"{page}/confier").get_data(as_text=True)
    assert "1\u00a0dossier a changé de mains" in answer
    assert f"{barred_number}&nbsp;: " in answer
    assert number in read(his, "/bureau/?qui=moi")
    assert "Vous pourrez les rendre au retour" in read(lead, page)
    assert lead.post(f"{page}/annuler").status_code == 303
    assert lead.post(f"{page}/rendre").status_code == 303
    assert "1\u00a0dossier a changé de mains" in read(lead, page)
    holders = set(session.scalars(select(CaseFile.advisor_id)))
    assert holders == {odile.person_id}


def test_one_s_own_absence_and_nobody_else_s(
    app: Flask, session: Session, odile: Actor, samuel: Actor
) -> None:
    hers = browser(app, session, odile)
    assert "Personne absente" not in read(hers, f"{BASE}/inscrire")
    page = hers.post(f"{BASE}/inscrire", data=typed(None, samuel)).location
    assert hers.post(f"{page}/confier").status_code == 404
    his = browser(app, session, samuel)
    assert "Odile Morin" in read(his, page), "whom one replaces"
    assert his.post(f"{page}/annuler").status_code == 409
    clerk = browser(app, session, make_staff(session, "Réjean Kirouac", "finance_preparer"))
    assert clerk.get(page).status_code == 404
    assert "Odile" not in read(clerk, BASE)
    assert hers.post(f"{page}/annuler").status_code == 303
    assert "annulée" in read(hers, BASE)


def test_a_lead_sees_what_is_still_in_the_name_of_who_left(
    lead: FlaskClient, session: Session, odile: Actor
) -> None:
    make_case(session, advisor=odile)
    assert "n’ont plus accès" not in read(lead, BASE)
    session.get_one(Account, odile.account_id).disabled_at = NOW
    session.commit()
    assert "Odile Morin&nbsp;: 1\u00a0dossier ouvert, 0\u00a0demande" in read(lead, BASE)


def test_an_absence_that_nobody_replaces_any_more_is_told(
    lead: FlaskClient, session: Session, odile: Actor, samuel: Actor
) -> None:
    make_case(session, advisor=odile)
    page = lead.post(f"{BASE}/inscrire", data=typed(odile, samuel)).location
    assert "Confier ce dossier" in read(lead, page)
    session.get_one(Account, samuel.account_id).disabled_at = NOW
    session.commit()
    assert "N’a plus accès" in read(lead, BASE)
    told = read(lead, page)
    assert "Personne ne remplace" in told and "Confier ce dossier" not in told


def test_the_organization_learns_whom_to_ask_meanwhile(
    app: Flask, session: Session, odile: Actor, samuel: Actor
) -> None:
    member = make_member(session)
    case = make_case(session, member, odile, now=NOW - timedelta(hours=2))
    volunteer, page = browser(app, session, member), f"/mon-espace/demandes/{case.public_id}"
    assert "En absence" not in read(volunteer, page)
    browser(app, session, odile).post(f"{BASE}/inscrire", data=typed(None, samuel))
    assert "D’ici là, demandez Samuel Gagné, poste&nbsp;4218" in read(volunteer, page)


def test_whoever_reads_no_file_sees_none_on_an_absence(
    app: Flask, session: Session, odile: Actor, samuel: Actor
) -> None:
    number = make_case(session, advisor=odile).number
    manager = browser(app, session, make_staff(session, "Paule Roy", "manager"))
    page = manager.post(f"{BASE}/inscrire", data=typed(odile, samuel)).location
    assert number not in read(manager, page)
