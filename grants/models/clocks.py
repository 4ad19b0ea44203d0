"""Promises that run on a case file."""

from datetime import date, datetime

from sqlalchemy import CheckConstraint, Date, ForeignKey, Index, String, UniqueConstraint, text
from sqlalchemy.orm import Mapped, mapped_column, relationship

from grants.models.base import Base
from grants.models.reference import ServiceCommitment

RUNNING = text("stopped_at IS NULL")


class Clock(Base):
    """A promise running on a file: when it began, when it is due, when it was kept."""

    __tablename__ = "clock"
    __table_args__ = (
        UniqueConstraint("case_file_id", "commitment_id"),
        CheckConstraint("due_at > received_at", name="dates"),
        CheckConstraint("(stopped_at IS NULL) = (stop_event IS NULL)", name="stop"),
        CheckConstraint("stopped_at IS NULL OR stopped_at >= received_at", name="stopped"),
        CheckConstraint("(stopped_at IS NULL) = (stop_recorded_at IS NULL)", name="stop_recorded"),
        CheckConstraint("(stopped_at IS NULL) = (taken IS NULL)", name="taken"),
        CheckConstraint("extended_due_at IS NULL OR extended_due_at > due_at", name="extended"),
        Index("ix_clock_figures", "commitment_id", "due_on"),
        Index("ix_clock_running", "due_at", sqlite_where=RUNNING, postgresql_where=RUNNING),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    case_file_id: Mapped[int] = mapped_column(ForeignKey("case_file.id"))
    commitment_id: Mapped[int] = mapped_column(ForeignKey("service_commitment.id"))
    received_at: Mapped[datetime]
    start_on: Mapped[date] = mapped_column(Date)
    due_on: Mapped[date] = mapped_column(Date)
    due_at: Mapped[datetime]
    calendar_version: Mapped[int]
    provisional: Mapped[bool]
    recorded_at: Mapped[datetime]  # when we knew of it: later than receipt when entered late
    extended_due_at: Mapped[datetime | None]  # what staff work to; the measure keeps `due_at`
    stopped_at: Mapped[datetime | None]
    stop_event: Mapped[str | None] = mapped_column(String(40))
    stop_recorded_at: Mapped[datetime | None]
    taken: Mapped[int | None]  # business or calendar days, minutes for hours

    commitment: Mapped[ServiceCommitment] = relationship()


class ClockMove(Base):
    """A due date computed again because the days off changed: from when to when, on whose word."""

    __tablename__ = "clock_move"
    __table_args__ = (Index("ix_clock_move_clock", "clock_id", "id"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    clock_id: Mapped[int] = mapped_column(ForeignKey("clock.id"))
    moved_at: Mapped[datetime]
    moved_by_id: Mapped[int] = mapped_column(ForeignKey("person.id"))
    from_due_on: Mapped[date] = mapped_column(Date)
    to_due_on: Mapped[date] = mapped_column(Date)
    calendar_version: Mapped[int]
