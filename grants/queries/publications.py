"""What was published: anybody may read it, since it was made to be public."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import Select, select
from sqlalchemy.orm import Session, joinedload

from grants.domain.periods import Period
from grants.models.results import Publication


@dataclass(frozen=True)
class Listed:
    """One publication in a list; `replaced` when a correction came after it."""

    public_id: str
    office: str
    period: Period
    number: int
    as_of: datetime
    published_by: str
    has_file: bool
    replaced: bool


def one(session: Session, public_id: str) -> Publication | None:
    """One publication, with its secretariat and who published it."""
    query = (
        select(Publication)
        .options(joinedload(Publication.secretariat), joinedload(Publication.published_by))
        .where(Publication.public_id == public_id)
    )
    return session.scalar(query)


def by_id(session: Session, publication_id: int) -> Publication:
    """One publication by its row, for the worker."""
    return session.get_one(Publication, publication_id)


def listed(session: Session, secretariat_id: int | None = None) -> list[Listed]:
    """Every publication of a secretariat, or of all, the newest period first."""
    query = select(Publication).options(
        joinedload(Publication.secretariat), joinedload(Publication.published_by)
    )
    if secretariat_id is not None:
        query = query.where(Publication.secretariat_id == secretariat_id)
    rows = session.scalars(_in_order(query)).all()
    return [_listed(row, rows) for row in rows]


def every(session: Session) -> Sequence[Publication]:
    """Every publication, for who verifies them all."""
    query = select(Publication).options(joinedload(Publication.secretariat))
    return session.scalars(_in_order(query)).all()


def _in_order(query: Select[Publication]) -> Select[Publication]:
    return query.order_by(
        Publication.until_on.desc(),
        Publication.from_on,
        Publication.secretariat_id,
        Publication.number.desc(),
    )


def _listed(row: Publication, rows: Sequence[Publication]) -> Listed:
    key = (row.secretariat_id, row.from_on, row.until_on)
    last = max(
        other.number
        for other in rows
        if (other.secretariat_id, other.from_on, other.until_on) == key
    )
    return Listed(
        public_id=row.public_id,
        office=row.secretariat.name,
        period=Period(row.from_on, row.until_on),
        number=row.number,
        as_of=row.as_of,
        published_by=row.published_by.full_name,
        has_file=row.storage_key is not None,
        replaced=row.number < last,
    )
