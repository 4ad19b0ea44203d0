"""The administration's pages: a change is obeyed at the next request, and nothing is shown of
what mails and files hold."""

from datetime import UTC, datetime, timedelta

import pytest
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import select, update
from sqlalchemy.orm import Session

from grants.domain.access import Actor
from grants.jobs import handlers
from grants.models.people import Account, Person, StaffMember
from grants.models.trail import JournalEvent, JournalExport, OutboxRow
from grants.operations.trail import record
from grants.queries import installation
from grants.unit_of_work import saving
from grants.wording import health
from tests.cases import make_case
from tests.factories import make_staff, sign_in
from tests.jobs.rows import owe
from tests.queries.test_desk import statements

NOW = datetime.now(UTC)
BASE = "/administration"


@pytest.fixture
def ada(session: Session) -> Actor:
    return make_staff(session, "Ada Lemire", "administrator", title="Administratrice")


@pytest.fixture
def odile(session: Session) -> Actor:
    return make_staff(session, "Odile Morin", "advisor")


@pytest.fixture
def admin(client: FlaskClient, session: Session, ada: Actor) -> FlaskClient:
    sign_in(client, session, ada)
    return client


def url(session: Session, actor: Actor, act: str = "") -> str:
    return f"{BASE}/personnes/{session.get_one(Person, actor.person_id).public_id}{act}"


def read(client: FlaskClient, address: str) -> str:
    answer = client.get(address)
    assert answer.status_code == 200, address
    return answer.get_data(as_text=True)


def test_a_role_given_or_taken_is_obeyed_at_the_next_request(
    app: Flask, admin: FlaskClient, session: Session, odile: Actor
) -> None:
    hers = app.test_client()
    sign_in(hers, session, odile)
    page = url(session, odile)
    assert hers.get("/bureau/a-affecter").status_code == 404
    changed = {"title": "Cheffe", "extension": "4202", "roles": ["advisor", "team_lead"]}
    assert admin.post(page, data=changed).status_code == 303
    assert hers.get("/bureau/a-affecter").status_code == 200
    admin.post(page, data={**changed, "roles": ["advisor"]})
    assert hers.get("/bureau/a-affecter").status_code == 404
    assert admin.post(f"{page}/retirer").status_code == 303
    gone = hers.get("/bureau/")
    assert gone.status_code == 302 and "/entrer" in gone.location
    admin.post(f"{page}/rendre-acces")
    assert "/entrer" in hers.get("/bureau/").location, "the old session stays ended"


def test_what_was_typed_stays_beside_what_to_repair(admin: FlaskClient, odile: Actor) -> None:
    typed = {
        "full_name": "Luc Roy",
        "email": odile.email,
        "title": "Contrôleur",
        "roles": ["finance_preparer", "finance_approver"],
    }
    first = admin.post(f"{BASE}/inviter", data=typed).get_data(as_text=True)
    assert "une même personne ne fait pas les deux" in first and 'value="Luc Roy"' in first
    typed["roles"] = ["finance_preparer"]
    second = admin.post(f"{BASE}/inviter", data=typed).get_data(as_text=True)
    assert "a déjà un compte" in second and 'value="Contrôleur"' in second
    typed["email"] = "luc.roy@exemple.quebec"
    assert admin.post(f"{BASE}/inviter", data=typed).status_code == 303
    assert "Invitation envoyée" in read(admin, f"{BASE}/")


def test_files_are_given_back_only_when_the_box_is_ticked(
    admin: FlaskClient, session: Session, odile: Actor
) -> None:
    organization = make_case(session, advisor=odile).organization.legal_name
    page = url(session, odile, "/retirer")
    shown = read(admin, page)
    assert "1\u00a0dossier ouvert" in shown and organization not in shown
    refused = admin.post(page)
    assert refused.status_code == 200 and "Cochez la case" in refused.get_data(as_text=True)
    assert admin.post(page, data={"give_back": "yes"}).status_code == 303
    assert "1\u00a0dossier attend une autre personne" in read(admin, f"{BASE}/")


def test_a_lost_authenticator_and_an_invitation_not_answered(
    admin: FlaskClient, session: Session, odile: Actor
) -> None:
    page = url(session, odile)
    assert "Vérifiez d’abord de vive voix" in read(admin, f"{page}/authentificateur")
    assert admin.post(f"{page}/authentificateur").status_code == 303
    assert "Renvoyer l’invitation" in read(admin, page)
    assert admin.post(f"{page}/invitation").status_code == 303
    kinds = session.scalars(select(JournalEvent.kind)).all()
    assert kinds[-2:] == ["authenticator_ended", "staff_invited_again"]


def test_the_people_of_another_secretariat_do_not_exist(
    admin: FlaskClient, session: Session, ada: Actor
) -> None:
    guy = make_staff(session, "Guy Hébert", "advisor", secretariat="SCT")
    assert "Hébert" not in read(admin, f"{BASE}/")
    for act in ("", "/retirer", "/authentificateur"):
        assert admin.get(url(session, guy, act)).status_code == 404
    assert "C’est votre compte" in read(admin, url(session, ada))
    assert session.get_one(StaffMember, guy.person_id).title == "Conseillère"


def test_names_are_in_the_order_of_a_dictionary(admin: FlaskClient, session: Session) -> None:
    for name in ("Sylvio Roy", "Élodie Roy", "Zoé Roy"):
        make_staff(session, name, "advisor")
    page = read(admin, f"{BASE}/")
    places = [page.index(name) for name in ("Ada", "Élodie", "Sylvio", "Zoé")]
    assert places == sorted(places)


@pytest.mark.engine
def test_work_waits_since_it_could_be_done_unless_it_failed(session: Session) -> None:
    owed_at, tried = NOW - timedelta(days=2), NOW + timedelta(minutes=5)
    row = session.get_one(OutboxRow, owe("pdf.proof", now=owed_at))
    row.not_before = NOW
    session.commit()
    assert installation.standing(session).oldest_job == NOW
    row.not_before, row.attempts = tried, 1
    session.commit()
    assert installation.standing(session).oldest_job == owed_at


def test_the_page_of_health_costs_the_same_and_says_what_to_do(
    admin: FlaskClient, session: Session
) -> None:
    read(admin, f"{BASE}/sante")
    with statements() as few:
        page = read(admin, f"{BASE}/sante")
    assert page.count("À réparer") == 2, "never exported, never counted"
    late = [owe("mail.message", now=NOW - timedelta(hours=1)) for _ in range(4)]
    failed = update(OutboxRow).where(OutboxRow.id.in_(late[:3]))
    session.execute(failed.values(state="failed", last_error="550 luc@exemple.quebec"))
    session.commit()
    with statements() as many:
        page = read(admin, f"{BASE}/sante")
    assert len(many) == len(few)
    assert page.count("À réparer") == 4
    assert "luc@" not in page and page.count("Reprendre l’envoi") == 3
    for told in ("L’envoi reprend", "n’est plus abandonné"):
        admin.post(f"{BASE}/sante/reprendre", data={"envoi": late[0]})
        assert told in read(admin, f"{BASE}/sante")
    assert session.get_one(OutboxRow, late[0]).state == "waiting"
    assert admin.post(f"{BASE}/sante/reprendre", data={"envoi": "9" * 30}).status_code == 303


@pytest.mark.engine
def test_the_exported_head_is_compared_with_its_link_only(session: Session) -> None:
    with saving() as saved:
        record(saved, "signed_out", actor=Actor(), now=NOW)
    handlers.run(owe("file.journal_head", now=NOW))
    export = installation.standing(session).export
    assert export is not None and (export.position, export.holds) == (1, True)
    other = JournalExport(exported_at=NOW, position=1, digest="0" * 64, storage_key="x")
    session.add(other)
    session.commit()
    found = installation.standing(session)
    assert found.export is not None and not found.export.holds
    wrong = {line.label for line in health.lines(found, 10**12, 1, NOW) if not line.right}
    assert "Tête du journal écrite hors de la base" in wrong
    assert not wrong & {"Plus vieux courriel à envoyer", "Envois abandonnés"}


def test_the_probes_say_nothing_but_whether_it_works(app: Flask, client: FlaskClient) -> None:
    assert client.get("/healthz").get_data(as_text=True) == "ok\n"
    assert client.get("/readyz").status_code == 200
    storage, kept = app.extensions["storage"], app.extensions["storage"].root
    storage.root = kept.parent / "a file"
    storage.root.write_text("not a folder")
    try:
        away = client.get("/readyz")
    finally:
        storage.root = kept
    assert (away.status_code, away.get_data(as_text=True)) == (503, "indisponible\n")


def test_whoever_reads_no_file_lands_on_people(
    client: FlaskClient, session: Session, ada: Actor
) -> None:
    account = session.get_one(Account, ada.account_id)
    account.email = "ada@demo.appui.example"
    session.commit()
    entered = client.post("/demonstration", data={"person": account.public_id})
    assert entered.location == f"{BASE}/"
