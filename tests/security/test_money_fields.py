"""Fields that a page did not offer change nothing of a decision, an account or a payment."""

from collections.abc import Iterator

import pytest
from flask.testing import FlaskClient
from sqlalchemy import select
from sqlalchemy.orm import Session

from grants.clock import utc_now
from grants.domain.calendar import local_date
from grants.extensions import db
from grants.models.agreements import Agreement, AgreementVersion, Instalment
from grants.models.case_files import CaseFile, Revision
from grants.models.decisions import Decision
from grants.models.payments import BankDetails, BankVerification, Batch, Payment
from grants.models.reviews import Assessment
from grants.queries import calendars
from tests.access.people import AMOUNTS, Person, World
from tests.access.routes import undone
from tests.access.second_slice import CRITERION
from tests.factories import unique
from tests.security.test_mass_assignment import EXTRA, LONG_AGO

MONEY = EXTRA | {
    "granted_cents": "100",
    "requested_cents": "100",
    "total_cents": "100",
    "decided_by_id": "1",
    "advised_by_id": "1",
    "entered_by_id": "1",
    "verified_by_id": "1",
    "verified_at": LONG_AGO.isoformat(),
    "payee_name": "FAUX",
    "approved_by_id": "1",
    "prepared_by_id": "1",
    "file_number": "1",
    "released_at": LONG_AGO.isoformat(),
    "met_at": LONG_AGO.isoformat(),
    "bank_details_id": "1",
    "reissue_of": "1",
    "side": "revision",
    "matter_id": "1",
}


@pytest.fixture
def session(world: World) -> Iterator[Session]:
    """What the browsers of the world see and change, undone after the test."""
    with undone(world.app), world.app.app_context():
        yield db.session()


def browser(world: World, name: str) -> tuple[Person, FlaskClient]:
    person = world.named(name)
    return person, person.browser()


def file_of(session: Session, world: World, owner: str, kind: str) -> CaseFile:
    named = CaseFile.public_id == world.owned[owner][kind]["public_id"]
    return session.scalars(select(CaseFile).where(named)).one()


def part_of(session: Session, world: World, owner: str, rank: int) -> Instalment:
    """An instalment of a signed agreement."""
    query = (
        select(Instalment)
        .join(AgreementVersion, AgreementVersion.id == Instalment.agreement_version_id)
        .join(Agreement, Agreement.id == AgreementVersion.agreement_id)
        .where(Agreement.case_file_id == file_of(session, world, owner, "settled").id)
        .where(Instalment.rank == rank)
    )
    return session.scalars(query).one()


def test_an_assessment_is_its_advisors(world: World, session: Session) -> None:
    person, client = browser(world, "saca_advisor")
    case = file_of(session, world, "alpha", "case")
    case_id, before = case.id, (case.status, case.organization_id)
    url = f"/bureau/dossiers/{case.public_id}/analyse/criteres/{CRITERION}"
    page = client.get(url).get_data(as_text=True)
    seen = page.split('name="seen"')[1].split('value="')[1].split('"')[0]
    data = MONEY | {"finding": "not_met", "note": "Non", "seen": seen, "assessed_at": "2001-01-01"}
    assert client.post(url, data=data).status_code == 303
    found = session.scalars(select(Assessment).where(Assessment.case_file_id == case_id)).one()
    assert (found.finding, found.person_id) == ("not_met", person.actor.person_id)
    assert (found.side, found.assessed_at > LONG_AGO) == ("first", True)
    case = session.get_one(CaseFile, case_id, populate_existing=True)
    assert (case.status, case.organization_id) == before


def test_a_decision_takes_its_amount_from_the_request(world: World, session: Session) -> None:
    person, client = browser(world, "saca_decider")
    case = file_of(session, world, "alpha", "recommended")
    case_id, url = case.id, f"/bureau/dossiers/{case.public_id}/decider"
    typed = {"outcome": "accepted", "granted": "1,00", "reasons": "complete", "explanation": "Oui."}
    data = MONEY | typed | {"public_id": unique(), "version": str(case.version)}
    assert client.post(url, data=data).status_code == 303
    made = session.scalars(select(Decision).where(Decision.case_file_id == case_id)).one()
    assert (made.granted_cents, made.requested_cents) == (AMOUNTS["alpha"], AMOUNTS["alpha"])
    assert made.decided_by_id == person.actor.person_id != made.advised_by_id
    assert (made.side, made.decided_at > LONG_AGO, made.first_read_at) == ("first", True, None)


def test_a_revision_is_ones_own_and_dated_by_us(world: World, session: Session) -> None:
    _, client = browser(world, "alpha_writer")
    first, before = file_of(session, world, "alpha", "refused"), utc_now()
    first_id, organization_id = first.id, first.organization_id
    data = MONEY | {"public_id": unique(), "grounds": "Voici pourquoi."}
    url = f"/mon-espace/demandes/{first.public_id}/revision"
    assert client.post(url, data=data).status_code == 303
    of = CaseFile.id == Revision.case_file_id
    opened = session.scalars(
        select(CaseFile).join(Revision, of).where(Revision.first_id == first_id)
    ).one()
    assert (opened.organization_id, opened.status) == (organization_id, "received")
    assert (opened.channel, opened.advisor_id) == ("web", None)
    assert opened.received_at >= before


@pytest.mark.parametrize("name", ["alpha_responsible", "saca_finance_preparer"])
def test_an_account_is_of_the_organization_of_the_page(
    world: World, session: Session, name: str
) -> None:
    person, client = browser(world, name)
    neighbour = file_of(session, world, "beta", "case").organization_id
    lone = world.owned["alpha"]["organization"]["public_id"]
    urls = {
        "alpha_responsible": "/mon-espace/coordonnees-bancaires",
        "saca_finance_preparer": f"/finances/coordonnees/organismes/{lone}",
    }
    typed = {"transit": "30214", "institution": "815", "account_number": "0012345"}
    data = MONEY | typed | {"public_id": unique(), "organization_id": str(neighbour)}
    assert client.post(urls[name], data=data).status_code == 303
    given = session.scalars(select(BankDetails).order_by(BankDetails.id.desc())).first()
    assert given.organization_id != neighbour
    assert (given.entered_by_id, given.account_end) == (person.actor.person_id, "345")
    assert given.entered_at > LONG_AGO
    assert session.get(BankVerification, given.id) is None


def test_a_batch_pays_what_the_agreement_says(world: World, session: Session) -> None:
    part, foreign = (part_of(session, world, owner, rank=2) for owner in ("alpha", "gamma"))
    part_id, cents, case = part.id, part.amount_cents, file_of(session, world, "alpha", "settled")
    _, advisor = browser(world, "saca_advisor")
    condition = f"/bureau/dossiers/{case.public_id}/versements/2/condition"
    assert advisor.post(condition, data=MONEY).status_code == 303
    person, client = browser(world, "saca_finance_preparer")
    page = client.get("/finances/").get_data(as_text=True)
    assert part.public_id in page
    assert foreign.public_id not in page
    batch_id = unique()
    on = calendars.calendar(session).next_business_day(local_date(utc_now()))
    day = {f"funds_on-{part}": str(getattr(on, part)) for part in ("day", "month", "year")}
    data = MONEY | day | {"public_id": batch_id, "versement": [part.public_id, foreign.public_id]}
    answer = client.post("/finances/lots", data=data)
    assert answer.status_code == 303
    batch = session.scalars(select(Batch).where(Batch.public_id == batch_id)).one()
    assert (batch.status, batch.approved_by_id, batch.file_number) == ("prepared", None, None)
    assert batch.secretariat_id == person.actor.secretariat_id
    assert batch.prepared_by_id == person.actor.person_id
    paid = session.scalars(select(Payment).where(Payment.batch_id == batch.id)).one()
    assert (paid.instalment_id, paid.amount_cents, paid.status) == (part_id, cents, "prepared")
    assert paid.reissue_of is None


def test_nothing_joins_the_batch_of_another_secretariat(world: World, session: Session) -> None:
    _, client = browser(world, "saca_finance_preparer")
    part = part_of(session, world, "gamma", rank=2)
    into = world.owned["gamma"]["open_batch"]["public_id"]
    before = session.scalars(select(Payment.id)).all()
    answer = client.post("/finances/lots", data={"into": into, "versement": part.public_id})
    assert answer.status_code == 404
    answer = client.post("/finances/lots", data={"versement": part.public_id})
    assert answer.status_code == 200
    assert session.scalars(select(Payment.id)).all() == before
