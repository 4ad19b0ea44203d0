"""The pages of a review: what is left, one question per page, nothing typed is lost."""

from datetime import UTC, datetime

import pytest
from flask.testing import FlaskClient
from sqlalchemy import select
from sqlalchemy.orm import Session

from grants.domain.access import Actor
from grants.models.case_files import CaseFile
from grants.models.drafts import Attachment
from grants.models.reviews import Assessment, DocumentCheck, Recommendation
from grants.operations import reviews as acts
from grants.operations.reviews import AssessmentDetails, DocumentFinding
from grants.queries import reviews
from grants.unit_of_work import saving
from tests.cases import AMOUNT, assign, make_case
from tests.factories import make_staff, sign_in, unique
from tests.revision_cases import ASKED_AT, make_revision


def now() -> datetime:
    return datetime.now(UTC)


@pytest.fixture
def odile(client: FlaskClient, session: Session) -> Actor:
    odile = make_staff(session, "Odile Marchand", "advisor")
    sign_in(client, session, odile)
    return odile


@pytest.fixture
def case(session: Session, odile: Actor) -> CaseFile:
    return make_case(session, advisor=odile, now=now())


def one(case: CaseFile, part: str = "") -> str:
    return f"/bureau/dossiers/{case.public_id}/analyse{part}"


def read(client: FlaskClient, url: str) -> str:
    answer = client.get(url)
    assert answer.status_code == 200, url
    return answer.get_data(as_text=True)


def review_all(case: CaseFile, actor: Actor, finding: str = "met") -> None:
    """Every document received, every criterion met but the first."""
    rules, case_id = reviews.rules(case), case.id
    with saving() as saved:
        found = [DocumentFinding(document.key, "received") for document in rules.documents]
        acts.check_documents(saved, case_id, found, actor=actor, now=now())
        for rank, criterion in enumerate(rules.criteria):
            details = AssessmentDetails(criterion.code, "met" if rank else finding, "Selon la loi")
            acts.assess(saved, case_id, details, actor=actor, now=now())


def test_the_review_says_what_is_left_and_where_to_go(
    client: FlaskClient, session: Session, case: CaseFile
) -> None:
    head = read(client, f"/bureau/dossiers/{case.public_id}")
    assert "Il reste 11\u00a0documents à vérifier et 12\u00a0critères à évaluer" in head
    assert "Poursuivre l’analyse</a>" in head
    page = read(client, one(case))
    assert "résolution 2026-11-09.pdf" in page
    assert page.count("Évaluer<span") == 12
    assert one(case, "/documents") in page


def test_documents_keep_what_is_said_and_repair_the_rest(
    client: FlaskClient, session: Session, case: CaseFile
) -> None:
    case_id, url, version = case.id, one(case, "/documents"), str(case.version)
    wrong = {"version": version, "etat-budget": "missing", "etat-bylaws": "received"}
    page = client.post(url, data=wrong).get_data(as_text=True)
    assert "Prévisions budgétaires\u00a0: Écrivez en quelques mots" in page
    assert 'value="missing" checked' in page
    assert session.scalars(select(DocumentCheck)).all() == []
    right = wrong | {"note-budget": "Demandées le 12 novembre"}
    assert client.post(url, data=right).status_code == 303
    kept = session.scalars(select(DocumentCheck.finding).order_by(DocumentCheck.document_key))
    assert kept.all() == ["missing", "received"]
    stale = client.post(url, data=right | {"etat-budget": "unusable"}).get_data(as_text=True)
    assert "Cette page a changé" in stale
    assert 'value="unusable" checked' in stale, "nothing typed is lost"
    assert f'value="{session.get_one(CaseFile, case_id).version}"' in stale


def test_a_criterion_is_one_question_with_its_evidence(
    client: FlaskClient, session: Session, case: CaseFile
) -> None:
    url, file = one(case, "/criteres/AC1"), session.scalars(select(Attachment)).one()
    page = read(client, url)
    assert "critère 1 sur 12" in page
    assert "immatriculation à jour (NEQ)" in page
    assert "Enregistrer et passer au critère suivant" in page
    assert "1. Organisme à but non lucratif" in page, "what the organization says"
    typed = {"finding": "partly_met", "seen": "", "evidence": file.public_id}
    refused = client.post(url, data=typed).get_data(as_text=True)
    assert "une note accompagne tout avis" in refused
    assert 'value="partly_met" checked' in refused
    answer = client.post(url, data=typed | {"note": "Deux sièges sur neuf"})
    assert answer.location.endswith("/analyse/criteres/AC2")
    found = session.scalars(select(Assessment)).one()
    assert (found.note, found.evidence) == ("Deux sièges sur neuf", [file])


def test_a_stale_criterion_keeps_what_was_typed_and_shows_the_other(
    client: FlaskClient, session: Session, case: CaseFile, odile: Actor
) -> None:
    url, case_id = one(case, "/criteres/DCD4"), case.id
    with saving() as saved:
        details = AssessmentDetails("DCD4", "not_met", "Aucune activité")
        acts.assess(saved, case_id, details, actor=odile, now=now())
    typed = {"finding": "met", "note": "Six cafés-rencontres", "seen": ""}
    page = client.post(url, data=typed).get_data(as_text=True)
    for words in ("Cette page a changé", "Six cafés-rencontres", "Aucune activité"):
        assert words in page
    mark = reviews.mark(session.scalars(select(Assessment)).one())
    answer = client.post(url, data=typed | {"seen": mark, "vers": "analyse"})
    assert answer.location.endswith("/analyse")
    page = read(client, url)
    assert "Avis précédents" in page, "a finding that changed leaves its trace"


def test_a_recommendation_goes_to_somebody_else(
    client: FlaskClient, session: Session, case: CaseFile, odile: Actor
) -> None:
    url = one(case, "/recommander")
    assert "Terminer l’analyse" in read(client, url)
    review_all(case, odile)
    assert 'name="public_id"' in read(client, url)
    typed = {
        "public_id": unique(),
        "version": str(case.version),
        "outcome": "accepted_in_part",
        "amount": "485 000",
        "reasons": "Le loyer n’est pas couvert.",
    }
    refused = client.post(url, data=typed).get_data(as_text=True)
    assert "plus petit que 48\u00a0500,00\u00a0$" in refused
    assert 'value="485 000"' in refused
    typed["amount"] = "40 000,00 $"
    assert [client.post(url, data=typed).status_code for _ in range(2)] == [303, 303]
    made = session.scalars(select(Recommendation)).one()
    assert (made.amount_cents, case.status) == (4_000_000, "recommended")
    page = read(client, one(case))
    assert "Accepter en partie, 40\u00a0000,00\u00a0$" in page
    assert "Préparer la recommandation" not in page
    assert client.get(url).status_code == 302


def test_an_unmet_criterion_offers_a_refusal_only(
    client: FlaskClient, case: CaseFile, odile: Actor
) -> None:
    review_all(case, odile, "not_met")
    page = read(client, one(case, "/recommander"))
    assert "Un critère exigé n’est pas rempli" in page
    assert 'value="refused"' in page
    assert 'value="accepted"' not in page
    assert AMOUNT == 4_850_000


def test_a_colleague_reads_the_review_and_does_not_change_it(
    client: FlaskClient, session: Session, case: CaseFile, odile: Actor
) -> None:
    review_all(case, odile)
    sign_in(client, session, make_staff(session, "Marc Élie", "advisor"))
    page = read(client, one(case))
    assert "Odile Marchand" in page
    assert "Modifier<span" not in page
    for part in ("/documents", "/criteres/AC1", "/recommander"):
        assert client.get(one(case, part)).status_code == 302
    refused = client.post(one(case, "/criteres/AC1"), data={"finding": "met", "seen": ""})
    assert "Demandez à la personne responsable" in refused.get_data(as_text=True)
    assert client.get(one(case, "/criteres/AC99")).status_code == 404


def test_a_revision_shows_the_first_review_beside_its_own(
    client: FlaskClient, session: Session, odile: Actor
) -> None:
    revision = make_revision(session, advisor=make_staff(session, "Marc Élie", "advisor"))
    said = {"finding": "not_met", "note": "Aucune activité", "assessed_at": revision.received_at}
    place = {"case_file_id": revision.first.id, "matter_id": revision.matter_id, "side": "first"}
    author = revision.first.advisor_id
    session.add(Assessment(criterion="DCD4", person_id=author, **said, **place))
    session.commit()
    assign(session, revision, odile, ASKED_AT)
    page = read(client, one(revision))
    assert "Avis au premier dossier" in page
    assert "Aucune activité" in page
    page = read(client, one(revision, "/criteres/DCD4"))
    assert "Avis au premier dossier" in page
    assert "Marc Élie" in page
    assert "Avis au dossier" not in page
