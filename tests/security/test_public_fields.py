"""Fields that the pages without an account did not offer change nothing."""

from datetime import timedelta

import pytest
from flask.testing import FlaskClient
from sqlalchemy import func, select
from sqlalchemy.orm import Session

from grants.clock import utc_now
from grants.models.case_files import CaseFile
from grants.models.complaints import Complaint, ComplaintReader
from grants.models.people import Account, StaffRole
from grants.models.reference import Secretariat
from grants.models.requests import InformationRequest, Reply, Transfer
from grants.models.tracking import TrackingCode
from grants.queries import complaints
from tests.factories import make_staff, sign_in, unique
from tests.security.test_mass_assignment import EXTRA

OFFICE = "SCT"
NOT_OFFERED = {
    **EXTRA,
    "secretariat_code": "SACA",
    "topic_before": "media",
    "moved_at": "2001-01-01T00:00:00+00:00",
    "urgent": "1",
    "wants_callback": "1",
    "details": '{"outlet": "Le Faux"}',
    "outlet": "Le Faux",
    "body": "Répondu d’avance",
    "finding": "founded",
    "recommendation": "Rien",
    "acknowledged_at": "2001-01-01T00:00:00+00:00",
    "concluded_at": "2001-01-01T00:00:00+00:00",
    "answer_due_on": "2099-01-01",
    "filed_by": "1",
    "complaint_id": "1",
    "used_at": "2001-01-01T00:00:00+00:00",
    "attempts": "0",
}
ASKED = {
    "office": OFFICE,
    "topic": "general",
    "question": "Quand ouvre le prochain appel?",
    "answer_by": "email",
    "email": "zoe@exemple.quebec",
}
SAID = {**ASKED, "words": "On m’a fait attendre.", "requester": "Zoé Côté"}


@pytest.fixture
def agent(session: Session) -> int:
    """Somebody on whom a request could be put; theirs is the first id."""
    return make_staff(session, "Rose Auger", "information_agent").person_id


def office_id(session: Session, code: str) -> int:
    return session.scalars(select(Secretariat.id).where(Secretariat.code == code)).one()


def counted(session: Session, *tables: type) -> list[int | None]:
    return [session.scalar(select(func.count()).select_from(table)) for table in tables]


def test_a_question_is_dated_placed_and_numbered_by_us(
    client: FlaskClient, session: Session, agent: int
) -> None:
    before, public_id = utc_now(), unique()
    typed = {**NOT_OFFERED, **ASKED, "public_id": public_id, "advisor_id": str(agent)}
    assert client.post("/renseignements", data=typed).status_code == 303
    case = session.scalars(select(CaseFile)).one()
    asked = session.scalars(select(InformationRequest)).one()
    assert (case.status, case.kind, case.channel) == ("received", "information_request", "web")
    assert (case.advisor_id, case.closed_at, case.organization_id) == (None, None, None)
    assert (case.secretariat_id, case.public_id) == (office_id(session, OFFICE), public_id)
    assert case.received_at >= before and case.number.startswith("REN-")
    assert (asked.topic, asked.topic_before, asked.moved_at) == ("general", None, None)
    assert (asked.urgent, asked.wants_callback, asked.details) == (False, False, {})
    assert counted(session, Reply, Transfer, StaffRole) == [0, 0, 1]


def test_a_complaint_is_dated_placed_and_numbered_by_us(
    client: FlaskClient, session: Session, agent: int
) -> None:
    before = utc_now()
    typed = {**NOT_OFFERED, **SAID, "public_id": unique(), "person_id": str(agent)}
    assert client.post("/plaintes", data=typed).status_code == 303
    found = session.scalars(select(Complaint)).one()
    assert (found.status, found.secretariat_id) == ("received", office_id(session, OFFICE))
    assert (found.finding, found.recommendation, found.follow_up) == (None, None, None)
    assert (found.acknowledged_at, found.concluded_at, found.closed_at) == (None, None, None)
    assert found.received_at >= before and found.number.startswith("PLA-")
    assert found.answer_due_on < (before + timedelta(days=90)).date()
    assert (complaints.read(found).channel, complaints.read(found).filed_by) == ("web", None)
    assert counted(session, ComplaintReader, CaseFile) == [0, 0]


def test_a_code_leads_to_what_the_number_and_the_address_say(
    client: FlaskClient, session: Session
) -> None:
    client.post("/renseignements", data={**ASKED, "public_id": unique()})
    case_id = session.scalars(select(CaseFile.id)).one()
    typed = {"number": "REN-2026-999999-Z", "email": ASKED["email"], "case_file_id": str(case_id)}
    client.post("/suivre", data={**NOT_OFFERED, **typed})
    code = session.scalars(select(TrackingCode)).one()
    assert (code.case_file_id, code.complaint_id, code.used_at) == (None, None, None)
    assert code.expires_at > utc_now()


def test_staff_take_down_for_their_own_secretariat_and_themselves_only(
    client: FlaskClient, session: Session
) -> None:
    agent = make_staff(session, "Odile Morin", "information_agent", secretariat="SCT")
    sign_in(client, session, agent)
    typed = {"public_id": unique(), "channel": "web", "office": "SACA", "secretariat_code": "SACA"}
    client.post("/bureau/renseignements/inscrire", data={**NOT_OFFERED, **ASKED, **typed})
    client.post("/bureau/plaintes/deposer", data={**NOT_OFFERED, **SAID, **typed})
    places = set(session.scalars(select(CaseFile.secretariat_id)))
    places |= set(session.scalars(select(Complaint.secretariat_id)))
    assert places <= {office_id(session, "SCT")}


def test_an_invitation_gives_what_its_page_offers(client: FlaskClient, session: Session) -> None:
    admin = make_staff(session, "Guy Roy", "administrator")
    sign_in(client, session, admin)
    typed = {"full_name": "Léa Caron", "email": "lea@exemple.quebec", "title": "Agente"}
    more = {"roles": "information_agent", "public_id": unique(), "secretariat_id": "2"}
    more |= {"password_hash": "x", "totp_enrolled_at": "2001-01-01", "kind": "organization"}
    client.post("/administration/inviter", data={**NOT_OFFERED, **typed, **more})
    made = session.scalars(select(Account).where(Account.email == typed["email"])).one()
    assert (made.kind, made.password_hash, made.totp_enrolled_at) == ("staff", None, None)
    roles = select(StaffRole.role).where(StaffRole.person_id == made.person_id)
    assert session.scalars(roles).all() == ["information_agent"]
