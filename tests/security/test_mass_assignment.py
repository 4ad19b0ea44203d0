"""Fields that a page did not offer change nothing, whoever posts them."""

from datetime import UTC, datetime, timedelta

import pytest
from flask.testing import FlaskClient
from sqlalchemy import func, select
from sqlalchemy.orm import Session

from grants.clock import utc_now
from grants.domain.access import Actor
from grants.models.case_files import Application, CaseFile
from grants.models.drafts import Draft
from grants.models.organizations import Membership, Organization
from grants.models.people import Account, ConflictOfInterest, StaffMember, StaffRole, WebSession
from grants.models.reference import Secretariat
from tests.cases import AMOUNT, make_case, make_draft
from tests.factories import make_call, make_member, make_organization, make_staff, sign_in, unique

LONG_AGO = datetime(2001, 1, 1, tzinfo=UTC)
OTHER_ID = "9" * 32
EXTRA = {
    "id": "1",
    "kind": "staff",
    "role": "responsible",
    "roles": "team_lead",
    "stage": "in",
    "status": "withdrawn",
    "person_id": "1",
    "account_id": "1",
    "organization_id": "1",
    "secretariat_id": "2",
    "advisor_id": "1",
    "amount_cents": "1",
    "received_at": LONG_AGO.isoformat(),
    "arrived_at": LONG_AGO.isoformat(),
    "accepted_at": LONG_AGO.isoformat(),
    "email_confirmed_at": LONG_AGO.isoformat(),
    "closed_at": LONG_AGO.isoformat(),
    "channel": "post",
    "number": "ZZZ-2001-0001-Z",
    "case_public_id": OTHER_ID,
    "case_file_id": "1",
    "next_due_at": LONG_AGO.isoformat(),
    "answers": "{}",
    "is_admin": "1",
}


@pytest.fixture
def member(client: FlaskClient, session: Session) -> Actor:
    """Somebody responsible for an organization, beside another organization."""
    make_organization(session, "Regroupement voisin")
    actor = make_member(session)
    sign_in(client, session, actor)
    return actor


def seen_on(client: FlaskClient, url: str) -> str:
    """The mark that a page carries of what it showed."""
    return client.get(url).get_data(as_text=True).split('name="seen" value="')[1].split('"')[0]


def without(*names: str) -> dict[str, str]:
    return {name: value for name, value in EXTRA.items() if name not in names}


def test_an_account_is_an_organizations_and_waits_for_its_code(
    client: FlaskClient, session: Session
) -> None:
    data = {"full_name": "Aline Roy", "email": "a@exemple.quebec", "notice": "yes"}
    data |= {"password": "trois lacs gelés au nord", "phone": ""}
    assert client.post("/compte/creer", data=EXTRA | data).location == "/compte/code"
    account = session.scalars(select(Account)).one()
    assert (account.kind, account.email_confirmed_at) == ("organization", None)
    assert session.scalars(select(WebSession.stage)).one() == "code"
    assert not session.scalar(select(func.count()).select_from(StaffMember))


def test_who_asks_to_join_gets_no_role_by_asking(
    client: FlaskClient, session: Session, member: Actor
) -> None:
    neighbour = session.scalars(select(Organization).order_by(Organization.id)).first()
    url = f"/mon-espace/organisme/rejoindre?neq={neighbour.neq}"
    assert client.post(url, data=EXTRA).status_code == 303
    place = session.scalars(select(Membership).order_by(Membership.id.desc())).first()
    assert (place.organization_id, place.person_id) == (neighbour.id, member.person_id)
    assert (place.role, place.accepted_at) == ("writer", None)


def test_the_neq_of_an_organization_never_changes(
    client: FlaskClient, session: Session, member: Actor
) -> None:
    own = session.get_one(Organization, member.organization_id)
    neq, public_id = own.neq, own.public_id
    url = "/mon-espace/organisme/modifier"
    data = {"legal_name": "Nouveau nom", "email": "", "phone": "", "neq": "1100000000"}
    data |= {"public_id": OTHER_ID, "seen": seen_on(client, url)}
    assert client.post(url, data=EXTRA | data).status_code == 303
    own = session.get_one(Organization, member.organization_id)
    assert (own.legal_name, own.neq, own.public_id) == ("Nouveau nom", neq, public_id)
    names = set(session.scalars(select(Organization.legal_name)))
    assert names == {"Nouveau nom", "Regroupement voisin"}


def test_a_draft_is_ones_own_and_on_the_web(
    client: FlaskClient, session: Session, member: Actor
) -> None:
    call, public_id = make_call(session, now=utc_now()), unique()
    call_id = call.id
    url = f"/mon-espace/appels/{call.public_id}/commencer"
    data = EXTRA | {"public_id": public_id, "call_id": "99"}
    assert client.post(url, data=data).status_code == 303
    draft = session.scalars(select(Draft)).one()
    assert (draft.organization_id, draft.call_id) == (member.organization_id, call_id)
    assert (draft.public_id, draft.channel, draft.received_at) == (public_id, "web", None)
    assert (draft.case_file_id, draft.case_public_id == OTHER_ID) == (None, False)


def test_a_section_keeps_its_own_answers_only(
    client: FlaskClient, session: Session, member: Actor
) -> None:
    draft = make_draft(session, member, now=utc_now())
    before = dict(draft.answers)
    url = f"/mon-espace/brouillons/{draft.public_id}/sections/mission"
    seen = seen_on(client, url)
    typed = {"mission_plain": "Autre chose", "amount_requested": "1,00", "legal_name": "Faux"}
    assert client.post(url, data=EXTRA | typed | {"seen": seen}).status_code == 303
    after = session.scalars(select(Draft)).one()
    assert after.answers["mission_plain"] == "Autre chose"
    assert set(after.answers) == set(before)
    assert after.answers["amount_requested"] == before["amount_requested"]
    assert after.answers["legal_name"] == before["legal_name"]
    assert (after.organization_id, after.channel) == (member.organization_id, "web")


def test_a_sending_is_dated_and_counted_by_us(
    client: FlaskClient, session: Session, member: Actor
) -> None:
    draft = make_draft(session, member, now=utc_now() - timedelta(minutes=5))
    url, public_id = f"/mon-espace/brouillons/{draft.public_id}/envoyer", draft.case_public_id
    data = EXTRA | {"version": str(draft.version)}
    headers = {"X-Arrival": "0", "X-Request-Start": "t=0", "Date": "Mon, 01 Jan 2001 00:00:00 GMT"}
    before = utc_now()
    assert client.post(url, data=data, headers=headers).status_code == 303
    case = session.scalars(select(CaseFile)).one()
    assert case.received_at >= before
    assert (case.status, case.channel, case.advisor_id) == ("received", "web", None)
    assert (case.organization_id, case.public_id) == (member.organization_id, public_id)
    assert case.number.startswith("DCD-")
    assert session.scalars(select(Application.amount_cents)).one() == AMOUNT


def test_a_withdrawal_only_withdraws(client: FlaskClient, session: Session, member: Actor) -> None:
    case = make_case(session, member, now=utc_now())
    url, received_at = f"/mon-espace/demandes/{case.public_id}/retirer", case.received_at
    number, data = case.number, without("status") | {"version": str(case.version)}
    assert client.post(url, data=data).status_code == 303
    case = session.scalars(select(CaseFile)).one()
    assert (case.status, case.number, case.received_at) == ("withdrawn", number, received_at)
    assert case.closed_at > received_at
    assert case.organization_id == member.organization_id


def test_nobody_declares_a_conflict_for_somebody_else(
    client: FlaskClient, session: Session
) -> None:
    odile = make_staff(session, "Odile Morin", "advisor")
    rose = make_staff(session, "Rose Auger", "advisor")
    case = make_case(session, now=utc_now())
    organization_id = case.organization_id
    sign_in(client, session, odile)
    data = EXTRA | {"reason": "Ancien emploi", "person_id": str(rose.person_id)}
    url = f"/bureau/dossiers/{case.public_id}/conflit"
    assert client.post(url, data=data).status_code == 303
    declared = session.scalars(select(ConflictOfInterest)).one()
    assert (declared.person_id, declared.organization_id) == (odile.person_id, organization_id)


def test_a_file_goes_to_no_other_secretariat(client: FlaskClient, session: Session) -> None:
    lead = make_staff(session, "Hélène Caron", "team_lead")
    elsewhere = make_staff(session, "Paul Roy", "advisor", secretariat="SCT")
    here = make_staff(session, "Odile Morin", "advisor")
    case = make_case(session, now=utc_now())
    url, version = f"/bureau/dossiers/{case.public_id}/affecter", str(case.version)
    office = session.scalars(select(Secretariat.id).where(Secretariat.code == "SACA")).one()
    sign_in(client, session, lead)
    data = EXTRA | {"version": version, "reason": "a", "person_id": str(elsewhere.person_id)}
    assert client.post(url, data=data).status_code == 200, "refused, said on the page"
    data |= {"person_id": str(here.person_id), "proposed_id": str(elsewhere.person_id)}
    assert client.post(url, data=data).status_code == 303
    case = session.scalars(select(CaseFile)).one()
    assert (case.advisor_id, case.secretariat_id) == (here.person_id, office)
    assert case.status == "under_review"
    roles = session.scalars(select(StaffRole.role).where(StaffRole.person_id == lead.person_id))
    assert roles.all() == ["team_lead"]
