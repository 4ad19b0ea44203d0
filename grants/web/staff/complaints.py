"""Complaints, for their circle: the registry, and the sheet of one. Nobody else finds a page."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from flask import abort, redirect, render_template, request, url_for
from werkzeug.wrappers import Response

from grants import clock
from grants.domain.access import Action, Actor
from grants.domain.calendar import local_date
from grants.domain.complaint_counts import Share, YearCounts, count, fiscal_year
from grants.extensions import db
from grants.queries import complaint_parts
from grants.queries import complaints as queries
from grants.queries.complaints import Cursor, ListedComplaint
from grants.web.errors import or_404
from grants.web.session import current_actor
from grants.web.staff.complaint_sheet import Promised, promised, sheet
from grants.wording import complaints as words

LONGEST_ID = 9  # digits: what any database takes
CLOSED = "fermees"


@dataclass(frozen=True)
class Line:
    """One line of the registry, ready to print."""

    complaint: ListedComplaint
    status: tuple[str, str]
    requester: str
    acknowledged: Promised | None
    answered: Promised


def complaints() -> str:
    """The registry: whoever is in no circle finds no page here."""
    actor, now, session = current_actor(), clock.utc_now(), db.session()
    if not queries.any_in_sight(session, actor):
        abort(404)
    closed = request.args.get("etat") == CLOSED
    after = _cursor(request.args.get("apres", ""))
    page = queries.registry(session, closed=closed, after=after, actor=actor)
    return render_template(
        "staff/complaints.html",
        lines=[_line(one, local_date(now)) for one in page.complaints],
        tabs=_tabs(closed),
        closed=closed,
        counts=_counts(actor, now),
        first_url=_url(closed, None) if after else "",
        next_url=_url(closed, page.next_after) if page.next_after else "",
    )


def complaint(public_id: str) -> str:
    """Everything about one complaint."""
    found = or_404(queries.one(db.session(), public_id, actor=current_actor()))
    shown = sheet(found, current_actor(), clock.utc_now())
    return render_template("staff/complaint.html", public_id=public_id, **shown)


def entrusted(public_id: str) -> Response:
    """Where the mail to a person named leads: it looks nothing up, the sheet does."""
    return redirect(url_for("staff.complaint", public_id=public_id), 303)


def _line(one: ListedComplaint, today: date) -> Line:
    acknowledged = promised(one.acknowledge_due_on, one.acknowledged_at, today)
    return Line(
        complaint=one,
        status=words.TAGS[one.status],
        requester=one.requester or words.ANONYMOUS,
        acknowledged=None if one.anonymous else acknowledged,
        answered=promised(one.answer_due_on, one.concluded_at, today),
    )


def _tabs(closed: bool) -> list[dict[str, Any]]:
    return [
        {"label": "En cours", "url": _url(False, None), "current": not closed},
        {"label": "Fermées", "url": _url(True, None), "current": closed},
    ]


def _url(closed: bool, after: Cursor | None) -> str:
    place = f"{after[0]:d}_{after[1].isoformat()}_{after[2]}" if after else None
    return url_for("staff.complaints", etat=CLOSED if closed else None, apres=place)


def _cursor(text: str) -> Cursor | None:
    """Where the page begins; an address that was damaged begins at the first line."""
    before, _, row_id = text.rpartition("_")
    concluded, _, day = before.partition("_")
    try:
        return concluded == "1", date.fromisoformat(day), int(row_id[:LONGEST_ID])
    except ValueError:
        return None


def _counts(actor: Actor, now: datetime) -> Sequence[dict[str, Any]]:
    """This fiscal year and the last, for who handles complaints; nothing for who was named."""
    if not actor.may(Action.HANDLE_COMPLAINT):
        return ()
    today = local_date(now)
    began = fiscal_year(today)
    return [_year(year, actor, today) for year in (began, began - 1)]


def _year(began: int, actor: Actor, today: date) -> dict[str, Any]:
    first, after = date(began, 4, 1), date(began + 1, 4, 1)
    rows = complaint_parts.counted(db.session(), first, after, actor=actor)
    found: YearCounts = count(rows, today)
    return {
        "year": words.year(began),
        "received": found.received,
        "acknowledged": _share(found.acknowledged),
        "concluded": _share(found.concluded),
        "founded": _share(Share(found.founded, found.ended)),
    }


def _share(share: Share) -> str:
    return f"{share.on_time} sur {share.over}" if share.over else "aucune"
