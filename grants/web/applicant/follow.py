"""A file that was sent: its confirmation, its proof, its steps and its promised dates."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from flask import flash, redirect, render_template, request, url_for

from grants.clock import utc_now
from grants.domain.access import Action
from grants.domain.calendar import local_date
from grants.domain.errors import DomainError
from grants.domain.flow import CLOSED
from grants.extensions import db
from grants.operations import applications as acts
from grants.operations.applications import WithdrawDetails
from grants.queries import applications, calendars, commitments
from grants.unit_of_work import saving
from grants.web.computed_date import explained
from grants.web.downloads import send_stored
from grants.web.errors import or_404
from grants.web.session import current_actor
from grants.wording import contacts, promises, statuses, steps
from grants.wording.problems import sentence

if TYPE_CHECKING:
    from werkzeug.wrappers import Response

    from grants.models.case_files import CaseFile, Clock

ACKNOWLEDGEMENT_CODES = ("SACA_ACK", "SCT_ACK")
GROUP, GROUPS = 4, 4


@dataclass(frozen=True)
class Followed:
    """A file as its organization sees it, with its steps."""

    row: CaseFile
    advisor: applications.AdvisorCard | None
    steps: list[dict[str, Any]]


def load(public_id: str) -> Followed:
    """The file of this page; a foreign one answers as if it did not exist."""
    session = db.session()
    row = or_404(applications.one(session, public_id, actor=current_actor()))
    advisor = applications.advisor(session, row.advisor_id) if row.advisor_id else None
    facts = steps.FileFacts(
        received_at=row.received_at,
        acknowledgement=_acknowledgement(row),
        advisor=f"{advisor.name}, {advisor.title.lower()}" if advisor else "",
        decision_due_on=row.application.call.decision_due_on,
        payment_delay=_payment_delay(row),
    )
    return Followed(row, advisor, steps.of_file(facts, utc_now()))


def _acknowledgement(row: CaseFile) -> steps.Acknowledgement | None:
    for clock in row.clocks:
        if clock.commitment.code in ACKNOWLEDGEMENT_CODES:
            url = _clock_url(row, clock)
            return steps.Acknowledgement(clock.due_at, clock.stopped_at, url)
    return None


def _clock_url(row: CaseFile, clock: Clock) -> str:
    return url_for("applicant.clock", public_id=row.public_id, clock_id=clock.id)


def _payment_delay(row: CaseFile) -> str:
    """The delay of payment that the declaration in force promises, in words."""
    on = local_date(row.received_at)
    for commitment in commitments.in_force(db.session(), row.secretariat_id, on):
        if commitment.code == "SACA_PAY" and commitment.quantity and commitment.unit:
            return promises.delay(commitment.quantity, commitment.unit)
    return ""


def confirmation(public_id: str) -> str:
    """The receipt of an application: it stays at this address."""
    followed, session = load(public_id), db.session()
    return render_template(
        "applicant/confirmation.html",
        **_facts(followed),
        address=applications.acknowledgement_address(session, followed.row.id),
        fingerprint=_fingerprint(followed.row.application.fingerprint),
    )


def _facts(followed: Followed) -> dict[str, Any]:
    row, session = followed.row, db.session()
    files = applications.files(session, row.id)
    return {
        "case_file": row,
        "application": row.application,
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
    document = applications.proof(db.session(), row.id)
    if document is None:
        flash("La preuve de dépôt est en préparation. D’ici là, cette page sert de preuve.", "info")
        return redirect(url_for("applicant.confirmation", public_id=public_id), 303)
    name = f"preuve-de-depot-{row.number}.pdf"
    return send_stored(document.storage_key, name, "application/pdf")


def follow(public_id: str) -> str:
    """Where the file stands, who handles it, and what was said."""
    followed, session = load(public_id), db.session()
    row = followed.row
    word, kind = statuses.tag(row.status)
    is_open = row.status not in CLOSED
    return render_template(
        "applicant/follow.html",
        **_facts(followed),
        advisor=followed.advisor,
        messages=applications.messages_sent(session, row.id),
        status_word=word,
        status_kind=kind,
        is_open=is_open,
        may_withdraw=is_open and current_actor().may(Action.WRITE_OWN),
    )


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
