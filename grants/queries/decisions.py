"""Decisions: what waits for one, what was decided, and what a decision rests on."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from functools import cache
from typing import Any

from sqlalchemy import Integer, Select, and_, bindparam, exists, func, or_, select
from sqlalchemy.orm import Session, aliased, joinedload

from grants.domain.access import Actor
from grants.domain.flow import Status
from grants.models.case_files import Assignment, CaseFile, Participant, Revision
from grants.models.decisions import Decision
from grants.models.messages import Document
from grants.models.organizations import Organization
from grants.models.people import Person
from grants.models.programs import Call, Program
from grants.models.reviews import Recommendation
from grants.queries.revisions import AMOUNT_ASKED, FIRST_NUMBER
from grants.queries.staff import without_tie

PAGE = 50
LETTER = "decision_letter"

Cursor = tuple[datetime, int]


@dataclass(frozen=True)
class WaitingFile:
    """A file that somebody recommended: what is asked, what is recommended, by whom, since when.

    `first_number` is that of the application when the file is a revision, else empty.
    """

    public_id: str
    number: str
    organization: str
    program: str
    asked_cents: int
    outcome: str
    amount_cents: int
    made_at: datetime
    recommendation_id: int
    advisor: str
    decision_due_on: date | None
    first_number: str


@dataclass(frozen=True)
class WaitingPage:
    """Fifty files at most, oldest recommendation first, and where the next fifty begin."""

    files: list[WaitingFile]
    next_after: Cursor | None


_first = aliased(Decision)
_COLUMNS: tuple[Any, ...] = (
    CaseFile.public_id,
    CaseFile.number,
    Organization.legal_name,
    Program.short_name,
    AMOUNT_ASKED - func.coalesce(_first.granted_cents, 0),
    Recommendation.outcome,
    Recommendation.amount_cents,
    Recommendation.made_at,
    Recommendation.id,
    Person.full_name,
    Call.decision_due_on,
    FIRST_NUMBER,
)


def waiting(session: Session, after: Cursor | None, *, actor: Actor) -> WaitingPage:
    """The recommended files of the actor's secretariat, the oldest recommendation first."""
    query = _waiting(actor)
    if after is not None:
        at, row_id = after
        same = and_(Recommendation.made_at == at, Recommendation.id > row_id)
        query = query.where(or_(Recommendation.made_at > at, same))
    files = [WaitingFile(*row) for row in session.execute(query.limit(PAGE + 1))]
    last = files[PAGE - 1] if len(files) > PAGE else None
    return WaitingPage(files[:PAGE], (last.made_at, last.recommendation_id) if last else None)


def _waiting(actor: Actor) -> Select[*tuple[Any, ...]]:
    """One statement; a revision asks for what the first decision did not grant."""
    return (
        select(*_COLUMNS)
        .join(CaseFile, CaseFile.id == Recommendation.case_file_id)
        .join(Organization, Organization.id == CaseFile.organization_id)
        .join(Call, Call.id == CaseFile.call_id)
        .join(Program, Program.id == Call.program_id)
        .join(Person, Person.id == Recommendation.person_id)
        .outerjoin(Revision, Revision.case_file_id == CaseFile.id)
        .outerjoin(_first, _first.case_file_id == Revision.first_id)
        .where(Recommendation.ended_at.is_(None))
        .where(CaseFile.status == Status.RECOMMENDED.value)
        .where(CaseFile.secretariat_id == actor.secretariat_id, without_tie(actor.person_id))
        .order_by(Recommendation.made_at, Recommendation.id)
    )


def recommendation(session: Session, case_file_id: int) -> Recommendation | None:
    """The recommendation that stands on a file, with its author."""
    query = (
        select(Recommendation)
        .options(joinedload(Recommendation.person))
        .where(Recommendation.case_file_id == case_file_id, Recommendation.ended_at.is_(None))
    )
    return session.scalar(query)


def of_case(session: Session, case_file_id: int) -> Decision | None:
    """What was decided of a file, by whom and on whose advice."""
    return session.scalar(_of_case(), {"case": case_file_id})


@cache
def _of_case() -> Select[Decision]:
    """Built once: every page of a decided file asks it."""
    return (
        select(Decision)
        .options(joinedload(Decision.decided_by), joinedload(Decision.advised_by))
        .options(joinedload(Decision.envelope))
        .where(Decision.case_file_id == bindparam("case", type_=Integer()))
    )


def one(session: Session, decision_id: int) -> Decision:
    """A decision by its id, for the job that makes its letter."""
    return session.get_one(Decision, decision_id)


def of_member(session: Session, case_public_id: str, *, actor: Actor) -> Decision | None:
    """The decision on a file of the actor's organization."""
    query = (
        select(Decision)
        .join(CaseFile, CaseFile.id == Decision.case_file_id)
        .where(CaseFile.public_id == case_public_id)
        .where(CaseFile.organization_id == actor.organization_id)
    )
    return session.scalar(query)


def side_taken(session: Session, matter_id: int | None, person_id: int | None) -> str | None:
    """The side on which a person stands in a matter; None when they took no part."""
    query = select(Participant.side).where(
        Participant.matter_id == matter_id, Participant.person_id == person_id
    )
    return session.scalar(query)


def had_analysis(session: Session, matter_id: int | None, person_id: int | None) -> bool:
    """Whether a file of this matter was ever given to this person, or by them to somebody."""
    theirs = or_(Assignment.person_id == person_id, Assignment.assigned_by_id == person_id)
    query = select(exists().where(Assignment.matter_id == matter_id, theirs))
    return bool(session.scalar(query))


def letter(session: Session, case_file_id: int) -> Document | None:
    """The letter of the decision as a file, once a worker has made it."""
    query = select(Document).where(Document.case_file_id == case_file_id, Document.kind == LETTER)
    return session.scalar(query)


def other_calls(session: Session, call: Call, now: datetime) -> Sequence[Call]:
    """The calls of the same secretariat that an organization may turn to: open, or to come."""
    query = (
        select(Call)
        .join(Call.program)
        .options(joinedload(Call.program))
        .where(Program.secretariat_id == call.program.secretariat_id)
        .where(Call.id != call.id, Call.closes_at >= now)
        .order_by(Call.opens_at > now, Call.closes_at, Call.id)
    )
    return session.scalars(query).all()
