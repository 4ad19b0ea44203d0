"""Complaints on the quality of service: apart from everything, read by their circle only.

Whatever tells who complained, about what, and what was found, is enciphered, as is the number;
the instants stay plain, since the delays are computed on them.
"""

from datetime import date, datetime

from sqlalchemy import CheckConstraint, Date, ForeignKey, Index, String, UniqueConstraint, text
from sqlalchemy.orm import Mapped, mapped_column, relationship

from grants.models.base import Base
from grants.models.encrypted import Encrypted
from grants.models.people import Person
from grants.models.reference import Secretariat


class Complaint(Base):
    """A complaint or a comment. `number_key` finds the number without deciphering any."""

    __tablename__ = "complaint"
    __table_args__ = (
        CheckConstraint(
            "status IN ('received', 'examining', 'concluded', 'closed')", name="status"
        ),
        CheckConstraint("(status = 'closed') = (closed_at IS NOT NULL)", name="closed"),
        CheckConstraint("entered_at >= received_at", name="entered"),
        CheckConstraint(
            "(status IN ('received', 'examining') OR concluded_at IS NOT NULL)", name="concluded"
        ),
        CheckConstraint(
            "concluded_at IS NULL OR (finding IS NOT NULL AND recommendation IS NOT NULL)",
            name="finding",
        ),
        Index(
            "ix_complaint_open",
            "secretariat_id",
            "answer_due_on",
            "id",
            sqlite_where=text("closed_at IS NULL"),
            postgresql_where=text("closed_at IS NULL"),
        ),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    public_id: Mapped[str] = mapped_column(String(32), unique=True)
    secretariat_id: Mapped[int] = mapped_column(ForeignKey("secretariat.id"))
    number: Mapped[str] = mapped_column(Encrypted)
    number_key: Mapped[str] = mapped_column(String(64), unique=True)
    received: Mapped[str] = mapped_column(Encrypted)  # JSON: who, how to reach, channel, words
    received_at: Mapped[datetime]
    entered_at: Mapped[datetime]
    status: Mapped[str] = mapped_column(String(12))
    acknowledge_due_on: Mapped[date] = mapped_column(Date)
    answer_due_on: Mapped[date] = mapped_column(Date)
    acknowledged_at: Mapped[datetime | None]
    finding: Mapped[str | None] = mapped_column(Encrypted)
    recommendation: Mapped[str | None] = mapped_column(Encrypted)
    follow_up: Mapped[str | None] = mapped_column(Encrypted)
    concluded_at: Mapped[datetime | None]
    closed_at: Mapped[datetime | None]
    version: Mapped[int] = mapped_column()

    __mapper_args__ = {"version_id_col": version}

    secretariat: Mapped[Secretariat] = relationship()


class ComplaintReader(Base):
    """A person whom the officer named on one complaint, until their part ends."""

    __tablename__ = "complaint_reader"
    __table_args__ = (
        CheckConstraint("ended_at IS NULL OR ended_at >= named_at", name="dates"),
        Index(
            "uq_complaint_reader_open",
            "complaint_id",
            "person_id",
            unique=True,
            sqlite_where=text("ended_at IS NULL"),
            postgresql_where=text("ended_at IS NULL"),
        ),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    complaint_id: Mapped[int] = mapped_column(ForeignKey("complaint.id"))
    person_id: Mapped[int] = mapped_column(ForeignKey("staff_member.person_id"))
    named_by_id: Mapped[int] = mapped_column(ForeignKey("person.id"))
    named_at: Mapped[datetime]
    ended_at: Mapped[datetime | None]

    person: Mapped[Person] = relationship(
        primaryjoin="foreign(ComplaintReader.person_id) == Person.id", viewonly=True
    )


class ComplaintEvent(Base):
    """One line of the journal of complaints, which the common journal never mentions."""

    __tablename__ = "complaint_event"
    __table_args__ = (Index("ix_complaint_event_complaint", "complaint_id", "id"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    complaint_id: Mapped[int] = mapped_column(ForeignKey("complaint.id"))
    at: Mapped[datetime]
    kind: Mapped[str] = mapped_column(String(40))
    actor_id: Mapped[int | None] = mapped_column(ForeignKey("person.id"))
    facts: Mapped[str] = mapped_column(Encrypted)  # canonical JSON


class ComplaintMessage(Base):
    """A mail or a letter about a complaint."""

    __tablename__ = "complaint_message"
    __table_args__ = (
        UniqueConstraint("complaint_id", "kind", "sequence"),
        CheckConstraint("kind IN ('acknowledgement', 'conclusion', 'follow_up')", name="kind"),
        CheckConstraint("channel IN ('email', 'post', 'phone')", name="channel"),
        CheckConstraint("channel = 'email' OR sent_at IS NOT NULL", name="posted"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    public_id: Mapped[str] = mapped_column(String(32), unique=True)
    complaint_id: Mapped[int] = mapped_column(ForeignKey("complaint.id"))
    kind: Mapped[str] = mapped_column(String(16))
    sequence: Mapped[int] = mapped_column(default=1)
    channel: Mapped[str] = mapped_column(String(8))
    recipient: Mapped[str] = mapped_column(Encrypted)
    body: Mapped[str] = mapped_column(Encrypted)
    created_at: Mapped[datetime]
    sent_at: Mapped[datetime | None]
