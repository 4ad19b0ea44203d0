"""The first page of an organization's space: what is left to do, and its files."""

from datetime import datetime
from typing import Any

from flask import redirect, render_template, request, url_for
from werkzeug.wrappers import Response

from grants.clock import utc_now
from grants.extensions import db
from grants.queries import applications, drafts, organizations, programs
from grants.web.session import choose_organization, current_actor
from grants.wording import statuses
from grants.wording.case_files import revision_of
from grants.wording.moments import moment, time_left


def dashboard() -> str:
    """What to do now: finish a draft, follow a file; or find one's organization first."""
    actor, session, now = current_actor(), db.session(), utc_now()
    places = organizations.places(session, actor=actor)
    if actor.organization_id is None:
        return render_template("applicant/welcome.html", places=places)
    team = organizations.team(session, actor=actor)
    sent = applications.sent_by_organization(session, actor=actor)
    return render_template(
        "applicant/dashboard.html",
        organization=organizations.own(session, actor=actor),
        places=[place for place in places if place.accepted_at],
        asked=[place for place in places if place.accepted_at is None],
        waiting=[place for place, _ in team if place.accepted_at is None],
        drafts=[_draft_card(line, now) for line in drafts.unsent(session, actor=actor)],
        to_do=[found for line in sent if (found := _to_do(line))],
        files=[_file_line(line) for line in sent],
        calls=programs.current_calls(session, now),
    )


def _draft_card(line: drafts.DraftLine, now: datetime) -> dict[str, Any]:
    left = time_left(line.opens_at, line.closes_at, now)
    return {"line": line, "left": left, "edited": moment(line.edited_at, now)}


def _to_do(line: applications.CaseLine) -> dict[str, Any] | None:
    """What a file waits for from its organization: first that its decision be read."""
    if line.is_unread:
        return {"line": line, "title": "Votre décision est prête à lire"}
    if line.is_to_sign:
        return {"line": line, "title": "Votre protocole d’entente attend une signature"}
    return None


def _file_line(line: applications.CaseLine) -> dict[str, Any]:
    word, kind = statuses.DECISION_READY if line.is_unread else statuses.tag(line.status)
    title = revision_of(line.first_number) if line.first_number else line.call_title
    due = statuses.next_date(line.next_due_at)
    return {"line": line, "title": title, "word": word, "kind": kind, "next": due}


def switch_organization() -> Response:
    """Act from now on for another of one's organizations; a foreign one is simply ignored."""
    choose_organization(request.form.get("organization", ""))
    return redirect(url_for("applicant.dashboard"), 303)
