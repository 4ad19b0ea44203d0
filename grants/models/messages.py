"""What leaves for an organization, and the documents made for its file."""

from datetime import datetime
from typing import Any

from sqlalchemy import JSON, CheckConstraint, ForeignKey, String, Text, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from grants.models.base import Base


class Message(Base):
    """A mail or a letter of a file. It is sent when the mail server said so, or it was posted."""

    __tablename__ = "message"
    __table_args__ = (
        UniqueConstraint("case_file_id", "kind", "sequence"),
        CheckConstraint(
            "kind IN ('acknowledgement', 'assignment', 'decision', 'agreement',"
            " 'agreement_received', 'payment', 'payment_returned', 'receipt', 'answer',"
            " 'redirection', 'extension', 'requalification')",
            name="kind",
        ),
        CheckConstraint("channel IN ('email', 'post')", name="channel"),
        CheckConstraint(
            "channel = 'email' OR (sent_at IS NOT NULL AND recorded_by_id IS NOT NULL)",
            name="posted",
        ),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    public_id: Mapped[str] = mapped_column(String(32), unique=True)  # also the Message-ID
    case_file_id: Mapped[int] = mapped_column(ForeignKey("case_file.id"))
    kind: Mapped[str] = mapped_column(String(24))
    sequence: Mapped[int] = mapped_column(default=1)
    channel: Mapped[str] = mapped_column(String(8))
    recipient: Mapped[str] = mapped_column(String(254))
    subject: Mapped[str] = mapped_column(String(200), default="")
    body: Mapped[str] = mapped_column(Text, default="")
    facts: Mapped[dict[str, Any]] = mapped_column(JSON, default=dict)  # what its words need
    created_at: Mapped[datetime]
    sent_at: Mapped[datetime | None]
    recorded_by_id: Mapped[int | None] = mapped_column(ForeignKey("person.id"))


class Document(Base):
    """A file made by the system for a case file, stored once."""

    __tablename__ = "document"
    __table_args__ = (
        UniqueConstraint("case_file_id", "kind"),
        CheckConstraint(
            "kind IN ('deposit_proof', 'decision_letter', 'signature_evidence')", name="kind"
        ),
        CheckConstraint("size > 0 AND length(sha256) = 64", name="content"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    public_id: Mapped[str] = mapped_column(String(32), unique=True)
    case_file_id: Mapped[int] = mapped_column(ForeignKey("case_file.id"))
    kind: Mapped[str] = mapped_column(String(24))
    storage_key: Mapped[str] = mapped_column(String(64), unique=True)
    sha256: Mapped[str] = mapped_column(String(64))
    size: Mapped[int]
    made_at: Mapped[datetime]
