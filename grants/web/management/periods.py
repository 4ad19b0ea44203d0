"""The period that a page of results is asked for."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from flask import request

from grants.domain.dates import parse_date
from grants.domain.errors import DomainError
from grants.domain.periods import Period, fiscal_year, fiscal_year_of, quarters
from grants.wording import results
from grants.wording.problems import sentence

YEARS_SHOWN = 3


@dataclass(frozen=True)
class Choice:
    """One period of the list: its value in the address, and its words."""

    value: str
    label: str
    period: Period


@dataclass(frozen=True)
class Asked:
    """The period of a page, and what was wrong with what was asked, if anything."""

    period: Period
    value: str
    du: str
    au: str
    error: str = ""

    @property
    def query(self) -> dict[str, str]:
        """The period as the parameters of an address."""
        return {"du": self.period.from_on.isoformat(), "au": self.period.until_on.isoformat()}


def choices(today: date, *, over: bool = False) -> list[Choice]:
    """The last fiscal years, then their quarters, newest first; only those over if told."""
    known = [one for one in _choices(today) if not over or one.period.is_over(today)]
    return sorted(known, key=lambda one: one.period.fiscal_year is None)


def asked(today: date, *, over: bool = False) -> Asked:
    """What the address asks for: two dates, a choice of the list, or the first of the list."""
    known = choices(today, over=over)
    value, du, au = (request.values.get(name, "").strip() for name in ("periode", "du", "au"))
    if du or au:
        try:
            period = Period(parse_date(du), parse_date(au))
        except DomainError as error:
            return Asked(known[0].period, "", du, au, sentence(error))
        same = next((one.value for one in known if one.period == period), "")
        return Asked(period, same, "" if same else du, "" if same else au)
    found = next((one for one in known if one.value == value), known[0])
    return Asked(found.period, found.value, "", "")


def _choices(today: date) -> Iterator[Choice]:
    this_year = fiscal_year_of(today).from_on.year
    for year in range(this_year, this_year - YEARS_SHOWN, -1):
        whole = fiscal_year(year)
        yield Choice(str(year), results.period(whole), whole)
        parts = list(enumerate(quarters(whole), start=1))
        for rank, quarter in reversed(parts):
            if quarter.from_on <= today:
                name = f"Trimestre {rank} de {whole.label}"
                yield Choice(f"{year}-T{rank}", name, quarter)
