"""Bank details, the batches that pay, and their payments."""

from datetime import date, datetime

from sqlalchemy import (
    CheckConstraint,
    Date,
    ForeignKey,
    ForeignKeyConstraint,
    Index,
    String,
    UniqueConstraint,
    text,
)
from sqlalchemy.orm import Mapped, mapped_column, relationship

from grants.models.base import Base, Cents
from grants.models.encrypted import Encrypted
from grants.models.people import Person

NOT_GONE = text("status NOT IN ('returned', 'cancelled')")
ROOT = text("reissue_of IS NULL AND status <> 'cancelled'")
NOT_CANCELLED = text("status <> 'cancelled'")


class BankDetails(Base):
    """One version of an organization's account, as it was entered. Insert-only, encrypted."""

    __tablename__ = "bank_details"
    __table_args__ = (
        UniqueConstraint("id", "organization_id", "entered_by_id"),
        Index("ix_bank_details_organization", "organization_id", "id"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    public_id: Mapped[str] = mapped_column(String(32), unique=True)
    organization_id: Mapped[int] = mapped_column(ForeignKey("organization.id"))
    account: Mapped[str] = mapped_column(Encrypted)  # institution, transit, account
    account_end: Mapped[str] = mapped_column(String(3))  # all that a screen may show
    entered_by_id: Mapped[int] = mapped_column(ForeignKey("person.id"))
    entered_at: Mapped[datetime]

    entered_by: Mapped[Person] = relationship()
    verification: Mapped["BankVerification | None"] = relationship(
        primaryjoin="BankDetails.id == foreign(BankVerification.bank_details_id)", viewonly=True
    )


class BankVerification(Base):
    """A second person called the organization and confirmed the account and the payee's name."""

    __tablename__ = "bank_verification"
    __table_args__ = (
        ForeignKeyConstraint(
            ["bank_details_id", "organization_id", "entered_by_id"],
            ["bank_details.id", "bank_details.organization_id", "bank_details.entered_by_id"],
        ),
        UniqueConstraint("bank_details_id", "organization_id"),
        CheckConstraint("verified_by_id <> entered_by_id", name="two_persons"),
        CheckConstraint("length(payee_name) BETWEEN 1 AND 30", name="payee_name"),
    )

    bank_details_id: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    organization_id: Mapped[int]
    entered_by_id: Mapped[int]
    verified_by_id: Mapped[int] = mapped_column(ForeignKey("person.id"))
    verified_at: Mapped[datetime]
    payee_name: Mapped[str] = mapped_column(String(30))
    confirmed_with: Mapped[str] = mapped_column(String(120))  # who answered the call

    verified_by: Mapped[Person] = relationship()


class BankProfile(Base):
    """How a secretariat's bank wants its files, and the last number given to one."""

    __tablename__ = "bank_profile"
    __table_args__ = (
        CheckConstraint("last_number BETWEEN 0 AND 9999 AND cycle >= 1", name="number"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    code: Mapped[str] = mapped_column(String(16), unique=True)
    secretariat_id: Mapped[int] = mapped_column(ForeignKey("secretariat.id"), unique=True)
    layout: Mapped[str] = mapped_column(Encrypted)  # JSON: originator, return account, flags
    last_number: Mapped[int] = mapped_column(default=0)
    cycle: Mapped[int] = mapped_column(default=1)


class Batch(Base):
    """Payments that leave in one bank file: prepared by one, approved as it is by another."""

    __tablename__ = "batch"
    __table_args__ = (
        CheckConstraint(
            "status IN ('prepared', 'approved', 'released', 'cancelled')", name="status"
        ),
        CheckConstraint(
            "approved_by_id IS NULL OR approved_by_id NOT IN (prepared_by_id, edited_by_id)",
            name="two_persons",
        ),
        CheckConstraint(
            "(approved_by_id IS NULL) = (approved_at IS NULL)"
            " AND (approved_by_id IS NULL) = (approved_version IS NULL)"
            " AND (approved_by_id IS NOT NULL) = (status IN ('approved', 'released'))",
            name="approval",
        ),
        CheckConstraint(
            "approved_version IS NULL OR approved_version = content_version",
            name="approved_version",
        ),
        CheckConstraint(
            "(file_number IS NULL) = (cycle IS NULL)"
            " AND (file_number IS NULL) = (release_asked_at IS NULL)"
            " AND (file_number IS NULL) = (release_asked_by_id IS NULL)"
            " AND (file_number IS NULL OR (file_number BETWEEN 1 AND 9999"
            " AND approved_by_id IS NOT NULL))",
            name="file_number",
        ),
        CheckConstraint(
            "(status = 'released') = (released_at IS NOT NULL)"
            " AND (released_at IS NULL) = (file_sha256 IS NULL)"
            " AND (released_at IS NULL) = (storage_key IS NULL)"
            " AND (released_at IS NULL OR file_number IS NOT NULL)"
            " AND (file_sha256 IS NULL OR length(file_sha256) = 64)",
            name="released",
        ),
        UniqueConstraint("profile_id", "cycle", "file_number"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    public_id: Mapped[str] = mapped_column(String(32), unique=True)
    number: Mapped[str] = mapped_column(String(24), unique=True)
    secretariat_id: Mapped[int] = mapped_column(ForeignKey("secretariat.id"), index=True)
    profile_id: Mapped[int] = mapped_column(ForeignKey("bank_profile.id"))
    status: Mapped[str] = mapped_column(String(10))
    funds_on: Mapped[date] = mapped_column(Date)
    content_version: Mapped[int] = mapped_column(default=1)
    prepared_by_id: Mapped[int] = mapped_column(ForeignKey("person.id"))
    prepared_at: Mapped[datetime]
    edited_by_id: Mapped[int] = mapped_column(ForeignKey("person.id"))
    edited_at: Mapped[datetime]
    approved_by_id: Mapped[int | None] = mapped_column(ForeignKey("person.id"))
    approved_at: Mapped[datetime | None]
    approved_version: Mapped[int | None]
    release_asked_by_id: Mapped[int | None] = mapped_column(ForeignKey("person.id"))
    release_asked_at: Mapped[datetime | None]
    cycle: Mapped[int | None]
    file_number: Mapped[int | None]
    released_at: Mapped[datetime | None]
    storage_key: Mapped[str | None] = mapped_column(String(64), unique=True)
    file_sha256: Mapped[str | None] = mapped_column(String(64))
    file_size: Mapped[int | None]

    profile: Mapped[BankProfile] = relationship()
    prepared_by: Mapped[Person] = relationship(foreign_keys=[prepared_by_id])
    edited_by: Mapped[Person] = relationship(foreign_keys=[edited_by_id])
    approved_by: Mapped[Person | None] = relationship(foreign_keys=[approved_by_id])


class Payment(Base):
    """One payment of one instalment, to one verified account, in one batch."""

    __tablename__ = "payment"
    __table_args__ = (
        ForeignKeyConstraint(
            ["instalment_id", "agreement_version_id", "amount_cents"],
            ["instalment.id", "instalment.agreement_version_id", "instalment.amount_cents"],
        ),
        ForeignKeyConstraint(
            ["signature_id", "agreement_version_id"],
            ["signature.id", "signature.agreement_version_id"],
        ),
        ForeignKeyConstraint(
            ["agreement_version_id", "organization_id"],
            ["agreement_version.id", "agreement_version.organization_id"],
        ),
        ForeignKeyConstraint(
            ["bank_details_id", "organization_id"],
            ["bank_verification.bank_details_id", "bank_verification.organization_id"],
        ),
        ForeignKeyConstraint(
            ["reissue_of", "instalment_id", "reissued_status"],
            ["payment.id", "payment.instalment_id", "payment.status"],
            name="fk_payment_reissue",
        ),
        UniqueConstraint("id", "instalment_id", "status"),
        CheckConstraint(
            "status IN ('prepared', 'released', 'returned', 'cancelled')", name="status"
        ),
        CheckConstraint("(reissue_of IS NULL) = (reissued_status IS NULL)", name="reissue"),
        CheckConstraint("reissued_status = 'returned'", name="reissued_status"),
        CheckConstraint("reissue_of <> id", name="reissue_of_another"),
        CheckConstraint(
            "(status = 'returned') = (return_code IS NOT NULL)"
            " AND (status = 'returned') = (returned_on IS NOT NULL)",
            name="returned",
        ),
        Index(
            "uq_payment_live",
            "instalment_id",
            unique=True,
            sqlite_where=NOT_GONE,
            postgresql_where=NOT_GONE,
        ),
        Index(
            "uq_payment_root",
            "instalment_id",
            unique=True,
            sqlite_where=ROOT,
            postgresql_where=ROOT,
        ),
        Index(
            "uq_payment_reissue",
            "reissue_of",
            unique=True,
            sqlite_where=NOT_CANCELLED,
            postgresql_where=NOT_CANCELLED,
        ),
        Index("ix_payment_batch", "batch_id", "id"),
        # a change of status looks for what points at it: without this, at every row of the table
        Index("ix_payment_reissue_of", "reissue_of", "instalment_id", "reissued_status"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    public_id: Mapped[str] = mapped_column(String(32), unique=True)
    batch_id: Mapped[int] = mapped_column(ForeignKey("batch.id"))
    instalment_id: Mapped[int]
    agreement_version_id: Mapped[int]
    signature_id: Mapped[int]
    organization_id: Mapped[int]
    bank_details_id: Mapped[int]
    amount_cents: Mapped[int] = mapped_column(Cents)
    reference: Mapped[str] = mapped_column(String(19), unique=True)  # the bank's cross-reference
    status: Mapped[str] = mapped_column(String(10))
    reissue_of: Mapped[int | None]
    reissued_status: Mapped[str | None] = mapped_column(String(10))
    return_code: Mapped[str | None] = mapped_column(String(3))
    returned_on: Mapped[date | None] = mapped_column(Date)

    batch: Mapped[Batch] = relationship()
