"""The journal: its chain for the verification, its lines for the page of a file."""

from collections.abc import Iterator

from sqlalchemy import select
from sqlalchemy.orm import Session

from grants.domain.journal import GENESIS, Line
from grants.models.trail import JournalEvent, JournalExport, JournalHead, JournalLink
from grants.unit_of_work import columns_as_stored

BATCH = 1000


def lines(session: Session) -> Iterator[Line]:
    """Every line of the chain in its order, read by batches."""
    query = (
        select(JournalLink, JournalEvent)
        .outerjoin(JournalEvent, JournalEvent.id == JournalLink.event_id)
        .order_by(JournalLink.position)
        .execution_options(yield_per=BATCH)
    )
    for link, line in session.execute(query):
        columns = columns_as_stored(line) if line else ()
        yield Line(link.position, link.event_id, columns, link.digest)


def head(session: Session) -> JournalHead:
    """The end of the chain."""
    return session.scalars(select(JournalHead)).one()


def last_export(session: Session) -> JournalExport | None:
    """What was written outside last, if anything was."""
    return session.scalar(select(JournalExport).order_by(JournalExport.id.desc()).limit(1))


def holds(session: Session, position: int, digest: str) -> bool:
    """Whether the chain still has this link: it was neither cut before it nor written again."""
    query = select(JournalLink.digest).where(JournalLink.position == position)
    return session.scalar(query) == digest


def events_without_link(session: Session) -> list[int]:
    """Events that no link holds: written beside the chain."""
    query = (
        select(JournalEvent.id)
        .outerjoin(JournalLink, JournalLink.event_id == JournalEvent.id)
        .where(JournalLink.position.is_(None))
        .order_by(JournalEvent.id)
        .limit(BATCH)
    )
    return list(session.scalars(query))


def head_problem(session: Session, exported: str | None) -> str | None:
    """What is wrong with the end of the chain: cut tail, or an exported head it lost."""
    last = session.execute(
        select(JournalLink.position, JournalLink.digest)
        .order_by(JournalLink.position.desc())
        .limit(1)
    ).first()
    stands = head(session)
    end = (last.position, last.digest) if last else (0, GENESIS)
    if end != (stands.position, stands.digest):
        return "tail_cut"
    if exported is None:
        return None
    position, _, digest = exported.partition(":")
    held = position.isdigit() and holds(session, int(position), digest)
    return None if held else "exported_head_missing"
