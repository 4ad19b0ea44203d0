"""Asking for a revision on screen, then what the pages of both files say of each other."""

import re
from datetime import date, time, timedelta

import pytest
from flask.testing import FlaskClient
from sqlalchemy import func, select
from sqlalchemy.orm import Session

from grants.clock import utc_now
from grants.domain.access import Actor
from grants.domain.calendar import at_local_time, local_date
from grants.domain.dates import write_parts
from grants.models.case_files import CaseFile, Revision
from tests.cases import make_case
from tests.factories import make_member, make_organization, make_staff, sign_in, unique
from tests.revision_cases import GROUNDS, make_refused_at

DAY = timedelta(days=1)


def read(client: FlaskClient, url: str) -> str:
    answer = client.get(url)
    assert answer.status_code == 200, url
    return answer.get_data(as_text=True)


def page_of(case: CaseFile) -> str:
    return f"/mon-espace/demandes/{case.public_id}/revision"


@pytest.fixture
def member(client: FlaskClient, session: Session) -> Actor:
    member = make_member(session)
    sign_in(client, session, member)
    return member


@pytest.fixture
def first(session: Session, member: Actor) -> CaseFile:
    return make_refused_at(session, utc_now() - DAY, member)


def ask(client: FlaskClient, first: CaseFile) -> str:
    """The page of the revision that a person asks for."""
    answer = client.post(page_of(first), data={"public_id": unique(), "grounds": GROUNDS})
    assert answer.status_code == 303
    return str(answer.location)


def test_the_page_says_until_when_and_opens_one_file(
    client: FlaskClient, session: Session, first: CaseFile
) -> None:
    number, page = first.number, read(client, page_of(first))
    assert "Dernier jour pour demander cette révision" in page
    new_id = re.search(r'name="public_id"[^>]*value="([0-9a-f]{32})"', page)
    assert new_id
    data = {"public_id": new_id[1], "grounds": GROUNDS}
    answers = [client.post(page_of(first), data=data) for _ in range(2)]
    assert [answer.status_code for answer in answers] == [303, 303]
    assert {answer.location for answer in answers} == {f"/mon-espace/demandes/{new_id[1]}"}
    assert session.scalar(select(func.count(Revision.case_file_id))) == 1
    followed = read(client, f"/mon-espace/demandes/{new_id[1]}")
    assert "Votre demande de révision est reçue" in followed
    assert f"Révision de {number}" in followed and GROUNDS in followed
    assert "Preuve de dépôt" not in followed
    home = read(client, "/mon-espace/")
    assert f"Révision de {number}" in home and "REV-" in home


def test_nothing_typed_is_lost_and_an_empty_box_is_told(
    client: FlaskClient, first: CaseFile
) -> None:
    page = client.post(page_of(first), data={"public_id": unique(), "grounds": " "})
    assert "Écrivez pourquoi la décision devrait changer" in page.get_data(as_text=True)
    long = client.post(page_of(first), data={"public_id": unique(), "grounds": "é" * 5_001})
    assert "é" * 5_001 in long.get_data(as_text=True)


def test_what_cannot_be_asked_says_why(
    client: FlaskClient, session: Session, member: Actor, first: CaseFile
) -> None:
    revision_page = ask(client, first)
    assert client.get(page_of(first)).location == revision_page
    again = client.post(page_of(first), data={"public_id": unique(), "grounds": "Encore"})
    said = again.get_data(as_text=True)
    assert again.status_code == 409 and "est déjà demandée" in said and "Encore" in said
    late = make_refused_at(session, utc_now() - 60 * DAY, member)
    assert "Le dernier jour pour demander cette révision était" in read(client, page_of(late))
    assert client.post(page_of(late), data={"grounds": GROUNDS}).status_code == 409
    undecided = make_case(session, member, now=utc_now())
    assert client.get(page_of(undecided)).status_code == 404
    stranger = make_member(session, make_organization(session, "Maison des aînées"))
    sign_in(client, session, stranger)
    assert client.get(page_of(first)).status_code == 404


def test_the_pages_of_an_application_that_a_revision_has_not(
    client: FlaskClient, first: CaseFile
) -> None:
    revision_page = ask(client, first)
    assert client.get(f"{revision_page}/confirmation").location == revision_page
    assert client.get(f"{revision_page}/preuve").status_code == 404
    withdraw = read(client, f"{revision_page}/retirer")
    assert "Retirer cette demande de révision?" in withdraw
    assert client.get(f"{revision_page}/revision").status_code == 404


def test_the_staff_see_two_files_that_name_each_other(
    client: FlaskClient, session: Session, member: Actor
) -> None:
    odile = make_staff(session, "Odile Marchand", "advisor")
    first = make_refused_at(session, utc_now() - DAY, member, odile)
    key = ask(client, first).rsplit("/", 1)[1]
    number, first_url = first.number, f"/bureau/dossiers/{first.public_id}"
    lead = make_staff(session, "Hélène Caron", "team_lead", title="Cheffe d’équipe")
    sign_in(client, session, lead)
    page = read(client, f"/bureau/dossiers/{key}")
    named = f'Révision de <a href="{first_url}">{number}</a>'
    reasons = "Voici ce que nous avons vu"
    for words in (named, GROUNDS, "Refusée", reasons, "Irène Vallée", "Mission"):
        assert words in page
    assert f"{first_url}/pieces/" in read(client, f"/bureau/dossiers/{key}/pieces")
    assert "Une révision de la décision est demandée" in read(client, first_url)
    assert f"Révision de {number}" in read(client, "/bureau/")
    assert f"Révision de {number}" in read(client, "/bureau/dossiers?nature=revision")
    assert f"Révision de {number}" not in read(client, "/bureau/dossiers?nature=application")


def test_a_revision_that_nobody_may_handle_waits_and_says_so(
    client: FlaskClient, session: Session, member: Actor
) -> None:
    odile = make_staff(session, "Odile Marchand", "advisor")
    key = ask(client, make_refused_at(session, utc_now() - DAY, member, odile)).rsplit("/", 1)[1]
    lead = make_staff(session, "Hélène Caron", "team_lead", title="Cheffe d’équipe")
    sign_in(client, session, lead)
    for url in ("/bureau/a-affecter", f"/bureau/dossiers/{key}/affecter"):
        page = read(client, url)
        assert "Personne ne peut recevoir ce dossier" in page
        assert "nommer une autre personne" in page
        assert "Odile Marchand, a déjà pris part" in page
    make_staff(session, "Marc Élie", "advisor", title="Conseiller")
    assert "Proposition\u00a0: Marc Élie" in read(client, f"/bureau/dossiers/{key}/affecter")


def typed(received: date) -> dict[str, str]:
    """What the page of a request on paper posts, each time from a page of its own."""
    parts = zip(("day", "month", "year"), write_parts(received), strict=True)
    day = {f"received_on-{part}": text for part, text in parts}
    said = {"channel": "post", "grounds": GROUNDS, "received_time": "9:30"}
    return {"public_id": unique(), **said, **day}


def test_a_request_on_paper_has_its_true_receipt(
    client: FlaskClient, session: Session, member: Actor
) -> None:
    key = make_refused_at(session, utc_now() - 40 * DAY, member).public_id
    sign_in(client, session, make_staff(session, "Rose Auger", "information_agent"))
    url = f"/bureau/dossiers/{key}/revision"
    assert f'href="{url}"' in read(client, f"/bureau/dossiers/{key}")
    empty = client.post(url, data={"public_id": unique()}).get_data(as_text=True)
    for words in ("Choisissez une réponse", "Écrivez pourquoi", "Complétez la date"):
        assert words in empty
    late = client.post(url, data=typed(local_date(utc_now() - DAY))).get_data(as_text=True)
    assert "Le dernier jour pour demander cette révision était" in late and GROUNDS in late
    received = local_date(utc_now() - 20 * DAY)
    data = typed(received)
    answers = [client.post(url, data=data) for _ in range(2)]
    assert {answer.location for answer in answers} == {f"/bureau/dossiers/{data['public_id']}"}
    opened = session.scalars(select(CaseFile).where(CaseFile.kind == "revision")).one()
    assert (opened.channel, opened.received_at) == ("post", at_local_time(received, time(9, 30)))
    assert "Saisi par Rose Auger, par la poste" in read(client, str(answers[0].location))
    assert "est déjà demandée" in read(client, url)
