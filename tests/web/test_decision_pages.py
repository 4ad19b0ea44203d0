"""Deciding on screen, and reading the decision: what pages show, keep and record."""

import pytest
from flask.testing import FlaskClient
from sqlalchemy import func, select
from sqlalchemy.orm import Session

from grants.domain.access import Actor
from grants.models.case_files import CaseFile
from grants.models.decisions import Decision
from grants.models.trail import JournalEvent
from grants.web.landing import home_of
from grants.wording.formats import date_long
from tests.decided import make_decided, make_decider, make_not_eligible
from tests.factories import make_member, make_staff, sign_in, unique
from tests.money_cases import make_envelope, make_issued, make_recommended
from tests.queries.test_desk import statements

WHY = "Le budget prévoit l’achat d’un véhicule.\nLe programme ne le couvre pas."


@pytest.fixture
def irene(client: FlaskClient, session: Session) -> Actor:
    decider = make_decider(session)
    sign_in(client, session, decider)
    return decider


def read(client: FlaskClient, url: str) -> str:
    answer = client.get(url)
    assert answer.status_code == 200, url
    return answer.get_data(as_text=True).replace("\u00a0", " ").replace("&nbsp;", " ")


def typed(case: CaseFile, **changes: object) -> dict[str, object]:
    """What a decider types to refuse, or what changes."""
    usual: dict[str, object] = {
        "public_id": unique(),
        "version": case.version,
        "outcome": "refused",
        "granted": "",
        "reasons": ["not_covered"],
        "explanation": WHY,
        "call": "",
        "alternative": "",
        "no_alternative": "Aucun programme connu.",
    }
    return {**usual, **changes}


def post(client: FlaskClient, url: str, data: dict[str, object]) -> str:
    return client.post(url, data=data).get_data(as_text=True).replace("\u00a0", " ")


def decided(session: Session) -> int:
    return session.scalar(select(func.count()).select_from(Decision)) or 0


def test_the_letter_is_read_again_with_what_is_left_then_decided(
    client: FlaskClient, session: Session, irene: Actor
) -> None:
    case = make_recommended(session)
    make_envelope(session, case, 60_000_00)
    url = f"/bureau/dossiers/{case.public_id}/decider"
    part = typed(case, outcome="accepted_in_part", granted="48 000", no_alternative="")
    assert "60 000,00 $" in read(client, url)
    page = post(client, f"{url}/relire", part)
    assert "Votre demande est acceptée en partie." in page
    assert "Une dépense n’est pas couverte par le programme" in page
    assert "12 000,00 $" in page, "what the envelope will have"
    assert decided(session) == 0
    for _ in range(2):
        answer = client.post(url, data=part)
        assert (answer.status_code, answer.location) == (303, "/bureau/decisions")
    assert decided(session) == 1
    decision = session.scalars(select(Decision)).one()
    assert (decision.granted_cents, decision.available_after_cents) == (48_000_00, 12_000_00)
    assert "mon-espace/demandes/" in decision.letter
    listed = read(client, "/bureau/decisions")
    assert "la décision est prise" in listed and "Aucune décision n’attend" in listed


def test_going_back_from_the_letter_loses_nothing(
    client: FlaskClient, session: Session, irene: Actor
) -> None:
    case = make_recommended(session)
    part = typed(case, outcome="accepted_in_part", granted="48 000", step="edit")
    typed_again = post(client, f"/bureau/dossiers/{case.public_id}/decider", part)
    assert "achat d’un véhicule" in typed_again and 'value="48 000"' in typed_again
    assert 'value="accepted_in_part" checked' in typed_again
    assert 'value="not_covered" checked' in typed_again
    assert decided(session) == 0


def test_where_a_criterion_is_not_met_only_a_no_is_offered(
    client: FlaskClient, session: Session, irene: Actor
) -> None:
    url = f"/bureau/dossiers/{make_not_eligible(session).public_id}/decider"
    page = read(client, url)
    assert "exigé, est jugé non conforme" in page
    assert 'value="refused"' in page and 'value="accepted"' not in page


@pytest.mark.parametrize(
    ("changes", "sentence"),
    [
        ({"outcome": ""}, "Choisissez une des décisions proposées."),
        ({"outcome": "accepted_in_part", "granted": "douze"}, "Écrivez le montant en chiffres"),
        ({"outcome": "accepted"}, "sans elle, aucun montant ne peut être accordé"),
        ({"reasons": []}, "Cochez au moins un motif"),
        ({"explanation": " "}, "Expliquez la décision en mots simples"),
        ({"no_alternative": ""}, "Proposez une solution de rechange"),
        ({"no_alternative": "x" * 1001}, "Raccourcissez ce texte à 1000 caractères"),
        ({"version": "0"}, "Cette page a changé"),
    ],
)
def test_what_must_be_repaired_is_said_and_nothing_typed_is_lost(
    client: FlaskClient,
    session: Session,
    irene: Actor,
    changes: dict[str, object],
    sentence: str,
) -> None:
    case = make_recommended(session)
    url = f"/bureau/dossiers/{case.public_id}/decider/relire"
    page = post(client, url, typed(case, **changes))
    assert page.count(sentence) == 2, "in the summary and beside the field"
    if "explanation" not in changes:
        assert "achat d’un véhicule" in page


def test_who_recommended_sees_why_they_may_not_decide(
    client: FlaskClient, session: Session
) -> None:
    both = make_staff(session, "Odile Morin", "advisor", "decider")
    case = make_recommended(session, advisor=both)
    sign_in(client, session, both)
    url = f"/bureau/dossiers/{case.public_id}/decider"
    page = read(client, url)
    assert "Vous ne pouvez pas décider de ce dossier" in page and "Relire" not in page
    assert "Laissez une autre personne décider" in post(client, f"{url}/relire", typed(case))
    refused = select(JournalEvent.facts).where(JournalEvent.kind == "refused")
    assert "own_recommendation" in session.scalars(refused).one()


def test_a_file_goes_back_to_its_analysis(
    client: FlaskClient, session: Session, irene: Actor
) -> None:
    case = make_recommended(session)
    url = f"/bureau/dossiers/{case.public_id}/renvoyer"
    data = {"version": case.version, "reason": ""}
    assert "Écrivez ce que l’analyse doit reprendre." in post(client, url, data)
    assert client.post(url, data={**data, "reason": "Le budget"}).status_code == 303
    assert session.get_one(CaseFile, case.id).status == "under_review"


def test_the_list_is_the_oldest_first_and_costs_the_same_at_any_size(
    client: FlaskClient, session: Session, irene: Actor
) -> None:
    assert "Aucune décision n’attend" in read(client, "/bureau/decisions")
    counted = []
    for _ in range(2):
        make_recommended(session)
        with statements() as seen:
            page = read(client, "/bureau/decisions")
        counted.append(len(seen))
    assert counted[0] == counted[1]
    assert page.count("Accepter, 48 500,00 $") == 2
    assert client.get("/bureau/decisions?apres=nimporte").status_code == 200


@pytest.fixture
def refused(client: FlaskClient, session: Session) -> tuple[str, int]:
    """The address of a refused file, as its signed-in organization has it, and the decision."""
    member = make_member(session)
    decision = make_decided(session, member)
    decision_id, case = decision.id, session.get_one(CaseFile, decision.case_file_id)
    sign_in(client, session, member)
    return f"/mon-espace/demandes/{case.public_id}", decision_id


def test_the_organization_opens_its_decision_by_the_button_alone(
    client: FlaskClient, session: Session, refused: tuple[str, int]
) -> None:
    url, decision_id = refused
    board, before = read(client, "/mon-espace/"), read(client, url)
    assert "Décision prête à lire" in board and "Votre décision est prête" in before
    assert "Refusée" not in board + before
    for closed in (f"{url}/decision", f"{url}/decision/lettre", f"{url}/retirer"):
        assert client.get(closed).location == url, "the button opens it, nothing else"
    assert client.post(f"{url}/decision/lire").location == f"{url}/decision"
    first = session.get_one(Decision, decision_id).first_read_at
    client.post(f"{url}/decision/lire")
    assert session.get_one(Decision, decision_id).first_read_at == first is not None
    after = read(client, url)
    assert "Refusée" in after and "Votre décision est prête" not in after


def test_a_decision_is_read_with_its_reasons_and_its_recourse(
    client: FlaskClient, session: Session, refused: tuple[str, int]
) -> None:
    url, decision_id = refused
    client.post(f"{url}/decision/lire")
    until = session.get_one(Decision, decision_id).recourse_until
    page = read(client, f"{url}/decision")
    for words in (
        "Votre demande est refusée.",
        "Voici ce que dit la règle.",
        "Aucun autre programme ne couvre cette dépense.",
        date_long(until).replace("\u00a0", " "),
        "Demander une révision",
        "1 800 463-5070",
        "Odile Morin",
    ):
        assert words in page
    assert client.get(f"{url}/decision/lettre").status_code == 303, "still being made"


def test_the_page_of_a_granted_file_says_what_there_is_to_do(
    client: FlaskClient, session: Session
) -> None:
    member = make_member(session)
    decision = make_decided(session, member, outcome="accepted")
    case = session.get_one(CaseFile, decision.case_file_id)
    decision.first_read_at = decision.decided_at
    session.commit()
    url = f"/mon-espace/demandes/{case.public_id}"
    sign_in(client, session, member)
    page = read(client, url)
    assert "Nous le préparons" in page and "Donnez vos coordonnées bancaires" in page
    make_issued(session, case)
    assert "Votre protocole d’entente est prêt" in read(client, url)


def test_another_organization_finds_no_decision(client: FlaskClient, session: Session) -> None:
    case = session.get_one(CaseFile, make_decided(session).case_file_id)
    url = f"/mon-espace/demandes/{case.public_id}/decision"
    sign_in(client, session, make_member(session))
    assert client.get(url).status_code == client.post(f"{url}/lire").status_code == 404


def test_who_only_decides_begins_at_the_decisions(client: FlaskClient, session: Session) -> None:
    with client.application.test_request_context():
        assert home_of(make_decider(session)) == "/bureau/decisions"
        both = make_staff(session, "Odile Morin", "advisor", "decider")
        assert home_of(both) == "/bureau/"
