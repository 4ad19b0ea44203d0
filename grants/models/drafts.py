"""Drafts of applications and the files attached to them, then to the case file."""

from datetime import datetime
from typing import Any

from sqlalchemy import JSON, CheckConstraint, ForeignKey, Index, String
from sqlalchemy.orm import Mapped, mapped_column, relationship

from grants.models.base import Base
from grants.models.case_files import CaseFile
from grants.models.organizations import Organization
from grants.models.people import Person
from grants.models.programs import Call


class Draft(Base):
    """An application being written. It belongs to the organization and accepts anything."""

    __tablename__ = "draft"
    __table_args__ = (
        CheckConstraint("channel IN ('web', 'post', 'counter', 'fax', 'email')", name="channel"),
        CheckConstraint("channel = 'web' OR received_at IS NOT NULL", name="paper_receipt"),
        Index("ix_draft_organization", "organization_id", "call_id"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    public_id: Mapped[str] = mapped_column(String(32), unique=True)
    case_public_id: Mapped[str] = mapped_column(String(32), unique=True)
    organization_id: Mapped[int] = mapped_column(ForeignKey("organization.id"))
    call_id: Mapped[int] = mapped_column(ForeignKey("call.id"))
    channel: Mapped[str] = mapped_column(String(8), default="web")
    received_at: Mapped[datetime | None]  # paper only: the true receipt
    answers: Mapped[dict[str, Any]] = mapped_column(JSON)
    created_by_id: Mapped[int] = mapped_column(ForeignKey("person.id"))
    created_at: Mapped[datetime]
    edited_by_id: Mapped[int] = mapped_column(ForeignKey("person.id"))
    edited_at: Mapped[datetime]
    case_file_id: Mapped[int | None] = mapped_column(ForeignKey("case_file.id"), unique=True)
    version: Mapped[int] = mapped_column()

    __mapper_args__ = {"version_id_col": version}

    organization: Mapped[Organization] = relationship()
    call: Mapped[Call] = relationship()
    edited_by: Mapped[Person] = relationship(foreign_keys=[edited_by_id])
    case_file: Mapped[CaseFile | None] = relationship()
    attachments: Mapped[list["Attachment"]] = relationship(order_by="Attachment.id")


class Attachment(Base):
    """A file received from outside: kept under a random key, known by its content's hash."""

    __tablename__ = "attachment"
    __table_args__ = (
        CheckConstraint("(draft_id IS NULL) <> (case_file_id IS NULL)", name="owner"),
        CheckConstraint("size > 0 AND length(sha256) = 64", name="content"),
        CheckConstraint(
            "media_type IN ('application/pdf', 'image/jpeg', 'image/png')", name="media_type"
        ),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    public_id: Mapped[str] = mapped_column(String(32), unique=True)
    draft_id: Mapped[int | None] = mapped_column(ForeignKey("draft.id"), index=True)
    case_file_id: Mapped[int | None] = mapped_column(ForeignKey("case_file.id"), index=True)
    field_key: Mapped[str] = mapped_column(String(60))
    filename: Mapped[str] = mapped_column(String(200))
    media_type: Mapped[str] = mapped_column(String(60))
    size: Mapped[int]
    sha256: Mapped[str] = mapped_column(String(64))
    storage_key: Mapped[str] = mapped_column(String(64), unique=True)
    uploaded_by_id: Mapped[int] = mapped_column(ForeignKey("person.id"))
    uploaded_at: Mapped[datetime]
    removed_at: Mapped[datetime | None]
