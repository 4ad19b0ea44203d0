"""Results on the promises: figures of a period as last counted, and those published for good."""

from datetime import date, datetime

from sqlalchemy import CheckConstraint, Date, ForeignKey, String, Text, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from grants.models.base import Base
from grants.models.people import Person
from grants.models.reference import Secretariat


class Tally(Base):
    """The figures of a fiscal year as last counted by the job: what the public page shows."""

    __tablename__ = "tally"
    __table_args__ = (CheckConstraint("from_on <= until_on", name="period"),)

    secretariat_id: Mapped[int] = mapped_column(ForeignKey("secretariat.id"), primary_key=True)
    from_on: Mapped[date] = mapped_column(Date, primary_key=True)
    until_on: Mapped[date] = mapped_column(Date)
    as_of: Mapped[datetime]
    figures: Mapped[str] = mapped_column(Text)  # canonical JSON


class Publication(Base):
    """The figures of a period that is over, frozen: they can be computed again as of their day."""

    __tablename__ = "publication"
    __table_args__ = (
        UniqueConstraint("secretariat_id", "from_on", "until_on", "number"),
        CheckConstraint("from_on <= until_on", name="period"),
        CheckConstraint("number > 0", name="number"),
        CheckConstraint("length(sha256) = 64", name="sha256"),
        CheckConstraint("(storage_key IS NULL) = (file_sha256 IS NULL)", name="file"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    public_id: Mapped[str] = mapped_column(String(32), unique=True)
    secretariat_id: Mapped[int] = mapped_column(ForeignKey("secretariat.id"))
    from_on: Mapped[date] = mapped_column(Date)
    until_on: Mapped[date] = mapped_column(Date)
    number: Mapped[int] = mapped_column(default=1)  # a correction is a new number
    as_of: Mapped[datetime]
    content: Mapped[str] = mapped_column(Text)  # canonical JSON: table, both years, explanations
    sha256: Mapped[str] = mapped_column(String(64))
    published_by_id: Mapped[int] = mapped_column(ForeignKey("person.id"))
    storage_key: Mapped[str | None] = mapped_column(String(64))  # of the PDF
    file_sha256: Mapped[str | None] = mapped_column(String(64))

    secretariat: Mapped[Secretariat] = relationship()
    published_by: Mapped[Person] = relationship()
