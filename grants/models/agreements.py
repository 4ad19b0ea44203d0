"""Agreements: their versions, their instalments, and the signature that makes them payable."""

from datetime import date, datetime

from sqlalchemy import (
    CheckConstraint,
    Date,
    ForeignKey,
    ForeignKeyConstraint,
    Index,
    String,
    Text,
    UniqueConstraint,
    text,
)
from sqlalchemy.orm import Mapped, mapped_column, relationship

from grants.models.base import Base, Cents
from grants.models.case_files import CaseFile
from grants.models.decisions import Decision
from grants.models.people import Person

LIVE = text("ended_at IS NULL")


class Agreement(Base):
    """The agreement of a decision that grants money."""

    __tablename__ = "agreement"
    __table_args__ = (
        ForeignKeyConstraint(
            ["case_file_id", "organization_id"], ["case_file.id", "case_file.organization_id"]
        ),
        ForeignKeyConstraint(
            ["decision_id", "granted_cents"], ["decision.id", "decision.granted_cents"]
        ),
        UniqueConstraint("case_file_id"),
        UniqueConstraint("decision_id"),
        UniqueConstraint("id", "organization_id", "granted_cents"),
        CheckConstraint("granted_cents > 0", name="granted"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    public_id: Mapped[str] = mapped_column(String(32), unique=True)
    number: Mapped[str] = mapped_column(String(32), unique=True)
    case_file_id: Mapped[int]
    organization_id: Mapped[int]
    decision_id: Mapped[int]
    granted_cents: Mapped[int] = mapped_column(Cents)
    created_at: Mapped[datetime]

    case_file: Mapped[CaseFile] = relationship(
        primaryjoin="foreign(Agreement.case_file_id) == CaseFile.id", viewonly=True
    )
    decision: Mapped[Decision] = relationship(
        primaryjoin="foreign(Agreement.decision_id) == Decision.id", viewonly=True
    )
    versions: Mapped[list["AgreementVersion"]] = relationship(
        order_by="AgreementVersion.number",
        back_populates="agreement",
        primaryjoin="foreign(AgreementVersion.agreement_id) == Agreement.id",
    )


class AgreementVersion(Base):
    """One text of an agreement: drafted by one person, issued by another, its bytes kept."""

    __tablename__ = "agreement_version"
    __table_args__ = (
        ForeignKeyConstraint(
            ["agreement_id", "organization_id", "total_cents"],
            ["agreement.id", "agreement.organization_id", "agreement.granted_cents"],
        ),
        UniqueConstraint("agreement_id", "number"),
        UniqueConstraint("id", "organization_id"),
        UniqueConstraint("id", "file_sha256"),
        CheckConstraint("starts_on < ends_on", name="dates"),
        CheckConstraint(
            "issued_by_id IS NULL OR issued_by_id <> drafted_by_id", name="two_persons"
        ),
        CheckConstraint("(issued_by_id IS NULL) = (issued_at IS NULL)", name="issued"),
        CheckConstraint("file_sha256 IS NULL OR issued_at IS NOT NULL", name="file_issued"),
        CheckConstraint(
            "(file_sha256 IS NULL) = (storage_key IS NULL)"
            " AND (file_sha256 IS NULL) = (size IS NULL)"
            " AND (file_sha256 IS NULL OR (length(file_sha256) = 64 AND size > 0))",
            name="file",
        ),
        Index(
            "uq_agreement_version_live",
            "agreement_id",
            unique=True,
            sqlite_where=LIVE,
            postgresql_where=LIVE,
        ),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    public_id: Mapped[str] = mapped_column(String(32), unique=True)
    agreement_id: Mapped[int]
    organization_id: Mapped[int]
    number: Mapped[int]
    total_cents: Mapped[int] = mapped_column(Cents)
    starts_on: Mapped[date] = mapped_column(Date)
    ends_on: Mapped[date] = mapped_column(Date)
    signatory_id: Mapped[int | None] = mapped_column(ForeignKey("person.id"))  # None: on paper
    terms: Mapped[str] = mapped_column(Text)  # canonical JSON: all that its text says
    drafted_by_id: Mapped[int] = mapped_column(ForeignKey("person.id"))
    drafted_at: Mapped[datetime]
    issued_by_id: Mapped[int | None] = mapped_column(ForeignKey("person.id"))
    issued_at: Mapped[datetime | None]
    storage_key: Mapped[str | None] = mapped_column(String(64), unique=True)
    file_sha256: Mapped[str | None] = mapped_column(String(64))
    size: Mapped[int | None]
    ended_at: Mapped[datetime | None]

    agreement: Mapped[Agreement] = relationship(
        back_populates="versions",
        primaryjoin="foreign(AgreementVersion.agreement_id) == Agreement.id",
    )
    signatory: Mapped[Person | None] = relationship(foreign_keys=[signatory_id])
    drafted_by: Mapped[Person] = relationship(foreign_keys=[drafted_by_id])
    issued_by: Mapped[Person | None] = relationship(foreign_keys=[issued_by_id])
    instalments: Mapped[list["Instalment"]] = relationship(order_by="Instalment.rank")
    signature: Mapped["Signature | None"] = relationship(
        primaryjoin="AgreementVersion.id == foreign(Signature.agreement_version_id)",
        viewonly=True,
    )


class Instalment(Base):
    """One part of the amount: how much, when it is planned, and on what condition."""

    __tablename__ = "instalment"
    __table_args__ = (
        UniqueConstraint("agreement_version_id", "rank"),
        UniqueConstraint("id", "agreement_version_id", "amount_cents"),
        CheckConstraint(
            "amount_cents > 0 AND amount_cents <= 10000000000"
            " AND amount_cents = CAST(amount_cents AS BIGINT)",
            name="amount",
        ),
        CheckConstraint(
            "(met_at IS NULL) = (met_by_id IS NULL) AND (condition IS NOT NULL OR met_at IS NULL)",
            name="condition",
        ),
        Index("ix_instalment_planned", "fiscal_year", "planned_on"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    public_id: Mapped[str] = mapped_column(String(32), unique=True)
    agreement_version_id: Mapped[int] = mapped_column(ForeignKey("agreement_version.id"))
    rank: Mapped[int]
    amount_cents: Mapped[int] = mapped_column(Cents)
    planned_on: Mapped[date] = mapped_column(Date)
    fiscal_year: Mapped[int]  # the year of its 1 April
    condition: Mapped[str | None] = mapped_column(String(40))  # None: payable at signature
    met_at: Mapped[datetime | None]
    met_by_id: Mapped[int | None] = mapped_column(ForeignKey("person.id"))


class Signature(Base):
    """The organization's signature of one version of an agreement: which bytes, how, when."""

    __tablename__ = "signature"
    __table_args__ = (
        ForeignKeyConstraint(
            ["agreement_version_id", "file_sha256"],
            ["agreement_version.id", "agreement_version.file_sha256"],
        ),
        UniqueConstraint("agreement_version_id"),
        UniqueConstraint("id", "agreement_version_id"),
        CheckConstraint("channel IN ('screen', 'post', 'counter', 'fax', 'email')", name="channel"),
        CheckConstraint(
            "CASE channel WHEN 'screen' THEN signed_by_id IS NOT NULL"
            " AND confirmed_at IS NOT NULL AND recorded_by_id IS NULL AND scan_sha256 IS NULL"
            " ELSE recorded_by_id IS NOT NULL AND scan_sha256 IS NOT NULL END",
            name="proof",
        ),
        CheckConstraint(
            "(scan_sha256 IS NULL) = (scan_storage_key IS NULL)"
            " AND (scan_sha256 IS NULL OR length(scan_sha256) = 64)",
            name="scan",
        ),
        CheckConstraint("recorded_at >= received_at", name="recorded"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    public_id: Mapped[str] = mapped_column(String(32), unique=True)
    agreement_version_id: Mapped[int]
    file_sha256: Mapped[str] = mapped_column(String(64))
    channel: Mapped[str] = mapped_column(String(8))
    signed_by_id: Mapped[int | None] = mapped_column(ForeignKey("person.id"))
    confirmed_at: Mapped[datetime | None]  # screen: when the person proved again who they are
    received_at: Mapped[datetime]
    recorded_at: Mapped[datetime]
    recorded_by_id: Mapped[int | None] = mapped_column(ForeignKey("person.id"))
    scan_storage_key: Mapped[str | None] = mapped_column(String(64), unique=True)
    scan_sha256: Mapped[str | None] = mapped_column(String(64))
    scan_media_type: Mapped[str | None] = mapped_column(String(60))

    signed_by: Mapped[Person | None] = relationship(foreign_keys=[signed_by_id])
    recorded_by: Mapped[Person | None] = relationship(foreign_keys=[recorded_by_id])
