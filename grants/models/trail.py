"""What is owed outside (outbox) and what happened (journal)."""

from datetime import datetime

from sqlalchemy import CheckConstraint, ForeignKey, Index, String, Text, text
from sqlalchemy.orm import Mapped, mapped_column

from grants.models.base import Base


class OutboxRow(Base):
    """Work owed after an act: a mail, a PDF. The row is the truth, the queue only a hint."""

    __tablename__ = "outbox"
    __table_args__ = (
        CheckConstraint("state IN ('waiting', 'taken', 'done', 'failed')", name="state"),
        CheckConstraint("(state = 'taken') = (lease_id IS NOT NULL)", name="lease"),
        CheckConstraint("(state = 'taken') = (lease_until IS NOT NULL)", name="lease_until"),
        Index(
            "ix_outbox_waiting",
            "not_before",
            "id",
            sqlite_where=text("state = 'waiting'"),
            postgresql_where=text("state = 'waiting'"),
        ),
        Index(
            "ix_outbox_taken",
            "lease_until",
            sqlite_where=text("state = 'taken'"),
            postgresql_where=text("state = 'taken'"),
        ),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    key: Mapped[str] = mapped_column(String(80), unique=True)
    kind: Mapped[str] = mapped_column(String(40))
    ref: Mapped[int]
    state: Mapped[str] = mapped_column(String(8), default="waiting")
    attempts: Mapped[int] = mapped_column(default=0)
    crashes: Mapped[int] = mapped_column(default=0)  # attempts that ended without a word
    created_at: Mapped[datetime]
    not_before: Mapped[datetime]
    lease_until: Mapped[datetime | None]
    lease_id: Mapped[str | None] = mapped_column(String(32))
    last_error: Mapped[str | None] = mapped_column(String(200))


class JournalEvent(Base):
    """One line of the journal: who did what to which file. Insert-only."""

    __tablename__ = "journal_event"
    __table_args__ = (Index("ix_journal_event_case", "case_file_id", "id"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    at: Mapped[datetime]
    kind: Mapped[str] = mapped_column(String(60))
    actor_id: Mapped[int | None] = mapped_column(ForeignKey("person.id"))
    case_file_id: Mapped[int | None] = mapped_column(ForeignKey("case_file.id"))
    facts: Mapped[str] = mapped_column(Text)  # canonical JSON: its text is what is chained


class JournalLink(Base):
    """The place of an event in the one chain, and the digest up to it. Insert-only."""

    __tablename__ = "journal_link"

    position: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    event_id: Mapped[int] = mapped_column(ForeignKey("journal_event.id"), unique=True)
    digest: Mapped[str] = mapped_column(String(64))


class JournalExport(Base):
    """The end of the chain as it was written outside the database, once a day. Insert-only."""

    __tablename__ = "journal_export"

    id: Mapped[int] = mapped_column(primary_key=True)
    exported_at: Mapped[datetime]
    position: Mapped[int]
    digest: Mapped[str] = mapped_column(String(64))
    storage_key: Mapped[str] = mapped_column(String(64), unique=True)


class JournalHead(Base):
    """The end of the chain: always the last lock of an act."""

    __tablename__ = "journal_head"
    __table_args__ = (CheckConstraint("id = 1", name="single"),)

    id: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    position: Mapped[int]
    digest: Mapped[str] = mapped_column(String(64))
