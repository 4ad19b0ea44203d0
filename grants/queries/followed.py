"""What an organization follows of a grant: its agreement, its account, its payments."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime

from sqlalchemy import exists, select
from sqlalchemy.orm import Session

from grants.models.agreements import Agreement, AgreementVersion, Signature
from grants.models.case_files import CaseFile
from grants.models.payments import BankDetails, Batch, Payment


@dataclass(frozen=True)
class Paid:
    """One payment that left: its amount in cents, the day its money is available, its fate."""

    amount_cents: int
    funds_on: date
    status: str


@dataclass(frozen=True)
class Grant:
    """Where the money of one decision stands.

    `issued_at` is that of the agreement in force, None while it is prepared; `on_screen` tells
    that a person signs it here; `received_at` is its receipt once signed. `has_account` tells
    that the organization gave its bank details.
    """

    issued_at: datetime | None
    on_screen: bool
    received_at: datetime | None
    has_account: bool
    paid: Sequence[Paid]


def grant(session: Session, case_file: CaseFile) -> Grant:
    """The agreement, the account and the payments of a granted file; three statements."""
    agreement = session.execute(
        select(
            AgreementVersion.id,
            AgreementVersion.issued_at,
            AgreementVersion.file_sha256,
            AgreementVersion.signatory_id,
            Signature.received_at,
        )
        .join(Agreement, Agreement.id == AgreementVersion.agreement_id)
        .outerjoin(Signature, Signature.agreement_version_id == AgreementVersion.id)
        .where(Agreement.case_file_id == case_file.id, AgreementVersion.ended_at.is_(None))
    ).one_or_none()
    has_account = _has_account(session, case_file.organization_id)
    if agreement is None:
        return Grant(None, False, None, has_account, ())
    return Grant(
        issued_at=agreement.issued_at if agreement.file_sha256 else None,
        on_screen=agreement.signatory_id is not None,
        received_at=agreement.received_at,
        has_account=has_account,
        paid=_paid(session, agreement.id),
    )


def _has_account(session: Session, organization_id: int) -> bool:
    known = exists().where(BankDetails.organization_id == organization_id)
    return bool(session.scalar(select(known)))


def _paid(session: Session, version_id: int) -> Sequence[Paid]:
    query = (
        select(Payment.amount_cents, Batch.funds_on, Payment.status)
        .join(Batch, Batch.id == Payment.batch_id)
        .where(Payment.agreement_version_id == version_id)
        .where(Payment.status.in_(("released", "returned")))
        .order_by(Batch.funds_on, Payment.id)
    )
    return [Paid(*row) for row in session.execute(query)]
