"""How the installation is doing, for the page of its administrator: a fixed number of looks."""

import logging
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import and_, case, func, select, text
from sqlalchemy.exc import SQLAlchemyError
from sqlalchemy.orm import Session

from grants.models.results import Tally
from grants.models.trail import JournalExport, JournalLink, OutboxRow
from grants.queries import health
from grants.queries.health import Finding

MOST_FAILED_SHOWN = 50
UNDONE = OutboxRow.state.in_(("waiting", "taken"))
SIZES = {
    "sqlite": "SELECT page_count * page_size FROM pragma_page_count(), pragma_page_size()",
    "postgresql": "SELECT pg_database_size(current_database())",
}

log = logging.getLogger(__name__)


@dataclass(frozen=True)
class GivenUp:
    """A debt that nobody tries any more: its kind of work and since when, nothing of its content.

    `work` is the first word of its kind: mail, pdf, file, figures.
    """

    id: int
    work: str
    created_at: datetime


@dataclass(frozen=True)
class Export:
    """The head of the journal as it was written outside, and whether the chain still holds it."""

    exported_at: datetime
    position: int
    holds: bool


@dataclass(frozen=True)
class Standing:
    """What the page of health shows."""

    oldest_mail: datetime | None
    oldest_job: datetime | None
    given_up: list[GivenUp]
    given_up_count: int
    export: Export | None
    last_tally: datetime | None
    engine: str
    size_bytes: int
    findings: list[Finding]


def answers(session: Session) -> bool:
    """Whether the database answers at all."""
    try:
        return bool(session.scalar(text("SELECT 1")))
    except SQLAlchemyError as error:
        log.warning("the database does not answer: %s", type(error).__name__)
        session.rollback()
        return False


def standing(session: Session) -> Standing:
    """Everything the page of health shows, but the room for files, which the storage knows."""
    oldest_mail, oldest_job = _oldest(session)
    given_up, count = _given_up(session)
    connection = session.connection()
    engine = connection.dialect.name
    return Standing(
        oldest_mail=oldest_mail,
        oldest_job=oldest_job,
        given_up=given_up,
        given_up_count=count,
        export=_export(session),
        last_tally=session.scalar(select(func.max(Tally.as_of))),
        engine=engine,
        size_bytes=session.scalar(text(SIZES[engine])) or 0,
        findings=health.every_guard(connection),
    )


def _oldest(session: Session) -> tuple[datetime | None, datetime | None]:
    """Since when the oldest mail, and the oldest other work, wait to be done.

    What was never tried waits since it could be; what failed, since it was owed, for each try
    puts the next one off.
    """
    is_mail = OutboxRow.kind.startswith("mail.")
    untried = and_(OutboxRow.attempts == 0, OutboxRow.not_before > OutboxRow.created_at)
    since = case((untried, OutboxRow.not_before), else_=OutboxRow.created_at)
    query = select(func.min(since).filter(is_mail), func.min(since).filter(~is_mail)).where(UNDONE)
    mail, job = session.execute(query).one()
    return mail, job


def _given_up(session: Session) -> tuple[list[GivenUp], int]:
    query = (
        select(OutboxRow.id, OutboxRow.kind, OutboxRow.created_at, func.count().over())
        .where(OutboxRow.state == "failed")
        .order_by(OutboxRow.id)
        .limit(MOST_FAILED_SHOWN)
    )
    rows = session.execute(query).all()
    found = [GivenUp(row[0], row[1].partition(".")[0], row[2]) for row in rows]
    return found, rows[0][3] if rows else 0


def _export(session: Session) -> Export | None:
    same = and_(
        JournalLink.position == JournalExport.position,
        JournalLink.digest == JournalExport.digest,
    )
    query = (
        select(JournalExport.exported_at, JournalExport.position, JournalLink.position.is_not(None))
        .outerjoin(JournalLink, same)
        .order_by(JournalExport.id.desc())
        .limit(1)
    )
    row = session.execute(query).one_or_none()
    return None if row is None else Export(*row)
