"""Numbers given once: a prefix, a year, and a sequence that two acts never share."""

from sqlalchemy import bindparam, select, update
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Session

from grants.domain import case_number
from grants.models.case_files import CaseCounter

_COUNT = (  # locks the counter until the act ends
    update(CaseCounter)
    .where(CaseCounter.prefix == bindparam("of"), CaseCounter.year == bindparam("in"))
    .values(last=CaseCounter.last + 1)
    .returning(CaseCounter.last)
)


def next_number(session: Session, prefix: str, year: int) -> str:
    """The next number of a prefix and year, for example DCD-2026-0007-X."""
    return case_number.make(prefix, year, next_sequence(session, prefix, year))


def next_sequence(session: Session, prefix: str, year: int) -> int:
    """The next count of a prefix and year, from 1; two acts at once never get the same.

    For a number of another form, such as that of a batch: a case number has no I, O or Q.
    """
    key = {"of": prefix, "in": year}
    sequence = session.connection().scalar(_COUNT, key)
    if sequence is None:
        _open_counter(session, prefix, year)
        sequence = session.connection().scalars(_COUNT, key).one()
    return sequence


def _open_counter(session: Session, prefix: str, year: int) -> None:
    """Make the counter of a new year, unless another act just made it."""
    known = select(CaseCounter.last).where(CaseCounter.prefix == prefix, CaseCounter.year == year)
    try:
        with session.begin_nested():
            session.add(CaseCounter(prefix=prefix, year=year, last=0))
    except IntegrityError:
        if session.scalar(known) is None:
            raise
