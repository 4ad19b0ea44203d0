"""A file played once, then repeated by bulk inserts, row for row, with all that hangs on it."""

from collections.abc import Iterator, Mapping, Sequence
from itertools import count
from typing import Any

from sqlalchemy import Table, insert, select
from sqlalchemy.orm import Session

from grants.models import Base
from tests.factories import unique

HANGING = ("application", "information_request", "clock", "transfer", "call_attempt", "reply")
_RANK = count(1)

Row = Mapping[str, Any]


def repeat(session: Session, case_file_id: int, times: int) -> None:
    """Have the file `times` times: numbers and public ids of their own, everything else alike."""
    if times == 1:
        return
    file = _table("case_file")
    (row,) = _rows(session, file, file.c.id == case_file_id)
    copies = list(_files(row, _matters(session, row, times - 1)))
    ids = list(session.scalars(insert(file).returning(file.c.id), copies))
    for name in HANGING:
        table = _table(name)
        hanging = _rows(session, table, table.c.case_file_id == case_file_id)
        made = [{**_fresh(one), "case_file_id": new} for new in ids for one in hanging]
        if made:
            session.execute(insert(table), made)


def _matters(session: Session, row: Row, times: int) -> Sequence[int | None]:
    """A matter of its own for each copy of an application; none for a request."""
    if row["matter_id"] is None:
        return [None] * times
    matter = _table("matter")
    last = row["id"] * 100_000  # far from those that the product gives
    session.execute(insert(matter), [{"id": last + rank} for rank in range(times)])
    return [last + rank for rank in range(times)]


def _files(row: Row, matters: Sequence[int | None]) -> Iterator[Row]:
    for matter_id in matters:
        yield {**_fresh(row), "number": f"TEST-{next(_RANK):06d}", "matter_id": matter_id}


def _fresh(row: Row) -> dict[str, Any]:
    """The row without its key, under a public id of its own."""
    copy = {name: value for name, value in row.items() if name != "id"}
    return {**copy, "public_id": unique()} if "public_id" in copy else copy


def _rows(session: Session, table: Table, where: Any) -> list[Row]:
    return [dict(row) for row in session.execute(select(table).where(where)).mappings()]


def _table(name: str) -> Table:
    return Base.metadata.tables[name]
