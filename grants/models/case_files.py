"""The spine: what the public sends, who handles it, and the promises that run on it."""

from datetime import datetime
from typing import Any

from sqlalchemy import (
    JSON,
    CheckConstraint,
    ForeignKey,
    ForeignKeyConstraint,
    Index,
    String,
    Text,
    TextClause,
    UniqueConstraint,
    text,
)
from sqlalchemy.orm import Mapped, mapped_column, relationship

from grants.models.base import Base, Cents
from grants.models.clocks import Clock
from grants.models.organizations import Organization
from grants.models.people import Person
from grants.models.programs import Call, FormVersion
from grants.models.reference import Secretariat

OPEN = text("closed_at IS NULL")
UNASSIGNED = text("closed_at IS NULL AND advisor_id IS NULL")
REQUESTS = text("kind = 'information_request'")
OPEN_REQUESTS = text("kind = 'information_request' AND closed_at IS NULL")


def _partial(name: str, *columns: str, where: TextClause, unique: bool = False) -> Index:
    """An index of some of the rows, said for both engines."""
    return Index(name, *columns, unique=unique, sqlite_where=where, postgresql_where=where)


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
        UniqueConstraint("id", "organization_id"),
        ForeignKeyConstraint(
            ["matter_id", "advisor_id", "side"],
            ["participant.matter_id", "participant.person_id", "participant.side"],
            name="fk_case_file_advisor_participant",
        ),
        CheckConstraint("kind IN ('application', 'revision', 'information_request')", name="kind"),
        CheckConstraint(
            "channel IN ('web', 'post', 'counter', 'fax', 'email')"
            " OR (kind = 'information_request' AND channel IN ('phone', 'exhibit'))",
            name="channel",
        ),
        CheckConstraint(
            "kind NOT IN ('application', 'revision') OR (matter_id IS NOT NULL"
            " AND side IS NOT NULL"
            " AND side = CASE kind WHEN 'application' THEN 'first' ELSE 'revision' END)",
            name="side",
        ),
        CheckConstraint(
            "(kind <> 'information_request' AND status IN ('received', 'under_review',"
            " 'recommended', 'granted', 'refused', 'standby', 'upheld', 'signed', 'paid',"
            " 'withdrawn')) OR (kind = 'information_request' AND status IN ('received',"
            " 'in_hand', 'answered', 'redirected', 'abandoned', 'withdrawn'))",
            name="status",
        ),
        CheckConstraint(
            "(status IN ('refused', 'standby', 'upheld', 'paid', 'withdrawn', 'answered',"
            " 'redirected', 'abandoned')) = (closed_at IS NOT NULL)",
            name="closed",
        ),
        CheckConstraint("entered_at >= received_at", name="entered"),
        CheckConstraint("(kind <> 'information_request') = (call_id IS NOT NULL)", name="call"),
        CheckConstraint(
            "(kind <> 'information_request') = (organization_id IS NOT NULL)", name="organization"
        ),
        CheckConstraint(
            "kind <> 'information_request' OR (matter_id IS NULL AND side IS NULL)", name="matter"
        ),
        _partial(
            "uq_case_file_application", "matter_id", where=text("kind = 'application'"), unique=True
        ),
        _partial("ix_case_file_advisor_due", "advisor_id", "next_due_at", "id", where=OPEN),
        _partial("ix_case_file_due", "secretariat_id", "next_due_at", "id", where=OPEN),
        _partial("ix_case_file_requests", "secretariat_id", "id", where=REQUESTS),
        _partial(
            "ix_case_file_requests_due", "secretariat_id", "next_due_at", "id", where=OPEN_REQUESTS
        ),
        _partial(
            "ix_case_file_unassigned_due", "secretariat_id", "next_due_at", "id", where=UNASSIGNED
        ),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    public_id: Mapped[str] = mapped_column(String(32), unique=True)
    number: Mapped[str] = mapped_column(String(24), unique=True)
    kind: Mapped[str] = mapped_column(String(24))
    secretariat_id: Mapped[int] = mapped_column(ForeignKey("secretariat.id"))
    organization_id: Mapped[int] = mapped_column(  # None for a request for information
        ForeignKey("organization.id"), index=True, nullable=True
    )
    channel: Mapped[str] = mapped_column(String(8))
    received_at: Mapped[datetime]
    entered_at: Mapped[datetime]
    status: Mapped[str] = mapped_column(String(16))
    matter_id: Mapped[int | None] = mapped_column(ForeignKey("matter.id"))
    side: Mapped[str | None] = mapped_column(String(8))
    call_id: Mapped[int | None] = mapped_column(ForeignKey("call.id"), index=True)
    advisor_id: Mapped[int | None] = mapped_column(ForeignKey("person.id"))
    next_due_at: Mapped[datetime]  # 9999-12-31 when no clock runs, so that it always sorts
    touched_at: Mapped[datetime]
    closed_at: Mapped[datetime | None]
    version: Mapped[int] = mapped_column()

    __mapper_args__ = {"version_id_col": version}

    organization: Mapped[Organization] = relationship()
    secretariat: Mapped[Secretariat] = relationship()
    advisor: Mapped[Person | None] = relationship(foreign_keys=[advisor_id])
    call: Mapped[Call | None] = relationship()
    application: Mapped["Application"] = relationship(back_populates="case_file")
    revision: Mapped["Revision | None"] = relationship(
        primaryjoin="CaseFile.id == foreign(Revision.case_file_id)", viewonly=True
    )
    clocks: Mapped[list[Clock]] = relationship(order_by=Clock.due_at)

    @property
    def first(self) -> "CaseFile":
        """The file of the application: this one, or the one whose decision is revised."""
        return self.revision.first if self.revision else self


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


class Revision(Base):
    """A request to look again at the decision of an application, by other people."""

    __tablename__ = "revision"
    __table_args__ = (
        ForeignKeyConstraint(["case_file_id", "kind"], ["case_file.id", "case_file.kind"]),
        ForeignKeyConstraint(
            ["case_file_id", "matter_id", "side"],
            ["case_file.id", "case_file.matter_id", "case_file.side"],
        ),
        ForeignKeyConstraint(
            ["first_id", "matter_id", "first_side"],
            ["case_file.id", "case_file.matter_id", "case_file.side"],
            name="fk_revision_first",
        ),
        CheckConstraint("kind = 'revision'", name="kind"),
        CheckConstraint("side = 'revision' AND first_side = 'first'", name="sides"),
        CheckConstraint("length(trim(grounds)) > 0", name="grounds"),
        UniqueConstraint("first_id"),
    )

    case_file_id: Mapped[int] = mapped_column(primary_key=True)
    kind: Mapped[str] = mapped_column(String(24), default="revision")
    matter_id: Mapped[int]
    side: Mapped[str] = mapped_column(String(8), default="revision")
    first_id: Mapped[int]
    first_side: Mapped[str] = mapped_column(String(8), default="first")
    grounds: Mapped[str] = mapped_column(Text)
    asked_by_id: Mapped[int] = mapped_column(ForeignKey("person.id"))

    case_file: Mapped[CaseFile] = relationship(
        primaryjoin="foreign(Revision.case_file_id) == CaseFile.id", viewonly=True
    )
    first: Mapped[CaseFile] = relationship(
        primaryjoin="foreign(Revision.first_id) == CaseFile.id", viewonly=True
    )
    asked_by: Mapped[Person] = relationship()


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
        _partial("uq_assignment_open", "case_file_id", where=text("ended_at IS NULL"), unique=True),
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
