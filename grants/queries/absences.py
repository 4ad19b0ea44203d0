"""Absences of the staff: who is away, who takes their place, whose place one takes."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from sqlalchemy import ColumnElement, ScalarSelect, Select, SQLColumnExpression, func, or_, select
from sqlalchemy.orm import Session, aliased

from grants.domain.absences import Period
from grants.domain.access import Action, Actor
from grants.models.people import Absence, Account, Person, StaffMember

MOST_SHOWN = 200


@dataclass(frozen=True)
class AbsenceLine:
    """An absence as a page shows it; `substitute_gone` when who replaces has no access now."""

    id: int
    public_id: str
    person_id: int
    person: str
    substitute_id: int
    substitute: str
    from_on: date
    until_on: date
    recorded_at: datetime
    cancelled_at: datetime | None
    substitute_gone: bool

    @property
    def period(self) -> Period:
        """Its days."""
        return Period(self.from_on, self.until_on)


@dataclass(frozen=True)
class Colleague:
    """A person of the secretariat who can sign in."""

    person_id: int
    name: str
    title: str


_person, _substitute = aliased(Person), aliased(Person)


def away_until(person_id: SQLColumnExpression[int], on: date) -> ScalarSelect[date]:
    """As a column: the last day of the absence of this person that holds `on`, else NULL."""
    return (
        select(func.max(Absence.until_on))
        .where(Absence.person_id == person_id, *_standing(on))
        .correlate_except(Absence)
        .scalar_subquery()
    )


def replaced_by(session: Session, person_id: int | None, on: date) -> list[int]:
    """The persons whose place this person takes on this day."""
    return list(session.scalars(replaced(person_id, on)))


def replaced(
    person_id: int | None | ColumnElement[int], on: date | ColumnElement[date]
) -> Select[int]:
    """The same, as a part of another statement; one indexed look."""
    return select(Absence.person_id).where(Absence.substitute_id == person_id, *_standing(on))


def substitute_of(session: Session, person_id: int, on: date) -> AbsenceLine | None:
    """The absence that holds this day, with who takes the person's place; None when present."""
    query = _lines().where(Absence.person_id == person_id, *_standing(on)).limit(1)
    return next(iter(_read(session, query)), None)


def page(session: Session, *, actor: Actor, today: date) -> list[AbsenceLine]:
    """The absences that stand or come, soonest first: all of the secretariat for who records
    them for others, else those that concern the actor."""
    query = _seen_by(actor).where(Absence.until_on >= today, Absence.cancelled_at.is_(None))
    return _read(session, query.order_by(Absence.from_on, Absence.id).limit(MOST_SHOWN))


def past(session: Session, *, actor: Actor, today: date) -> list[AbsenceLine]:
    """Absences that are over or were cancelled, whose files may have to be given back."""
    query = _seen_by(actor).where(or_(Absence.until_on < today, Absence.cancelled_at.is_not(None)))
    return _read(session, query.order_by(Absence.until_on.desc(), Absence.id.desc()).limit(20))


def one(session: Session, public_id: str, *, actor: Actor) -> AbsenceLine | None:
    """The absence of this public id, when it concerns the actor's secretariat and the actor."""
    found = _read(session, _seen_by(actor).where(Absence.public_id == public_id))
    return next(iter(found), None)


def colleagues(session: Session, secretariat_id: int | None) -> list[Colleague]:
    """Everybody of the secretariat who may sign in now, by name."""
    query = (
        select(Person.id, Person.full_name, StaffMember.title)
        .join(StaffMember, StaffMember.person_id == Person.id)
        .join(Account, Account.person_id == Person.id)
        .where(StaffMember.secretariat_id == secretariat_id)
        .where(Account.disabled_at.is_(None), Account.totp_enrolled_at.is_not(None))
        .order_by(Person.full_name, Person.id)
    )
    return [Colleague(*row) for row in session.execute(query)]


def _standing(on: date | ColumnElement[date]) -> Sequence[ColumnElement[bool]]:
    return (
        Absence.until_on >= on,
        Absence.from_on <= on,
        Absence.cancelled_at.is_(None),
    )


def _seen_by(actor: Actor) -> Select[*tuple[Any, ...]]:
    office = select(StaffMember.person_id).where(StaffMember.secretariat_id == actor.secretariat_id)
    query = _lines().where(Absence.person_id.in_(office))
    if actor.may(Action.RECORD_ABSENCE):
        return query
    mine = actor.person_id
    return query.where(or_(Absence.person_id == mine, Absence.substitute_id == mine))


def _lines() -> Select[*tuple[Any, ...]]:
    return (
        select(
            Absence.id,
            Absence.public_id,
            Absence.person_id,
            _person.full_name,
            Absence.substitute_id,
            _substitute.full_name,
            Absence.from_on,
            Absence.until_on,
            Absence.recorded_at,
            Absence.cancelled_at,
            Account.disabled_at.is_not(None),
        )
        .join(_person, _person.id == Absence.person_id)
        .join(_substitute, _substitute.id == Absence.substitute_id)
        .join(Account, Account.person_id == Absence.substitute_id)
    )


def _read(session: Session, query: Select[*tuple[Any, ...]]) -> list[AbsenceLine]:
    return [AbsenceLine(*row) for row in session.execute(query)]
