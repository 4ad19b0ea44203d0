"""Envelopes of money, and the decisions that draw on them."""

from datetime import date, datetime

from sqlalchemy import CheckConstraint, Date, ForeignKey, Index, String, Text, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from grants.models.base import Base, Cents
from grants.models.people import Person
from grants.models.programs import Call, Program
from grants.models.reviews import on_one_side


class Envelope(Base):
    """What a program may grant in a fiscal year. `used_cents` is the guard, entries the truth."""

    __tablename__ = "envelope"
    __table_args__ = (
        UniqueConstraint("program_id", "fiscal_year"),
        CheckConstraint(
            "used_cents >= 0 AND used_cents <= total_cents"
            " AND used_cents = CAST(used_cents AS BIGINT)",
            name="used",
        ),
        CheckConstraint(
            "total_cents >= 0 AND total_cents <= 100000000000"
            " AND total_cents = CAST(total_cents AS BIGINT)",
            name="total",
        ),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    program_id: Mapped[int] = mapped_column(ForeignKey("program.id"))
    fiscal_year: Mapped[int]  # the year of its 1 April
    total_cents: Mapped[int] = mapped_column(Cents)
    used_cents: Mapped[int] = mapped_column(Cents, default=0)

    program: Mapped[Program] = relationship()


class Decision(Base):
    """What was decided of a file, by whom, on whose advice, and why. Written once."""

    __tablename__ = "decision"
    __table_args__ = (
        *on_one_side("decided_by_id", "advised_by_id"),
        UniqueConstraint("case_file_id"),
        UniqueConstraint("id", "granted_cents"),
        CheckConstraint("decided_by_id <> advised_by_id", name="two_persons"),
        CheckConstraint(
            "outcome IN ('accepted', 'accepted_in_part', 'refused', 'standby', 'upheld')",
            name="outcome",
        ),
        CheckConstraint(
            "outcome <> CASE side WHEN 'first' THEN 'upheld' ELSE 'refused' END",
            name="outcome_of_side",
        ),
        CheckConstraint(
            "requested_cents > 0 AND requested_cents <= 10000000000"
            " AND requested_cents = CAST(requested_cents AS BIGINT)",
            name="requested",
        ),
        CheckConstraint(
            "granted_cents = CAST(granted_cents AS BIGINT) AND CASE outcome"
            " WHEN 'accepted' THEN granted_cents = requested_cents"
            " WHEN 'accepted_in_part' THEN granted_cents > 0 AND granted_cents < requested_cents"
            " ELSE granted_cents = 0 END",
            name="granted",
        ),
        CheckConstraint("length(trim(explanation)) > 0", name="reasons"),
        CheckConstraint(
            "outcome NOT IN ('refused', 'upheld') OR alternative_call_id IS NOT NULL"
            " OR length(trim(alternative)) > 0 OR length(trim(no_alternative)) > 0",
            name="alternative",
        ),
        CheckConstraint(
            "(granted_cents > 0) = (envelope_id IS NOT NULL)"
            " AND (envelope_id IS NULL) = (available_after_cents IS NULL)",
            name="envelope",
        ),
        CheckConstraint("recourse_until IS NULL OR recourse_until > letter_on", name="recourse"),
        CheckConstraint("first_read_at IS NULL OR first_read_at >= decided_at", name="read"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    public_id: Mapped[str] = mapped_column(String(32), unique=True)
    case_file_id: Mapped[int]
    matter_id: Mapped[int]
    side: Mapped[str] = mapped_column(String(8))
    recommendation_id: Mapped[int] = mapped_column(ForeignKey("recommendation.id"), unique=True)
    decided_by_id: Mapped[int]
    advised_by_id: Mapped[int]
    outcome: Mapped[str] = mapped_column(String(20))
    requested_cents: Mapped[int] = mapped_column(Cents)
    granted_cents: Mapped[int] = mapped_column(Cents)
    reason_codes: Mapped[str] = mapped_column(String(200), default="")
    explanation: Mapped[str] = mapped_column(Text)
    alternative_call_id: Mapped[int | None] = mapped_column(ForeignKey("call.id"))
    alternative: Mapped[str] = mapped_column(Text, default="")
    no_alternative: Mapped[str] = mapped_column(Text, default="")
    envelope_id: Mapped[int | None] = mapped_column(ForeignKey("envelope.id"))
    available_after_cents: Mapped[int | None] = mapped_column(Cents)
    decided_at: Mapped[datetime]
    letter_on: Mapped[date] = mapped_column(Date)
    recourse_until: Mapped[date | None] = mapped_column(Date)
    letter: Mapped[str] = mapped_column(Text)  # canonical JSON: what the letter says
    first_read_at: Mapped[datetime | None]
    first_read_by_id: Mapped[int | None] = mapped_column(ForeignKey("person.id"))

    envelope: Mapped[Envelope | None] = relationship()
    alternative_call: Mapped[Call | None] = relationship()
    decided_by: Mapped[Person] = relationship(
        primaryjoin="foreign(Decision.decided_by_id) == Person.id", viewonly=True
    )
    advised_by: Mapped[Person] = relationship(
        primaryjoin="foreign(Decision.advised_by_id) == Person.id", viewonly=True
    )


class EnvelopeEntry(Base):
    """One encumbrance of an envelope by a decision. Insert-only: the truth of what is used."""

    __tablename__ = "envelope_entry"
    __table_args__ = (
        UniqueConstraint("decision_id"),
        CheckConstraint(
            "amount_cents > 0 AND amount_cents = CAST(amount_cents AS BIGINT)", name="amount"
        ),
        Index("ix_envelope_entry_envelope", "envelope_id"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    envelope_id: Mapped[int] = mapped_column(ForeignKey("envelope.id"))
    decision_id: Mapped[int] = mapped_column(ForeignKey("decision.id"))
    amount_cents: Mapped[int] = mapped_column(Cents)
    entered_at: Mapped[datetime]
