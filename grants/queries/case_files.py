"""Case files as the staff of their secretariat see them: the list, and all that hangs on one."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from functools import cache
from typing import Any

from sqlalchemy import ColumnElement, Integer, Select, String, bindparam, or_, select
from sqlalchemy.orm import Session, joinedload

from grants.domain.access import Actor
from grants.domain.case_number import normalize
from grants.domain.text import fold
from grants.models.case_files import Application, CaseFile, Revision
from grants.models.clocks import Clock
from grants.models.drafts import Attachment
from grants.models.messages import Document
from grants.models.organizations import Organization
from grants.models.people import Person
from grants.models.programs import Call, Program
from grants.queries.revisions import AMOUNT_ASKED, FIRST_NUMBER
from grants.queries.staff import without_tie

PAGE = 50
_OF_ORGANIZATION = CaseFile.organization_id.is_not(None)  # not a request for information


@dataclass(frozen=True)
class Filters:
    """What the list shows: words searched, program, status, kind; `before` is the last id seen."""

    text: str = ""
    program: str = ""
    status: str = ""
    kind: str = ""
    before: int | None = None


@dataclass(frozen=True)
class ListedFile:
    """One line of the list, as columns. `first_number`: the application that a revision is of."""

    id: int
    public_id: str
    number: str
    organization: str
    program: str
    status: str
    received_at: datetime
    next_due_at: datetime
    amount_cents: int
    advisor: str | None
    first_number: str


@dataclass(frozen=True)
class Page:
    """Fifty lines at most, newest first, and where the next fifty begin."""

    files: list[ListedFile]
    next_before: int | None


_COLUMNS: tuple[Any, ...] = (
    CaseFile.id,
    CaseFile.public_id,
    CaseFile.number,
    Organization.legal_name,
    Program.short_name,
    CaseFile.status,
    CaseFile.received_at,
    CaseFile.next_due_at,
    AMOUNT_ASKED,
    Person.full_name,
    FIRST_NUMBER,
)


def page(session: Session, wanted: Filters, *, actor: Actor) -> Page:
    """The files of the actor's secretariat that the filters ask for, newest first."""
    query = _listed(actor).where(*_wanted(wanted)).order_by(CaseFile.id.desc()).limit(PAGE + 1)
    files = [ListedFile(*row) for row in session.execute(query)]
    return Page(files[:PAGE], files[PAGE - 1].id if len(files) > PAGE else None)


def several(session: Session, public_ids: Iterable[str], *, actor: Actor) -> list[ListedFile]:
    """These files, in the order in which they must be locked; those not visible are left out."""
    wanted = CaseFile.public_id.in_(list(public_ids))
    query = _listed(actor).where(wanted).order_by(CaseFile.id).limit(PAGE)
    return [ListedFile(*row) for row in session.execute(query)]


def of_organization(
    session: Session, organization_id: int, call_id: int, *, actor: Actor
) -> list[ListedFile]:
    """The applications this organization already has in this call: likely duplicates."""
    same = (CaseFile.organization_id == organization_id, CaseFile.call_id == call_id)
    applied = CaseFile.kind == "application"
    query = _listed(actor).where(*same, applied).order_by(CaseFile.id).limit(PAGE)
    return [ListedFile(*row) for row in session.execute(query)]


def _listed(actor: Actor) -> Select[*tuple[Any, ...]]:
    return (
        select(*_COLUMNS)
        .join(Organization, Organization.id == CaseFile.organization_id)
        .join(Call, Call.id == CaseFile.call_id)
        .join(Program, Program.id == Call.program_id)
        .outerjoin(Person, Person.id == CaseFile.advisor_id)
        .where(*visible(actor))
    )


def _wanted(wanted: Filters) -> list[ColumnElement[bool]]:
    conditions: list[ColumnElement[bool]] = []
    if wanted.text:
        conditions.append(_matches(wanted.text))
    if wanted.program:
        conditions.append(Program.code == wanted.program)
    if wanted.status:
        conditions.append(CaseFile.status == wanted.status)
    if wanted.kind:
        conditions.append(CaseFile.kind == wanted.kind)
    if wanted.before is not None:
        conditions.append(CaseFile.id < wanted.before)
    return conditions


def _matches(text: str) -> ColumnElement[bool]:
    """A number typed any way, a part of one, a NEQ, or a part of a name without accents."""
    number, digits = normalize(text), "".join(c for c in text if c.isdigit())
    return or_(
        CaseFile.number == number,
        CaseFile.number.contains(number, autoescape=True),
        Organization.search_name.contains(fold(text), autoescape=True),
        Organization.neq == digits,
    )


def one(session: Session, public_id: str, *, actor: Actor) -> CaseFile | None:
    """A file of the actor's secretariat with its organization, call, advisor, and its application
    or the one it revises."""
    who = {"office": actor.secretariat_id, "person": actor.person_id}
    return session.scalar(_one(), {"public_id": public_id, **who})


@cache
def _one() -> Select[CaseFile]:
    """Built once: every page of a file asks it."""
    return (
        select(CaseFile)
        .options(joinedload(CaseFile.call).joinedload(Call.program))
        .options(joinedload(CaseFile.application).joinedload(Application.form_version))
        .options(joinedload(CaseFile.revision).selectinload(Revision.first))
        .options(joinedload(CaseFile.organization), joinedload(CaseFile.secretariat))
        .options(joinedload(CaseFile.advisor))
        .where(CaseFile.public_id == bindparam("public_id", type_=String()))
        .where(CaseFile.secretariat_id == bindparam("office", type_=Integer()))
        .where(_OF_ORGANIZATION, without_tie(bindparam("person", type_=Integer())))
    )


def visible(actor: Actor) -> list[ColumnElement[bool]]:
    """The files of the actor's secretariat, without those of a declared conflict of interest."""
    in_office = CaseFile.secretariat_id == actor.secretariat_id
    return [in_office, _OF_ORGANIZATION, without_tie(actor.person_id)]


def is_hidden(session: Session, public_id: str, *, actor: Actor) -> bool:
    """Whether a conflict of interest that the actor declared hides this file."""
    query = select(CaseFile.id).where(
        CaseFile.public_id == public_id,
        CaseFile.secretariat_id == actor.secretariat_id,
        ~without_tie(actor.person_id),
    )
    return session.scalar(query) is not None


def clocks(session: Session, case_file_id: int) -> Sequence[Clock]:
    """The promises of a file with their sentences, soonest first."""
    return session.scalars(_clocks(), {"case": case_file_id}).all()


@cache
def _clocks() -> Select[Clock]:
    """Built once: every page of a file asks it."""
    return (
        select(Clock)
        .options(joinedload(Clock.commitment))
        .where(Clock.case_file_id == bindparam("case", type_=Integer()))
        .order_by(Clock.due_at, Clock.id)
    )


def clock(session: Session, public_id: str, clock_id: int, *, actor: Actor) -> Clock | None:
    """One promise that runs, or ran, on a file of the actor's secretariat."""
    query = (
        select(Clock)
        .join(CaseFile, CaseFile.id == Clock.case_file_id)
        .options(joinedload(Clock.commitment))
        .where(Clock.id == clock_id, CaseFile.public_id == public_id, *visible(actor))
    )
    return session.scalar(query)


def attachment(
    session: Session, case_public_id: str, public_id: str, *, actor: Actor
) -> Attachment | None:
    """One file received with an application of the actor's secretariat."""
    query = (
        select(Attachment)
        .join(CaseFile, CaseFile.id == Attachment.case_file_id)
        .where(Attachment.public_id == public_id, Attachment.removed_at.is_(None))
        .where(CaseFile.public_id == case_public_id, *visible(actor))
    )
    return session.scalar(query)


def documents(session: Session, case_file_id: int) -> Sequence[Document]:
    """What the system made for a file."""
    query = select(Document).where(Document.case_file_id == case_file_id).order_by(Document.id)
    return session.scalars(query).all()


def document(
    session: Session, case_public_id: str, public_id: str, *, actor: Actor
) -> Document | None:
    """One document that the system made for a file of the actor's secretariat."""
    query = (
        select(Document)
        .join(CaseFile, CaseFile.id == Document.case_file_id)
        .where(Document.public_id == public_id)
        .where(CaseFile.public_id == case_public_id, *visible(actor))
    )
    return session.scalar(query)
