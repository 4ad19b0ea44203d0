"""Results: each promise over a period, what stands behind each figure, who has what in hand."""

from __future__ import annotations

from datetime import date, datetime
from typing import Any

from flask import abort, render_template, request, url_for

from grants.clock import utc_now
from grants.domain.calendar import Calendar, end_of_day, local_date
from grants.domain.results import Outcome, PromiseFigures
from grants.extensions import db
from grants.queries import calendars, evidence, figure_lists, figures, workload
from grants.queries.figure_lists import Behind, Cursor
from grants.queries.workload import Load
from grants.web.management import result_parts
from grants.web.management.periods import asked, choices
from grants.web.session import current_actor
from grants.wording import promises
from grants.wording import results as words

DAYS_AHEAD = 5
LISTS: dict[str, tuple[str, tuple[Outcome, ...]]] = {
    "tenues": ("Promesses tenues à temps", (Outcome.KEPT,)),
    "en-retard": ("Promesses fermées en retard", (Outcome.MISSED, Outcome.GIVEN_UP)),
    "ouvertes-en-retard": ("Promesses ouvertes et en retard", (Outcome.OPEN_LATE,)),
    "mises-a-part": ("Promesses mises à part", (Outcome.EXCLUDED,)),
    "a-venir": ("Promesses pas encore échues", (Outcome.NOT_DUE,)),
}
"""The lists behind the figures, by the end of their address."""


def results() -> str:
    """Every promise of the secretariat over a period, as known now."""
    now, session = utc_now(), db.session()
    today, office_id = local_date(now), current_actor().secretariat_id or 0
    wanted = asked(today)
    known = figures.figures(session, office_id, wanted.period, now)
    months = figures.by_month(session, office_id, wanted.period, now)
    proofs = evidence.evidence(session, office_id, wanted.period, now)
    calendar = calendars.calendar(session)
    return render_template(
        "management/results.html",
        wanted=wanted,
        choices=choices(today),
        days=words.days(wanted.period),
        period=words.period(wanted.period),
        lines=[result_parts.line(one, _urls(one, wanted.query)) for one in known],
        charts=[result_parts.month_chart(one, months.get(one.code, [])) for one in known],
        proofs=[result_parts.proof(one) for one in proofs],
        loads=[load for load in _loads(now, calendar) if load.late or load.soon],
        until=_soon(today, calendar),
        method=words.METHOD,
    )


def behind(code: str, outcome: str) -> str:
    """The files behind one figure, fifty at a time."""
    if outcome not in LISTS or code not in promises.WORDS:
        abort(404)
    now, session, actor = utc_now(), db.session(), current_actor()
    wanted = asked(local_date(now))
    title, outcomes = LISTS[outcome]
    after = _cursor(request.args.get("apres", ""))
    page = figure_lists.behind(
        session, wanted.period, now, code, outcomes, actor=actor, after=after
    )
    here = {"code": code, "outcome": outcome, **wanted.query}
    return render_template(
        "management/behind.html",
        title=title,
        promise=promises.WORDS[code].title,
        days=words.days(wanted.period),
        lines=[_behind_line(one) for one in page.clocks],
        first_url=url_for("management.behind", **here) if after else "",
        next_url=_next_url(here, page.next_after),
        back_url=url_for("management.results", **wanted.query),
    )


def workload_page() -> str:
    """What each person has in hand, late and soon due."""
    now, calendar = utc_now(), calendars.calendar(db.session())
    loads = _loads(now, calendar)
    return render_template(
        "management/workload.html",
        loads=loads,
        most=max((load.total for load in loads), default=0),
        until=_soon(local_date(now), calendar),
    )


def _loads(now: datetime, calendar: Calendar) -> list[Load]:
    until = end_of_day(_soon(local_date(now), calendar))
    found = workload.by_person(db.session(), now=now, soon_until=until, actor=current_actor())
    return list(found)


def _soon(today: date, calendar: Calendar) -> date:
    """The last of the business days that the warning looks ahead."""
    day = today
    for _ in range(DAYS_AHEAD):
        day = calendar.next_business_day(day)
    return day


def _urls(one: PromiseFigures, query: dict[str, str]) -> dict[str, str]:
    """The list of each figure that is not zero."""
    counts = {
        "tenues": one.kept,
        "en-retard": one.missed,
        "ouvertes-en-retard": one.open_late,
        "mises-a-part": one.excluded_count,
        "a-venir": one.not_due,
    }
    return {
        name: url_for("management.behind", code=one.code, outcome=name, **query)
        for name, count in counts.items()
        if count
    }


def _behind_line(one: Behind) -> dict[str, Any]:
    return {**result_parts.behind_line(one), "url": _file_url(one)}


def _file_url(one: Behind) -> str:
    if not one.opens:
        return ""
    is_request = one.kind == figure_lists.REQUEST
    endpoint = "staff.request_sheet" if is_request else "staff.case_file"
    return url_for(endpoint, public_id=one.public_id)


def _next_url(here: dict[str, str], after: Cursor | None) -> str:
    if after is None:
        return ""
    day, row_id = after
    return url_for("management.behind", **here, apres=f"{day.isoformat()}.{row_id}")


def _cursor(text: str) -> Cursor | None:
    """Where a page begins; what is no place of ours begins at the first line."""
    day, _, row_id = text.partition(".")
    try:
        return date.fromisoformat(day), int(row_id[: result_parts.LONGEST_ID])
    except ValueError:
        return None
