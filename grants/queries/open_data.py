"""Grants as anybody may have them: what was awarded, to which organization, and what was paid.

Only decisions that grant, and that the organization was told of: a mail about it left, somebody
of the organization read it, or its agreement was issued (our decision). What was asked, refused
or put on standby, persons, accounts and notes are never read here.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from sqlalchemy import (
    BigInteger,
    ColumnElement,
    Select,
    Subquery,
    and_,
    case,
    cast,
    exists,
    func,
    or_,
    select,
)
from sqlalchemy.orm import Session, aliased

from grants.domain.calendar import ONE_DAY, start_of_day
from grants.domain.decisions import GRANTING
from grants.domain.periods import Period, fiscal_year
from grants.models.agreements import Agreement, AgreementVersion
from grants.models.case_files import CaseFile, Revision
from grants.models.decisions import Decision, Envelope
from grants.models.messages import Message
from grants.models.organizations import Organization
from grants.models.payments import Payment
from grants.models.programs import Call, Program
from grants.models.reference import Secretariat

_told = exists().where(
    Message.case_file_id == Decision.case_file_id,
    Message.kind == "decision",
    Message.sent_at.is_not(None),
)
_issued = exists().where(
    Agreement.decision_id == Decision.id,
    AgreementVersion.agreement_id == Agreement.id,
    AgreementVersion.issued_at.is_not(None),
)
PUBLIC: ColumnElement[bool] = and_(
    Decision.outcome.in_(sorted(outcome.value for outcome in GRANTING)),
    or_(Decision.first_read_at.is_not(None), _told, _issued),
)


@dataclass(frozen=True)
class Grant:
    """One award. Amounts are cents; `first_number` is the file that a revision adds to, else empty.

    What a revision grants after a refusal bears the number of the first file, so that nobody
    reads the refusal here (our decision). `paid_cents` is what left for the bank and did not come
    back; the dates planned are those of the agreement issued, None before.
    """

    number: str
    first_number: str
    program_code: str
    program: str
    office_code: str
    office: str
    call: str
    neq: str
    organization: str
    granted_cents: int
    decided_at: datetime
    starts_on: date | None
    ends_on: date | None
    modified_at: datetime
    paid_cents: int


_first_file, _first = aliased(CaseFile), aliased(Decision)
_version = aliased(AgreementVersion)
_COLUMNS: tuple[Any, ...] = (
    case((_first.granted_cents == 0, _first_file.number), else_=CaseFile.number),
    case((_first.granted_cents > 0, _first_file.number), else_=""),
    Program.code,
    Program.name,
    Secretariat.code,
    Secretariat.name,
    Call.title,
    Organization.neq,
    Organization.legal_name,
    Decision.granted_cents,
    Decision.decided_at,
    _version.starts_on,
    _version.ends_on,
    CaseFile.touched_at,
)


def grants(session: Session, year: Period) -> Sequence[Grant]:
    """The grants decided in a fiscal year, the oldest decision first; one statement."""
    return [Grant(*row) for row in session.execute(_grants(year))]


def _grants(year: Period) -> Select[*tuple[Any, ...]]:
    paid = _paid(year)
    in_force = and_(
        _version.agreement_id == Agreement.id,
        _version.issued_at.is_not(None),
        _version.ended_at.is_(None),
    )
    return (
        select(*_COLUMNS, func.coalesce(paid.c.cents, 0))
        .select_from(Decision)
        .join(CaseFile, CaseFile.id == Decision.case_file_id)
        .join(Organization, Organization.id == CaseFile.organization_id)
        .join(Call, Call.id == CaseFile.call_id)
        .join(Program, Program.id == Call.program_id)
        .join(Secretariat, Secretariat.id == Program.secretariat_id)
        .outerjoin(Revision, Revision.case_file_id == CaseFile.id)
        .outerjoin(_first_file, _first_file.id == Revision.first_id)
        .outerjoin(_first, _first.case_file_id == Revision.first_id)
        .outerjoin(Agreement, Agreement.decision_id == Decision.id)
        .outerjoin(_version, in_force)
        .outerjoin(paid, paid.c.decision_id == Decision.id)
        .where(_decided_in(year), PUBLIC)
        .order_by(Decision.decided_at, Decision.id)
    )


def _paid(year: Period) -> Subquery:
    """What left for each decision of the year, in cents."""
    return (
        select(
            Agreement.decision_id,
            cast(func.sum(Payment.amount_cents), BigInteger).label("cents"),
        )
        .join(AgreementVersion, AgreementVersion.agreement_id == Agreement.id)
        .join(Payment, Payment.agreement_version_id == AgreementVersion.id)
        .join(Decision, Decision.id == Agreement.decision_id)
        .where(_decided_in(year), Payment.status == "released")
        .group_by(Agreement.decision_id)
        .subquery()
    )


def _decided_in(year: Period) -> ColumnElement[bool]:
    following = start_of_day(year.until_on + ONE_DAY)
    return and_(Decision.decided_at >= start_of_day(year.from_on), Decision.decided_at < following)


def years(session: Session) -> list[Period]:
    """The fiscal years in which there is a grant to publish, the newest first; two statements.

    A decision draws on the envelope of its year or, at the end of one, of the next.
    """
    drawn = session.scalars(
        select(Envelope.fiscal_year).where(Envelope.used_cents > 0).distinct()
    ).all()
    among = [fiscal_year(year) for year in sorted({*drawn, *(y - 1 for y in drawn)}, reverse=True)]
    if not among:
        return []
    found = session.execute(
        select(*(exists().where(_decided_in(year), PUBLIC) for year in among))
    ).one()
    return [year for year, has_some in zip(among, found, strict=True) if has_some]
