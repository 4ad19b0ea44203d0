"""The promises kept, in public: what was promised, what was kept, and how it is counted."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from flask import render_template, url_for

from grants.clock import utc_now
from grants.domain.access import Action
from grants.domain.calendar import local_date
from grants.domain.periods import Period, fiscal_year_of
from grants.extensions import db
from grants.queries import commitments, tallies
from grants.web.errors import or_404
from grants.web.public import result_parts
from grants.web.public.promised import OFFICES
from grants.web.public.publications import lines
from grants.web.public.result_parts import ListUrl, Years
from grants.web.session import current_actor
from grants.wording import contacts, formats, results

if TYPE_CHECKING:
    from grants.models.reference import Secretariat, ServiceCommitment


@dataclass(frozen=True)
class _Office:
    """A secretariat, its promises in force today, and what was last counted of them."""

    row: Secretariat
    timed: list[ServiceCommitment]
    others: list[ServiceCommitment]
    years: Years
    period: Period

    @property
    def block(self) -> dict[str, Any]:
        return contacts.block(self.row.name, self.row.contact)


def index() -> str:
    """Both secretariats: each timed promise with its result, and the way to the rest."""
    offices = [_facts(_office(code)) for code in OFFICES]
    return render_template("public/results.html", offices=offices, published=lines())


def office(code: str) -> str:
    """One secretariat: each promise in its words, with what was kept of it."""
    found = _office(or_404(next((one for one in OFFICES if one == code.upper()), None)))
    list_url = _list_url(found)
    return render_template(
        "public/office_results.html",
        **_facts(found),
        sections=[
            result_parts.section(one, found.years, found.row.name, list_url) for one in found.timed
        ],
        evidence=[result_parts.evidence(one, found.years) for one in found.others],
        labels=(found.period.label, found.period.previous.label),
        published=lines(found.row.id),
        method=results.METHOD,
    )


def _office(code: str) -> _Office:
    session, today = db.session(), local_date(utc_now())
    row, period = commitments.secretariat(session, code), fiscal_year_of(today)
    in_force = commitments.in_force(session, row.id, today)
    years = Years(
        tallies.of_year(session, row.id, period),
        tallies.of_year(session, row.id, period.previous),
    )
    timed = [one for one in in_force if one.unit]
    return _Office(row, timed, [one for one in in_force if not one.unit], years, period)


def _list_url(found: _Office) -> ListUrl | None:
    """Where the files behind a figure are listed, for the staff of this secretariat who may."""
    actor, period = current_actor(), found.period
    if not actor.may(Action.READ_RESULTS) or actor.secretariat_id != found.row.id:
        return None
    days: dict[str, Any] = {"du": period.from_on.isoformat(), "au": period.until_on.isoformat()}
    return lambda code, name: url_for("management.behind", code=code, outcome=name, **days)


def _facts(found: _Office) -> dict[str, Any]:
    return {
        "office": found.block,
        "code": found.row.code.lower(),
        "cards": [result_parts.card(one, found.years) for one in found.timed],
        "since": formats.date_short(found.period.from_on),
        "counted": found.years.this,
        "others_count": len(found.others),
    }
