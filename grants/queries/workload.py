"""What each person has in hand, and what falls due in the next days: before it is late."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import ColumnElement, and_, case, func, select
from sqlalchemy.orm import Session

from grants.domain.access import Action, Actor
from grants.models.case_files import CaseFile
from grants.models.people import Person

REQUEST = "information_request"


@dataclass(frozen=True)
class Load:
    """One person's open files and requests; `name` is None for what nobody has in hand.

    `late` have a date passed, `soon` one before the instant asked, and none of them both.
    """

    person_id: int | None
    name: str | None
    files: int
    requests: int
    late: int
    soon: int

    @property
    def total(self) -> int:
        """All that is open."""
        return self.files + self.requests


def by_person(
    session: Session, *, now: datetime, soon_until: datetime, actor: Actor
) -> Sequence[Load]:
    """The open files of the actor's secretariat by person, those with nobody first."""
    if not actor.may(Action.READ_RESULTS):
        return []
    is_request, due = CaseFile.kind == REQUEST, CaseFile.next_due_at
    query = (
        select(
            CaseFile.advisor_id,
            Person.full_name,
            _how_many(~is_request),
            _how_many(is_request),
            _how_many(due < now),
            _how_many(and_(due >= now, due <= soon_until)),
        )
        .outerjoin(Person, Person.id == CaseFile.advisor_id)
        .where(CaseFile.closed_at.is_(None), CaseFile.secretariat_id == actor.secretariat_id)
        .group_by(CaseFile.advisor_id, Person.full_name)
        .order_by(Person.full_name.nulls_first(), CaseFile.advisor_id)
    )
    return [Load(*row[:2], *(int(number) for number in row[2:])) for row in session.execute(query)]


def _how_many(condition: ColumnElement[bool]) -> ColumnElement[int]:
    return func.sum(case((condition, 1), else_=0))
