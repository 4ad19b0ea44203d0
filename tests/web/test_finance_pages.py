"""The pages of finance: what is to pay, a batch from its preparation to its file, the calendar."""

from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import select, update
from sqlalchemy.orm import Session

from grants.domain.access import Actor
from grants.domain.calendar import local_date
from grants.domain.dates import write_parts
from grants.extensions import db
from grants.jobs import handlers
from grants.models.agreements import Instalment
from grants.models.payments import Batch
from grants.models.people import Account, WebSession
from grants.models.trail import JournalEvent, OutboxRow
from grants.queries import calendars
from tests import batch_cases
from tests.batch_cases import make_payable, make_released
from tests.factories import sign_in, unique
from tests.money_cases import make_verified_account

HOME = "/finances/"
LOTS = "/finances/lots"


@pytest.fixture
def rejean(session: Session) -> Actor:
    return batch_cases.make_preparer(session)


@pytest.fixture
def maelle(session: Session) -> Actor:
    return batch_cases.make_approver(session)


@pytest.fixture
def line(session: Session) -> Instalment:
    return make_payable(session, "Les Œuvres de l’Éveil")


def shown(client: FlaskClient, url: str) -> str:
    answer = client.get(url)
    assert answer.status_code == 200, url
    return answer.get_data(as_text=True).replace("\u00a0", " ")


def posted(client: FlaskClient, url: str, **data: Any) -> str:
    answer = client.post(url, data=data, follow_redirects=True)
    assert answer.status_code == 200, url
    return answer.get_data(as_text=True).replace("\u00a0", " ")


def funds(session: Session) -> dict[str, str]:
    """The next business day, as the form posts it."""
    day = calendars.calendar(session).next_business_day(local_date(datetime.now(UTC)))
    return dict(
        zip(
            ("funds_on-day", "funds_on-month", "funds_on-year"),
            write_parts(day),
            strict=True,
        )
    )


def prepared(client: FlaskClient, session: Session, *lines: Instalment) -> Batch:
    """A batch prepared on screen."""
    names = [line.public_id for line in lines]
    posted(client, LOTS, public_id=unique(), versement=names, **funds(session))
    return session.scalars(select(Batch).order_by(Batch.id.desc())).first()


def confirm(session: Session, actor: Actor) -> None:
    """The person of this session proved again who they are."""
    now = datetime.now(UTC)
    live = WebSession.account_id == actor.account_id
    session.execute(update(WebSession).where(live).values(confirmed_at=now))
    session.commit()


def test_blocked_lines_stand_first_with_their_reasons(
    client: FlaskClient, session: Session, rejean: Actor, line: Instalment
) -> None:
    sign_in(client, session, rejean)
    page = shown(client, HOME)
    assert page.index('id="retenus"') < page.index('id="prets"')
    assert "Rapports annuels pas encore acceptés" in page
    assert page.count('type="checkbox" name="versement"') == 1
    assert 'id="retenus"' not in shown(client, f"{HOME}?etat=prets")
    assert "Rien à payer" in shown(client, f"{HOME}?programme=SPA")


def test_sums_without_script_then_a_batch(
    client: FlaskClient, session: Session, rejean: Actor, maelle: Actor, line: Instalment
) -> None:
    sign_in(client, session, rejean)
    page = posted(client, LOTS, versement=line.public_id, geste="recalculer")
    assert "Choisis : 1 versement<" in page and "24 250,00 $" in page
    assert f'value="{line.public_id}" aria-label' in page and "checked" in page
    assert session.scalar(select(Batch)) is None
    page = posted(client, LOTS, public_id=unique(), **funds(session))
    assert "Choisissez au moins un versement" in page
    batch = prepared(client, session, line)
    page = shown(client, f"{LOTS}/{batch.public_id}")
    assert "Vous ne pouvez pas approuver ce lot" in page and "Vous l’avez préparé." in page
    assert "Une autre personne doit l’approuver : Maëlle Dufour." in page


@pytest.fixture
def batch(client: FlaskClient, session: Session, rejean: Actor, line: Instalment) -> Batch:
    """A batch prepared on screen; the browser then forgets its person."""
    sign_in(client, session, rejean)
    made = prepared(client, session, line)
    client.delete_cookie("appui")
    return made


def test_approved_confirmed_released_and_taken_out_the_same(
    app: Flask, client: FlaskClient, session: Session, maelle: Actor, batch: Batch
) -> None:
    url = f"{LOTS}/{batch.public_id}"
    sign_in(client, session, maelle)
    page = posted(client, f"{url}/approuver", version=1)
    assert "Confirmer mon identité" in page
    assert "Confirmez d’abord" in posted(client, f"{url}/creer-le-fichier", version=1)
    confirm(session, maelle)
    assert "Créer le fichier bancaire" in shown(client, url)
    assert "en préparation" in posted(client, f"{url}/creer-le-fichier", version=1)
    row = session.scalars(select(OutboxRow.id).where(OutboxRow.kind == "file.batch")).one()
    handlers.run(row)
    page = shown(client, url)
    assert "Le fichier bancaire est créé" in page and "0001 (norme 005)" in page
    taken = [client.post(f"{url}/fichier").data for _ in range(2)]
    assert taken[0] == taken[1] and taken[0].startswith(b"A000000001SACA000001")
    kinds = db.session().scalars(select(JournalEvent.kind)).all()
    assert kinds.count("bank_file_downloaded") == 2
    assert client.get(f"{url}/liste-de-controle").data.startswith(b"PK")
    storage = app.extensions["storage"]
    key = db.session().scalars(select(Batch.storage_key)).one()
    (storage.root / key[:2] / key).write_bytes(taken[0].replace(b"815", b"006"))
    assert client.post(f"{url}/fichier").status_code == 500, "a file changed on the disk"


def test_an_account_changed_lately_is_said_where_it_is_paid(
    client: FlaskClient, session: Session, rejean: Actor
) -> None:
    version = batch_cases.make_agreed(session)
    for _ in range(2):
        make_verified_account(session, version.organization_id)
    lately = "Attention : compte modifié"
    sign_in(client, session, rejean)
    assert lately in shown(client, HOME)
    now = datetime.now(UTC)
    line = batch_cases.instalments(session, version)[0]
    day = calendars.calendar(session).next_business_day(local_date(now))
    made = batch_cases.make_batch(session, rejean, line, now=now, funds_on=day)
    page = shown(client, f"{LOTS}/{made.public_id}")
    assert lately in page and "Comptes modifiés depuis 60 jours : 1" in page


def test_a_page_read_before_an_edit_approves_nothing(
    client: FlaskClient, session: Session, maelle: Actor, batch: Batch
) -> None:
    sign_in(client, session, maelle)
    page = posted(client, f"{LOTS}/{batch.public_id}/approuver", version=7)
    assert "Ce lot a changé" in page
    session.refresh(batch)
    assert batch.status == "prepared"


def test_every_ready_line_of_all_pages_joins_a_batch(
    client: FlaskClient, session: Session, rejean: Actor, batch: Batch
) -> None:
    make_payable(session, "Ateliers du Ruisseau-Neuf")
    sign_in(client, session, rejean)
    page = posted(client, LOTS, everything="yes", geste="recalculer")
    assert "Choisis : 1 versement<" in page
    page = posted(client, LOTS, everything="yes", into=batch.public_id)
    assert "Ateliers du Ruisseau-Neuf" in page and "48 500,00 $" in page
    assert client.post(LOTS, data={"into": "0" * 32}).status_code == 404


def test_a_batch_is_changed_then_cancelled(
    client: FlaskClient, session: Session, rejean: Actor, batch: Batch
) -> None:
    url = f"{LOTS}/{batch.public_id}"
    sign_in(client, session, rejean)
    past = {"funds_on-day": "1", "funds_on-month": "4", "funds_on-year": "2024"}
    page = posted(client, f"{url}/date", version=1, **past)
    assert "Choisissez une date d’aujourd’hui ou plus tard" in page
    payment = batch_cases.payments(session, batch)[0]
    page = posted(client, f"{url}/versements/{payment.public_id}/retirer", version=1)
    assert "0 versement" in page
    page = posted(client, f"{url}/annuler", version=2)
    assert "Annulé" in page
    assert "Annulé" in shown(client, LOTS)


def test_a_return_comes_back_in_what_is_to_pay(
    client: FlaskClient, session: Session, rejean: Actor, maelle: Actor, line: Instalment
) -> None:
    now = datetime.now(UTC) - timedelta(hours=1)
    funds_on = calendars.calendar(session).next_business_day(local_date(now))
    batch = make_released(session, rejean, maelle, line, now=now, funds_on=funds_on)
    payment = batch_cases.payments(session, batch)[0]
    sign_in(client, session, rejean)
    assert "Éveil" not in shown(client, f"{HOME}?etat=prets")
    url = f"{LOTS}/{batch.public_id}/versements/{payment.public_id}/retour"
    day = dict(
        zip(
            ("returned_on-day", "returned_on-month", "returned_on-year"),
            write_parts(local_date(datetime.now(UTC))),
            strict=True,
        )
    )
    assert "Choisissez une réponse" in posted(client, url, **day)
    page = posted(client, url, code="905", **day)
    assert "Retourné" in page and "compte fermé" in page
    assert "Compte refusé par la banque" in shown(client, HOME)


def test_the_year_by_program_and_month(
    client: FlaskClient, session: Session, rejean: Actor, line: Instalment
) -> None:
    sign_in(client, session, rejean)
    page = shown(client, "/finances/calendrier?exercice=2027")
    assert "avril 2027" in page and "octobre 2027" in page and "48 500,00 $" in page
    assert "Aucun versement prévu" in shown(client, "/finances/calendrier?exercice=2001")
    assert "Calendrier des versements" in shown(client, "/finances/calendrier?exercice=zz")


def test_who_approves_sees_and_prepares_nothing(
    client: FlaskClient, session: Session, maelle: Actor, line: Instalment
) -> None:
    sign_in(client, session, maelle)
    page = shown(client, HOME)
    assert "Préparer le lot" not in page and 'name="versement"' not in page
    assert client.post(LOTS, data={"versement": line.public_id}).status_code == 404


def test_the_advisor_confirms_a_condition_and_the_line_is_ready(
    client: FlaskClient, session: Session, rejean: Actor, line: Instalment
) -> None:
    version = batch_cases.version_of(session, line)
    case = batch_cases.file_of(session, version)
    advisor = Actor(account_id=session.scalar(ACCOUNT.where(Account.person_id == case.advisor_id)))
    url = f"/bureau/dossiers/{case.public_id}"
    sign_in(client, session, advisor)
    assert "Confirmer la condition du 2e versement de 2" in shown(client, f"{url}/protocole")
    assert "rapports annuels sont reçus" in shown(client, f"{url}/versements/2/condition")
    assert client.get(f"{url}/versements/1/condition").status_code == 404
    assert "La condition est confirmée" in posted(client, f"{url}/versements/2/condition")
    sign_in(client, session, rejean)
    assert "2 versements prêts" in shown(client, HOME)


ACCOUNT = select(Account.id)
