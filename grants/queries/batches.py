"""Batches: the list, one with its lines and sums, who had a hand in it, what its file holds."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from sqlalchemy import BigInteger, Select, cast, func, select, union
from sqlalchemy.orm import Session, aliased, joinedload

from grants.domain.access import Actor, Role
from grants.domain.payments import Hands, bar, batch_status
from grants.models.agreements import Agreement, AgreementVersion, Instalment
from grants.models.case_files import CaseFile
from grants.models.organizations import Organization
from grants.models.payments import BankDetails, BankVerification, Batch, Payment
from grants.models.people import Account, ConflictOfInterest, Person, StaffMember, StaffRole
from grants.models.trail import OutboxRow
from grants.queries.payable import CHANGED_AT

PAGE = 50
LINES = 100
BLOCK = 1000  # rows fetched at a time for a file
GONE = "cancelled"


@dataclass(frozen=True)
class ListedBatch:
    """One line of the list of batches, as columns; `status` is the one people read."""

    id: int
    public_id: str
    number: str
    status: str
    funds_on: date
    file_number: int | None
    prepared_by: str
    approved_by: str | None
    payments: int
    total_cents: int
    returned: int


@dataclass(frozen=True)
class BatchLine:
    """One payment of a batch, as columns; the account is known by its last digits alone."""

    id: int
    public_id: str
    reference: str
    status: str
    amount_cents: int
    organization: str
    case_number: str
    rank: int
    payee_name: str
    account_end: str
    return_code: str | None
    returned_on: date | None
    changed_at: datetime | None


@dataclass(frozen=True)
class Sums:
    """How many payments a batch holds, what they come to in cents, how many came back."""

    payments: int
    total_cents: int
    returned: int


@dataclass(frozen=True)
class Approver:
    """Somebody who approves batches in the secretariat."""

    person_id: int
    name: str


@dataclass(frozen=True)
class FileRow:
    """What the bank file says of one payment; `account` is deciphered text."""

    amount_cents: int
    account: str
    payee_name: str
    reference: str


_approver = aliased(Person)
_KEPT = Payment.status != GONE
_LINE: tuple[Any, ...] = (
    Payment.id,
    Payment.public_id,
    Payment.reference,
    Payment.status,
    Payment.amount_cents,
    Organization.legal_name,
    CaseFile.number,
    Instalment.rank,
    BankVerification.payee_name,
    BankDetails.account_end,
    Payment.return_code,
    Payment.returned_on,
    CHANGED_AT,
)
_SUMS: tuple[Any, ...] = (
    func.count(Payment.id),
    cast(func.coalesce(func.sum(Payment.amount_cents), 0), BigInteger),
    func.count().filter(Payment.status == "returned"),
)


def one(session: Session, public_id: str, *, actor: Actor) -> Batch | None:
    """A batch of the actor's secretariat with the people who had a hand in it."""
    query = (
        select(Batch)
        .options(joinedload(Batch.prepared_by), joinedload(Batch.edited_by))
        .options(joinedload(Batch.approved_by))
        .where(Batch.public_id == public_id, Batch.secretariat_id == actor.secretariat_id)
    )
    return session.scalar(query)


def by_number(session: Session, number: str) -> Batch | None:
    """The batch of this number, for the commands."""
    return session.scalar(select(Batch).where(Batch.number == number))


def page(
    session: Session, *, actor: Actor, before: int | None = None
) -> tuple[list[ListedBatch], int | None]:
    """The batches of the actor's secretariat, newest first, and where the next fifty begin."""
    newest = select(Batch.id).where(Batch.secretariat_id == actor.secretariat_id)
    if before is not None:
        newest = newest.where(Batch.id < before)
    newest = newest.order_by(Batch.id.desc()).limit(PAGE + 1)
    query = _listed().where(Batch.id.in_(newest)).order_by(Batch.id.desc())
    found = [_one_listed(row) for row in session.execute(query)]
    return found[:PAGE], found[PAGE - 1].id if len(found) > PAGE else None


def every(session: Session) -> list[ListedBatch]:
    """All batches but the cancelled ones, oldest first, for the commands."""
    query = _listed().where(Batch.status != GONE).order_by(Batch.id)
    return [_one_listed(row) for row in session.execute(query)]


def in_preparation(session: Session, *, actor: Actor) -> list[tuple[str, str]]:
    """Public id and number of the batches that may still change, newest first."""
    query = (
        select(Batch.public_id, Batch.number)
        .where(Batch.secretariat_id == actor.secretariat_id, Batch.status == "prepared")
        .order_by(Batch.id.desc())
        .limit(PAGE)
    )
    return [(public_id, number) for public_id, number in session.execute(query)]


def _listed() -> Select[*tuple[Any, ...]]:
    """Count and sum of a cancelled batch are those it had: its lines are all cancelled."""
    return (
        select(
            Batch.id,
            Batch.public_id,
            Batch.number,
            Batch.status,
            Batch.funds_on,
            Batch.file_number,
            Person.full_name,
            _approver.full_name,
            *_SUMS,
        )
        .join(Person, Person.id == Batch.prepared_by_id)
        .outerjoin(_approver, _approver.id == Batch.approved_by_id)
        .outerjoin(Payment, (Payment.batch_id == Batch.id) & (_KEPT | (Batch.status == GONE)))
        .group_by(Batch.id, Person.full_name, _approver.full_name)
    )


def _one_listed(row: Any) -> ListedBatch:
    values = list(row)
    values[3] = batch_status(values[3], values[-1])
    return ListedBatch(*values)


def sums(session: Session, batch_id: int) -> Sums:
    """What a batch comes to, lines taken out left aside."""
    query = select(*_SUMS).where(Payment.batch_id == batch_id, _KEPT)
    return Sums(*session.execute(query).one())


def lines(
    session: Session, batch_id: int, *, after: int = 0, limit: int | None = LINES
) -> Iterator[BatchLine]:
    """The payments of a batch in order, a page of them or (`limit` None) all of them."""
    query = (
        select(*_LINE)
        .join(Instalment, Instalment.id == Payment.instalment_id)
        .join(AgreementVersion, AgreementVersion.id == Payment.agreement_version_id)
        .join(Agreement, Agreement.id == AgreementVersion.agreement_id)
        .join(CaseFile, CaseFile.id == Agreement.case_file_id)
        .join(Organization, Organization.id == Payment.organization_id)
        .join(BankDetails, BankDetails.id == Payment.bank_details_id)
        .join(BankVerification, BankVerification.bank_details_id == Payment.bank_details_id)
        .where(Payment.batch_id == batch_id, Payment.id > after, _KEPT)
        .order_by(Payment.id)
        .limit(limit)
    )
    return (BatchLine(*row) for row in session.execute(query))


def changed_accounts(session: Session, batch_id: int, since: datetime) -> int:
    """How many accounts of a batch took the place of another after `since`."""
    query = (
        select(func.count(BankDetails.id.distinct()))
        .join(Payment, Payment.bank_details_id == BankDetails.id)
        .where(Payment.batch_id == batch_id, _KEPT, since < CHANGED_AT)
    )
    return session.scalars(query).one()


def payment(session: Session, batch_id: int, public_id: str) -> Payment | None:
    """One payment of a batch."""
    query = select(Payment).where(Payment.batch_id == batch_id, Payment.public_id == public_id)
    return session.scalar(query)


def file_rows(session: Session, batch_id: int) -> Iterator[FileRow]:
    """The payments of a batch in the order of its file, read as they are written."""
    query = (
        select(
            Payment.amount_cents,
            BankDetails.account,
            BankVerification.payee_name,
            Payment.reference,
        )
        .join(BankDetails, BankDetails.id == Payment.bank_details_id)
        .join(BankVerification, BankVerification.bank_details_id == BankDetails.id)
        .where(Payment.batch_id == batch_id, _KEPT)
        .order_by(Payment.id)
        .execution_options(yield_per=BLOCK)
    )
    return (FileRow(*row) for row in session.execute(query))


def hands(session: Session, batch: Batch) -> Hands:
    """Who had a hand in a batch, its accounts and its organizations, by person."""
    lines_of = (Payment.batch_id == batch.id, _KEPT)
    verification = BankVerification.bank_details_id == Payment.bank_details_id
    touched = union(
        select(BankVerification.entered_by_id).join(Payment, verification).where(*lines_of),
        select(BankVerification.verified_by_id).join(Payment, verification).where(*lines_of),
    )
    tied = (
        select(ConflictOfInterest.person_id)
        .join(Payment, Payment.organization_id == ConflictOfInterest.organization_id)
        .where(*lines_of)
        .distinct()
    )
    return Hands(
        prepared_by=batch.prepared_by_id,
        edited_by=batch.edited_by_id,
        account_people=frozenset(session.scalars(touched)),
        in_conflict=frozenset(session.scalars(tied)),
    )


def approvers(session: Session, batch: Batch, known: Hands) -> list[Approver]:
    """Who may approve the batch now: those of the role whom no rule bars, by name."""
    query = (
        select(Person.id, Person.full_name)
        .join(StaffMember, StaffMember.person_id == Person.id)
        .join(StaffRole, StaffRole.person_id == Person.id)
        .join(Account, Account.person_id == Person.id)
        .where(StaffMember.secretariat_id == batch.secretariat_id)
        .where(StaffRole.role == Role.FINANCE_APPROVER.value)
        .where(Account.disabled_at.is_(None), Account.totp_enrolled_at.is_not(None))
        .order_by(Person.full_name, Person.id)
    )
    everybody = [Approver(*row) for row in session.execute(query)]
    return [one for one in everybody if bar(one.person_id, known) is None]


def file_failed(session: Session, batch: Batch) -> bool:
    """Whether the making of the file was given up, so that a person must ask again."""
    query = select(OutboxRow.state).where(OutboxRow.key == f"file:{batch.public_id}")
    return session.scalar(query) == "failed"
