"""The desk: open files with what they wait for, soonest first, in a fixed number of statements.

Lists select columns, not entities, and move by keyset: a page costs the same at any size. A
statement of each shape is built once per process, since building it costs more than running it.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime
from functools import cache
from typing import Any

from sqlalchemy import ColumnElement, Integer, Select, and_, bindparam, func, select, tuple_
from sqlalchemy.orm import Session, aliased

from grants.domain.access import Actor
from grants.domain.next_step import Mail, mail_state
from grants.models.base import Instant
from grants.models.case_files import Application, Assignment, CaseFile, Clock, Message
from grants.models.organizations import Organization
from grants.models.people import Person
from grants.models.programs import Call, Program
from grants.models.trail import JournalEvent, OutboxRow

PAGE = 50
MINE, TEAM, NOBODY, SOMEBODY = "moi", "equipe", "personne", "affectes"
NOT_NEWS = ("refused", "deposit_proof_made")  # acts that failed, and what the system does alone

Cursor = tuple[datetime, int]


@dataclass(frozen=True)
class Filters:
    """Whose files, of which program, from where on.

    `new_since` and `soon_until` set apart as new what was assigned since the one and is not due
    before the other; None when the view makes no such group.
    """

    whose: str = MINE
    program: str = ""
    after: Cursor | None = None
    new_since: datetime | None = None
    soon_until: datetime | None = None


@dataclass(frozen=True)
class QueuedFile:
    """One line of the desk, as columns."""

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


@dataclass(frozen=True)
class Page:
    """Fifty lines at most, and the cursor of the next fifty."""

    files: list[QueuedFile]
    next_after: Cursor | None


@dataclass(frozen=True)
class Progress:
    """The soonest promise that runs on a file, and what became of its acknowledgement."""

    start_on: date | None
    due_on: date | None
    due_at: datetime | None
    acknowledgement: Mail
    attempts: int


@dataclass(frozen=True)
class LastEvent:
    """The newest line of a file's journal."""

    kind: str
    at: datetime


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
)


_ACTOR, _OFFICE = bindparam("actor", type_=Integer()), bindparam("office", type_=Integer())
_IDS = bindparam("ids", type_=Integer(), expanding=True)
_OPEN = CaseFile.closed_at.is_(None)
_IN_OFFICE = and_(_OPEN, CaseFile.secretariat_id == _OFFICE)
# For one person the secretariat is compared as an expression, so that SQLite, which has no
# statistics here, walks the index of the advisor and not the whole secretariat.
_SCOPES: dict[str, ColumnElement[bool]] = {
    MINE: and_(_OPEN, CaseFile.advisor_id == _ACTOR, CaseFile.secretariat_id + 0 == _OFFICE),
    TEAM: _IN_OFFICE,
    NOBODY: and_(_IN_OFFICE, CaseFile.advisor_id.is_(None)),
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


def due_counts(session: Session, actor: Actor, whose: str) -> dict[datetime, int]:
    """How many open files are due at each instant; files without a clock are at the far end."""
    rows = session.execute(_due_counts(whose), _values(actor, Filters(whose), 0))
    return {row[0]: row[1] for row in rows}


def progress(session: Session, case_file_ids: Iterable[int]) -> dict[int, Progress]:
    """For each file its soonest running clock and its latest acknowledgement, in one read."""
    # of several rows the last one wins: the soonest clock, the latest message
    return {
        row.id: Progress(
            row.start_on,
            row.due_on,
            row.due_at,
            mail_state(row.sent_at is not None, row.state, row.attempts or 0),
            row.attempts or 0,
        )
        for row in session.execute(_progress(), {"ids": list(case_file_ids)})
    }


def last_events(session: Session, case_file_ids: Iterable[int]) -> dict[int, LastEvent]:
    """The newest line of each file's journal that is news of the file."""
    rows = session.execute(_last_events(), {"ids": list(case_file_ids)})
    return {row.case_file_id: LastEvent(row.kind, row.at) for row in rows}


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
        .join(Application, Application.case_file_id == CaseFile.id)
        .join(Call, Call.id == Application.call_id)
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
def _progress() -> Select[*tuple[Any, ...]]:
    acknowledged = and_(Message.case_file_id == CaseFile.id, Message.kind == "acknowledgement")
    running = and_(Clock.case_file_id == CaseFile.id, Clock.stopped_at.is_(None))
    return (
        select(
            CaseFile.id,
            Clock.start_on,
            Clock.due_on,
            Clock.due_at,
            Message.sent_at,
            OutboxRow.state,
            OutboxRow.attempts,
        )
        .outerjoin(Clock, running)
        .outerjoin(Message, acknowledged)
        .outerjoin(OutboxRow, OutboxRow.key == "message:" + Message.public_id)
        .where(CaseFile.id.in_(_IDS))
        .order_by(CaseFile.id, Clock.due_at.desc(), Message.sequence)
    )


@cache
def _last_events() -> Select[int | None, str, datetime]:
    newest = (
        select(func.max(JournalEvent.id))
        .where(JournalEvent.case_file_id.in_(_IDS), JournalEvent.kind.not_in(NOT_NEWS))
        .group_by(JournalEvent.case_file_id)
    )
    return select(JournalEvent.case_file_id, JournalEvent.kind, JournalEvent.at).where(
        JournalEvent.id.in_(newest)
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
