"""Requests for information: what was asked, who had it in hand, the calls, what was answered."""

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
)
from sqlalchemy.orm import Mapped, mapped_column, relationship

from grants.models.base import Base
from grants.models.case_files import CaseFile
from grants.models.directory import Resource
from grants.models.people import Person

TOPICS = (
    "'general', 'statistics', 'policies', 'business', 'media', 'procurement', 'access', 'ministry'"
)


class InformationRequest(Base):
    """A question from anyone. What was asked never changes; its topic changes once at most."""

    __tablename__ = "information_request"
    __table_args__ = (
        ForeignKeyConstraint(["case_file_id", "kind"], ["case_file.id", "case_file.kind"]),
        CheckConstraint("kind = 'information_request'", name="kind"),
        CheckConstraint(f"topic IN ({TOPICS})", name="topic"),
        CheckConstraint(
            f"topic_before IS NULL OR (topic_before IN ({TOPICS}) AND topic_before <> topic)",
            name="topic_before",
        ),
        CheckConstraint("(topic_before IS NULL) = (moved_at IS NULL)", name="moved"),
        CheckConstraint("length(trim(question)) > 0", name="question"),
        CheckConstraint(
            "(answer_by = 'email' AND email <> '') OR (answer_by = 'phone' AND phone <> '')"
            " OR (answer_by = 'post' AND address <> '') OR answer_by = 'none'",
            name="answer_by",
        ),
    )

    case_file_id: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    kind: Mapped[str] = mapped_column(String(24), default="information_request")
    topic: Mapped[str] = mapped_column(String(16))
    topic_before: Mapped[str | None] = mapped_column(String(16))
    moved_at: Mapped[datetime | None]
    question: Mapped[str] = mapped_column(Text)
    requester: Mapped[str] = mapped_column(String(120), default="")
    search_name: Mapped[str] = mapped_column(String(120), default="", index=True)
    email: Mapped[str] = mapped_column(String(254), default="")
    phone: Mapped[str] = mapped_column(String(40), default="")
    address: Mapped[str] = mapped_column(String(300), default="")
    answer_by: Mapped[str] = mapped_column(String(8))
    wants_callback: Mapped[bool] = mapped_column(default=False)
    urgent: Mapped[bool] = mapped_column(default=False)  # wants to speak to somebody now
    details: Mapped[dict[str, Any]] = mapped_column(JSON, default=dict)  # what its topic asks

    case_file: Mapped[CaseFile] = relationship(
        primaryjoin="foreign(InformationRequest.case_file_id) == CaseFile.id", viewonly=True
    )


class Transfer(Base):
    """Who has a request in hand, from when on. Rank 1 is not a hand-off: it is the first person."""

    __tablename__ = "transfer"
    __table_args__ = (
        UniqueConstraint("case_file_id", "rank"),
        CheckConstraint("rank > 0", name="rank"),
        CheckConstraint("rank = 1 OR length(trim(reason)) > 0", name="reason"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    case_file_id: Mapped[int] = mapped_column(ForeignKey("information_request.case_file_id"))
    rank: Mapped[int]
    person_id: Mapped[int] = mapped_column(ForeignKey("person.id"))
    given_by_id: Mapped[int] = mapped_column(ForeignKey("person.id"))
    given_at: Mapped[datetime]
    reason: Mapped[str] = mapped_column(String(500), default="")

    person: Mapped[Person] = relationship(foreign_keys=[person_id])


class CallAttempt(Base):
    """A call made to the person who asked, and what came of it."""

    __tablename__ = "call_attempt"
    __table_args__ = (
        Index("ix_call_attempt_case_file", "case_file_id", "id"),
        CheckConstraint(
            "outcome IN ('answered', 'transferred', 'voice_mail', 'no_answer')", name="outcome"
        ),
        CheckConstraint(
            "outcome <> 'transferred' OR length(trim(note)) > 0", name="transferred_to"
        ),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    public_id: Mapped[str] = mapped_column(String(32), unique=True)
    case_file_id: Mapped[int] = mapped_column(ForeignKey("information_request.case_file_id"))
    person_id: Mapped[int] = mapped_column(ForeignKey("person.id"))
    made_at: Mapped[datetime]
    recorded_at: Mapped[datetime]
    outcome: Mapped[str] = mapped_column(String(12))
    note: Mapped[str] = mapped_column(String(500), default="")

    person: Mapped[Person] = relationship()


class Reply(Base):
    """What was said to the person who asked, from the acknowledgement to the answer."""

    __tablename__ = "reply"
    __table_args__ = (
        Index("ix_reply_case_file", "case_file_id", "id"),
        CheckConstraint(
            "kind IN ('acknowledgement', 'extension', 'requalification', 'redirection', 'answer')",
            name="kind",
        ),
        CheckConstraint("channel IN ('email', 'phone', 'post', 'counter')", name="channel"),
        CheckConstraint("kind <> 'extension' OR due_on IS NOT NULL", name="due_on"),
        CheckConstraint("(kind = 'redirection') = (resource_id IS NOT NULL)", name="resource"),
        CheckConstraint("kind = 'acknowledgement' OR length(trim(body)) > 0", name="body"),
        CheckConstraint("made_at <= recorded_at", name="dates"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    public_id: Mapped[str] = mapped_column(String(32), unique=True)
    case_file_id: Mapped[int] = mapped_column(ForeignKey("information_request.case_file_id"))
    kind: Mapped[str] = mapped_column(String(16))
    channel: Mapped[str] = mapped_column(String(8))
    body: Mapped[str] = mapped_column(Text, default="")
    due_on: Mapped[date | None] = mapped_column(Date)  # the date announced for the answer
    resource_id: Mapped[int | None] = mapped_column(ForeignKey("resource.id"))
    made_by_id: Mapped[int] = mapped_column(ForeignKey("person.id"))
    made_at: Mapped[datetime]
    recorded_at: Mapped[datetime]

    made_by: Mapped[Person] = relationship()
    resource: Mapped[Resource | None] = relationship()


class SavedReply(Base):
    """A text that the staff of a secretariat start an answer from."""

    __tablename__ = "saved_reply"
    __table_args__ = (
        UniqueConstraint("secretariat_id", "title"),
        CheckConstraint("length(trim(body)) > 0", name="body"),
        CheckConstraint(f"topic IS NULL OR topic IN ({TOPICS})", name="topic"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    public_id: Mapped[str] = mapped_column(String(32), unique=True)
    secretariat_id: Mapped[int] = mapped_column(ForeignKey("secretariat.id"))
    title: Mapped[str] = mapped_column(String(120))
    topic: Mapped[str | None] = mapped_column(String(16))
    body: Mapped[str] = mapped_column(Text)
    written_by_id: Mapped[int | None] = mapped_column(ForeignKey("person.id"))
    written_at: Mapped[datetime]
    retired_at: Mapped[datetime | None]
