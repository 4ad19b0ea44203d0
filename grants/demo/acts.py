"""The acts of the demonstration: each calls the operation that people's pages call."""

from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlalchemy import select
from sqlalchemy.orm import Session

from grants.demo.answers import Applicant, complete
from grants.demo.offices import random_id
from grants.domain.access import SYSTEM, Actor
from grants.extensions import db
from grants.models.case_files import CaseFile
from grants.models.drafts import Draft
from grants.models.messages import Message
from grants.models.organizations import Organization
from grants.models.programs import Call
from grants.models.trail import OutboxRow
from grants.operations import (
    applications,
    assignments,
    attachments,
    conflicts,
    drafts,
    messages,
    outbox,
)
from grants.queries import programs
from grants.storage import LocalFolder, hashed
from grants.unit_of_work import saving


@dataclass(frozen=True)
class Scene:
    """What an act needs beside its people: the files, the hour of loading, a rank to vary."""

    storage: LocalFolder
    content: bytes
    now: datetime
    rank: int


def begin_draft(scene: Scene, member: Actor, call_id: int, now: datetime) -> int:
    """Start a draft and fill its first sections, as somebody interrupted would."""
    draft_id = _start(scene, member, call_id, now)
    whole = _answers(scene, member, call_id)
    some = {key: whole[key] for key in list(whole)[1:30]}
    with saving() as session:
        draft = session.get_one(Draft, draft_id)
        draft.answers = {**some, "_finished": ["identification"]}
    return draft_id


def _start(scene: Scene, member: Actor, call_id: int, now: datetime) -> int:
    with saving() as session:
        return drafts.start(session, call_id, random_id(), actor=member, now=now).id


def _answers(scene: Scene, member: Actor, call_id: int) -> dict[str, object]:
    session = db.session()
    call = session.get_one(Call, call_id)
    organization = session.get_one(Organization, member.organization_id)
    limits = programs.amount_terms(call.terms)
    span = limits.max_cents - limits.min_cents
    amount = limits.min_cents + (span * (scene.rank % 7 + 1) // 20) // 50_000 * 50_000
    form = programs.definition(call.form_version)
    name = member.name
    applicant = Applicant(organization.legal_name, organization.neq, name, amount, scene.rank)
    return complete(form, applicant)


def send(scene: Scene, member: Actor, call_id: int, at: datetime) -> int:
    """Write an application an hour before `at`, send it at `at`; return the file's id."""
    draft_id = _start(scene, member, call_id, at - timedelta(hours=1))
    version = _fill(scene, draft_id, member, _answers(scene, member, call_id), at)
    details = applications.SendDetails(version)
    with saving() as session:
        return applications.send(session, draft_id, details, actor=member, arrived_at=at, now=at).id


def _fill(
    scene: Scene, draft_id: int, actor: Actor, answers: dict[str, object], at: datetime
) -> int:
    key = scene.storage.put(scene.content)
    file = attachments.FileDetails(
        public_id=random_id(),
        field_key="board_resolution",
        filename="Résolution du conseil.pdf",
        media_type="application/pdf",
        size=len(scene.content),
        sha256=hashed(scene.content),
        storage_key=key,
    )
    with saving() as session:
        session.get_one(Draft, draft_id).answers = answers
        session.flush()
        attachments.attach(session, draft_id, file, actor=actor, now=at)
    return db.session().get_one(Draft, draft_id).version


def record_paper(
    scene: Scene,
    member: Actor,
    call_id: int,
    clerk: Actor,
    channel: str,
    received_at: datetime,
    entered_at: datetime,
) -> int:
    """Record at the counter what arrived on paper, without an e-mail to answer to."""
    organization_id = member.organization_id or 0
    receipt = drafts.PaperReceipt(organization_id, channel, received_at)
    with saving() as session:
        draft_id = drafts.start_paper(
            session, call_id, random_id(), receipt, actor=clerk, now=entered_at
        ).id
    whole = _answers(scene, member, call_id)
    kept = {key: whole[key] for key in ("legal_name", "neq", "amount_requested", "mission_plain")}
    with saving() as session:
        session.get_one(Organization, organization_id).email = ""
    version = _fill(scene, draft_id, clerk, kept, entered_at)
    details = applications.SendDetails(version)
    with saving() as session:
        return applications.receive_paper(
            session, draft_id, details, actor=clerk, now=entered_at
        ).id


def acknowledge(case_id: int, at: datetime) -> None:
    """The mail server accepted the acknowledgement at that instant."""
    deliver(case_id, messages.ACKNOWLEDGEMENT, at)


def refuse_mail(case_id: int, at: datetime) -> None:
    """The mail server refused the address of the acknowledgement for good."""
    key = f"message:{_owed(case_id, messages.ACKNOWLEDGEMENT).public_id}"
    with saving() as session:
        outbox.give_up(session, claimed(session, key, at), "recipient [550]")


def _owed(case_id: int, kind: str) -> Message:
    """The first mail of a kind that a file owes and that has not left."""
    query = select(Message).where(
        Message.case_file_id == case_id, Message.kind == kind, Message.sent_at.is_(None)
    )
    return db.session().scalars(query.order_by(Message.sequence).limit(1)).one()


def claimed(session: Session, key: str, at: datetime) -> outbox.Claim:
    """What the outbox owes under this key, taken as a worker of that time would have."""
    row_id = session.scalars(select(OutboxRow.id).where(OutboxRow.key == key)).one()
    found = outbox.claim(session, row_id, now=at)
    if found is None:
        raise RuntimeError("the demonstration's work is not due yet")
    return found


def deliver(case_id: int, kind: str, at: datetime) -> None:
    """The mail server accepted the mail of this kind at that instant."""
    owed = _owed(case_id, kind)
    subject, body = "Message de la démonstration", "Ce message date d’avant la démonstration."
    with saving() as session:
        outbox.finish(session, claimed(session, f"message:{owed.public_id}", at))
        messages.delivered(session, owed.id, subject, body, actor=SYSTEM, now=at)


def assign(case_id: int, advisor: Actor, lead: Actor, at: datetime) -> None:
    """The team lead gives the file to an advisor, and the organization learns it."""
    details = assignments.AssignmentDetails(
        advisor.person_id or 0, reason="Connaît déjà l’organisme"
    )
    with saving() as session:
        assignments.assign(session, case_id, details, actor=lead, now=at)
    if db.session().get_one(CaseFile, case_id).channel == "web":
        deliver(case_id, messages.ASSIGNMENT, at)


def withdraw(case_id: int, member: Actor, at: datetime) -> None:
    """The organization takes its application back."""
    version = db.session().get_one(CaseFile, case_id).version
    with saving() as session:
        applications.withdraw(
            session, case_id, applications.WithdrawDetails(version), actor=member, now=at
        )


def declare_conflict(case_id: int, person: Actor, at: datetime) -> None:
    """A member of the staff declares a tie with the organization of a file."""
    details = conflicts.ConflictDetails("Membre du conseil de cet organisme")
    with saving() as session:
        conflicts.declare(session, case_id, details, actor=person, now=at)
