"""The staff's pages as a browser meets them: what they show, what they do, whom they refuse."""

from datetime import UTC, datetime, timedelta

import pytest
from flask.testing import FlaskClient
from sqlalchemy import select, update
from sqlalchemy.orm import Session

from grants.domain.access import Actor
from grants.domain.calendar import local_time
from grants.models.case_files import Assignment, CaseFile
from grants.models.clocks import Clock
from grants.models.drafts import Attachment
from grants.models.messages import Document, Message
from grants.models.trail import OutboxRow
from grants.storage import hashed
from tests.cases import make_case
from tests.factories import make_member, make_organization, make_staff, sign_in, unique
from tests.queries.test_desk import many, odile, statements

__all__ = ["many", "odile"]


@pytest.fixture
def lead(session: Session) -> Actor:
    return make_staff(session, "Hélène Caron", "team_lead", title="Cheffe d’équipe")


@pytest.fixture
def agent(session: Session) -> Actor:
    return make_staff(session, "Rose Auger", "information_agent")


def now() -> datetime:
    return datetime.now(UTC)


def read(client: FlaskClient, url: str) -> str:
    answer = client.get(url)
    assert answer.status_code == 200, url
    return answer.get_data(as_text=True)


def test_the_advisor_sees_why_an_acknowledgement_has_not_left(
    client: FlaskClient, session: Session, odile: Actor
) -> None:
    case = make_case(session, advisor=odile, now=now())
    session.execute(update(OutboxRow).values(attempts=3, last_error="TimeoutError"))
    session.commit()
    sign_in(client, session, odile)
    page = read(client, "/bureau/")
    assert case.number in page
    assert "le serveur de courriel ne répond pas (3\u00a0essais)" in page
    assert 'class="pips' in page


def test_the_desk_asks_twelve_statements_at_most_at_any_size(
    client: FlaskClient, session: Session, odile: Actor, many: list[int], lead: Actor
) -> None:
    for actor in (odile, lead):
        sign_in(client, session, actor)
        with statements() as seen:
            page = read(client, "/bureau/")
        asked = [one for one in seen if one.lstrip().upper().startswith("SELECT")]
        assert len(asked) <= 12, "\n".join(asked)
        assert "Suivante" in page


def test_the_list_asks_twelve_statements_at_most(
    client: FlaskClient, session: Session, odile: Actor, many: list[int]
) -> None:
    sign_in(client, session, odile)
    for url in ("/bureau/dossiers", "/bureau/dossiers?q=rive"):
        with statements() as seen:
            read(client, url)
        asked = [one for one in seen if one.lstrip().upper().startswith("SELECT")]
        assert len(asked) <= 12


def test_the_second_page_goes_on_where_the_first_ended(
    client: FlaskClient, session: Session, odile: Actor, many: list[int]
) -> None:
    sign_in(client, session, odile)
    seen: list[str] = []
    url: str | None = "/bureau/"
    while url:
        page = read(client, url)
        seen += [part.split('"')[0] for part in page.split('row-title" href="')[1:]]
        url = (
            page.split('rel="next"')[0].rsplit('href="', 1)[1].split('"')[0].replace("&amp;", "&")
            if 'rel="next"' in page
            else None
        )
    assert len(seen) == len(set(seen)) == 120
    assert read(client, "/bureau/?apres=n-importe-quoi_12")


def test_a_lead_finds_files_without_anybody_at_the_top(
    client: FlaskClient, session: Session, lead: Actor, odile: Actor
) -> None:
    make_case(session, advisor=odile, now=now())
    waiting = make_case(session, now=now())
    sign_in(client, session, lead)
    page = read(client, "/bureau/")
    assert page.index("Sans responsable") < page.index(waiting.number)
    assert page.count(waiting.public_id) == 1


def test_every_part_of_a_file_is_there(client: FlaskClient, session: Session, odile: Actor) -> None:
    case = make_case(session, advisor=odile, now=now())
    clock = session.scalars(select(Clock).where(Clock.case_file_id == case.id)).one()
    one = f"/bureau/dossiers/{case.public_id}"
    sign_in(client, session, odile)
    assert "Ce que la règle dit de faire maintenant" in read(client, one)
    assert "48\u00a0500,00\u00a0$" in read(client, one)
    assert "résolution 2026-11-09.pdf" in read(client, f"{one}/pieces")
    assert f"/delais/{clock.id}" in read(client, f"{one}/promesses")
    assert "Jour par jour" in read(client, f"{one}/delais/{clock.id}")
    history = read(client, f"{one}/historique")
    assert "Hélène Caron a affecté le dossier à Odile Marchand" in history
    assert "Connaît la région" in history


def test_files_are_sent_to_be_saved(client: FlaskClient, session: Session, odile: Actor) -> None:
    case = make_case(session, now=now())
    storage = client.application.extensions["storage"]
    attachment = session.scalars(select(Attachment)).one()
    path = storage.root / attachment.storage_key[:2] / attachment.storage_key
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(b"%PDF-1.7")
    document = Document(
        public_id=unique(),
        case_file_id=case.id,
        kind="deposit_proof",
        storage_key=storage.put(b"%PDF-1.7 preuve"),
        sha256=hashed(b"%PDF-1.7 preuve"),
        size=15,
        made_at=now(),
    )
    session.add(document)
    session.commit()
    sign_in(client, session, odile)
    one = f"/bureau/dossiers/{case.public_id}"
    for url in (f"{one}/pieces/{attachment.public_id}", f"{one}/documents/{document.public_id}"):
        answer = client.get(url)
        assert answer.status_code == 200
        assert answer.headers["Content-Disposition"].startswith("attachment")
        assert "sandbox" in answer.headers["Content-Security-Policy"]


def test_another_secretariat_finds_nothing(client: FlaskClient, session: Session) -> None:
    case = make_case(session, now=now())
    clock = session.scalars(select(Clock)).one()
    attachment = session.scalars(select(Attachment)).one()
    sign_in(client, session, make_staff(session, "Paul Roy", "team_lead", secretariat="SCT"))
    one = f"/bureau/dossiers/{case.public_id}"
    parts = ("", "/pieces", "/promesses", "/historique", "/affecter", "/lettre-postee", "/conflit")
    files = (f"/delais/{clock.id}", f"/pieces/{attachment.public_id}")
    for part in (*parts, *files):
        assert client.get(one + part).status_code == 404, part
    assert case.number not in read(client, "/bureau/dossiers")
    client.post("/bureau/a-affecter", data={"dossier": [case.public_id]})
    assert session.get_one(CaseFile, case.id).advisor_id is None


def test_an_information_agent_reads_and_enters_but_does_not_assign(
    client: FlaskClient, session: Session, agent: Actor
) -> None:
    case = make_case(session, now=now())
    sign_in(client, session, agent)
    assert "Affecter le dossier</a>" not in read(client, f"/bureau/dossiers/{case.public_id}")
    assert read(client, "/bureau/saisir")
    for url in ("/bureau/a-affecter", f"/bureau/dossiers/{case.public_id}/affecter"):
        assert client.get(url).status_code == 404


def typed_for(case: CaseFile, person: Actor, proposed: Actor, reason: str = "") -> dict[str, str]:
    key = case.public_id
    return {
        f"personne-{key}": str(person.person_id),
        f"proposee-{key}": str(proposed.person_id),
        f"motif-{key}": reason,
        f"version-{key}": str(case.version),
    }


def test_several_files_at_once_each_with_its_own_result(
    client: FlaskClient, session: Session, lead: Actor, odile: Actor
) -> None:
    marc = make_staff(session, "Marc Élie", "advisor", title="Conseiller")
    first, second, third = (make_case(session, now=now()) for _ in range(3))
    sign_in(client, session, lead)
    assert "Proposition\u00a0: " in read(client, "/bureau/a-affecter").replace("&nbsp;", "\u00a0")
    data: dict[str, object] = {
        "dossier": [first.public_id, second.public_id],
        **typed_for(first, marc, marc),
        **typed_for(second, odile, marc),
        **typed_for(third, marc, marc),
    }
    answer = client.post("/bureau/a-affecter", data=data)
    page = answer.get_data(as_text=True)
    assert answer.status_code == 200
    assert "1\u00a0dossier affecté" in page
    assert f"{second.number}\u00a0: Écrivez pourquoi" in page
    assert f'value="{second.public_id}" aria-label' in page
    advisors = [session.get_one(CaseFile, one.id).advisor_id for one in (first, second, third)]
    assert advisors == [marc.person_id, None, None]
    data |= {"dossier": [second.public_id], **typed_for(second, odile, marc, "Même région")}
    answer = client.post("/bureau/a-affecter", data=data)
    assert answer.status_code == 303
    assert "1\u00a0dossier affecté" in read(client, answer.location)


def test_one_file_is_given_then_given_to_another(
    client: FlaskClient, session: Session, lead: Actor, odile: Actor
) -> None:
    case = make_case(session, now=now())
    url = f"/bureau/dossiers/{case.public_id}/affecter"
    sign_in(client, session, lead)
    assert "Odile Marchand" in read(client, url)
    form = {"person_id": odile.person_id, "proposed_id": odile.person_id, "version": case.version}
    assert client.post(url, data=form).status_code == 303
    marc = make_staff(session, "Marc Élie", "advisor", title="Conseiller")
    version = session.get_one(CaseFile, case.id).version
    zoe = make_staff(session, "Zoé Tremblay", "advisor")
    form = {"person_id": zoe.person_id, "proposed_id": marc.person_id, "version": version}
    refused = client.post(url, data=form).get_data(as_text=True)
    assert "<title>Erreur" in refused
    assert "Écrivez pourquoi" in refused
    form |= {"person_id": marc.person_id}
    assert client.post(url, data=form).status_code == 303
    people = select(Assignment.person_id).where(Assignment.case_file_id == case.id)
    assert list(session.scalars(people.order_by(Assignment.id))) == [
        odile.person_id,
        marc.person_id,
    ]


def test_a_posted_letter_is_recorded(client: FlaskClient, session: Session, agent: Actor) -> None:
    case = make_case(session, now=now() - timedelta(days=1))
    url = f"/bureau/dossiers/{case.public_id}/lettre-postee"
    sign_in(client, session, agent)
    assert read(client, url)
    wrong = {"version": case.version, "posted_on-day": "1", "posted_on-month": "1"}
    page = client.post(url, data=wrong | {"posted_on-year": "2020"}).get_data(as_text=True)
    assert "Vérifiez la date" in page
    assert 'href="#posted_on-day"' in page
    today = local_time(now())
    right = {"posted_on-day": today.day, "posted_on-month": today.month}
    answer = client.post(url, data=wrong | right | {"posted_on-year": today.year})
    assert answer.status_code == 303
    clock = session.scalars(select(Clock)).one()
    assert clock.stop_event == "acknowledgement_posted"


def test_a_mail_given_up_is_tried_again_from_the_page(
    client: FlaskClient, session: Session, odile: Actor
) -> None:
    case = make_case(session, now=now())
    message = session.scalars(select(Message)).one()
    session.execute(
        update(OutboxRow).where(OutboxRow.kind == "mail.message").values(state="failed", attempts=1)
    )
    session.commit()
    sign_in(client, session, odile)
    page = read(client, f"/bureau/dossiers/{case.public_id}/promesses")
    url = f"/bureau/dossiers/{case.public_id}/courriels/{message.public_id}"
    assert page.count(url) == 2
    assert client.post(url).status_code == 303
    row = session.scalars(select(OutboxRow).where(OutboxRow.kind == "mail.message")).one()
    assert row.state == "waiting"


def test_a_conflict_takes_the_file_out_of_the_list(
    client: FlaskClient, session: Session, odile: Actor
) -> None:
    case = make_case(session, advisor=odile, now=now())
    public_id, number = case.public_id, case.number
    url = f"/bureau/dossiers/{public_id}/conflit"
    sign_in(client, session, odile)
    assert "Écrivez en quelques mots" in client.post(url, data={}).get_data(as_text=True)
    answer = client.post(url, data={"reason": "Ancienne employée"})
    assert answer.status_code == 303
    assert "vous ne voyez plus ses dossiers" in read(client, answer.location)
    assert client.post(url, data={"reason": "Ancienne employée"}).location == answer.location
    one = f"/bureau/dossiers/{public_id}"
    for part in ("", "/pieces", "/analyse", "/promesses", "/historique", "/conflit"):
        assert client.get(one + part).status_code == 404, part
    assert number not in read(client, "/bureau/dossiers")


def test_search_keeps_its_words_and_says_when_nothing_is_found(
    client: FlaskClient, session: Session, odile: Actor
) -> None:
    organization = make_organization(session, "Théâtre de l’Éléphant bleu")
    case = make_case(session, make_member(session, organization), now=now())
    sign_in(client, session, odile)
    assert case.number in read(client, "/bureau/dossiers?q=elephant")
    assert "Aucun dossier pour ce choix" in read(client, "/bureau/dossiers?q=girafe")
