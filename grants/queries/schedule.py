"""The year's calendar of instalments: what each program plans, may pay, is paying and has paid."""

from dataclasses import dataclass
from datetime import date
from functools import cache
from typing import Any

from sqlalchemy import BigInteger, Integer, Select, bindparam, case, cast, exists, func, select
from sqlalchemy.orm import Session

from grants.domain.access import Actor
from grants.models.agreements import Instalment
from grants.models.payments import NOT_GONE, Payment
from grants.models.programs import Program
from grants.queries.payable import IS_READY, live

PLANNED, PAYABLE, IN_BATCH, PAID = "planned", "payable", "in_batch", "paid"


@dataclass(frozen=True)
class Cell:
    """Instalments of one program, planned in one month, in one state: how many, what of."""

    program: str
    month: date
    state: str
    count: int
    cents: int


def of_year(session: Session, fiscal_year: int, *, actor: Actor) -> list[Cell]:
    """The instalments of a fiscal year by program, month and state; one statement."""
    values = {"office": actor.secretariat_id, "year": fiscal_year}
    cells: dict[tuple[str, date, str], Cell] = {}
    for program, on, state, count, cents in session.execute(_cells(), values):
        key = (program, on.replace(day=1), state)
        known = cells.get(key, Cell(*key, 0, 0))
        cells[key] = Cell(*key, known.count + count, known.cents + cents)
    return [cells[key] for key in sorted(cells)]


def years(session: Session, *, actor: Actor) -> list[int]:
    """The fiscal years in which an instalment is planned, latest first."""
    query = live(Instalment.fiscal_year).distinct().order_by(Instalment.fiscal_year.desc())
    return list(session.scalars(query, {"office": actor.secretariat_id}))


@cache
def _cells() -> Select[*tuple[Any, ...]]:
    facts = (
        live(
            Program.short_name.label("program"),
            Instalment.planned_on.label("planned_on"),
            _state().label("state"),
            Instalment.amount_cents.label("cents"),
        )
        .where(Instalment.fiscal_year == bindparam("year", type_=Integer()))
        .subquery()
    )
    known = (facts.c.program, facts.c.planned_on, facts.c.state)
    return select(*known, func.count(), cast(func.sum(facts.c.cents), BigInteger)).group_by(*known)


def _state() -> Any:
    of_this = exists().where(Payment.instalment_id == Instalment.id, NOT_GONE)
    return case(
        (of_this.where(Payment.status == "released"), PAID),
        (of_this.where(Payment.status == "prepared"), IN_BATCH),
        (IS_READY, PAYABLE),
        else_=PLANNED,
    )
