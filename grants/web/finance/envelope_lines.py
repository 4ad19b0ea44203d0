"""The envelopes of a fiscal year in the words that templates print."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from grants.queries import envelopes
from grants.queries.envelopes import EnvelopeLine

if TYPE_CHECKING:
    from sqlalchemy.orm import Session


@dataclass(frozen=True)
class NamedEnvelope:
    """One envelope with the name of its program."""

    program: str
    line: EnvelopeLine


def envelope_lines(
    session: "Session", fiscal_year: int, programs: Sequence[tuple[str, str]]
) -> list[NamedEnvelope]:
    """The envelopes of this year, those of the programs named."""
    names = dict(programs)
    return [
        NamedEnvelope(names[line.program], line)
        for line in envelopes.listed(session)
        if line.fiscal_year == fiscal_year and line.program in names
    ]
