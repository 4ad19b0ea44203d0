"""What a revision has to do with its application: numbers, amount, decision, and whether it may be.

The expressions are columns of lists: each is looked up for the lines shown, and for a revision
only where the line is one, so that a list costs the same with and without revisions.
"""

from dataclasses import dataclass
from datetime import datetime
from functools import cache
from typing import Any

from sqlalchemy import Integer, Select, bindparam, case, exists, func, select
from sqlalchemy.orm import Session, aliased

from grants.domain.revisions import Revisable
from grants.models.case_files import Application, CaseFile, Revision
from grants.models.decisions import Decision

REVISION = "revision"

_first = aliased(CaseFile)
_number = (
    select(_first.number)
    .join(Revision, Revision.first_id == _first.id)
    .where(Revision.case_file_id == CaseFile.id)
    .correlate(CaseFile)
    .scalar_subquery()
)
_own_amount = (
    select(Application.amount_cents)
    .where(Application.case_file_id == CaseFile.id)
    .correlate(CaseFile)
    .scalar_subquery()
)
_first_amount = (
    select(Application.amount_cents)
    .join(Revision, Revision.first_id == Application.case_file_id)
    .where(Revision.case_file_id == CaseFile.id)
    .correlate(CaseFile)
    .scalar_subquery()
)

FIRST_NUMBER = case((CaseFile.kind == REVISION, _number), else_="").label("first_number")
"""The number of the application that a line revises; empty for an application."""

AMOUNT_ASKED = func.coalesce(_own_amount, _first_amount).label("amount_cents")
"""The cents asked by a line's application, its own or the one it revises."""


@dataclass(frozen=True)
class Asked:
    """The revision of an application, as the pages of both name it."""

    case_file_id: int
    public_id: str
    number: str
    status: str
    received_at: datetime


def asked(session: Session, first_id: int) -> Asked | None:
    """The revision of this application, if one was asked."""
    row = session.execute(_asked(), {"first": first_id}).one_or_none()
    return Asked(*row) if row else None


@cache
def _asked() -> Select[*tuple[Any, ...]]:
    """Built once: every page of a decided file asks it."""
    return (
        select(
            CaseFile.id, CaseFile.public_id, CaseFile.number, CaseFile.status, CaseFile.received_at
        )
        .join(Revision, Revision.case_file_id == CaseFile.id)
        .where(Revision.first_id == bindparam("first", type_=Integer()))
    )


def revisable(session: Session, of: Decision) -> Revisable:
    """What decides whether this decision may be revised."""
    known = session.scalar(_is_asked(), {"first": of.case_file_id})
    return Revisable(
        outcome=of.outcome,
        is_first=of.side == "first",
        recourse_until=of.recourse_until,
        is_asked=bool(known),
    )


@cache
def _is_asked() -> Select[bool]:
    return select(exists().where(Revision.first_id == bindparam("first", type_=Integer())))
