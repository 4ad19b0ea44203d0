"""A file that was sent: its confirmation, its proof, its steps and its promised dates."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from flask import flash, redirect, render_template, request, url_for

from grants.clock import utc_now
from grants.domain.access import Action
from grants.domain.calendar import local_date
from grants.domain.errors import DomainError
from grants.domain.flow import CLOSED, TRANSITIONS, Act, Status
from grants.extensions import db
from grants.operations import applications as acts
from grants.operations.applications import WithdrawDetails
from grants.queries import absences, applications, calendars, decisions, revisions
from grants.unit_of_work import saving
from grants.web.applicant.followed import Followed, load, state, to_do
from grants.web.computed_date import explained
from grants.web.downloads import send_sealed, send_stored
from grants.web.errors import or_404
from grants.web.session import current_actor
from grants.wording import contacts
from grants.wording.problems import sentence

if TYPE_CHECKING:
    from werkzeug.wrappers import Response

    from grants.models.case_files import CaseFile

GROUP, GROUPS = 4, 4


def confirmation(public_id: str) -> str | Response:
    """The receipt of an application: it stays at this address. A revision has its own page."""
    followed, session = load(public_id), db.session()
    if followed.row.revision:
        return redirect(url_for("applicant.follow", public_id=public_id), 303)
    return render_template(
        "applicant/confirmation.html",
        **_facts(followed),
        address=applications.acknowledgement_address(session, followed.row.id),
        fingerprint=_fingerprint(followed.row.application.fingerprint),
    )


def _facts(followed: Followed) -> dict[str, Any]:
    row, session = followed.row, db.session()
    files = applications.files(session, row.first.id)
    return {
        "case_file": row,
        "application": row.first.application,
        "steps": followed.steps,
        "files": files,
        "files_size": sum(file.size for file in files),
        "proof": applications.proof(session, row.id),
        "secretariat": contacts.block(row.secretariat.name, row.secretariat.contact),
    }


def _fingerprint(text: str) -> str:
    """The first characters, in groups that can be read over the telephone."""
    groups = [text[start : start + GROUP] for start in range(0, GROUP * GROUPS, GROUP)]
    return " ".join(groups).upper()


def proof(public_id: str) -> Response:
    """The deposit proof; while it is being made, the confirmation page is the proof."""
    row = or_404(applications.one(db.session(), public_id, actor=current_actor()))
    or_404(row.application)  # the acknowledgement and the page are those of a revision
    document = applications.proof(db.session(), row.id)
    if document is None:
        flash("La preuve de dépôt est en préparation. D’ici là, cette page sert de preuve.", "info")
        return redirect(url_for("applicant.confirmation", public_id=public_id), 303)
    name = f"preuve-de-depot-{row.number}.pdf"
    return send_sealed(document.storage_key, document.sha256, name, "application/pdf")


def follow(public_id: str) -> str:
    """Where the file stands, what there is to do, who handles it, and what was said."""
    followed, session, actor = load(public_id), db.session(), current_actor()
    row = followed.row
    word, kind = state(followed)
    writes = actor.may(Action.WRITE_OWN)
    return render_template(
        "applicant/follow.html",
        **_facts(followed),
        stand_in=_stand_in(followed.row),
        advisor=followed.advisor,
        messages=applications.messages_sent(session, row.id),
        status_word=word,
        status_kind=kind,
        is_withdrawn=row.status == Status.WITHDRAWN,
        is_unread=followed.is_unread,
        is_closed=row.status in CLOSED,
        to_do=to_do(followed, actor),
        decision=None if followed.is_unread else followed.decision,
        letter=None if followed.is_unread else decisions.letter(session, row.id),
        asked=revisions.asked(session, row.id),
        may_withdraw=writes and _may_withdraw(row),
    )


def _stand_in(row: CaseFile) -> dict[str, Any] | None:
    """Until when the person who handles the file is away, and who takes their place."""
    session, today = db.session(), local_date(utc_now())
    away = absences.substitute_of(session, row.advisor_id, today) if row.advisor_id else None
    if away is None or away.substitute_gone:
        return None
    card = applications.advisor(session, away.substitute_id)
    return {"until_on": away.until_on, "card": card}


def _may_withdraw(row: CaseFile) -> bool:
    """Whether a file may still be taken back: until it is decided."""
    return (Status(row.status), Act.WITHDRAW) in TRANSITIONS


def clock(public_id: str, clock_id: int) -> str:
    """How a promised date was computed, day by day."""
    session, actor = db.session(), current_actor()
    row = or_404(applications.one(session, public_id, actor=actor))
    found = or_404(applications.clock(session, public_id, clock_id, actor=actor))
    calendar = calendars.calendar(session)
    return render_template(
        "applicant/clock.html",
        case_file=row,
        facts=explained(found, row.secretariat, calendar, now=utc_now()),
        secretariat=contacts.block(row.secretariat.name, row.secretariat.contact),
    )


def received_file(public_id: str, file_id: str) -> Response:
    """A file received with the application, to be saved."""
    file = or_404(
        applications.file_of_case(db.session(), public_id, file_id, actor=current_actor())
    )
    return send_stored(file.storage_key, file.filename, file.media_type)


def withdraw(public_id: str) -> str | tuple[str, int] | Response:
    """Take an application back, confirmed on a page of its own."""
    row = or_404(applications.one(db.session(), public_id, actor=current_actor()))
    errors: list[dict[str, str]] = []
    if request.method == "GET" and not _may_withdraw(row):
        return redirect(url_for("applicant.follow", public_id=public_id), 303)
    if request.method == "POST":
        details = WithdrawDetails(version=request.form.get("version", -1, type=int))
        case_file_id = row.id
        try:
            with saving() as session:
                acts.withdraw(session, case_file_id, details, actor=current_actor(), now=utc_now())
            flash("La demande est retirée.", "ok")
            return redirect(url_for("applicant.follow", public_id=public_id), 303)
        except DomainError as error:
            errors = [{"sentence": sentence(error)}]
    return render_template("applicant/withdraw.html", case_file=row, errors=errors)
