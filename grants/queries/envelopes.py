"""Envelopes as people read them: what was voted, encumbered, paid, and what is left."""

from collections.abc import Sequence
from dataclasses import dataclass, replace

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from grants.models.agreements import Agreement, AgreementVersion
from grants.models.decisions import Decision, Envelope, EnvelopeEntry
from grants.models.payments import Payment
from grants.models.programs import Program

FULL = 100

_LINES = select(
    Envelope.id, Program.code, Envelope.fiscal_year, Envelope.total_cents, Envelope.used_cents
).join(Program, Program.id == Envelope.program_id)
_PAID = (
    select(Decision.envelope_id, func.sum(Payment.amount_cents))
    .join(Agreement, Agreement.decision_id == Decision.id)
    .join(AgreementVersion, AgreementVersion.agreement_id == Agreement.id)
    .join(Payment, Payment.agreement_version_id == AgreementVersion.id)
    .where(Payment.status == "released")
    .group_by(Decision.envelope_id)
)


@dataclass(frozen=True)
class EnvelopeLine:
    """One envelope: its program, the year of its 1 April, its amounts in cents."""

    id: int
    program: str
    fiscal_year: int
    total_cents: int
    used_cents: int
    paid_cents: int = 0

    @property
    def left_cents(self) -> int:
        """What may still be granted."""
        return self.total_cents - self.used_cents

    @property
    def percent(self) -> int:
        """The share that is encumbered, in whole percents."""
        return FULL * self.used_cents // self.total_cents if self.total_cents else FULL


@dataclass(frozen=True)
class Mismatch:
    """An envelope whose counter is not the sum of its entries."""

    envelope_id: int
    counter_cents: int
    entries_cents: int


def of_year(session: Session, program_id: int, fiscal_year: int) -> EnvelopeLine | None:
    """The envelope that a decision of this program and year draws on; None when it has none."""
    query = _LINES.where(Envelope.program_id == program_id, Envelope.fiscal_year == fiscal_year)
    found = session.execute(query).one_or_none()
    return EnvelopeLine(*found) if found else None


def available(session: Session, program_id: int, fiscal_year: int) -> int | None:
    """What may still be granted, in cents; None without an envelope."""
    line = of_year(session, program_id, fiscal_year)
    return line.left_cents if line else None


def listed(session: Session) -> Sequence[EnvelopeLine]:
    """Every envelope, the latest year first, then by program; two statements at any size."""
    paid = {row[0]: int(row[1]) for row in session.execute(_PAID)}
    query = _LINES.order_by(Envelope.fiscal_year.desc(), Program.code)
    lines = [EnvelopeLine(*row) for row in session.execute(query)]
    return [replace(line, paid_cents=paid.get(line.id, 0)) for line in lines]


def mismatches(session: Session) -> Sequence[Mismatch]:
    """The envelopes whose counter differs from their entries: none, or something is wrong."""
    entered = func.coalesce(func.sum(EnvelopeEntry.amount_cents), 0)
    query = (
        select(Envelope.id, Envelope.used_cents, entered)
        .outerjoin(EnvelopeEntry, EnvelopeEntry.envelope_id == Envelope.id)
        .group_by(Envelope.id, Envelope.used_cents)
        .having(entered != Envelope.used_cents)
        .order_by(Envelope.id)
    )
    return [Mismatch(row[0], int(row[1]), int(row[2])) for row in session.execute(query)]
