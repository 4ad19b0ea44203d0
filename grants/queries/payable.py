"""The facts that decide whether an instalment of a live agreement may be paid, as columns.

Whether a line is blocked is said twice, here in SQL for the order and the totals of lists, and in
`grants.domain.payments` for people: a test compares the two.
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date, datetime
from functools import cache
from itertools import islice
from typing import Any

from sqlalchemy import (
    FromClause,
    Integer,
    Select,
    String,
    and_,
    bindparam,
    case,
    exists,
    func,
    select,
)
from sqlalchemy.orm import Session, aliased

from grants.domain.access import Actor
from grants.domain.bank_file import MOST_CENTS
from grants.domain.bank_returns import CODES, needs_new_details
from grants.domain.payments import Block, Situation, blocks
from grants.models.agreements import Agreement, AgreementVersion, Instalment, Signature
from grants.models.case_files import CaseFile
from grants.models.clocks import Clock
from grants.models.organizations import Organization
from grants.models.payments import NOT_GONE, BankDetails, BankVerification, Payment
from grants.models.programs import Call, Program
from grants.models.reference import ServiceCommitment

CHUNK = 1000
FUNDED = "funds_available"


@dataclass(frozen=True)
class Line:
    """One instalment to pay, as columns. Dates are the promised or planned ones.

    `start_on` and `due_at` are those of the promise to pay, None without one that counts here.
    `returned_id` is the last payment of this instalment that a bank sent back; `changed_at` the
    instant at which the present account took the place of another.
    """

    id: int
    public_id: str
    rank: int
    instalments: int
    amount_cents: int
    condition: str | None
    planned_on: date
    due_on: date
    start_on: date | None
    due_at: datetime | None
    case_file_id: int
    case_number: str
    organization_id: int
    organization: str
    program: str
    agreement_version_id: int
    signature_id: int | None
    is_waiting: bool
    bank_details_id: int | None
    account_end: str | None
    verified_id: int | None
    account_refused: bool
    returned_id: int | None
    is_covered: bool
    changed_at: datetime | None

    @property
    def blocks(self) -> tuple[Block, ...]:
        """Why it waits; empty when it is ready."""
        return blocks(
            Situation(
                is_signed=self.signature_id is not None,
                is_waiting=self.is_waiting,
                has_account=self.bank_details_id is not None,
                account_verified=self.verified_id is not None,
                account_refused=self.account_refused,
                is_over_limit=self.amount_cents > MOST_CENTS,
            )
        )


_pay = aliased(Clock)
_newest, _older = aliased(BankDetails), aliased(BankDetails)
_sibling = aliased(Instalment)
_OFFICE = bindparam("office", type_=Integer())
_IDS = bindparam("ids", type_=Integer(), expanding=True)
_FAULTS = [code for code in CODES if needs_new_details(code)]

_PRESENT = (
    select(func.max(_newest.id))
    .where(_newest.organization_id == Agreement.organization_id)
    .correlate(Agreement)
    .scalar_subquery()
)
_PROMISES = select(ServiceCommitment.id).where(ServiceCommitment.stop_event == FUNDED)
COVERED = exists().where(Payment.instalment_id == Instalment.id, NOT_GONE)
# Payments that came back are few: each set is read once, not looked for line by line.
_REFUSED = BankDetails.id.is_not(None) & BankDetails.id.in_(
    select(Payment.bank_details_id).where(
        Payment.status == "returned", Payment.return_code.in_(_FAULTS)
    )
)
_WAITING = and_(Instalment.condition.is_not(None), Instalment.met_at.is_(None))
DUE = case(
    (Instalment.condition.is_(None), func.coalesce(_pay.due_on, Instalment.planned_on)),
    else_=Instalment.planned_on,
)
_READY = and_(Signature.id.is_not(None), BankVerification.bank_details_id.is_not(None))
IS_READY = and_(_READY, ~_WAITING, ~_REFUSED, Instalment.amount_cents <= MOST_CENTS)
CHANGED_AT = case(
    (
        exists().where(
            _older.organization_id == BankDetails.organization_id, _older.id < BankDetails.id
        ),
        BankDetails.entered_at,
    )
)
_returned = (
    select(Payment.instalment_id, func.max(Payment.id).label("last"))
    .where(Payment.status == "returned")
    .group_by(Payment.instalment_id)
    .subquery()
)
_COUNT = (
    select(func.count())
    .select_from(_sibling)
    .where(_sibling.agreement_version_id == Instalment.agreement_version_id)
    .correlate(Instalment)
    .scalar_subquery()
)
COLUMNS: tuple[Any, ...] = (
    Instalment.id,
    Instalment.public_id,
    Instalment.rank,
    _COUNT,
    Instalment.amount_cents,
    Instalment.condition,
    Instalment.planned_on,
    DUE,
    case((Instalment.condition.is_(None), _pay.start_on), else_=None),
    case((Instalment.condition.is_(None), _pay.due_at), else_=None),
    CaseFile.id,
    CaseFile.number,
    Organization.id,
    Organization.legal_name,
    Program.short_name,
    AgreementVersion.id,
    Signature.id,
    _WAITING,
    BankDetails.id,
    BankDetails.account_end,
    BankVerification.bank_details_id,
    _REFUSED,
    _returned.c.last,
    COVERED,
    CHANGED_AT,
)


def lines(session: Session, instalment_ids: Iterable[int], *, actor: Actor) -> Iterator[Line]:
    """These instalments of live agreements of the actor's secretariat, covered ones too, by id."""
    ids, values = iter(sorted(set(instalment_ids))), {"office": actor.secretariat_id}
    while chunk := list(islice(ids, CHUNK)):
        yield from (Line(*row) for row in session.execute(_lines(), {**values, "ids": chunk}))


def ids_of(session: Session, public_ids: Iterable[str], *, actor: Actor) -> list[int]:
    """The instalments named on a page that the actor may see, by id."""
    names = iter(sorted(set(public_ids)))
    found: list[int] = []
    while chunk := list(islice(names, CHUNK)):
        values = {"office": actor.secretariat_id, "names": chunk}
        found += session.scalars(_named(), values)
    return sorted(found)


def _sources() -> FromClause:
    """An instalment of an issued, live version with all that decides whether it may be paid."""
    verified = and_(
        BankVerification.bank_details_id == BankDetails.id,
        BankVerification.organization_id == BankDetails.organization_id,
    )
    promise = and_(_pay.case_file_id == CaseFile.id, _pay.commitment_id.in_(_PROMISES))
    joined: FromClause = (
        Instalment.__table__.join(
            AgreementVersion, AgreementVersion.id == Instalment.agreement_version_id
        )
        .join(Agreement, Agreement.id == AgreementVersion.agreement_id)
        .join(CaseFile, CaseFile.id == Agreement.case_file_id)
        .join(Organization, Organization.id == Agreement.organization_id)
        .join(Call, Call.id == CaseFile.call_id)
        .join(Program, Program.id == Call.program_id)
        .outerjoin(Signature, Signature.agreement_version_id == AgreementVersion.id)
        .outerjoin(BankDetails, BankDetails.id == _PRESENT)
        .outerjoin(BankVerification, verified)
        .outerjoin(_pay, promise)
        .outerjoin(_returned, _returned.c.instalment_id == Instalment.id)
    )
    return joined


def live(*columns: Any) -> Select[*tuple[Any, ...]]:
    """These columns of the instalments of issued, live versions in the secretariat `office`."""
    return (
        select(*columns)
        .select_from(_sources())
        .where(AgreementVersion.ended_at.is_(None), AgreementVersion.issued_at.is_not(None))
        .where(CaseFile.secretariat_id == _OFFICE)
    )


@cache
def _lines() -> Select[*tuple[Any, ...]]:
    return live(*COLUMNS).where(Instalment.id.in_(_IDS)).order_by(Instalment.id)


@cache
def _named() -> Select[int]:
    names = bindparam("names", type_=String(), expanding=True)
    return live(Instalment.id).where(Instalment.public_id.in_(names))
