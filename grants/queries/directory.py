"""The directory: resources by need, region and population, as anyone may read them."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from sqlalchemy import ColumnElement, Select, exists, or_, select, tuple_
from sqlalchemy.orm import Session

from grants.domain.directory import Entry, Facet
from grants.domain.text import fold
from grants.models.directory import Resource, ResourceLabel
from grants.models.reference import Region

PAGE, LONGEST_LIST = 20, 100

Cursor = tuple[str, int]


@dataclass(frozen=True)
class Wanted:
    """What is looked for: codes of a need, region, population and kind, a part of a name.

    `checked_by` keeps only the resources last checked on that day or before; None keeps all.
    """

    need: str = ""
    region: str = ""
    population: str = ""
    kind: str = ""
    text: str = ""
    checked_by: date | None = None


@dataclass(frozen=True)
class FoundResource:
    """A resource as pages, letters and mails name it; `code` when the rules name it."""

    id: int
    public_id: str
    code: str | None
    is_retired: bool
    checked_on: date
    entry: Entry

    @property
    def name(self) -> str:
        """The name of the body."""
        return self.entry.name


@dataclass(frozen=True)
class Page:
    """Twenty resources at most, by name, and where the next twenty begin."""

    resources: list[FoundResource]
    next_after: Cursor | None


def search(session: Session, wanted: Wanted, after: Cursor | None = None) -> Page:
    """The resources of the directory that answer to all that is wanted, by name.

    One statement and their labels. A resource of no region serves them all, as one of no
    population serves everybody (our decision).
    """
    query = _active().where(*_conditions(wanted)).limit(PAGE + 1)
    if after is not None:
        query = query.where(tuple_(Resource.search_name, Resource.id) > tuple_(*after))
    rows = session.scalars(query).all()
    last = rows[PAGE - 1] if len(rows) > PAGE else None
    found = _with_labels(session, rows[:PAGE])
    return Page(found, (last.search_name, last.id) if last else None)


def choices(session: Session, kind: str = "") -> list[tuple[str, str, date]]:
    """Public id, name and date of check of the first hundred resources, or of those of a kind, to
    choose one of them."""
    query = (
        select(Resource.public_id, Resource.name, Resource.checked_on)
        .where(Resource.retired_at.is_(None))
        .order_by(Resource.search_name, Resource.id)
        .limit(LONGEST_LIST)
    )
    if kind:
        query = query.where(Resource.kind == kind)
    return [(public_id, name, day) for public_id, name, day in session.execute(query)]


def one(session: Session, public_id: str) -> FoundResource | None:
    """A resource, retired or not: what once named it still leads to it."""
    return _first(session, Resource.public_id == public_id)


def active(session: Session, public_id: str) -> FoundResource | None:
    """A resource that stands in the directory."""
    found = one(session, public_id)
    return found if found and not found.is_retired else None


def by_code(session: Session, code: str) -> FoundResource | None:
    """The body that the rules name by this code: AMP, CAI, PC or ACCES."""
    return _first(session, Resource.code == code)


def found(session: Session, resource: Resource) -> FoundResource:
    """This row of the directory with its labels."""
    return _with_labels(session, [resource])[0]


def regions(session: Session) -> list[tuple[str, str]]:
    """Code and name of the regions, in the order of their codes."""
    rows = session.execute(select(Region.code, Region.name).order_by(Region.code))
    return [(code, name) for code, name in rows]


def _active() -> Select[Resource]:
    return (
        select(Resource)
        .where(Resource.retired_at.is_(None))
        .order_by(Resource.search_name, Resource.id)
    )


def _conditions(wanted: Wanted) -> list[ColumnElement[bool]]:
    conditions: list[ColumnElement[bool]] = []
    if wanted.need:
        conditions.append(_has(Facet.NEED, wanted.need))
    for facet, code in ((Facet.REGION, wanted.region), (Facet.POPULATION, wanted.population)):
        if code:
            conditions.append(or_(_has(facet, code), ~_has(facet)))
    if wanted.kind:
        conditions.append(Resource.kind == wanted.kind)
    if wanted.text:
        conditions.append(Resource.search_name.contains(fold(wanted.text), autoescape=True))
    if wanted.checked_by is not None:
        conditions.append(Resource.checked_on <= wanted.checked_by)
    return conditions


def _has(facet: Facet, code: str = "") -> ColumnElement[bool]:
    """Whether a resource has this label, or any of this facet."""
    labelled = exists().where(
        ResourceLabel.resource_id == Resource.id, ResourceLabel.facet == facet.value
    )
    return labelled.where(ResourceLabel.code == code) if code else labelled


def _first(session: Session, condition: ColumnElement[bool]) -> FoundResource | None:
    resource = session.scalar(select(Resource).where(condition))
    return found(session, resource) if resource else None


def _with_labels(session: Session, rows: Sequence[Resource]) -> list[FoundResource]:
    labels = _labels(session, [row.id for row in rows])
    return [_found(row, labels.get(row.id, {})) for row in rows]


def _labels(session: Session, ids: Iterable[int]) -> dict[int, dict[str, list[str]]]:
    """The codes of these resources by facet, in their order."""
    query = (
        select(ResourceLabel.resource_id, ResourceLabel.facet, ResourceLabel.code)
        .where(ResourceLabel.resource_id.in_(list(ids)))
        .order_by(ResourceLabel.resource_id, ResourceLabel.facet, ResourceLabel.code)
    )
    known: dict[int, dict[str, list[str]]] = {}
    for resource_id, facet, code in session.execute(query):
        known.setdefault(resource_id, {}).setdefault(facet, []).append(code)
    return known


def _found(row: Resource, labels: dict[str, list[str]]) -> FoundResource:
    texts: dict[str, Any] = {
        name: getattr(row, name)
        for name in ("kind", "name", "purpose", "phone", "email", "url", "address")
    }
    entry = Entry(
        **texts,
        needs=tuple(labels.get(Facet.NEED, ())),
        regions=tuple(labels.get(Facet.REGION, ())),
        populations=tuple(labels.get(Facet.POPULATION, ())),
    )
    retired = row.retired_at is not None
    return FoundResource(row.id, row.public_id, row.code, retired, row.checked_on, entry)
