"""What an organization sent: its files, their promises, their messages and their documents."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from functools import cache

from sqlalchemy import ColumnElement, Select, bindparam, exists, select
from sqlalchemy.orm import Session, joinedload, selectinload

from grants.domain.access import Actor
from grants.domain.flow import Status
from grants.models.agreements import Agreement, AgreementVersion
from grants.models.case_files import Application, CaseFile, Revision
from grants.models.clocks import Clock
from grants.models.decisions import Decision
from grants.models.drafts import Attachment
from grants.models.messages import Document, Message
from grants.models.people import Person, StaffMember
from grants.models.programs import Call, Program
from grants.queries.revisions import FIRST_NUMBER


@dataclass(frozen=True)
class CaseLine:
    """A file as the organization's dashboard shows it.

    `first_number` is that of the application that a revision is about, empty otherwise;
    `is_unread` tells that a decision waits to be read, `is_to_sign` that an agreement waits to be
    signed.
    """

    public_id: str
    number: str
    call_title: str
    program_name: str
    status: str
    received_at: datetime
    next_due_at: datetime
    first_number: str
    is_unread: bool
    is_to_sign: bool


@dataclass(frozen=True)
class AdvisorCard:
    """Who handles a file and how to reach this person."""

    name: str
    title: str
    extension: str


def sent_by_organization(session: Session, *, actor: Actor) -> Sequence[CaseLine]:
    """The files of the actor's organization, applications and revisions, the latest first."""
    query = (
        select(
            CaseFile.public_id,
            CaseFile.number,
            Call.title,
            Program.short_name,
            CaseFile.status,
            CaseFile.received_at,
            CaseFile.next_due_at,
            FIRST_NUMBER,
            exists().where(Decision.case_file_id == CaseFile.id, Decision.first_read_at.is_(None)),
            _to_sign(),
        )
        .join(Call, Call.id == CaseFile.call_id)
        .join(Program, Call.program_id == Program.id)
        .where(CaseFile.organization_id == actor.organization_id)
        .order_by(CaseFile.received_at.desc(), CaseFile.id.desc())
    )
    return [CaseLine(*row) for row in session.execute(query)]


def _to_sign() -> ColumnElement[bool]:
    """Whether the file of an issued agreement waits for the organization's signature."""
    return exists().where(
        Agreement.case_file_id == CaseFile.id,
        AgreementVersion.agreement_id == Agreement.id,
        AgreementVersion.ended_at.is_(None),
        AgreementVersion.file_sha256.is_not(None),
        CaseFile.status == Status.GRANTED.value,
    )


def one(session: Session, public_id: str, *, actor: Actor) -> CaseFile | None:
    """A file of the actor's organization with its call, clocks, and its application or the one
    it revises."""
    application = joinedload(CaseFile.application)
    query = (
        select(CaseFile)
        .options(joinedload(CaseFile.call).joinedload(Call.program))
        .options(application.joinedload(Application.form_version))
        .options(application.joinedload(Application.sent_by))
        .options(joinedload(CaseFile.revision).selectinload(Revision.first))
        .options(joinedload(CaseFile.secretariat), joinedload(CaseFile.organization))
        .options(selectinload(CaseFile.clocks).joinedload(Clock.commitment))
        .where(CaseFile.public_id == public_id)
        .where(CaseFile.organization_id == actor.organization_id)
    )
    return session.scalar(query)


def clock(session: Session, public_id: str, clock_id: int, *, actor: Actor) -> Clock | None:
    """One promise that runs on a file of the actor's organization."""
    query = (
        select(Clock)
        .join(CaseFile, Clock.case_file_id == CaseFile.id)
        .options(joinedload(Clock.commitment))
        .where(Clock.id == clock_id, CaseFile.public_id == public_id)
        .where(CaseFile.organization_id == actor.organization_id)
    )
    return session.scalar(query)


def advisor(session: Session, person_id: int) -> AdvisorCard | None:
    """The member of the staff who handles a file."""
    query = (
        select(Person.full_name, StaffMember.title, StaffMember.extension)
        .join(StaffMember, StaffMember.person_id == Person.id)
        .where(Person.id == person_id)
    )
    found = session.execute(query).first()
    return AdvisorCard(*found) if found else None


def files(session: Session, case_file_id: int) -> Sequence[Attachment]:
    """The files received with an application, in the order they were added."""
    return session.scalars(_files(), {"case": case_file_id}).all()


@cache
def _files() -> Select[Attachment]:
    """Built once: every page of a file asks it."""
    return (
        select(Attachment)
        .where(Attachment.case_file_id == bindparam("case"), Attachment.removed_at.is_(None))
        .order_by(Attachment.id)
    )


def file_of_case(
    session: Session, case_public_id: str, public_id: str, *, actor: Actor
) -> Attachment | None:
    """One file received with an application of the actor's organization."""
    query = (
        select(Attachment)
        .join(CaseFile, Attachment.case_file_id == CaseFile.id)
        .where(Attachment.public_id == public_id, Attachment.removed_at.is_(None))
        .where(CaseFile.public_id == case_public_id)
        .where(CaseFile.organization_id == actor.organization_id)
    )
    return session.scalar(query)


def proof(session: Session, case_file_id: int) -> Document | None:
    """The deposit proof, once a worker has made it."""
    query = select(Document).where(
        Document.case_file_id == case_file_id, Document.kind == "deposit_proof"
    )
    return session.scalar(query)


def messages_sent(session: Session, case_file_id: int) -> Sequence[Message]:
    """The messages that left for the organization, the latest first."""
    query = (
        select(Message)
        .where(Message.case_file_id == case_file_id, Message.sent_at.is_not(None))
        .order_by(Message.sent_at.desc(), Message.id.desc())
    )
    return session.scalars(query).all()


def acknowledgement_address(session: Session, case_file_id: int) -> str:
    """Where the acknowledgement goes; empty when it leaves by post."""
    query = (
        select(Message.recipient)
        .where(Message.case_file_id == case_file_id, Message.kind == "acknowledgement")
        .where(Message.channel == "email")
        .order_by(Message.sequence)
        .limit(1)
    )
    return session.scalar(query) or ""
