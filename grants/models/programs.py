"""Programs, their dated terms, their form versions and the calls that open them."""

from datetime import date, datetime
from typing import Any

from sqlalchemy import JSON, CheckConstraint, Date, ForeignKey, String, Text, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from grants.models.base import Base, Cents
from grants.models.reference import Secretariat

MAX_CENTS = 100_000_000_00


class Program(Base):
    """A funding program of a secretariat."""

    __tablename__ = "program"

    id: Mapped[int] = mapped_column(primary_key=True)
    secretariat_id: Mapped[int] = mapped_column(ForeignKey("secretariat.id"))
    code: Mapped[str] = mapped_column(String(8), unique=True)
    name: Mapped[str] = mapped_column(String(160))
    short_name: Mapped[str] = mapped_column(String(60))
    purpose: Mapped[str] = mapped_column(Text)

    secretariat: Mapped[Secretariat] = relationship()


class ProgramTerms(Base):
    """What a program grants from a date on; older terms stay for older calls."""

    __tablename__ = "program_terms"
    __table_args__ = (
        UniqueConstraint("program_id", "effective_from"),
        CheckConstraint(
            "amount_min_cents >= 0 AND amount_min_cents = CAST(amount_min_cents AS BIGINT)",
            name="amount_min",
        ),
        CheckConstraint(
            "amount_max_cents >= amount_min_cents AND amount_max_cents <= 10000000000"
            " AND amount_max_cents = CAST(amount_max_cents AS BIGINT)",
            name="amount_max",
        ),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    program_id: Mapped[int] = mapped_column(ForeignKey("program.id"))
    effective_from: Mapped[date] = mapped_column(Date)
    amount_min_cents: Mapped[int] = mapped_column(Cents)
    amount_max_cents: Mapped[int] = mapped_column(Cents)
    rules: Mapped[dict[str, Any]] = mapped_column(JSON)  # read by `domain/program_rules.py`


class FormVersion(Base):
    """A published questionnaire: immutable, named by its SHA-256."""

    __tablename__ = "form_version"
    __table_args__ = (UniqueConstraint("program_id", "number"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    program_id: Mapped[int] = mapped_column(ForeignKey("program.id"))
    number: Mapped[int]
    definition: Mapped[str] = mapped_column(Text)  # canonical JSON
    sha256: Mapped[str] = mapped_column(String(64), unique=True)


class Call(Base):
    """An intake window: applications arrive between two instants, with one form version."""

    __tablename__ = "call"
    __table_args__ = (
        CheckConstraint("opens_at < closes_at", name="dates"),
        UniqueConstraint("program_id", "title"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    public_id: Mapped[str] = mapped_column(String(32), unique=True)
    program_id: Mapped[int] = mapped_column(ForeignKey("program.id"))
    terms_id: Mapped[int] = mapped_column(ForeignKey("program_terms.id"))
    form_version_id: Mapped[int] = mapped_column(ForeignKey("form_version.id"))
    title: Mapped[str] = mapped_column(String(160))
    year: Mapped[int]  # the year printed in case numbers
    opens_at: Mapped[datetime]
    closes_at: Mapped[datetime]
    decision_due_on: Mapped[date | None] = mapped_column(Date)

    program: Mapped[Program] = relationship()
    terms: Mapped[ProgramTerms] = relationship()
    form_version: Mapped[FormVersion] = relationship()
