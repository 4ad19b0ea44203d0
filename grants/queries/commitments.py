"""The service commitments in force, and the delays they promise."""

from datetime import date, time
from functools import cache

from sqlalchemy import Select, bindparam, func, or_, select
from sqlalchemy.orm import Session, joinedload, selectinload

from grants.domain.deadlines import Delay, ReceiptPolicy, Unit
from grants.models.clocks import Clock
from grants.models.reference import Secretariat, ServiceCommitment, ServiceDeclaration

# Of two versions in force since the same day, the one written last: a version that is not in
# force yet is replaced, never rewritten.
NEWEST_FIRST = (
    ServiceDeclaration.in_force_from.desc().nulls_last(),
    ServiceDeclaration.id.desc(),
)


def in_force(session: Session, secretariat_id: int, on: date) -> list[ServiceCommitment]:
    """The commitments of the secretariat's declaration in force that day, by code."""
    return list(session.scalars(_in_force(), {"office": secretariat_id, "day": on}))


@cache
def _in_force() -> Select[ServiceCommitment]:
    """Built once: every receipt asks it."""
    since = ServiceDeclaration.in_force_from
    newest = (
        select(ServiceDeclaration.id)
        .where(ServiceDeclaration.secretariat_id == bindparam("office"))
        .where(or_(since.is_(None), since <= bindparam("day")))
        .order_by(*NEWEST_FIRST)
        .limit(1)
    )
    return (
        select(ServiceCommitment)
        .where(ServiceCommitment.declaration_id == newest.scalar_subquery())
        .order_by(ServiceCommitment.code)
    )


def by_code(session: Session, code: str, on: date) -> ServiceCommitment | None:
    """The commitment of this code in the declaration in force that day, with its secretariat."""
    since = ServiceDeclaration.in_force_from
    query = (
        select(ServiceCommitment)
        .join(ServiceCommitment.declaration)
        .options(
            joinedload(ServiceCommitment.declaration).joinedload(ServiceDeclaration.secretariat)
        )
        .where(ServiceCommitment.code == code, or_(since.is_(None), since <= on))
        .order_by(*NEWEST_FIRST)
        .limit(1)
    )
    return session.scalar(query)


def newest(session: Session, secretariat_id: int) -> ServiceDeclaration:
    """The last version of the secretariat's declaration, in force or to come."""
    query = (
        select(ServiceDeclaration)
        .options(selectinload(ServiceDeclaration.commitments))
        .where(ServiceDeclaration.secretariat_id == secretariat_id)
        .order_by(*NEWEST_FIRST)
        .limit(1)
    )
    return session.scalars(query).one()


def running(session: Session, secretariat_id: int, code: str) -> int:
    """How many promises of this code run on open files, whatever the version they began under."""
    query = (
        select(func.count())
        .select_from(Clock)
        .join(Clock.commitment)
        .join(ServiceCommitment.declaration)
        .where(Clock.stopped_at.is_(None), ServiceCommitment.code == code)
        .where(ServiceDeclaration.secretariat_id == secretariat_id)
    )
    return session.scalars(query).one()


def delay(commitment: ServiceCommitment) -> Delay | None:
    """The delay a commitment promises; None without one, or for a date told case by case."""
    if commitment.quantity is None or commitment.unit is None:
        return None
    return Delay(
        commitment.quantity, Unit(commitment.unit), ReceiptPolicy(commitment.receipt_policy)
    )


def secretariat(session: Session, code: str, *, secretariat_id: int | None = None) -> Secretariat:
    """The secretariat of this id, or else of this code."""
    known = {"code": code} if secretariat_id is None else {"id": secretariat_id}
    return session.scalars(_secretariat(*known), known).one()


@cache
def _secretariat(column: str) -> Select[Secretariat]:
    """Built once: every page asks it."""
    return select(Secretariat).where(getattr(Secretariat, column) == bindparam(column))


def opening_span(secretariat: Secretariat) -> tuple[time, time]:
    """When the secretariat's day opens and closes, lunch counted as open (our decision)."""
    opens, closes = secretariat.contact["opening_span"]
    return time.fromisoformat(opens), time.fromisoformat(closes)
