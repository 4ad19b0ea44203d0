"""Finds in the demonstration a request, a complaint, a referral in a given state."""

import secrets
from datetime import timedelta

from sqlalchemy import Select, select, update
from sqlalchemy.orm import Session

from grants import clock
from grants.domain.access import VISITOR
from grants.models.case_files import CaseFile
from grants.models.clocks import Clock
from grants.models.complaints import Complaint, ComplaintMessage
from grants.models.directory import Referral, Resource
from grants.models.people import Account, Person
from grants.models.reference import Secretariat, ServiceCommitment
from grants.models.requests import InformationRequest
from grants.models.trail import OutboxRow
from grants.operations import complaint_acts, complaints
from grants.operations.complaint_telling import Telling
from grants.operations.complaint_trail import MAIL
from grants.operations.complaints import ComplaintDetails
from grants.queries import sessions
from grants.unit_of_work import saving
from tests.browser.office import DemoOffice

REQUESTS, COMPLAINTS = "/bureau/renseignements", "/bureau/plaintes"


def request(office: DemoOffice, secretariat: str, waits_for: str) -> str:
    """The sheet of the newest open request of which a promise waits for this event."""
    query = (
        select(CaseFile.public_id)
        .join(InformationRequest, InformationRequest.case_file_id == CaseFile.id)
        .join(Secretariat, Secretariat.id == CaseFile.secretariat_id)
        .join(Clock, Clock.case_file_id == CaseFile.id)
        .join(ServiceCommitment, ServiceCommitment.id == Clock.commitment_id)
        .where(Secretariat.code == secretariat, InformationRequest.topic_before.is_(None))
        .where(InformationRequest.topic.not_in(("access", "media")))
        .where(Clock.stopped_at.is_(None), ServiceCommitment.stop_event == waits_for)
        .order_by(CaseFile.id.desc())
    )
    return f"{REQUESTS}/{_first(office, query)}"


def complaint(office: DemoOffice, status: str) -> str:
    """The sheet of the newest complaint at SCT in this state."""
    query = (
        select(Complaint.public_id)
        .join(Secretariat, Secretariat.id == Complaint.secretariat_id)
        .where(Secretariat.code == "SCT", Complaint.status == status)
        .order_by(Complaint.id.desc())
    )
    return f"{COMPLAINTS}/{_first(office, query)}"


def filed(office: DemoOffice) -> str:
    """The sheet of a complaint that came to SCT this instant."""
    with office.session(), saving() as session:
        return f"{COMPLAINTS}/{session.get_one(Complaint, _file(session)).public_id}"


def _file(session: Session) -> int:
    details = ComplaintDetails(
        public_id=secrets.token_hex(16),
        secretariat_code="SCT",
        words="Le guichet a fermé dix minutes trop tôt.",
        requester="Octave Bélisle",
        email="octave@nulle-part.exemple",
        phone="418 555-0166",
        address="",
        answer_by="email",
        channel="web",
        received_at=clock.utc_now(),
        about="",
    )
    number = complaints.file(session, details, actor=VISITOR, now=clock.utc_now()).number
    return complaints.find(session, number) or 0


def write_unsent(office: DemoOffice, officer: str) -> str:
    """A complaint acknowledged by a mail that waits; the page that tells it otherwise."""
    now = clock.utc_now()
    with office.session(), saving() as session:
        account = select(Account).join(Person, Person.id == Account.person_id)
        of = session.scalars(account.where(Person.full_name == officer)).unique().one()
        complaint_id = _file(session)
        actor, telling = sessions.staff_actor(session, of), Telling("email")
        complaint_acts.acknowledge(session, complaint_id, telling, actor=actor, now=now)
        row = update(OutboxRow).where(OutboxRow.kind == MAIL, OutboxRow.state == "waiting")
        session.execute(row.values(not_before=now + timedelta(days=1)))
        message = select(ComplaintMessage.public_id).order_by(ComplaintMessage.id.desc())
        sheet = session.get_one(Complaint, complaint_id).public_id
        return f"{COMPLAINTS}/{sheet}/messages/{session.scalars(message.limit(1)).one()}"


def referral(office: DemoOffice) -> str:
    """The page of the newest referral."""
    query = select(Referral.public_id).order_by(Referral.id.desc())
    return f"/bureau/orientations/{_first(office, query)}"


def resource(office: DemoOffice) -> str:
    """The page of a resource that is no public body known by its code."""
    query = select(Resource.public_id).where(Resource.code.is_(None)).order_by(Resource.id)
    return f"/bureau/ressources/{_first(office, query)}"


def _first(office: DemoOffice, query: Select[str]) -> str:
    with office.session() as session:
        return session.scalars(query.limit(1)).one()
