"""À payer: the instalments that no live payment covers, page by page, and what they come to."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from functools import cache
from typing import Any

from sqlalchemy import (
    BigInteger,
    Boolean,
    Date,
    Integer,
    Select,
    String,
    bindparam,
    cast,
    func,
    tuple_,
)
from sqlalchemy.orm import Session

from grants.domain.access import Actor
from grants.models.agreements import Instalment
from grants.models.programs import Program
from grants.queries.payable import COLUMNS, COVERED, DUE, IS_READY, Line, lines, live

PAGE = 50
ALL, READY, BLOCKED = "", "prets", "retenus"

Cursor = tuple[bool, date, int]


@dataclass(frozen=True)
class Filters:
    """Which lines: ready, blocked or all, of which program, from where on."""

    state: str = ALL
    program: str = ""
    after: Cursor | None = None


@dataclass(frozen=True)
class Page:
    """Fifty lines at most, blocked ones first, and the cursor of the next fifty."""

    lines: list[Line]
    next_after: Cursor | None


@dataclass(frozen=True)
class Totals:
    """How many lines wait and how many are ready, and what they come to in cents."""

    blocked: int
    blocked_cents: int
    ready: int
    ready_cents: int


_BEYOND = tuple_(IS_READY, DUE, Instalment.id) > tuple_(
    bindparam("ready", type_=Boolean()),
    bindparam("due_on", type_=Date()),
    bindparam("row_id", type_=Integer()),
)


def page(session: Session, actor: Actor, wanted: Filters) -> Page:
    """The instalments that no live payment covers, blocked first, then soonest first."""
    statement = _page(wanted.state, by_program=bool(wanted.program), onward=bool(wanted.after))
    values = {**_values(actor, wanted), "limit": PAGE + 1}
    found = [Line(*row) for row in session.execute(statement, values)]
    last = found[PAGE - 1] if len(found) > PAGE else None
    cursor = (not last.blocks, last.due_on, last.id) if last else None
    return Page(found[:PAGE], cursor)


def totals(session: Session, actor: Actor, wanted: Filters) -> Totals:
    """What the lines come to, page after page; the filter by state is left out."""
    row = session.execute(_totals(by_program=bool(wanted.program)), _values(actor, wanted)).one()
    return Totals(row[0] - row[2], row[1] - row[3], row[2], row[3])


def _values(actor: Actor, wanted: Filters) -> dict[str, object]:
    ready, due_on, row_id = wanted.after or (None, None, None)
    return {
        "office": actor.secretariat_id,
        "program": wanted.program,
        "ready": ready,
        "due_on": due_on,
        "row_id": row_id,
    }


@cache
def _page(state: str, *, by_program: bool, onward: bool) -> Select[*tuple[Any, ...]]:
    query = live(*COLUMNS).where(~COVERED)
    if state in (READY, BLOCKED):
        query = query.where(IS_READY if state == READY else ~IS_READY)
    if by_program:
        query = query.where(Program.code == bindparam("program", type_=String()))
    if onward:
        query = query.where(_BEYOND)
    return query.order_by(IS_READY, DUE, Instalment.id).limit(bindparam("limit", type_=Integer()))


@cache
def _totals(*, by_program: bool) -> Select[*tuple[Any, ...]]:
    cents = func.sum(Instalment.amount_cents)
    query = live(
        func.count(),
        cast(func.coalesce(cents, 0), BigInteger),
        func.count().filter(IS_READY),
        cast(func.coalesce(cents.filter(IS_READY), 0), BigInteger),
    ).where(~COVERED)
    return query.where(Program.code == bindparam("program")) if by_program else query


def ready_ids(session: Session, actor: Actor, program: str = "") -> list[int]:
    """The instalments that may all be paid now, of one program or of all, by id."""
    query = live(Instalment.id).where(~COVERED, IS_READY).order_by(Instalment.id)
    if program:
        query = query.where(Program.code == program)
    return list(session.scalars(query, {"office": actor.secretariat_id}))


def chosen(session: Session, instalment_ids: Iterable[int], *, actor: Actor) -> tuple[int, int]:
    """How many of these instalments the actor may see, and what they come to in cents."""
    found = list(lines(session, instalment_ids, actor=actor))
    return len(found), sum(line.amount_cents for line in found)
