"""Reference data: secretariats, days off, regions, declarations and their commitments."""

from datetime import date
from typing import Any

from sqlalchemy import JSON, CheckConstraint, Date, ForeignKey, String, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from grants.models.base import Base


class Secretariat(Base):
    """A public body and the ways to reach it, as printed on pages, letters and mails."""

    __tablename__ = "secretariat"

    id: Mapped[int] = mapped_column(primary_key=True)
    code: Mapped[str] = mapped_column(String(8), unique=True)
    name: Mapped[str] = mapped_column(String(120))
    contact: Mapped[dict[str, Any]] = mapped_column(JSON)


class Region(Base):
    """One of the seventeen administrative regions."""

    __tablename__ = "region"

    code: Mapped[str] = mapped_column(String(2), primary_key=True)
    name: Mapped[str] = mapped_column(String(60))


class CalendarYear(Base):
    """A year of days off; a due date that rests on an unconfirmed year is provisional."""

    __tablename__ = "calendar_year"

    year: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    confirmed: Mapped[bool]
    version: Mapped[int] = mapped_column(default=1)

    days_off: Mapped[list["DayOff"]] = relationship(cascade="all, delete-orphan")


class DayOff(Base):
    """A day on which the public service is closed."""

    __tablename__ = "day_off"

    on_date: Mapped[date] = mapped_column(Date, primary_key=True)
    year: Mapped[int] = mapped_column(ForeignKey("calendar_year.year"), index=True)
    label: Mapped[str] = mapped_column(String(80))


class ServiceDeclaration(Base):
    """The public promises of a secretariat, in one of their versions."""

    __tablename__ = "service_declaration"
    __table_args__ = (UniqueConstraint("secretariat_id", "slug"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    secretariat_id: Mapped[int] = mapped_column(ForeignKey("secretariat.id"))
    slug: Mapped[str] = mapped_column(String(40))
    title: Mapped[str] = mapped_column(String(200))
    in_force_from: Mapped[date | None] = mapped_column(Date)
    written_by_id: Mapped[int | None] = mapped_column(ForeignKey("person.id"))  # None: shipped

    secretariat: Mapped[Secretariat] = relationship()
    commitments: Mapped[list["ServiceCommitment"]] = relationship(back_populates="declaration")


class ServiceCommitment(Base):
    """One promise: its sentence, its delay where it has one, and what starts and stops it."""

    __tablename__ = "service_commitment"
    __table_args__ = (
        UniqueConstraint("declaration_id", "code"),
        CheckConstraint("(quantity IS NULL) = (unit IS NULL OR unit = 'announced')", name="delay"),
        CheckConstraint("quantity IS NULL OR quantity > 0", name="quantity"),
        CheckConstraint(
            "unit IS NULL OR unit IN ('business', 'calendar', 'hours', 'announced')", name="unit"
        ),
        CheckConstraint("target_percent BETWEEN 0 AND 100", name="target"),
        CheckConstraint(
            "receipt_policy IN ('arrival', 'next-business-day')", name="receipt_policy"
        ),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    declaration_id: Mapped[int] = mapped_column(ForeignKey("service_declaration.id"))
    code: Mapped[str] = mapped_column(String(40))
    sentence: Mapped[str] = mapped_column(String(500))
    quantity: Mapped[int | None]
    unit: Mapped[str | None] = mapped_column(String(10))
    start_event: Mapped[str | None] = mapped_column(String(40))
    stop_event: Mapped[str | None] = mapped_column(String(40))
    applies_to: Mapped[dict[str, Any]] = mapped_column(JSON)
    receipt_policy: Mapped[str] = mapped_column(String(20), default="arrival")
    pauses_allowed: Mapped[bool] = mapped_column(default=False)
    target_percent: Mapped[int] = mapped_column(default=100)

    declaration: Mapped[ServiceDeclaration] = relationship(back_populates="commitments")
