"""Codes by which somebody without an account follows what they sent."""

from datetime import datetime

from sqlalchemy import CheckConstraint, ForeignKey, String
from sqlalchemy.orm import Mapped, mapped_column

from grants.models.base import Base


class TrackingCode(Base):
    """A code asked for with a number and an address. It leads to a request, to a complaint, or
    to nothing at all: a wrong number and a wrong person leave the same row. Its digits are derived
    from the key of the settings and `public_id`, so the database never holds them."""

    __tablename__ = "tracking_code"
    __table_args__ = (
        CheckConstraint("attempts BETWEEN 0 AND 5", name="attempts"),
        CheckConstraint("case_file_id IS NULL OR complaint_id IS NULL", name="one_thing"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    public_id: Mapped[str] = mapped_column(String(32), unique=True)
    case_file_id: Mapped[int | None] = mapped_column(ForeignKey("case_file.id"))
    complaint_id: Mapped[int | None] = mapped_column(ForeignKey("complaint.id"))
    created_at: Mapped[datetime]
    expires_at: Mapped[datetime]
    used_at: Mapped[datetime | None]
    attempts: Mapped[int] = mapped_column(default=0)
