"""Organizations and the people who may act for them."""

from datetime import datetime

from sqlalchemy import CheckConstraint, ForeignKey, Index, String, text
from sqlalchemy.orm import Mapped, mapped_column, relationship

from grants.models.base import Base
from grants.models.people import Person

OPEN = text("ended_at IS NULL")


class Organization(Base):
    """A community organization, known by its NEQ."""

    __tablename__ = "organization"
    __table_args__ = (
        CheckConstraint("length(neq) = 10", name="neq"),
        CheckConstraint("length(legal_name) BETWEEN 2 AND 200", name="legal_name"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    public_id: Mapped[str] = mapped_column(String(32), unique=True)
    neq: Mapped[str] = mapped_column(String(10), unique=True)
    legal_name: Mapped[str] = mapped_column(String(200))
    search_name: Mapped[str] = mapped_column(String(200), index=True)  # no case, no accents
    email: Mapped[str] = mapped_column(String(254), default="")
    phone: Mapped[str] = mapped_column(String(40), default="")
    created_at: Mapped[datetime]


class Membership(Base):
    """A person's place in an organization: asked for, accepted, ended; never deleted."""

    __tablename__ = "membership"
    __table_args__ = (
        CheckConstraint("role IN ('responsible', 'writer', 'reader')", name="role"),
        CheckConstraint("ended_at IS NULL OR ended_at >= asked_at", name="dates"),
        Index(
            "uq_membership_open",
            "organization_id",
            "person_id",
            unique=True,
            sqlite_where=OPEN,
            postgresql_where=OPEN,
        ),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    public_id: Mapped[str] = mapped_column(String(32), unique=True)
    organization_id: Mapped[int] = mapped_column(ForeignKey("organization.id"))
    person_id: Mapped[int] = mapped_column(ForeignKey("person.id"), index=True)
    role: Mapped[str] = mapped_column(String(12))
    asked_at: Mapped[datetime]
    accepted_at: Mapped[datetime | None]
    accepted_by_id: Mapped[int | None] = mapped_column(ForeignKey("person.id"))
    ended_at: Mapped[datetime | None]

    organization: Mapped[Organization] = relationship()
    person: Mapped[Person] = relationship(foreign_keys=[person_id])
