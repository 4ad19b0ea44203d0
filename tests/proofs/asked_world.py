"""The requests, complaints, referrals and published figures that the attacks are made on."""

from datetime import date, timedelta
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from grants.domain.access import Actor
from grants.models.clocks import Clock, ClockMove
from grants.models.complaints import Complaint, ComplaintEvent
from grants.models.directory import Resource
from grants.models.people import Absence
from grants.models.reference import Secretariat, ServiceCommitment
from grants.models.requests import CallAttempt, Reply, Transfer
from grants.models.results import Publication
from grants.operations import (
    complaint_acts,
    referrals,
    request_ends,
    request_hands,
    request_replies,
)
from grants.operations.referrals import ReferralDetails
from grants.operations.request_ends import RedirectDetails
from grants.operations.request_hands import AttemptDetails, TransferDetails
from grants.operations.request_telling import Said
from grants.unit_of_work import saving
from tests.complaint_cases import conclude, file_complaint, name_reader
from tests.factories import NOW, make_staff, unique
from tests.request_cases import asked, clocks_of, make_request, told

Ids = dict[str, Any]
CALLED, ANSWERED, MUCH_LATER = (NOW + timedelta(hours=hours) for hours in (1, 2, 3))
CONTENT = '{"rows":[]}'


def build(session: Session) -> Ids:
    """Make one of everything that the third slice added; return the ids that the attacks name."""
    staff = {
        "agent": make_staff(session, "Lise Nadeau", "information_agent"),
        "other_agent": make_staff(session, "Carl Poulin", "information_agent"),
        "manager": make_staff(session, "Solange Vachon", "manager"),
        "elsewhere": make_staff(session, "Rita Côté", "advisor", secretariat="SCT"),
        "officer": make_staff(session, "Nicole Dumas", "complaints_officer"),
    }
    ids: Ids = {name: actor.person_id for name, actor in staff.items()}
    ids |= _answered(session, staff) | _moved(session, staff) | _open(session, staff)
    ids |= _complaints(session, staff["officer"], staff["agent"])
    ids |= _published(session, staff["manager"])
    return ids | _promised(session)


def _answered(session: Session, staff: dict[str, Actor]) -> Ids:
    """A question by telephone: called in vain, handed over, then answered by word of mouth."""
    agent = staff["agent"]
    case = make_request(session, told(), agent)
    with saving() as saved:
        call = AttemptDetails(unique(), "voice_mail", CALLED)
        request_hands.log_attempt(saved, case.id, call, actor=agent, now=CALLED)
        to = TransferDetails(staff["other_agent"].person_id or 0, "Connaît le programme.")
        request_hands.transfer(saved, case.id, to, actor=agent, now=CALLED)
        said, actor = Said(unique(), "phone", "Quarante-deux."), staff["other_agent"]
        request_ends.answer(saved, case.id, said, actor=actor, now=ANSWERED)
    clock = clocks_of(session, case.id)["SACA_ACK"]
    ids = {"answered": case.id, "clock": clock.id, "clock_due_on": clock.due_on.isoformat()}
    for name, table in {"attempt": CallAttempt, "reply": Reply}.items():
        rows = select(table.id).where(table.case_file_id == case.id).order_by(table.id)
        ids[name] = session.scalars(rows).first()
    second = select(Transfer.id).where(Transfer.case_file_id == case.id, Transfer.rank == 2)
    return {**ids, "transfer": session.scalars(second).one()}


def _moved(session: Session, staff: dict[str, Actor]) -> Ids:
    """A question that was one for access to documents, sent on to whoever answers those."""
    case, agent = make_request(session), staff["agent"]
    body = session.scalars(select(Resource).where(Resource.code == "ACCES")).one()
    with saving() as saved:
        moved = Said(unique(), "email", "Votre demande vise un document.")
        request_replies.move_to_access(saved, case.id, moved, actor=agent, now=CALLED)
        sent = RedirectDetails(Said(unique(), "email", "Écrivez ici."), body.public_id)
        reply = request_ends.redirect(saved, case.id, sent, actor=agent, now=ANSWERED)
        return {"moved": case.id, "redirection": reply.id, "body": body.id}


def _open(session: Session, staff: dict[str, Actor]) -> Ids:
    """A question nobody has; its due date moved once, and it was sent to a resource."""
    case, agent = make_request(session, asked(requester="Paul Roy")), staff["agent"]
    clock = session.scalars(select(Clock).where(Clock.case_file_id == case.id)).one()
    moved = {"moved_at": NOW, "moved_by_id": staff["manager"].person_id, "calendar_version": 2}
    move = ClockMove(clock_id=clock.id, from_due_on=clock.start_on, to_due_on=clock.due_on, **moved)
    session.add(move)
    session.commit()
    kept = select(Resource).where(Resource.kind == "community").order_by(Resource.id).limit(2)
    first, second = session.scalars(kept)
    details = ReferralDetails(unique(), first.public_id, "refused")
    with saving() as saved:
        referral = referrals.refer(saved, case.id, details, actor=agent, now=NOW)
        referrals.record_outcome(saved, referral.id, "not_reached", actor=agent, now=CALLED)
    ids = {"open": case.id, "running": clock.id, "move": move.id, "referral": referral.id}
    return {**ids, "resource": first.id, "other_resource": second.id}


def _complaints(session: Session, officer: Actor, agent: Actor) -> Ids:
    """One just filed, which somebody was named on, and one concluded, whose answer waits."""
    filed, concluded = file_complaint(session), file_complaint(session)
    with saving() as saved:
        complaint_acts.start(saved, concluded.id, actor=officer, now=NOW)
    conclude(session.get_one(Complaint, concluded.id), officer, CALLED)
    name_reader(session.get_one(Complaint, filed.id), officer, agent)
    event = ComplaintEvent
    first = select(event.id).where(event.complaint_id == filed.id).order_by(event.id)
    ids = {"filed": filed.id, "concluded": concluded.id}
    return {**ids, "complaint_event": session.scalars(first.limit(1)).one()}


def _published(session: Session, manager: Actor) -> Ids:
    """Figures of a period, with their PDF; and an absence."""
    office = session.scalars(select(Secretariat).where(Secretariat.code == "SACA")).one()
    publication = Publication(
        public_id=unique(),
        secretariat_id=office.id,
        from_on=date(2025, 4, 1),
        until_on=date(2026, 3, 31),
        as_of=NOW,
        content=CONTENT,
        sha256="a" * 64,
        published_by_id=manager.person_id,
        storage_key=unique(),
        file_sha256="b" * 64,
    )
    session.add(publication)
    session.flush()
    ids = {"publication": publication.id, "publication_key": publication.storage_key}
    return {**ids, **_away(session, manager)}


def _away(session: Session, manager: Actor) -> Ids:
    absence = Absence(
        public_id=unique(),
        person_id=manager.person_id,
        substitute_id=make_staff(session, "Guy Lemay", "manager").person_id,
        from_on=date(2026, 12, 1),
        until_on=date(2026, 12, 4),
        recorded_by_id=manager.person_id,
        recorded_at=NOW,
        cancelled_at=CALLED,
    )
    session.add(absence)
    session.flush()
    return {"absence": absence.id, "substitute": absence.substitute_id}


def _promised(session: Session) -> Ids:
    """A commitment that no clock of these files points at."""
    query = select(ServiceCommitment).where(ServiceCommitment.code == "SCT_ACK")
    found = session.scalars(query).one()
    return {
        "commitment": found.id,
        "promised": found.sentence,
        "quantity": found.quantity,
        "declaration": found.declaration_id,
        "declaration_title": found.declaration.title,
    }
