"""Persons, their accounts, what they may do, and the sessions that prove who they are."""

from datetime import date, datetime

from sqlalchemy import (
    CheckConstraint,
    Date,
    ForeignKey,
    Index,
    String,
    UniqueConstraint,
    text,
)
from sqlalchemy.orm import Mapped, mapped_column, relationship

from grants.models.base import Base


class Person(Base):
    """One human being. Separation of duties is between persons, never between accounts."""

    __tablename__ = "person"
    __table_args__ = (CheckConstraint("length(full_name) BETWEEN 2 AND 120", name="full_name"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    public_id: Mapped[str] = mapped_column(String(32), unique=True)
    full_name: Mapped[str] = mapped_column(String(120))
    phone: Mapped[str] = mapped_column(String(40), default="")


class Account(Base):
    """A way for one person to sign in: with e-mailed codes (organization) or TOTP (staff)."""

    __tablename__ = "account"
    __table_args__ = (
        CheckConstraint("kind IN ('organization', 'staff')", name="kind"),
        CheckConstraint("email = lower(email)", name="email_lower"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    person_id: Mapped[int] = mapped_column(ForeignKey("person.id"), unique=True)
    kind: Mapped[str] = mapped_column(String(12))
    email: Mapped[str] = mapped_column(String(254), unique=True)
    password_hash: Mapped[str | None] = mapped_column(String(200))
    public_id: Mapped[str] = mapped_column(String(32), unique=True)
    totp_enrolled_at: Mapped[datetime | None]  # the secret itself is derived, never stored
    totp_last_step: Mapped[int] = mapped_column(default=0)
    email_confirmed_at: Mapped[datetime | None]
    notice_read_at: Mapped[datetime | None]
    created_at: Mapped[datetime]
    disabled_at: Mapped[datetime | None]

    person: Mapped[Person] = relationship()


class StaffMember(Base):
    """A person of one secretariat; what they may do is in `staff_role`."""

    __tablename__ = "staff_member"

    person_id: Mapped[int] = mapped_column(ForeignKey("person.id"), primary_key=True)
    secretariat_id: Mapped[int] = mapped_column(ForeignKey("secretariat.id"))
    title: Mapped[str] = mapped_column(String(80))
    extension: Mapped[str] = mapped_column(String(8), default="")

    person: Mapped[Person] = relationship()
    roles: Mapped[list["StaffRole"]] = relationship(cascade="all, delete-orphan")


class StaffRole(Base):
    """One role held by a member of the staff."""

    __tablename__ = "staff_role"
    __table_args__ = (
        CheckConstraint(
            "role IN ('advisor', 'team_lead', 'information_agent', 'decider',"
            " 'finance_preparer', 'finance_approver', 'manager', 'complaints_officer',"
            " 'administrator')",
            name="role",
        ),
    )

    person_id: Mapped[int] = mapped_column(ForeignKey("staff_member.person_id"), primary_key=True)
    role: Mapped[str] = mapped_column(String(24), primary_key=True)


class Absence(Base):
    """A member of the staff is away, from one day to another; somebody takes their place."""

    __tablename__ = "absence"
    __table_args__ = (
        CheckConstraint("from_on <= until_on", name="period"),
        CheckConstraint("person_id <> substitute_id", name="substitute"),
        Index("ix_absence_substitute", "substitute_id", "until_on"),
        Index("ix_absence_person", "person_id", "until_on"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    public_id: Mapped[str] = mapped_column(String(32), unique=True)
    person_id: Mapped[int] = mapped_column(ForeignKey("staff_member.person_id"))
    substitute_id: Mapped[int] = mapped_column(ForeignKey("staff_member.person_id"))
    from_on: Mapped[date] = mapped_column(Date)
    until_on: Mapped[date] = mapped_column(Date)
    recorded_by_id: Mapped[int] = mapped_column(ForeignKey("person.id"))
    recorded_at: Mapped[datetime]
    cancelled_at: Mapped[datetime | None]


class EmailCode(Base):
    """A code sent by e-mail: one use, fifteen minutes, five tries. Its digits are derived
    from the key of the settings and `public_id`, so the database never holds them."""

    __tablename__ = "email_code"
    __table_args__ = (CheckConstraint("attempts BETWEEN 0 AND 5", name="attempts"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    public_id: Mapped[str] = mapped_column(String(32), unique=True)
    account_id: Mapped[int] = mapped_column(ForeignKey("account.id"), index=True)
    created_at: Mapped[datetime]
    expires_at: Mapped[datetime]
    used_at: Mapped[datetime | None]
    attempts: Mapped[int] = mapped_column(default=0)


class AccountLink(Base):
    """A one-use link by which a person sets a password. Its token is derived, not stored."""

    __tablename__ = "account_link"

    id: Mapped[int] = mapped_column(primary_key=True)
    account_id: Mapped[int] = mapped_column(ForeignKey("account.id"), index=True)
    public_id: Mapped[str] = mapped_column(String(32), unique=True)
    created_at: Mapped[datetime]
    expires_at: Mapped[datetime]
    used_at: Mapped[datetime | None]


class WebSession(Base):
    """A signed-in browser. The cookie carries a random token; this row says what it is worth."""

    __tablename__ = "web_session"
    __table_args__ = (
        CheckConstraint("stage IN ('code', 'totp', 'enrol', 'in')", name="stage"),
        Index(
            "ix_web_session_live",
            "account_id",
            sqlite_where=text("ended_at IS NULL"),
            postgresql_where=text("ended_at IS NULL"),
        ),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    token_hash: Mapped[str] = mapped_column(String(64), unique=True)
    account_id: Mapped[int] = mapped_column(ForeignKey("account.id"))
    stage: Mapped[str] = mapped_column(String(8))
    created_at: Mapped[datetime]
    expires_at: Mapped[datetime]
    ended_at: Mapped[datetime | None]
    confirmed_at: Mapped[datetime | None]  # identity proved again, for one grave act

    account: Mapped[Account] = relationship()


class Throttle(Base):
    """How many times something was tried lately; in the database, so Redis is never needed."""

    __tablename__ = "throttle"
    __table_args__ = (CheckConstraint("tries >= 0", name="tries"),)

    key: Mapped[str] = mapped_column(String(64), primary_key=True)
    window_start: Mapped[datetime]
    tries: Mapped[int]


class ConflictOfInterest(Base):
    """A staff person declares a tie with an organization: none of its files comes to them."""

    __tablename__ = "conflict_of_interest"
    __table_args__ = (UniqueConstraint("person_id", "organization_id"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    person_id: Mapped[int] = mapped_column(ForeignKey("staff_member.person_id"))
    organization_id: Mapped[int] = mapped_column(ForeignKey("organization.id"))
    reason: Mapped[str] = mapped_column(String(500))
    declared_at: Mapped[datetime]
