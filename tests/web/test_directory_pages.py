"""The directory on screen: anybody finds a resource, staff keep it, a file sends somebody on."""

from datetime import UTC, datetime, timedelta

import pytest
from flask.testing import FlaskClient
from sqlalchemy import select
from sqlalchemy.orm import Session

from grants.domain.access import Actor
from grants.domain.calendar import local_date
from grants.models.case_files import CaseFile
from grants.models.decisions import Decision
from grants.models.directory import Referral, Resource
from grants.queries import directory
from tests.cases import make_case
from tests.factories import make_member, make_staff, sign_in, unique
from tests.money_cases import make_recommended
from tests.operations.test_directory import added, asked
from tests.web.test_decision_pages import decided, post, read, typed

LINE = {"name": "Le Refuge", "kind": "community", "purpose": "Un toit.", "phone": "418 555-0100"}


@pytest.fixture
def agent(client: FlaskClient, session: Session) -> Actor:
    actor = make_staff(session, "Marc Lavoie", "information_agent")
    sign_in(client, session, actor)
    return actor


def test_anybody_finds_a_resource_and_how_sure_it_is(client: FlaskClient, session: Session) -> None:
    page = read(client, "/ressources?besoin=housing&region=12")
    assert "Comité logement du Bord-de-l’Eau" in page and "Accueil Horizon" not in page
    assert 'href="tel:+14185550161"' in page and "Vérifiée le 5 octobre 2026" in page
    old = session.scalars(select(Resource).where(Resource.search_name == "ecoute du fleuve")).one()
    page = read(client, f"/ressources/{old.public_id}")
    assert "Ces coordonnées peuvent avoir changé" in page and "10 juin 2025" in page
    assert 'href="tel:811"' in read(client, "/ressources?besoin=mental_health")
    assert "Suivante" in read(client, "/ressources")
    empty = read(client, "/ressources?besoin=literacy&region=06")
    assert "Aucune ressource pour ce choix" in empty and "Nous pouvons chercher" in empty
    assert client.get(f"/ressources/{unique()}").status_code == 404
    assert client.get("/ressources?apres=x_9999999999").status_code == 200


def test_a_resource_is_repaired_and_added_once(
    client: FlaskClient, session: Session, agent: Actor
) -> None:
    form = {**LINE, "public_id": unique(), "phone": "", "regions": ["05"]}
    page = post(client, "/bureau/ressources/ajouter", form)
    assert page.count("Donnez au moins un moyen") == 2 and 'value="Le Refuge"' in page
    assert 'value="05" checked' in page
    ready = {**form, "phone": LINE["phone"], "needs": ["housing"]}
    url = f"/bureau/ressources/{form['public_id']}"
    for _ in range(2):
        answer = client.post("/bureau/ressources/ajouter", data=ready)
        assert (answer.status_code, answer.location) == (303, url)
    found = directory.one(session, str(form["public_id"]))
    assert found and found.entry.regions == ("05",)


def test_a_resource_is_confirmed_changed_and_retired(
    client: FlaskClient, session: Session, agent: Actor
) -> None:
    found = added(agent)
    url = f"/bureau/ressources/{found.public_id}"
    session.get_one(Resource, found.id).checked_on = local_date(datetime.now(UTC)) - timedelta(400)
    session.commit()
    assert found.name in read(client, "/bureau/ressources?q=zenith&etat=a-verifier")
    assert "À vérifier" in read(client, url)
    assert client.post(f"{url}/confirmer").location == url
    assert "À vérifier" not in read(client, url)
    assert "checked" in read(client, f"{url}/modifier")
    stale = {**LINE, "needs": ["food"], "seen": "autre"}
    assert "Cette page a changé" in post(client, f"{url}/modifier", stale)
    assert f"Retirer {found.name} du répertoire?" in read(client, f"{url}/retirer")
    assert client.post(f"{url}/retirer").location == "/bureau/ressources"
    assert "retirée du répertoire" in read(client, url)
    assert client.get(f"/ressources/{found.public_id}").status_code == 404


def test_staff_who_do_not_keep_the_directory_read_it(client: FlaskClient, session: Session) -> None:
    found = added(make_staff(session, "Marc Lavoie", "information_agent"))
    sign_in(client, session, make_staff(session, "Irène Vallée", "decider"))
    url = f"/bureau/ressources/{found.public_id}"
    assert "Confirmer" not in read(client, url)
    assert "Ajouter une ressource" not in read(client, "/bureau/ressources")
    assert client.post(f"{url}/confirmer").status_code == 404
    assert client.get(f"{url}/modifier").status_code == 404


def test_a_person_is_sent_on_from_a_file_then_what_became_of_it(
    client: FlaskClient, session: Session, agent: Actor
) -> None:
    case, found = make_case(session), added(agent)
    file, here = f"/bureau/dossiers/{case.public_id}", f"/bureau/dossiers/{case.public_id}/orienter"
    assert here in read(client, file) and here in read(client, f"{file}/historique")
    assert f"ressource={found.public_id}" in read(client, f"{here}?q=zenith&besoin=food")
    assert "accepte-t-elle" in read(client, f"{here}?ressource={found.public_id}")
    sent = {"public_id": unique(), "resource": found.public_id, "note": "Rappeler lundi"}
    page = post(client, here, sent)
    assert page.count("Dites si la personne accepte") == 2 and "Rappeler lundi" in page
    both = {**sent, "consent": "refused", "handed_over": "yes"}
    assert "Décochez" in post(client, here, both)
    for _ in range(2):
        answer = client.post(here, data={**sent, "consent": "given"})
        assert (answer.status_code, answer.location) == (303, here)
    shown = read(client, f"{here}?q=zenith")
    assert "Accord donné" in shown and "Rappeler lundi" in shown and "Déjà proposée" in shown
    other = {**sent, "public_id": unique(), "resource": unique(), "consent": "given"}
    assert "Choisissez une ressource de la liste" in post(client, here, other)


def test_what_became_of_a_referral_is_said_once(
    client: FlaskClient, session: Session, agent: Actor
) -> None:
    case, found = make_case(session), added(agent)
    file, here = f"/bureau/dossiers/{case.public_id}", f"/bureau/dossiers/{case.public_id}/orienter"
    client.post(here, data={"resource": found.public_id, "consent": "given"})
    row = session.scalars(select(Referral)).one()
    url = f"/bureau/orientations/{row.public_id}"
    assert "Choisissez ce que" in post(client, url, {})
    assert client.post(url, data={"outcome": "helped"}).location == here
    assert "La ressource a aidé" in read(client, f"{file}/historique")
    assert "Qu’est-ce que" not in read(client, url)


def test_who_asked_a_question_is_sent_on_too(
    client: FlaskClient, session: Session, agent: Actor
) -> None:
    found, case = added(agent), asked(agent)
    here = f"/bureau/dossiers/{case.public_id}/orienter"
    page = read(client, here)
    assert f"Demande de renseignements {case.number}" in page
    assert f'href="/bureau/renseignements/{case.public_id}"' in page
    sent = {"public_id": unique(), "resource": found.public_id, "consent": "refused"}
    assert client.post(here, data=sent).location == here
    assert "coordonnées seulement" in read(client, here)


def test_a_file_of_another_office_is_not_there(client: FlaskClient, session: Session) -> None:
    case = make_case(session)
    other = make_staff(session, "Luc Gagné", "information_agent", secretariat="SCT")
    sign_in(client, session, other)
    here = f"/bureau/dossiers/{case.public_id}/orienter"
    assert client.get(here).status_code == client.post(here).status_code == 404


def test_a_refusal_names_a_resource_of_the_directory(client: FlaskClient, session: Session) -> None:
    found = added(make_staff(session, "Marc Lavoie", "information_agent"))
    sign_in(client, session, make_staff(session, "Irène Vallée", "decider"))
    member = make_member(session)
    case = make_recommended(session, member)
    url = f"/bureau/dossiers/{case.public_id}/decider"
    page = read(client, url)
    assert found.name in page and "Écoute du Fleuve (coordonnées à vérifier)" in page
    chosen = typed(case, resource=found.public_id, no_alternative="", alternative="Demandez Luce.")
    letter = f"{found.name} : {found.entry.phone}. Demandez Luce.".replace("\u00a0", " ")
    page = post(client, f"{url}/relire", chosen)
    assert letter in page and f'name="resource" value="{found.public_id}"' in page
    back = post(client, url, {**chosen, "step": "edit"})
    assert f'<option selected value="{found.public_id}">' in back
    page = post(client, f"{url}/relire", {**chosen, "resource": unique()})
    assert page.count("Choisissez une ressource de la liste") == 2
    both = post(client, f"{url}/relire", {**chosen, "no_alternative": "Aucune."})
    assert "Gardez une seule réponse" in both and decided(session) == 0
    assert client.post(url, data=chosen).status_code == 303
    kept = session.scalars(select(Decision)).one()
    assert kept.alternative.replace("\u00a0", " ") == letter
    assert read_by(client, session, member, case).count(letter) == 1


def read_by(client: FlaskClient, session: Session, member: Actor, case: CaseFile) -> str:
    """The decision as the organization reads it, with the way to the directory."""
    sign_in(client, session, member)
    mine = f"/mon-espace/demandes/{case.public_id}/decision"
    client.post(f"{mine}/lire")
    page = read(client, mine)
    assert 'href="/ressources"' in page
    return page
