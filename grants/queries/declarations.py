"""Every version of the declarations of service, and what each one promises."""

from dataclasses import dataclass
from datetime import date, timedelta

from sqlalchemy import select
from sqlalchemy.orm import Session, joinedload

from grants.models.reference import Secretariat, ServiceCommitment, ServiceDeclaration
from grants.queries.commitments import NEWEST_FIRST


@dataclass(frozen=True)
class Version:
    """A declaration and the days it is in force; `since` is None when nobody knows.

    `until` is its last day, None for the newest one of its secretariat.
    """

    id: int
    slug: str
    title: str
    office_code: str
    office: str
    since: date | None
    until: date | None

    def holds(self, on: date) -> bool:
        """Whether it is the one in force that day."""
        begun = self.since is None or self.since <= on
        return begun and (self.until is None or on <= self.until)


def versions(session: Session) -> list[Version]:
    """Every version that is, was or will be in force, the newest of each secretariat first.

    Of two for the same day only the one written last ever is.
    """
    query = (
        select(ServiceDeclaration)
        .join(ServiceDeclaration.secretariat)
        .options(joinedload(ServiceDeclaration.secretariat))
        .order_by(Secretariat.id, *NEWEST_FIRST)
    )
    found: list[Version] = []
    for row in session.scalars(query):
        newer = found[-1] if found and found[-1].office_code == row.secretariat.code else None
        if newer is None or newer.since != row.in_force_from:
            found.append(_version(row, newer))
    return found


def _version(row: ServiceDeclaration, newer: Version | None) -> Version:
    until = newer.since - timedelta(days=1) if newer and newer.since else None
    office = row.secretariat
    return Version(row.id, row.slug, row.title, office.code, office.name, row.in_force_from, until)


def one(session: Session, slug: str) -> Version | None:
    """The version of this slug."""
    return next((version for version in versions(session) if version.slug == slug), None)


def commitments_of(session: Session, declaration_id: int) -> list[ServiceCommitment]:
    """What a version promises, those with a delay or an announced date first."""
    query = (
        select(ServiceCommitment)
        .where(ServiceCommitment.declaration_id == declaration_id)
        .order_by(ServiceCommitment.unit.is_(None), ServiceCommitment.id)
    )
    return list(session.scalars(query))
