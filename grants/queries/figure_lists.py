"""The clocks behind each figure: who looks at a number opens its list.

Every clock counted is listed with its number, whoever looks; only what the actor may read has a
way in: files without a declared tie, and journalists' requests for those who handle them.
"""

from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from sqlalchemy import ColumnElement, Select, and_, case, literal, or_, select, tuple_
from sqlalchemy.orm import Session

from grants.domain.access import Action, Actor
from grants.domain.information_requests import Topic, sees_media
from grants.domain.periods import Period
from grants.domain.results import Outcome
from grants.models.case_files import CaseFile
from grants.models.clocks import Clock
from grants.models.people import Person
from grants.models.reference import ServiceCommitment, ServiceDeclaration
from grants.models.requests import InformationRequest
from grants.queries.figures import RANKED, in_period, outcome, rank_of, stop_known
from grants.queries.staff import without_tie

PAGE = 50
REQUEST = "information_request"

Cursor = tuple[date, int]


@dataclass(frozen=True)
class Behind:
    """One clock of a figure, as known then; `opens` when the actor may read its file."""

    id: int
    number: str
    public_id: str
    kind: str
    opens: bool
    outcome: Outcome
    received_at: datetime
    due_on: date
    stopped_at: datetime | None
    taken: int | None
    reason: str | None
    unit: str
    extended_due_at: datetime | None
    person: str | None


@dataclass(frozen=True)
class Page:
    """Fifty clocks at most, the oldest date first, and where the next fifty begin."""

    clocks: list[Behind]
    next_after: Cursor | None


def behind(
    session: Session,
    period: Period,
    as_of: datetime,
    code: str,
    outcomes: tuple[Outcome, ...],
    *,
    actor: Actor,
    after: Cursor | None = None,
) -> Page:
    """The clocks of one promise that ended in one of these ways, in the actor's secretariat."""
    if actor.secretariat_id is None or not actor.may(Action.READ_RESULTS):
        return Page([], None)
    query = (
        _clocks(actor, as_of)
        .where(in_period(actor.secretariat_id, period, as_of))
        .where(Clock.commitment_id.in_(_of_code(session, actor.secretariat_id, code)))
        .where(outcome(as_of).in_([rank_of(one) for one in outcomes]))
        .order_by(Clock.due_on, Clock.id)
        .limit(PAGE + 1)
    )
    if after is not None:
        query = query.where(tuple_(Clock.due_on, Clock.id) > tuple_(*after))
    found = [_behind(*row) for row in session.execute(query)]
    last = found[PAGE - 1] if len(found) > PAGE else None
    return Page(found[:PAGE], (last.due_on, last.id) if last else None)


def _clocks(actor: Actor, as_of: datetime) -> Select[*tuple[Any, ...]]:
    """The columns of a clock with its file; its end only when it was known."""
    known = stop_known(as_of)
    return (
        select(
            Clock.id,
            CaseFile.number,
            CaseFile.public_id,
            CaseFile.kind,
            _opens(actor),
            outcome(as_of),
            Clock.received_at,
            Clock.due_on,
            case((known, Clock.stopped_at)),
            case((known, Clock.taken)),
            case((known, Clock.stop_event)),
            *(ServiceCommitment.unit, Clock.extended_due_at, Person.full_name),
        )
        .select_from(Clock)
        .join(Clock.commitment)
        .join(ServiceCommitment.declaration)
        .join(CaseFile, CaseFile.id == Clock.case_file_id)
        .outerjoin(InformationRequest, InformationRequest.case_file_id == CaseFile.id)
        .outerjoin(Person, Person.id == CaseFile.advisor_id)
    )


def _of_code(session: Session, secretariat_id: int, code: str) -> list[int]:
    """The commitment in each of its versions: named one by one, so that the index gives the
    clocks already in order."""
    query = (
        select(ServiceCommitment.id)
        .join(ServiceCommitment.declaration)
        .where(ServiceDeclaration.secretariat_id == secretariat_id, ServiceCommitment.code == code)
    )
    return list(session.scalars(query))


def _behind(*columns: Any) -> Behind:
    row_id, number, public_id, kind, opens, rank, *facts = columns
    return Behind(row_id, number, public_id, kind, bool(opens), RANKED[rank], *facts)


def _opens(actor: Actor) -> ColumnElement[bool]:
    """Whether the actor may read the file: the rule of the pages it would lead to."""
    is_request = CaseFile.kind == REQUEST
    media = InformationRequest.topic == Topic.MEDIA.value
    seen: ColumnElement[bool] = literal(actor.may(Action.READ_REQUEST))
    if not sees_media(actor.roles):
        seen = and_(seen, or_(media.is_(None), ~media))
    mine = and_(literal(actor.may(Action.READ_CASE)), without_tie(actor.person_id))
    return case((is_request, seen), else_=mine)
