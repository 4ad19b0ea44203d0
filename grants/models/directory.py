"""The directory: resources of the community, other public bodies, and who was sent to them."""

from datetime import date, datetime

from sqlalchemy import CheckConstraint, Date, ForeignKey, Index, String, Text, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from grants.models.base import Base
from grants.models.case_files import CaseFile
from grants.models.people import Person


class Resource(Base):
    """A body that can help, and when somebody last made sure of its coordinates."""

    __tablename__ = "resource"
    __table_args__ = (
        CheckConstraint("kind IN ('community', 'public_body')", name="kind"),
        CheckConstraint("length(trim(name)) > 1", name="name"),
        CheckConstraint("phone <> '' OR email <> '' OR url <> ''", name="reachable"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    public_id: Mapped[str] = mapped_column(String(32), unique=True)
    code: Mapped[str | None] = mapped_column(String(16), unique=True)  # those the rules name
    kind: Mapped[str] = mapped_column(String(12))
    name: Mapped[str] = mapped_column(String(160))
    search_name: Mapped[str] = mapped_column(String(160), index=True)
    purpose: Mapped[str] = mapped_column(Text)
    phone: Mapped[str] = mapped_column(String(40), default="")
    email: Mapped[str] = mapped_column(String(254), default="")
    url: Mapped[str] = mapped_column(String(300), default="")
    address: Mapped[str] = mapped_column(String(300), default="")
    checked_on: Mapped[date] = mapped_column(Date)
    checked_by_id: Mapped[int | None] = mapped_column(ForeignKey("person.id"))
    retired_at: Mapped[datetime | None]

    labels: Mapped[list["ResourceLabel"]] = relationship(cascade="all, delete-orphan")


class ResourceLabel(Base):
    """One need, region or population that a resource serves."""

    __tablename__ = "resource_label"
    __table_args__ = (
        CheckConstraint("facet IN ('need', 'region', 'population')", name="facet"),
        Index("ix_resource_label_code", "facet", "code", "resource_id"),
    )

    resource_id: Mapped[int] = mapped_column(ForeignKey("resource.id"), primary_key=True)
    facet: Mapped[str] = mapped_column(String(10), primary_key=True)
    code: Mapped[str] = mapped_column(String(24), primary_key=True)


class Referral(Base):
    """Somebody was sent to a resource: with what consent, and what became of it."""

    __tablename__ = "referral"
    __table_args__ = (
        UniqueConstraint("case_file_id", "resource_id"),
        CheckConstraint("consent IN ('given', 'refused')", name="consent"),
        CheckConstraint("consent = 'given' OR NOT handed_over", name="handed_over"),
        CheckConstraint(
            "outcome IS NULL OR outcome IN ('helped', 'not_helped', 'not_reached', 'declined')",
            name="outcome",
        ),
        CheckConstraint("(outcome IS NULL) = (outcome_at IS NULL)", name="outcome_at"),
        CheckConstraint("(outcome IS NULL) = (outcome_by_id IS NULL)", name="outcome_by"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    public_id: Mapped[str] = mapped_column(String(32), unique=True)
    case_file_id: Mapped[int] = mapped_column(ForeignKey("case_file.id"))
    resource_id: Mapped[int] = mapped_column(ForeignKey("resource.id"))
    consent: Mapped[str] = mapped_column(String(8))
    handed_over: Mapped[bool] = mapped_column(default=False)  # we called the resource ourselves
    note: Mapped[str] = mapped_column(String(500), default="")
    made_by_id: Mapped[int] = mapped_column(ForeignKey("person.id"))
    made_at: Mapped[datetime]
    outcome: Mapped[str | None] = mapped_column(String(12))
    outcome_at: Mapped[datetime | None]
    outcome_by_id: Mapped[int | None] = mapped_column(ForeignKey("person.id"))

    resource: Mapped[Resource] = relationship()
    case_file: Mapped[CaseFile] = relationship()
    made_by: Mapped[Person] = relationship(foreign_keys=[made_by_id])
