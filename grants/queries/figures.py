"""The figures of promises, from the clocks: a few aggregate statements a call, as of an instant.

As of an instant, a clock recorded later is unknown and a stop recorded later has not happened:
the same call gives the same figures years later. What each clock became is decided by one table,
`ENDS`, that aggregates and lists share.
"""

from bisect import bisect
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime
from typing import Any

from sqlalchemy import (
    ColumnElement,
    Integer,
    Select,
    Subquery,
    and_,
    case,
    exists,
    func,
    literal,
    select,
)
from sqlalchemy.orm import Session

from grants.domain.calendar import local_date
from grants.domain.deadlines import Unit
from grants.domain.periods import Period
from grants.domain.results import (
    DONE,
    DUE,
    EXCLUDING,
    Histogram,
    Outcome,
    Promise,
    PromiseFigures,
    Tallied,
    figures_of,
    histogram_of,
    share,
)
from grants.models.clocks import Clock
from grants.models.reference import ServiceCommitment, ServiceDeclaration
from grants.models.requests import Reply
from grants.queries import commitments

RANKED = tuple(Outcome)
TO_COME, UNENDED, LATE, GAVE_UP = "to_come", "unended", "late", "gave_up"
ENDS: tuple[tuple[tuple[str, ...], Outcome], ...] = (
    ((TO_COME,), Outcome.NOT_DUE),
    ((UNENDED,), Outcome.OPEN_LATE),
    ((LATE, GAVE_UP), Outcome.GIVEN_UP),
    ((LATE,), Outcome.MISSED),
    ((GAVE_UP,), Outcome.EXCLUDED),
)
"""The signs that tell an end, the first that holds; kept when none does."""


@dataclass(frozen=True)
class MonthFigures:
    """One month of a promise: how many were due, how many kept, the share in tenths of percent."""

    from_on: date
    due: int
    kept: int
    share: int | None


def figures(
    session: Session, secretariat_id: int, period: Period, as_of: datetime
) -> list[PromiseFigures]:
    """The figures of every timed promise of a secretariat over a period, by code.

    Promises in force at the end of the period come even when nothing was due.
    """
    rows = _rows(session, secretariat_id, period, as_of)
    return [
        figures_of(promise, _of(rows, promise))
        for promise in promises(session, secretariat_id, period, as_of)
    ]


def histogram(
    session: Session, secretariat_id: int, period: Period, as_of: datetime, *, code: str
) -> Histogram | None:
    """How long one promise took over a period, for `domain.results.simulate`; None without it."""
    rows = _rows(session, secretariat_id, period, as_of)
    for promise in promises(session, secretariat_id, period, as_of):
        if promise.code == code:
            return histogram_of(promise, _of(rows, promise))
    return None


def by_month(
    session: Session, secretariat_id: int, period: Period, as_of: datetime
) -> dict[str, list[MonthFigures]]:
    """Each month of the period, by code of promise: what a chart draws."""
    inner = _clocks(secretariat_id, period, as_of, Clock.due_on, outcome(as_of).label("outcome"))
    kept = func.sum(case((inner.c.outcome == rank_of(Outcome.KEPT), 1), else_=0))
    by = (inner.c.code, inner.c.due_on)
    query = (
        select(*by, func.count(), kept)
        .where(inner.c.outcome.in_([rank_of(one) for one in sorted(DUE)]))
        .group_by(*by)
    )
    return _months(period, (tuple(row) for row in session.execute(query)))


def promises(
    session: Session, secretariat_id: int, period: Period, as_of: datetime
) -> list[Promise]:
    """The timed promises in force on the last day of the period that has come, by code."""
    day = min(period.until_on, max(local_date(as_of), period.from_on))
    return [
        Promise(one.code, one.sentence, Unit(one.unit), one.quantity, one.target_percent)
        for one in commitments.in_force(session, secretariat_id, day)
        if one.unit is not None
    ]


def outcome(as_of: datetime) -> ColumnElement[int]:
    """What became of a clock, as known at this instant (rules of `domain.results`).

    Its rank in `RANKED`: a million whole numbers are compared sooner than a million words.
    """
    signs = {**_signs(as_of), GAVE_UP: Clock.stop_event.in_(sorted(EXCLUDING))}
    return case(
        *[(and_(*[signs[name] for name in names]), rank_of(one)) for names, one in ENDS],
        else_=rank_of(Outcome.KEPT),
    )


def _signs(as_of: datetime) -> dict[str, ColumnElement[bool]]:
    """What tells the end of a clock, besides its event: yes or no, so that PostgreSQL knows that
    they make few groups and adds up without sorting."""
    return {
        TO_COME: Clock.due_at >= as_of,
        UNENDED: ~stop_known(as_of),
        LATE: Clock.stopped_at > Clock.due_at,
    }


def _ended(signs: Mapping[str, bool]) -> Outcome:
    """What `outcome` decides, of a group of clocks alike."""
    told = (one for names, one in ENDS if all(signs[name] for name in names))
    return next(told, Outcome.KEPT)


def rank_of(one: Outcome) -> ColumnElement[int]:
    """An end as `outcome` writes it."""
    return literal(RANKED.index(one), Integer)


def stop_known(as_of: datetime) -> ColumnElement[bool]:
    """Whether the end of a clock was written down by this instant."""
    return and_(Clock.stop_recorded_at.is_not(None), Clock.stop_recorded_at <= as_of)


def in_period(secretariat_id: int, period: Period, as_of: datetime) -> ColumnElement[bool]:
    """The clocks due in a period that were on record at this instant."""
    return and_(ServiceDeclaration.secretariat_id == secretariat_id, _on_record(period, as_of))


def _on_record(period: Period, as_of: datetime) -> ColumnElement[bool]:
    return and_(Clock.due_on.between(period.from_on, period.until_on), Clock.recorded_at <= as_of)


def was_extended(as_of: datetime) -> ColumnElement[bool]:
    """Whether staff had told the person, by this instant, that the answer would come later."""
    told = exists().where(
        Reply.case_file_id == Clock.case_file_id,
        Reply.kind == "extension",
        Reply.recorded_at <= as_of,
    )
    return and_(Clock.extended_due_at.is_not(None), told)


def _rows(
    session: Session, secretariat_id: int, period: Period, as_of: datetime
) -> dict[tuple[str, str], list[Tallied]]:
    """How many clocks ended alike, by code and unit: the aggregate."""
    promised = _promised(session, secretariat_id)
    found: dict[tuple[str, str], list[Tallied]] = {}
    for commitment_id, taken, event, count, *told in session.execute(
        _alike(list(promised), period, as_of)
    ):
        signs = dict(zip((TO_COME, UNENDED, LATE), map(bool, told), strict=True))
        ended = _ended({**signs, GAVE_UP: event in EXCLUDING})
        length = taken if ended in DONE else None
        code, unit, quantity = promised[commitment_id]
        row = Tallied(ended, count, length, event, quantity=quantity)
        found.setdefault((code, unit), []).append(row)
    for commitment_id, rank, count in session.execute(_put_off(list(promised), period, as_of)):
        code, unit, _quantity = promised[commitment_id]
        row = Tallied(RANKED[rank], 0, extended=count)
        found.setdefault((code, unit), []).append(row)
    return found


def _alike(
    commitment_ids: Sequence[int], period: Period, as_of: datetime
) -> Select[*tuple[Any, ...]]:
    """How many clocks of a period share their length, event and signs."""
    signs = _signs(as_of)
    inner = (
        select(
            Clock.commitment_id,
            Clock.taken,
            Clock.stop_event,
            *[sign.label(name) for name, sign in signs.items()],
        )
        .where(Clock.commitment_id.in_(commitment_ids), _on_record(period, as_of))
        .subquery()
    )
    alike = (inner.c.commitment_id, inner.c.taken, inner.c.stop_event)
    told = [inner.c[name] for name in signs]
    return select(*alike, func.count(), *told).group_by(*alike, *told)


def _put_off(
    commitment_ids: Sequence[int], period: Period, as_of: datetime
) -> Select[*tuple[Any, ...]]:
    """How many of them were extended, by end: few, so they are looked for apart."""
    inner = (
        select(Clock.commitment_id, outcome(as_of).label("outcome"))
        .where(Clock.commitment_id.in_(commitment_ids), _on_record(period, as_of))
        .where(was_extended(as_of))
        .subquery()
    )
    return select(*inner.c, func.count()).group_by(*inner.c)


def _promised(session: Session, secretariat_id: int) -> dict[int, tuple[str, str, int | None]]:
    """Code, unit and quantity of every timed commitment of a secretariat, in all its versions."""
    one = ServiceCommitment
    query = (
        select(one.id, one.code, one.unit, one.quantity)
        .join(ServiceCommitment.declaration)
        .where(ServiceDeclaration.secretariat_id == secretariat_id)
        .where(ServiceCommitment.unit.is_not(None))
    )
    found = session.execute(query)
    return {row_id: (code, unit or "", quantity) for row_id, code, unit, quantity in found}


def _clocks(secretariat_id: int, period: Period, as_of: datetime, *columns: Any) -> Subquery:
    """The clocks of a period with their promise, before they are added up."""
    return (
        select(ServiceCommitment.code, ServiceCommitment.unit, *columns)
        .select_from(Clock)
        .join(Clock.commitment)
        .join(ServiceCommitment.declaration)
        .where(in_period(secretariat_id, period, as_of))
        .subquery()
    )


def _of(rows: dict[tuple[str, str], list[Tallied]], promise: Promise) -> Sequence[Tallied]:
    """The rows of a promise; those of an older version that counted otherwise keep no length."""
    return [
        row if unit == promise.unit.value else replace(row, taken=None)
        for (code, unit), some in rows.items()
        if code == promise.code
        for row in some
    ]


def _months(
    period: Period, days: Iterable[tuple[str, date, int, int]]
) -> dict[str, list[MonthFigures]]:
    """Days (code, day, due, kept) added up by code and month."""
    starts = [month.from_on for month in period.months()]
    found: dict[str, list[tuple[int, int]]] = {}
    for code, due_on, due, kept in days:
        counted = found.setdefault(code, [(0, 0)] * len(starts))
        rank = bisect(starts, due_on) - 1
        counted[rank] = (counted[rank][0] + int(due), counted[rank][1] + int(kept))
    return {
        code: [
            MonthFigures(on, due, kept, share(kept, due))
            for on, (due, kept) in zip(starts, counted, strict=True)
        ]
        for code, counted in sorted(found.items())
    }
