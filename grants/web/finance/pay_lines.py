"""The lines of À payer in the words that templates print."""

from collections.abc import Collection, Iterable
from dataclasses import dataclass
from datetime import datetime

from grants.domain.calendar import Calendar, local_date
from grants.domain.payments import Block, is_recent_change
from grants.domain.time_left import time_left
from grants.queries.payable import Line
from grants.wording import payments as words
from grants.wording import time_left as chips
from grants.wording.bank_details import changed
from grants.wording.time_left import Chip, day_short


@dataclass(frozen=True)
class PayLine:
    """One instalment, ready to print; `whys` is empty when it may be paid; `notes` are to know."""

    public_id: str
    organization: str
    under: str
    whys: tuple[str, ...]
    notes: tuple[str, ...]
    chip: Chip
    amount_cents: int
    is_chosen: bool


@dataclass(frozen=True)
class Group:
    """Lines that wait, or lines that are ready."""

    anchor: str
    title: str
    lines: list[PayLine]
    count: int
    cents: int


def pay_line(line: Line, calendar: Calendar, now: datetime, chosen: Collection[str]) -> PayLine:
    """One line with its reasons to wait and the time left of its promise."""
    return PayLine(
        public_id=line.public_id,
        organization=line.organization,
        under=f"{line.case_number} · {words.instalment(line.rank, line.instalments)}",
        whys=tuple(words.block(found, line.condition) for found in line.blocks),
        notes=_notes(line, now),
        chip=_chip(line, calendar, now),
        amount_cents=line.amount_cents,
        is_chosen=not line.blocks and line.public_id in chosen,
    )


def _notes(line: Line, now: datetime) -> tuple[str, ...]:
    again = ("À refaire\u00a0: la banque l’a retourné",) if line.returned_id else ()
    return (*again, *recent_change(line.changed_at, now))


def recent_change(changed_at: datetime | None, now: datetime) -> tuple[str, ...]:
    """ "Attention : compte modifié il y a 2 jours", or nothing when it is not a recent change."""
    if changed_at is None or not is_recent_change(changed_at, now):
        return ()
    return (f"Attention\u00a0: {changed(changed_at, now)}",)


def split(lines: Iterable[PayLine]) -> tuple[list[PayLine], list[PayLine]]:
    """Those that wait, then those that are ready."""
    known = list(lines)
    return [line for line in known if line.whys], [line for line in known if not line.whys]


def _chip(line: Line, calendar: Calendar, now: datetime) -> Chip:
    """The promise to pay while it runs; else the day planned, or what it waits for."""
    if line.returned_id is not None:
        return _again(line)
    if line.start_on is not None and line.due_at is not None:
        left = time_left(now, line.start_on, line.due_on, line.due_at, calendar)
        return chips.chip(left, line.due_at, local_date(now))
    planned = f"prévu le {day_short(line.planned_on)}\u00a0{line.planned_on.year}"
    if Block.NOT_SIGNED in line.blocks or line.is_waiting:
        return Chip("paused", "En attente de l’organisme", 0, 0, planned)
    if line.planned_on > local_date(now):
        return Chip("running", "À venir", 0, 0, planned)
    return Chip("soon", "À verser", 0, 0, planned)


def _again(line: Line) -> Chip:
    """A payment that came back: its promise was measured on the first one."""
    promised = f"promis le {day_short(line.due_on)}"
    if line.blocks:
        return Chip("paused", "En attente de l’organisme", 0, 0, promised)
    return Chip("soon", "À refaire", 0, 0, promised)
