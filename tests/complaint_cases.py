"""Complaints for tests, filed and handled as the product does it."""

from dataclasses import replace
from datetime import datetime, timedelta

from sqlalchemy import select
from sqlalchemy.orm import Session

from grants.domain.access import VISITOR, Actor
from grants.models.complaints import Complaint
from grants.operations import complaint_acts, complaint_circle, complaints
from grants.operations.complaint_acts import ConclusionDetails
from grants.operations.complaint_circle import ReaderDetails
from grants.operations.complaint_telling import Telling
from grants.operations.complaints import ComplaintDetails
from grants.unit_of_work import saving
from tests.factories import NOW, make_staff, unique

CANARIES = ("Zibeline", "zibeline.ardoise", "Pélican", "Mirabelle", "Cassonade", "Goéland")
"""Words that only complaints hold: who, where, about what, found, recommended, answered."""

BY_MAIL, BY_PHONE = Telling("email"), Telling("phone", NOW.date())
CONCLUSION = ConclusionDetails(
    finding="founded",
    comment="Le constat parle de Mirabelle.",
    recommendation="Revoir l’accueil, dit Cassonade.",
    none_because="",
    answer="Nous avons vu Goéland et nous corrigeons.",
    telling=BY_MAIL,
)


def complaint_details(**changes: object) -> ComplaintDetails:
    """What a person sends on the public form, or says at the desk."""
    details = ComplaintDetails(
        public_id=unique(),
        secretariat_code="SACA",
        words="On m’a raccroché au nez au sujet de Pélican.",
        requester="Zibeline Ardoise",
        email="zibeline.ardoise@exemple.quebec",
        phone="418 555-0134",
        address="",
        answer_by="email",
        channel="web",
        received_at=NOW - timedelta(days=1),
        about="",
    )
    return replace(details, **changes)


def file_complaint(
    session: Session, actor: Actor = VISITOR, now: datetime = NOW, **changes: object
) -> Complaint:
    """A complaint of the day before, just filed."""
    details = complaint_details(**{"received_at": now - timedelta(days=1), **changes})
    with saving() as saved:
        filed = complaints.file(saved, details, actor=actor, now=now)
    return session.get_one(Complaint, complaints.find(session, filed.number))


def conclude(complaint: Complaint, officer: Actor, now: datetime = NOW, **changes: object) -> None:
    """Conclude with a recommendation unless told otherwise."""
    details = replace(CONCLUSION, **changes)
    with saving() as saved:
        complaint_acts.conclude(saved, complaint.id, details, actor=officer, now=now)


def name_reader(complaint: Complaint, officer: Actor, person: Actor, now: datetime = NOW) -> None:
    """Let a person read a complaint."""
    details = ReaderDetails(person.person_id or 0)
    with saving() as saved:
        complaint_circle.name_reader(saved, complaint.id, details, actor=officer, now=now)


def make_officer(session: Session, name: str = "Nicole Dumas", office: str = "SACA") -> Actor:
    """Somebody who handles complaints."""
    return make_staff(session, name, "complaints_officer", secretariat=office)


def again(session: Session, complaint: Complaint) -> Complaint:
    """The complaint as the database has it now."""
    query = select(Complaint).where(Complaint.id == complaint.id)
    return session.scalars(query, execution_options={"populate_existing": True}).one()
