"""The desk: open files with what they wait for, soonest first, in a fixed number of statements.

Lists select columns, not entities, and move by keyset: a page costs the same at any size. A
statement of each shape is built once per process, since building it costs more than running it.
"""

from dataclasses import dataclass
from datetime import date, datetime
from functools import cache
from typing import Any

from sqlalchemy import ColumnElement, Date, Integer, Select, and_, bindparam, func, select, tuple_
from sqlalchemy.orm import Session, aliased

from grants.domain.access import Actor
from grants.models.base import Instant
from grants.models.case_files import Assignment, CaseFile
from grants.models.organizations import Organization
from grants.models.people import Person
from grants.models.programs import Call, Program
from grants.queries.absences import replaced
from grants.queries.revisions import FIRST_NUMBER
from grants.queries.staff import without_tie

PAGE = 50
MINE, TEAM, NOBODY, SOMEBODY = "moi", "equipe", "personne", "affectes"
REPLACED = "remplace"

Cursor = tuple[datetime, int]


@dataclass(frozen=True)
class Filters:
    """Whose files, of which program, from where on.

    `new_since` and `soon_until` set apart as new what was assigned since the one and is not due
    before the other; None when the view makes no such group. `today` is the day whose absences
    count, for the files of those whom one replaces.
    """

    whose: str = MINE
    program: str = ""
    after: Cursor | None = None
    new_since: datetime | None = None
    soon_until: datetime | None = None
    today: date | None = None


@dataclass(frozen=True)
class QueuedFile:
    """One line of the desk, as columns. `first_number`: the application that a revision is of."""

    id: int
    public_id: str
    number: str
    organization: str
    program: str
    channel: str
    received_at: datetime
    entered_at: datetime
    next_due_at: datetime
    advisor: str | None
    advisor_id: int | None
    assigned_at: datetime | None
    version: int
    first_number: str
    status: str


@dataclass(frozen=True)
class Page:
    """Fifty lines at most, and the cursor of the next fifty."""

    files: list[QueuedFile]
    next_after: Cursor | None


_advisor = aliased(Person)
_COLUMNS: tuple[Any, ...] = (
    CaseFile.id,
    CaseFile.public_id,
    CaseFile.number,
    Organization.legal_name,
    Program.short_name,
    CaseFile.channel,
    CaseFile.received_at,
    CaseFile.entered_at,
    CaseFile.next_due_at,
    _advisor.full_name,
    CaseFile.advisor_id,
    Assignment.assigned_at,
    CaseFile.version,
    FIRST_NUMBER,
    CaseFile.status,
)


_ACTOR, _OFFICE = bindparam("actor", type_=Integer()), bindparam("office", type_=Integer())
_IDS = bindparam("ids", type_=Integer(), expanding=True)
_TODAY = bindparam("today", type_=Date())
_OPEN = and_(
    CaseFile.closed_at.is_(None), CaseFile.organization_id.is_not(None), without_tie(_ACTOR)
)
_IN_OFFICE = and_(_OPEN, CaseFile.secretariat_id == _OFFICE)
# For one person, or nobody, the secretariat is compared as an expression, so that SQLite, which
# has no statistics here, walks the index of the advisor and not the whole secretariat.
_OWN_OFFICE = CaseFile.secretariat_id + 0 == _OFFICE
_SCOPES: dict[str, ColumnElement[bool]] = {
    MINE: and_(_OPEN, CaseFile.advisor_id == _ACTOR, _OWN_OFFICE),
    REPLACED: and_(_OPEN, CaseFile.advisor_id.in_(replaced(_ACTOR, _TODAY)), _OWN_OFFICE),
    TEAM: _IN_OFFICE,
    NOBODY: and_(_OPEN, CaseFile.advisor_id.is_(None), _OWN_OFFICE),
    SOMEBODY: and_(_IN_OFFICE, CaseFile.advisor_id.is_not(None)),
}
_BEYOND = tuple_(CaseFile.next_due_at, CaseFile.id) > tuple_(
    bindparam("due_at", type_=Instant()), bindparam("row_id", type_=Integer())
)
_IS_NEW = and_(
    Assignment.assigned_at.is_not(None),
    Assignment.assigned_at >= bindparam("new_since"),
    CaseFile.next_due_at > bindparam("soon_until"),
)
# Assigning touches a file: what was not touched lately spares the look at its assignment.
_TOUCHED = CaseFile.touched_at >= bindparam("new_since")


def page(session: Session, actor: Actor, wanted: Filters) -> Page:
    """The open files that the filters ask for, soonest first, new ones left to `new_files`."""
    statement = _files(
        wanted.whose,
        by_program=bool(wanted.program),
        new=None if wanted.new_since is None else False,
        onward=wanted.after is not None,
    )
    files = _read(session, statement, _values(actor, wanted, PAGE + 1))
    last = files[PAGE - 1] if len(files) > PAGE else None
    return Page(files[:PAGE], (last.next_due_at, last.id) if last else None)


def new_files(session: Session, actor: Actor, wanted: Filters) -> list[QueuedFile]:
    """Files that came lately and whose date does not press yet: fifty at most."""
    statement = _files(wanted.whose, by_program=bool(wanted.program), new=True)
    return _read(session, statement, _values(actor, wanted, PAGE))


def unassigned(
    session: Session, actor: Actor, program: str = "", limit: int = PAGE
) -> list[QueuedFile]:
    """The first files that nobody handles, soonest first."""
    statement = _files(NOBODY, by_program=bool(program))
    return _read(session, statement, _values(actor, Filters(NOBODY, program), limit))


def due_counts(
    session: Session, actor: Actor, whose: str, today: date | None = None
) -> dict[datetime, int]:
    """How many open files are due at each instant; files without a clock are at the far end."""
    rows = session.execute(_due_counts(whose), _values(actor, Filters(whose, today=today), 0))
    return {row[0]: row[1] for row in rows}


def programs(session: Session, actor: Actor) -> list[tuple[str, str]]:
    """Code and short name of the programs of the actor's secretariat, for the filter."""
    rows = session.execute(_programs(), {"office": actor.secretariat_id})
    return [(code, name) for code, name in rows]


def _values(actor: Actor, wanted: Filters, limit: int) -> dict[str, object]:
    """What the statements of lists ask for by name; each takes those it knows."""
    due_at, row_id = wanted.after or (None, None)
    return {
        "actor": actor.person_id,
        "office": actor.secretariat_id,
        "program": wanted.program,
        "new_since": wanted.new_since,
        "soon_until": wanted.soon_until,
        "due_at": due_at,
        "row_id": row_id,
        "today": wanted.today,
        "limit": limit,
    }


@cache
def _files(
    whose: str, *, by_program: bool, new: bool | None = None, onward: bool = False
) -> Select[*tuple[Any, ...]]:
    """The lines of one kind of list: of one program or all, only new ones, only others, or both,
    from the start or onward from a place."""
    query = (
        select(*_COLUMNS)
        .join(Organization, Organization.id == CaseFile.organization_id)
        .join(Call, Call.id == CaseFile.call_id)
        .join(Program, Program.id == Call.program_id)
        .outerjoin(
            Assignment,
            and_(Assignment.case_file_id == CaseFile.id, Assignment.ended_at.is_(None)),
        )
        .outerjoin(_advisor, _advisor.id == CaseFile.advisor_id)
        .where(_SCOPES[whose])
        .order_by(CaseFile.next_due_at, CaseFile.id)
        .limit(bindparam("limit", type_=Integer()))
    )
    if by_program:
        query = query.where(Program.code == bindparam("program"))
    if new is not None:
        query = query.where(_IS_NEW, _TOUCHED) if new else query.where(~_IS_NEW)
    return query.where(_BEYOND) if onward else query


@cache
def _due_counts(whose: str) -> Select[datetime, int]:
    return (
        select(CaseFile.next_due_at, func.count())
        .where(_SCOPES[whose])
        .group_by(CaseFile.next_due_at)
        .order_by(CaseFile.next_due_at)
    )


@cache
def _programs() -> Select[str, str]:
    return (
        select(Program.code, Program.short_name)
        .where(Program.secretariat_id == _OFFICE)
        .order_by(Program.short_name)
    )


def _read(
    session: Session, statement: Select[*tuple[Any, ...]], values: dict[str, object]
) -> list[QueuedFile]:
    return [QueuedFile(*row) for row in session.execute(statement, values)]
