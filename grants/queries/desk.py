"""The desk: open files with what they wait for, soonest first, in a fixed number of statements.

Lists select columns, not entities, and move by keyset: a page costs the same at any size.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from sqlalchemy import ColumnElement, Select, and_, func, literal, select, tuple_
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
REFUSED = "refused"

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
    Assignment.assigned_at,
    CaseFile.version,
)


def page(session: Session, actor: Actor, wanted: Filters) -> Page:
    """The open files that the filters ask for, soonest first, new ones left to `new_files`."""
    query = _files(actor, wanted)
    if wanted.new_since is not None:
        query = query.where(~_is_new(wanted))
    if wanted.after is not None:
        due_at, row_id = wanted.after
        beyond = tuple_(literal(due_at, Instant()), literal(row_id))
        query = query.where(tuple_(CaseFile.next_due_at, CaseFile.id) > beyond)
    files = _read(session, query.limit(PAGE + 1))
    last = files[PAGE - 1] if len(files) > PAGE else None
    return Page(files[:PAGE], (last.next_due_at, last.id) if last else None)


def new_files(session: Session, actor: Actor, wanted: Filters) -> list[QueuedFile]:
    """Files that came lately and whose date does not press yet: fifty at most."""
    return _read(session, _files(actor, wanted).where(_is_new(wanted)).limit(PAGE))


def unassigned(
    session: Session, actor: Actor, program: str = "", limit: int = PAGE
) -> list[QueuedFile]:
    """The first files that nobody handles, soonest first."""
    return _read(session, _files(actor, Filters(NOBODY, program)).limit(limit))


def due_counts(session: Session, actor: Actor, whose: str) -> dict[datetime, int]:
    """How many open files are due at each instant; files without a clock are at the far end."""
    query = (
        select(CaseFile.next_due_at, func.count())
        .where(*_scope(actor, whose))
        .group_by(CaseFile.next_due_at)
        .order_by(CaseFile.next_due_at)
    )
    return dict(session.execute(query).tuples())


def progress(session: Session, case_file_ids: Iterable[int]) -> dict[int, Progress]:
    """For each file its soonest running clock and its latest acknowledgement, in one read."""
    acknowledged = and_(Message.case_file_id == CaseFile.id, Message.kind == "acknowledgement")
    running = and_(Clock.case_file_id == CaseFile.id, Clock.stopped_at.is_(None))
    query = (
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
        .where(CaseFile.id.in_(list(case_file_ids)))
        .order_by(CaseFile.id, Clock.due_at.desc(), Message.sequence)
    )
    # of several rows the last one wins: the soonest clock, the latest message
    return {
        row.id: Progress(
            row.start_on,
            row.due_on,
            row.due_at,
            mail_state(row.sent_at is not None, row.state, row.attempts or 0),
            row.attempts or 0,
        )
        for row in session.execute(query)
    }


def last_events(session: Session, case_file_ids: Iterable[int]) -> dict[int, LastEvent]:
    """The newest line of each file's journal; refusals are not news of the file."""
    newest = (
        select(func.max(JournalEvent.id))
        .where(JournalEvent.case_file_id.in_(list(case_file_ids)), JournalEvent.kind != REFUSED)
        .group_by(JournalEvent.case_file_id)
    )
    query = select(JournalEvent.case_file_id, JournalEvent.kind, JournalEvent.at).where(
        JournalEvent.id.in_(newest)
    )
    return {row.case_file_id: LastEvent(row.kind, row.at) for row in session.execute(query)}


def programs(session: Session, actor: Actor) -> list[tuple[str, str]]:
    """Code and short name of the programs of the actor's secretariat, for the filter."""
    query = (
        select(Program.code, Program.short_name)
        .where(Program.secretariat_id == actor.secretariat_id)
        .order_by(Program.short_name)
    )
    return [(code, name) for code, name in session.execute(query)]


def _files(actor: Actor, wanted: Filters) -> Select[*tuple[Any, ...]]:
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
        .where(*_scope(actor, wanted.whose))
        .order_by(CaseFile.next_due_at, CaseFile.id)
    )
    return query.where(Program.code == wanted.program) if wanted.program else query


def _scope(actor: Actor, whose: str) -> list[ColumnElement[bool]]:
    """Open files of the secretariat: one person's, everybody's, somebody's or nobody's yet.

    For one person the secretariat is compared as an expression, so that SQLite, which has no
    statistics here, walks the index of the advisor and not the whole secretariat.
    """
    still_open = CaseFile.closed_at.is_(None)
    if whose == MINE:
        at_home = CaseFile.secretariat_id + 0 == actor.secretariat_id
        return [still_open, CaseFile.advisor_id == actor.person_id, at_home]
    held = {NOBODY: CaseFile.advisor_id.is_(None), SOMEBODY: CaseFile.advisor_id.is_not(None)}
    everybody = [still_open, CaseFile.secretariat_id == actor.secretariat_id]
    return [*everybody, held[whose]] if whose in held else everybody


def _is_new(wanted: Filters) -> ColumnElement[bool]:
    lately = and_(Assignment.assigned_at.is_not(None), Assignment.assigned_at >= wanted.new_since)
    return and_(lately, CaseFile.next_due_at > wanted.soon_until)


def _read(session: Session, query: Select[*tuple[Any, ...]]) -> list[QueuedFile]:
    return [QueuedFile(*row) for row in session.execute(query)]
