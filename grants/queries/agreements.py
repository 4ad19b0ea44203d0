"""Agreements: the version that stands, for the office and for the organization."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from functools import cache
from typing import Any

from sqlalchemy import Integer, Select, bindparam, select
from sqlalchemy.orm import Session, contains_eager, joinedload, selectinload

from grants.domain.access import Actor, MemberRole
from grants.domain.flow import Status
from grants.models.agreements import Agreement, AgreementVersion, Signature
from grants.models.case_files import CaseFile
from grants.models.clocks import Clock
from grants.models.messages import Document
from grants.models.organizations import Membership, Organization
from grants.models.people import Account, Person, StaffMember
from grants.models.programs import Call, Program
from grants.models.reference import ServiceCommitment
from grants.queries.staff import without_tie

EVIDENCE = "signature_evidence"
RECEIVED = "agreement_received"
PAGE = 50


@dataclass(frozen=True)
class Waiting:
    """A version drafted, to be issued by somebody else."""

    case_public_id: str
    number: str
    version: int
    organization: str
    program: str
    total_cents: int
    drafted_by: str
    drafted_by_id: int
    drafted_at: datetime
    starts_on: date


_WAITING: tuple[Any, ...] = (
    CaseFile.public_id,
    Agreement.number,
    AgreementVersion.number,
    Organization.legal_name,
    Program.short_name,
    AgreementVersion.total_cents,
    Person.full_name,
    AgreementVersion.drafted_by_id,
    AgreementVersion.drafted_at,
    AgreementVersion.starts_on,
)


@dataclass(frozen=True)
class Signing:
    """Somebody who may be the mandated signatory: a responsible member with an account."""

    person_id: int
    public_id: str
    name: str
    email: str


def _live() -> Select[AgreementVersion]:
    """The version of an agreement that stands, with all that its pages show."""
    version = AgreementVersion
    return (
        select(version)
        .join(version.agreement)
        .options(contains_eager(version.agreement))
        .options(joinedload(version.signatory), joinedload(version.drafted_by))
        .options(joinedload(version.issued_by), selectinload(version.instalments))
        .options(joinedload(version.signature).joinedload(Signature.signed_by))
        .options(joinedload(version.signature).joinedload(Signature.recorded_by))
        .where(version.ended_at.is_(None))
    )


def of_case(session: Session, case_file_id: int) -> AgreementVersion | None:
    """The version that stands on a file, drafted or issued."""
    return session.scalar(_of_case(), {"case": case_file_id})


@cache
def _of_case() -> Select[AgreementVersion]:
    """Built once: every page about an agreement asks it."""
    return _live().where(Agreement.case_file_id == bindparam("case", type_=Integer()))


def own(session: Session, case_public_id: str, *, actor: Actor) -> AgreementVersion | None:
    """The issued version of a file of the actor's organization: a draft is not theirs to see."""
    query = (
        _live()
        .join(CaseFile, CaseFile.id == Agreement.case_file_id)
        .where(CaseFile.public_id == case_public_id)
        .where(AgreementVersion.organization_id == actor.organization_id)
        .where(AgreementVersion.issued_at.is_not(None))
    )
    return session.scalar(query)


def one(session: Session, version_id: int) -> AgreementVersion | None:
    """A version by its id, still standing, for the job that makes its file."""
    return session.scalar(_live().where(AgreementVersion.id == version_id))


def signed(session: Session, signature_id: int) -> AgreementVersion:
    """The version that a signature is of."""
    query = _live().join(Signature, Signature.agreement_version_id == AgreementVersion.id)
    return session.scalars(query.where(Signature.id == signature_id)).one()


def by_hash(session: Session, sha256: str) -> AgreementVersion | None:
    """The issued version whose file has this SHA-256, in force or replaced."""
    version = AgreementVersion
    query = (
        select(version)
        .options(joinedload(version.agreement), joinedload(version.signature))
        .where(version.file_sha256 == sha256)
    )
    return session.scalar(query)


def waiting_issue(session: Session, *, actor: Actor) -> list[Waiting]:
    """The versions of the actor's secretariat that wait to be issued, oldest first, fifty."""
    return [Waiting(*row) for row in session.execute(_waiting(actor))]


def _waiting(actor: Actor) -> Select[*tuple[Any, ...]]:
    version = AgreementVersion
    return (
        select(*_WAITING)
        .join(Agreement, Agreement.id == version.agreement_id)
        .join(CaseFile, CaseFile.id == Agreement.case_file_id)
        .join(Organization, Organization.id == CaseFile.organization_id)
        .join(Call, Call.id == CaseFile.call_id)
        .join(Program, Program.id == Call.program_id)
        .join(Person, Person.id == version.drafted_by_id)
        .where(version.ended_at.is_(None), version.issued_at.is_(None))
        .where(CaseFile.status == Status.GRANTED.value)
        .where(CaseFile.secretariat_id == actor.secretariat_id, without_tie(actor.person_id))
        .order_by(version.drafted_at, version.id)
        .limit(PAGE)
    )


def signatories(session: Session, organization_id: int) -> list[Signing]:
    """The people who may sign for the organization on screen, in the order they came."""
    query = (
        select(Person.id, Person.public_id, Person.full_name, Account.email)
        .join(Membership, Membership.person_id == Person.id)
        .join(Account, Account.person_id == Person.id)
        .where(Membership.organization_id == organization_id)
        .where(Membership.role == MemberRole.RESPONSIBLE.value)
        .where(Membership.accepted_at.is_not(None), Membership.ended_at.is_(None))
        .where(Account.disabled_at.is_(None))
        .order_by(Membership.id)
    )
    return [Signing(*row) for row in session.execute(query)]


def signatory_email(session: Session, person_id: int | None) -> str:
    """Where the mandated signatory is written to; empty without an account."""
    query = select(Account.email).where(
        Account.person_id == person_id, Account.disabled_at.is_(None)
    )
    return session.scalar(query) or ""


def title(session: Session, person_id: int | None) -> str:
    """What a member of the staff does, as their title says; empty for nobody."""
    if person_id is None:
        return ""
    return session.scalar(_title(), {"person": person_id}) or ""


@cache
def _title() -> Select[str]:
    return select(StaffMember.title).where(StaffMember.person_id == bindparam("person"))


def evidence(session: Session, case_file_id: int) -> Document | None:
    """The evidence of signature, once a worker has made it."""
    return session.scalar(_evidence(), {"case": case_file_id})


@cache
def _evidence() -> Select[Document]:
    here = Document.case_file_id == bindparam("case")
    return select(Document).where(here, Document.kind == EVIDENCE)


def promise(session: Session, case_file_id: int) -> Clock | None:
    """The promise that the receipt of the signed agreement started."""
    return session.scalar(_promise(), {"case": case_file_id})


@cache
def _promise() -> Select[Clock]:
    return (
        select(Clock)
        .join(Clock.commitment)
        .options(contains_eager(Clock.commitment))
        .where(Clock.case_file_id == bindparam("case"), ServiceCommitment.start_event == RECEIVED)
        .order_by(Clock.id)
        .limit(1)
    )


def history(session: Session, agreement_id: int) -> Sequence[AgreementVersion]:
    """Every version of an agreement, the last first."""
    return session.scalars(_history(), {"agreement": agreement_id}).all()


@cache
def _history() -> Select[AgreementVersion]:
    return (
        select(AgreementVersion)
        .options(joinedload(AgreementVersion.drafted_by))
        .where(AgreementVersion.agreement_id == bindparam("agreement"))
        .order_by(AgreementVersion.number.desc())
    )
