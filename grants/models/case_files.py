"""The spine: what the public sends, who handles it, and the promises that run on it."""

from datetime import date, datetime
from typing import Any

from sqlalchemy import (
    JSON,
    CheckConstraint,
    Date,
    ForeignKey,
    ForeignKeyConstraint,
    Index,
    String,
    Text,
    UniqueConstraint,
    text,
)
from sqlalchemy.orm import Mapped, mapped_column, relationship

from grants.models.base import Base, Cents
from grants.models.organizations import Organization
from grants.models.people import Person
from grants.models.programs import Call, FormVersion
from grants.models.reference import Secretariat, ServiceCommitment

OPEN = text("closed_at IS NULL")
UNASSIGNED = text("closed_at IS NULL AND advisor_id IS NULL")
RUNNING = text("stopped_at IS NULL")


class CaseCounter(Base):
    """The last number given for a prefix and a year."""

    __tablename__ = "case_counter"

    prefix: Mapped[str] = mapped_column(String(8), primary_key=True)
    year: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    last: Mapped[int]


class Matter(Base):
    """One request of an organization together with every revision of it."""

    __tablename__ = "matter"

    id: Mapped[int] = mapped_column(primary_key=True)


class Participant(Base):
    """A person's side in a matter. One side only, for ever: the declaration's promise."""

    __tablename__ = "participant"
    __table_args__ = (
        UniqueConstraint("matter_id", "person_id", "side"),
        CheckConstraint("side IN ('first', 'revision')", name="side"),
    )

    matter_id: Mapped[int] = mapped_column(ForeignKey("matter.id"), primary_key=True)
    person_id: Mapped[int] = mapped_column(ForeignKey("person.id"), primary_key=True)
    side: Mapped[str] = mapped_column(String(8))


class CaseFile(Base):
    """A file: number, sender, channel, receipt, advisor and the next date that matters."""

    __tablename__ = "case_file"
    __table_args__ = (
        UniqueConstraint("id", "kind"),
        UniqueConstraint("id", "matter_id", "side"),
        ForeignKeyConstraint(
            ["matter_id", "advisor_id", "side"],
            ["participant.matter_id", "participant.person_id", "participant.side"],
            name="fk_case_file_advisor_participant",
        ),
        CheckConstraint("kind IN ('application')", name="kind"),
        CheckConstraint("channel IN ('web', 'post', 'counter', 'fax', 'email')", name="channel"),
        CheckConstraint(
            "kind <> 'application' OR (matter_id IS NOT NULL AND side IS NOT NULL"
            " AND side = 'first')",
            name="side",
        ),
        CheckConstraint("status IN ('received', 'under_review', 'withdrawn')", name="status"),
        CheckConstraint("(status = 'withdrawn') = (closed_at IS NOT NULL)", name="closed"),
        CheckConstraint("entered_at >= received_at", name="entered"),
        Index(
            "uq_case_file_application",
            "matter_id",
            unique=True,
            sqlite_where=text("kind = 'application'"),
            postgresql_where=text("kind = 'application'"),
        ),
        Index(
            "ix_case_file_advisor_due",
            "advisor_id",
            "next_due_at",
            "id",
            sqlite_where=OPEN,
            postgresql_where=OPEN,
        ),
        Index(
            "ix_case_file_due",
            "secretariat_id",
            "next_due_at",
            "id",
            sqlite_where=OPEN,
            postgresql_where=OPEN,
        ),
        Index(
            "ix_case_file_unassigned_due",
            "secretariat_id",
            "next_due_at",
            "id",
            sqlite_where=UNASSIGNED,
            postgresql_where=UNASSIGNED,
        ),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    public_id: Mapped[str] = mapped_column(String(32), unique=True)
    number: Mapped[str] = mapped_column(String(24), unique=True)
    kind: Mapped[str] = mapped_column(String(24))
    secretariat_id: Mapped[int] = mapped_column(ForeignKey("secretariat.id"))
    organization_id: Mapped[int] = mapped_column(ForeignKey("organization.id"), index=True)
    channel: Mapped[str] = mapped_column(String(8))
    received_at: Mapped[datetime]
    entered_at: Mapped[datetime]
    status: Mapped[str] = mapped_column(String(16))
    matter_id: Mapped[int | None] = mapped_column(ForeignKey("matter.id"))
    side: Mapped[str | None] = mapped_column(String(8))
    advisor_id: Mapped[int | None] = mapped_column(ForeignKey("person.id"))
    next_due_at: Mapped[datetime]  # 9999-12-31 when no clock runs, so that it always sorts
    touched_at: Mapped[datetime]
    closed_at: Mapped[datetime | None]
    version: Mapped[int] = mapped_column()

    __mapper_args__ = {"version_id_col": version}

    organization: Mapped[Organization] = relationship()
    secretariat: Mapped[Secretariat] = relationship()
    advisor: Mapped[Person | None] = relationship(foreign_keys=[advisor_id])
    application: Mapped["Application"] = relationship(back_populates="case_file")
    clocks: Mapped[list["Clock"]] = relationship(order_by="Clock.due_at")


class Application(Base):
    """A grant application as it was sent: its answers never change."""

    __tablename__ = "application"
    __table_args__ = (
        ForeignKeyConstraint(["case_file_id", "kind"], ["case_file.id", "case_file.kind"]),
        CheckConstraint("kind = 'application'", name="kind"),
        CheckConstraint(
            "amount_cents > 0 AND amount_cents <= 10000000000"
            " AND amount_cents = CAST(amount_cents AS BIGINT)",
            name="amount",
        ),
        CheckConstraint("length(fingerprint) = 64", name="fingerprint"),
    )

    case_file_id: Mapped[int] = mapped_column(primary_key=True)
    kind: Mapped[str] = mapped_column(String(24), default="application")
    call_id: Mapped[int] = mapped_column(ForeignKey("call.id"), index=True)
    form_version_id: Mapped[int] = mapped_column(ForeignKey("form_version.id"))
    answers: Mapped[dict[str, Any]] = mapped_column(JSON)
    amount_cents: Mapped[int] = mapped_column(Cents)
    fingerprint: Mapped[str] = mapped_column(String(64))
    sent_by_id: Mapped[int] = mapped_column(ForeignKey("person.id"))

    case_file: Mapped[CaseFile] = relationship(
        back_populates="application", foreign_keys=[case_file_id, kind]
    )
    call: Mapped[Call] = relationship()
    form_version: Mapped[FormVersion] = relationship()
    sent_by: Mapped[Person] = relationship()


class Assignment(Base):
    """Who handles a file, since when, on whose word. Ended, never deleted."""

    __tablename__ = "assignment"
    __table_args__ = (
        ForeignKeyConstraint(
            ["case_file_id", "matter_id", "side"],
            ["case_file.id", "case_file.matter_id", "case_file.side"],
        ),
        ForeignKeyConstraint(
            ["matter_id", "person_id", "side"],
            ["participant.matter_id", "participant.person_id", "participant.side"],
        ),
        CheckConstraint("ended_at IS NULL OR ended_at >= assigned_at", name="dates"),
        CheckConstraint(
            "person_id = proposed_id OR length(trim(reason)) > 0", name="change_has_reason"
        ),
        Index(
            "uq_assignment_open",
            "case_file_id",
            unique=True,
            sqlite_where=text("ended_at IS NULL"),
            postgresql_where=text("ended_at IS NULL"),
        ),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    case_file_id: Mapped[int]
    matter_id: Mapped[int]
    side: Mapped[str] = mapped_column(String(8))
    person_id: Mapped[int]
    proposed_id: Mapped[int] = mapped_column(ForeignKey("person.id"))
    assigned_by_id: Mapped[int] = mapped_column(ForeignKey("person.id"))
    assigned_at: Mapped[datetime]
    ended_at: Mapped[datetime | None]
    reason: Mapped[str] = mapped_column(String(500), default="")

    person: Mapped[Person] = relationship(
        primaryjoin="foreign(Assignment.person_id) == Person.id", viewonly=True
    )


class Clock(Base):
    """A promise running on a file: when it began, when it is due, when it was kept."""

    __tablename__ = "clock"
    __table_args__ = (
        UniqueConstraint("case_file_id", "commitment_id"),
        CheckConstraint("due_at > received_at", name="dates"),
        CheckConstraint("(stopped_at IS NULL) = (stop_event IS NULL)", name="stop"),
        CheckConstraint("stopped_at IS NULL OR stopped_at >= received_at", name="stopped"),
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
    stopped_at: Mapped[datetime | None]
    stop_event: Mapped[str | None] = mapped_column(String(40))

    commitment: Mapped[ServiceCommitment] = relationship()


class Message(Base):
    """A mail or a letter of a file. It is sent when the mail server said so, or it was posted."""

    __tablename__ = "message"
    __table_args__ = (
        UniqueConstraint("case_file_id", "kind", "sequence"),
        CheckConstraint("kind IN ('acknowledgement', 'assignment')", name="kind"),
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
    created_at: Mapped[datetime]
    sent_at: Mapped[datetime | None]
    recorded_by_id: Mapped[int | None] = mapped_column(ForeignKey("person.id"))


class Document(Base):
    """A file made by the system for a case file, stored once."""

    __tablename__ = "document"
    __table_args__ = (
        UniqueConstraint("case_file_id", "kind"),
        CheckConstraint("kind IN ('deposit_proof')", name="kind"),
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
