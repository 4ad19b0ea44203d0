"""What everybody may name in a URL: a resource, a publication, a fiscal year."""

from collections.abc import Mapping
from datetime import datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from grants.domain.calendar import local_date
from grants.domain.periods import Period, fiscal_year_of
from grants.models.directory import Resource
from grants.models.reference import Secretariat
from grants.models.results import Publication
from grants.operations import tallies
from grants.queries.tallies import count
from tests.access.people import Values


def common(session: Session, now: datetime) -> Mapping[str, Values]:
    """What everybody may name in a URL; the figures of both secretariats are counted too."""
    year = fiscal_year_of(local_date(now))
    for office in session.scalars(select(Secretariat)):
        tallies.keep(session, office.id, count(session, office.id, year, now))
    published = {"public_id": session.scalars(select(Publication.public_id)).first()}
    session.commit()
    return {
        "resource": {"public_id": session.scalars(select(Resource.public_id)).first()},
        "publication": published,
        **{form: {**published, "form": form} for form in ("pdf", "xlsx", "csv", "json")},
        "year": _year(year),
    }


def _year(year: Period) -> Values:
    first = year.from_on.year
    return {"first": first, "second": first + 1, "year": year.until_on.year}
