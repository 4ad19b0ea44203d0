"""The analysis of a file: documents looked at, criteria assessed, what is recommended."""

from datetime import datetime

from sqlalchemy import (
    CheckConstraint,
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
from grants.models.drafts import Attachment
from grants.models.people import Person

LIVE = text("ended_at IS NULL")


def on_one_side(*persons: str) -> list[ForeignKeyConstraint]:
    """The keys that tie a part of a file to its side, and each person who takes it to theirs."""
    columns = ["matter_id", "side"]
    keys = [
        ForeignKeyConstraint(
            ["case_file_id", *columns], ["case_file.id", "case_file.matter_id", "case_file.side"]
        )
    ]
    for person in persons:
        keys.append(
            ForeignKeyConstraint(
                ["matter_id", person, "side"],
                ["participant.matter_id", "participant.person_id", "participant.side"],
            )
        )
    return keys


class DocumentCheck(Base):
    """What the advisor found of one document of the program: there, missing, not needed."""

    __tablename__ = "document_check"
    __table_args__ = (
        *on_one_side("person_id"),
        UniqueConstraint("case_file_id", "document_key"),
        CheckConstraint(
            "finding IN ('received', 'missing', 'unusable', 'not_needed')", name="finding"
        ),
        CheckConstraint("finding = 'received' OR length(trim(note)) > 0", name="note"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    case_file_id: Mapped[int]
    matter_id: Mapped[int]
    side: Mapped[str] = mapped_column(String(8))
    document_key: Mapped[str] = mapped_column(String(60))
    finding: Mapped[str] = mapped_column(String(12))
    note: Mapped[str] = mapped_column(String(500), default="")
    person_id: Mapped[int]
    checked_at: Mapped[datetime]


class Assessment(Base):
    """One criterion of the program, assessed: met or not, why, and on what evidence."""

    __tablename__ = "assessment"
    __table_args__ = (
        *on_one_side("person_id"),
        UniqueConstraint("case_file_id", "criterion"),
        CheckConstraint(
            "finding IN ('met', 'partly_met', 'not_met', 'to_document')", name="finding"
        ),
        CheckConstraint("finding = 'met' OR length(trim(note)) > 0", name="note"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    case_file_id: Mapped[int]
    matter_id: Mapped[int]
    side: Mapped[str] = mapped_column(String(8))
    criterion: Mapped[str] = mapped_column(String(16))
    finding: Mapped[str] = mapped_column(String(12))
    note: Mapped[str] = mapped_column(Text, default="")
    person_id: Mapped[int]
    assessed_at: Mapped[datetime]

    evidence: Mapped[list[Attachment]] = relationship(
        secondary="evidence_link", order_by=Attachment.id
    )


class EvidenceLink(Base):
    """A file of the application on which an assessment rests."""

    __tablename__ = "evidence_link"

    assessment_id: Mapped[int] = mapped_column(ForeignKey("assessment.id"), primary_key=True)
    attachment_id: Mapped[int] = mapped_column(ForeignKey("attachment.id"), primary_key=True)


class Recommendation(Base):
    """What the advisor recommends and why. Ended when the file comes back; never rewritten."""

    __tablename__ = "recommendation"
    __table_args__ = (
        *on_one_side("person_id"),
        CheckConstraint(
            "outcome IN ('accepted', 'accepted_in_part', 'refused', 'standby', 'upheld')",
            name="outcome",
        ),
        CheckConstraint(
            "amount_cents >= 0 AND amount_cents <= 10000000000"
            " AND amount_cents = CAST(amount_cents AS BIGINT)"
            " AND (amount_cents > 0) = (outcome IN ('accepted', 'accepted_in_part'))",
            name="amount",
        ),
        CheckConstraint("length(trim(reasons)) > 0", name="reasons"),
        Index(
            "uq_recommendation_live",
            "case_file_id",
            unique=True,
            sqlite_where=LIVE,
            postgresql_where=LIVE,
        ),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    public_id: Mapped[str] = mapped_column(String(32), unique=True)
    case_file_id: Mapped[int]
    matter_id: Mapped[int]
    side: Mapped[str] = mapped_column(String(8))
    person_id: Mapped[int]
    outcome: Mapped[str] = mapped_column(String(20))
    amount_cents: Mapped[int] = mapped_column(Cents)
    reasons: Mapped[str] = mapped_column(Text)
    made_at: Mapped[datetime]
    ended_at: Mapped[datetime | None]
    end_reason: Mapped[str] = mapped_column(String(500), default="")

    person: Mapped[Person] = relationship(
        primaryjoin="foreign(Recommendation.person_id) == Person.id", viewonly=True
    )
