"""The space of an organization, page by page: nothing typed is lost, nothing foreign is seen."""

import re
from datetime import timedelta
from urllib.parse import urlsplit

import pytest
from flask.testing import FlaskClient
from sqlalchemy import select
from sqlalchemy.orm import Session
from werkzeug.test import TestResponse

from grants.clock import utc_now
from grants.domain.access import Actor
from grants.models.case_files import CaseFile
from grants.models.drafts import Draft
from grants.models.organizations import Organization
from grants.operations import drafts as draft_acts
from grants.unit_of_work import saving
from tests.cases import make_case, make_draft
from tests.factories import make_call, make_member, make_organization, sign_in, unique

SPACE = "/mon-espace"


def text_of(answer: TestResponse) -> str:
    return answer.get_data(as_text=True)


@pytest.fixture
def member(session: Session, client: FlaskClient) -> Actor:
    actor = make_member(session)
    sign_in(client, session, actor)
    return actor


@pytest.fixture
def draft(session: Session, member: Actor) -> Draft:
    return make_draft(session, member, now=utc_now() - timedelta(minutes=5))


def url(draft: Draft, rest: str = "") -> str:
    return f"{SPACE}/brouillons/{draft.public_id}{rest}"


def section_data(text: str, **changes: str) -> dict[str, str]:
    """What a browser would post from a section page, with some answers changed."""
    seen = re.search(r'name="seen" value="([0-9a-f]+)"', text)
    assert seen
    return {"seen": seen[1], **changes}


def test_a_second_draft_needs_an_explicit_choice(
    client: FlaskClient, session: Session, member: Actor
) -> None:
    call = make_call(session, now=utc_now())
    start = f"{SPACE}/appels/{call.public_id}/commencer"
    assert call.title in text_of(client.get(f"{SPACE}/appels"))
    assert "Commencer la demande" in text_of(client.get(start))
    first = client.post(start, data={"public_id": unique()})
    assert first.status_code == 303
    again = client.post(start, data={"public_id": unique()})
    assert "Vous avez déjà commencé une demande" in text_of(again)
    assert "Continuer cette demande" in text_of(again)
    second = client.post(start, data={"public_id": unique(), "another": "1"})
    assert second.location != first.location
    assert len(session.scalars(select(Draft.id)).all()) == 2


def test_the_task_list_says_all_along_that_nothing_is_sent(
    client: FlaskClient, draft: Draft
) -> None:
    text = text_of(client.get(url(draft)))
    assert "Votre demande n’est pas encore envoyée" in text
    assert "Il reste 17\u00a0jours." in text
    assert "Pas encore envoyée" in text
    assert text_of(client.get(f"{SPACE}/")).count("pas encore envoyée") == 1


def test_every_section_shows_and_keeps_what_is_typed(
    client: FlaskClient, session: Session, draft: Draft
) -> None:
    for key in ("identification", "contacts", "mission", "amount", "documents", "declarations"):
        assert client.get(url(draft, f"/sections/{key}")).status_code == 200
    here = url(draft, "/sections/contacts")
    data = section_data(text_of(client.get(here)), contact_email="à@", finished="no", later="1")
    saved = client.post(here, data=data)
    assert urlsplit(saved.location).path == url(draft)
    assert "C’est enregistré" in text_of(client.get(saved.location))
    assert 'value="à@"' in text_of(client.get(here))


def test_a_finished_section_with_problems_says_what_to_repair(
    client: FlaskClient, draft: Draft
) -> None:
    here = url(draft, "/sections/amount")
    data = section_data(text_of(client.get(here)), amount_requested="douze", finished="yes")
    saved = client.post(here, data=data)
    assert urlsplit(saved.location).path == here
    text = text_of(client.get(here))
    assert "choses à corriger" in text
    assert 'value="douze"' in text
    assert 'href="#amount_requested"' in text


def test_rows_are_added_and_taken_away_without_script(client: FlaskClient, draft: Draft) -> None:
    here = url(draft, "/sections/amount")
    data = section_data(text_of(client.get(here)), row="add:amount_use", amount_requested="10")
    data |= {"amount_use-0-poste": "rent", "amount_use-0-montant": "10,00"}
    added = client.post(here, data=data)
    assert added.location.endswith("#amount_use")
    text = text_of(client.get(here))
    assert "amount_use-1-montant" in text
    data = section_data(text, row="remove:amount_use:0")
    data |= {"amount_use-0-poste": "rent", "amount_use-1-poste": "travel"}
    client.post(here, data=data)
    assert "amount_use-1-montant" not in text_of(client.get(here))


def test_a_stale_save_shows_both_texts(
    client: FlaskClient, session: Session, member: Actor, draft: Draft
) -> None:
    here = url(draft, "/sections/mission")
    data = section_data(text_of(client.get(here)), mission="Mon texte à moi")
    theirs = draft_acts.SectionDetails("mission", {"mission": "Le sien"}, False, data["seen"])
    draft_id = draft.id
    with saving() as saved:
        draft_acts.save_section(saved, draft_id, theirs, actor=member, now=utc_now())
    refused = client.post(here, data=data)
    assert refused.status_code == 409
    text = text_of(refused)
    assert "Mon texte à moi</textarea>" in text
    assert "Le sien" in text
    client.post(here, data=section_data(text, mission="Les deux"))
    assert session.get_one(Draft, draft_id).answers["mission"] == "Les deux"


def test_the_check_page_links_each_problem_to_its_field(
    client: FlaskClient, session: Session, draft: Draft
) -> None:
    with saving():
        draft.answers = {**draft.answers, "mission": "", "rep_email": "x"}
    text = text_of(client.get(url(draft, "/verifier")))
    assert "Il reste 2\u00a0choses à compléter" in text
    assert "sections/mission?verifier=1#mission" in text
    assert "Envoyer la demande</button>" not in text
    section = text_of(client.get(url(draft, "/sections/contacts?verifier=1")))
    assert 'href="#rep_email"' in section


def send(client: FlaskClient, draft: Draft) -> TestResponse:
    version = re.search(
        r'name="version" value="(\d+)"', text_of(client.get(url(draft, "/verifier")))
    )
    assert version
    return client.post(url(draft, "/envoyer"), data={"version": version[1]})


def test_sending_leads_to_a_page_that_stays(
    client: FlaskClient, session: Session, draft: Draft
) -> None:
    case_public_id = draft.case_public_id
    sent = send(client, draft)
    confirmation = f"{SPACE}/demandes/{case_public_id}/confirmation"
    assert sent.location == confirmation
    case = session.scalars(select(CaseFile)).one()
    text = text_of(client.get(confirmation))
    assert case.number in text
    assert re.search(r"min\s\d+\ss", text)
    assert "en préparation" in text
    assert "Comment cette date est calculée" in text
    again = client.post(url(draft, "/envoyer"), data={"version": "1"})
    assert again.location == confirmation
    assert client.get(url(draft)).location == confirmation
    assert client.get(f"{SPACE}/demandes/{case_public_id}/preuve").location == confirmation


def test_a_stale_sending_is_read_again(client: FlaskClient, draft: Draft) -> None:
    refused = client.post(url(draft, "/envoyer"), data={"version": "0"})
    assert refused.status_code == 409
    assert "Cette page a changé" in text_of(refused)


def test_too_late_is_said_to_the_second(
    client: FlaskClient, session: Session, draft: Draft
) -> None:
    with saving():
        draft.call.closes_at = utc_now() - timedelta(seconds=2)
        draft.call.opens_at = utc_now() - timedelta(days=2)
    version = draft.version
    late = client.post(url(draft, "/envoyer"), data={"version": str(version)})
    assert late.status_code == 409
    text = text_of(late)
    assert "arrivée après la clôture" in text
    assert len(re.findall(r"min\s\d+\ss", text)) == 2
    assert "Ce qui reste possible" in text


def test_a_sent_file_is_followed_explained_and_withdrawn(
    client: FlaskClient, session: Session, member: Actor
) -> None:
    case = make_case(session, member, now=utc_now() - timedelta(days=1))
    address, clock_id = f"{SPACE}/demandes/{case.public_id}", case.clocks[0].id
    text = text_of(client.get(address))
    assert case.number in text
    assert "Promis au plus tard le" in text
    explained = text_of(client.get(f"{address}/delais/{clock_id}"))
    assert re.search(r"jour\s5", explained)
    assert "Date promise" in explained
    assert case.number in text_of(client.get(f"{SPACE}/"))
    version = re.search(r'name="version" value="(\d+)"', text_of(client.get(f"{address}/retirer")))
    assert version
    client.post(f"{address}/retirer", data={"version": version[1]})
    assert "Demande retirée" in text_of(client.get(address))


def test_foreign_pages_do_not_exist(client: FlaskClient, session: Session, member: Actor) -> None:
    stranger = make_member(session, make_organization(session, "Canari Secret"), name="Luc Roy")
    draft = make_draft(session, stranger, now=utc_now())
    case = make_case(session, stranger, now=utc_now())
    for address in (
        url(draft),
        url(draft, "/verifier"),
        url(draft, "/sections/mission"),
        f"{SPACE}/demandes/{case.public_id}",
        f"{SPACE}/demandes/{case.public_id}/confirmation",
        f"{SPACE}/demandes/{case.public_id}/preuve",
        f"{SPACE}/demandes/{case.public_id}/delais/{case.clocks[0].id}",
        f"{SPACE}/demandes/{case.public_id}/retirer",
    ):
        answer = client.get(address)
        assert answer.status_code == 404, address
        assert "Canari" not in text_of(answer)


def test_a_reader_reads_only(client: FlaskClient, session: Session, draft: Draft) -> None:
    own = session.get_one(Organization, draft.organization_id)
    sign_in(client, session, make_member(session, own, "reader", "Nora Diallo"))
    assert client.get(url(draft)).status_code == 200
    assert "Votre accès permet seulement de lire" in text_of(client.get(url(draft, "/verifier")))
    assert client.get(url(draft, "/sections/mission")).status_code == 404
    assert client.post(url(draft, "/envoyer")).status_code == 404
