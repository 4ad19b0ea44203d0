"""Decisions: the files that wait for one, the form, the letter read again, and the act."""

import secrets
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Any

from flask import current_app, flash, redirect, render_template, request, url_for
from werkzeug.wrappers import Response

from grants import clock
from grants.domain.calendar import local_date
from grants.domain.decisions import possible
from grants.domain.errors import DomainError
from grants.domain.flow import Status
from grants.domain.money import write_cents
from grants.domain.reviews import NEEDS_ELIGIBLE
from grants.extensions import db
from grants.operations import decisions as acts
from grants.operations.decisions import SendBackDetails
from grants.queries import case_files, decisions, directory, envelopes, reviews
from grants.queries.decisions import Cursor, WaitingFile
from grants.unit_of_work import saving
from grants.web.errors import or_404
from grants.web.session import current_actor
from grants.web.staff.decision_forms import (
    FIELDS,
    DecisionForm,
    SendBackForm,
    call_choices,
    choices,
    resource_choices,
)
from grants.web.staff.decision_parts import obstacle
from grants.web.staff.forms import show_refusal, summary
from grants.wording import decisions as words
from grants.wording import formats, letter_sheet
from grants.wording.directory import choice

if TYPE_CHECKING:
    from grants.models.case_files import CaseFile
    from grants.operations.rulings import Judged

LONGEST_ID = 9  # digits: what any database takes
EDIT = "edit"
SPLIT = "_"


@dataclass(frozen=True)
class WaitingLine:
    """One line of the list with its words."""

    file: WaitingFile
    url: str
    under: str
    recommended: str


@dataclass(frozen=True)
class Subject:
    """The file of this page, as values that an act does not change."""

    id: int
    public_id: str
    number: str
    organization: str
    requested_cents: int


def decisions_to_take() -> str:
    """The files that somebody recommended, the oldest first."""
    after = _cursor(request.args.get("apres", ""))
    page = decisions.waiting(db.session(), after, actor=current_actor())
    return render_template(
        "staff/decisions.html",
        lines=[_line(file) for file in page.files],
        first_url=url_for("staff.decisions") if after else "",
        next_url=_next_url(page.next_after),
    )


def _line(file: WaitingFile) -> WaitingLine:
    of = f" · révision de {file.first_number}" if file.first_number else ""
    return WaitingLine(
        file=file,
        url=url_for("staff.decide", public_id=file.public_id),
        under=f"{file.number}{of}",
        recommended=words.recommended(file.outcome, file.amount_cents),
    )


def _cursor(text: str) -> Cursor | None:
    """Where the page begins; an address that was damaged begins at the first line."""
    instant, _, row_id = text.rpartition(SPLIT)
    try:
        return datetime.fromisoformat(instant).astimezone(UTC), int(row_id[:LONGEST_ID])
    except (ValueError, OverflowError):
        return None


def _next_url(after: Cursor | None) -> str:
    if after is None:
        return ""
    return url_for("staff.decisions", apres=f"{after[0].isoformat()}{SPLIT}{after[1]}")


def decide(public_id: str) -> str | Response:
    """The form of a decision; posted from the letter, the act itself."""
    case = _case(public_id)
    subject, form = _subject(case), _form(case)
    if form.is_submitted() and request.form.get("step") != EDIT and _decided(form, subject):
        flash(f"{subject.organization}, {subject.number}\u00a0: la décision est prise.", "ok")
        return redirect(url_for("staff.decisions"), 303)
    if not form.is_submitted() and case.status != Status.RECOMMENDED:
        url = url_for("staff.case_file_tab", public_id=public_id, tab="decision")
        return redirect(url, 303)
    return _form_page(public_id, form)


def decide_preview(public_id: str) -> str | Response:
    """The exact letter and the envelope after the act; nothing is decided yet."""
    case = _case(public_id)
    subject, form = _subject(case), _form(case)
    foreseen = _foreseen(form, subject)
    if foreseen is None:
        return _form_page(public_id, form)
    sheet = foreseen.sheet
    return render_template(
        "staff/decide_preview.html",
        subject=subject,
        sheet=sheet,
        verdict=letter_sheet.verdict(sheet.outcome, is_revision=bool(sheet.of_number)),
        envelope=foreseen.envelope,
        address=foreseen.address,
        held=form.held(),
    )


def send_back(public_id: str) -> str | Response:
    """Give a file back to its analysis, with a reason."""
    case = _case(public_id)
    subject, form = _subject(case), SendBackForm(version=case.version)
    if form.is_submitted() and _sent_back(form, subject.id):
        flash(f"{subject.organization}, {subject.number}\u00a0: retour à l’analyse.", "ok")
        return redirect(url_for("staff.decisions"), 303)
    return render_template("staff/send_back.html", form=form, subject=subject, errors=summary(form))


def _case(public_id: str) -> "CaseFile":
    return or_404(case_files.one(db.session(), public_id, actor=current_actor()))


def _subject(case: "CaseFile") -> Subject:
    requested = reviews.requested_cents(db.session(), case)
    return Subject(case.id, case.public_id, case.number, case.organization.legal_name, requested)


def _form(case: "CaseFile") -> DecisionForm:
    """The form as posted, or as the recommendation would have it."""
    form = DecisionForm() if request.method == "POST" else DecisionForm(**_start(case))
    failed = reviews.unmet_criteria(db.session(), case)
    allowed = [one for one in possible(case.side or "") if not (failed and one in NEEDS_ELIGIBLE)]
    outcomes = {one.value: words.CHOICES[one] for one in allowed}
    choices(form, outcomes, reviews.rules(case).reasons)
    if failed:
        form.outcome.description = words.only_no(failed[0].label)
    calls = decisions.other_calls(db.session(), case.first.application.call, clock.utc_now())
    call_choices(form, [(call.id, f"{call.program.short_name}, {call.title}") for call in calls])
    return form


def _start(case: "CaseFile") -> dict[str, Any]:
    """What the form holds before anything is typed; a posted form falls back on none of it."""
    advice = decisions.recommendation(db.session(), case.id)
    amount = advice.amount_cents if advice else 0
    return {
        "public_id": secrets.token_hex(16),
        "version": case.version,
        "outcome": advice.outcome if advice else None,
        "granted": write_cents(amount) if amount else "",
    }


def _foreseen(form: DecisionForm, subject: Subject) -> "Judged | None":
    """What the decision would be; None when the form says what to repair."""
    actor, now = current_actor(), clock.utc_now()
    try:
        details = form.details(subject.requested_cents, _page_url(subject))
        with saving() as session:  # a refusal of duty is journaled from here on
            return acts.foresee(session, subject.id, details, actor=actor, now=now)
    except DomainError as error:
        form.show(error)
        return None


def _decided(form: DecisionForm, subject: Subject) -> bool:
    """Whether the act was done; otherwise the form says why not."""
    actor, now = current_actor(), clock.utc_now()
    try:
        details = form.details(subject.requested_cents, _page_url(subject))
        with saving() as session:
            acts.decide(session, subject.id, details, actor=actor, now=now)
    except DomainError as error:
        form.show(error)
        return False
    return True


def _sent_back(form: SendBackForm, case_file_id: int) -> bool:
    actor, now = current_actor(), clock.utc_now()
    try:
        details = SendBackDetails(form.reason.data or "", form.version.data)
        with saving() as session:
            acts.send_back(session, case_file_id, details, actor=actor, now=now)
    except DomainError as error:
        show_refusal(form, error, {**FIELDS, "*": "reason"})
        return False
    return True


def _page_url(subject: Subject) -> str:
    """The organization's page of this file, on the name that the settings give."""
    base = current_app.config["SETTINGS"].base_url
    return f"{base}{url_for('applicant.follow', public_id=subject.public_id)}"


def _resources() -> list[tuple[str, str]]:
    """The directory to choose from: one not checked for a year says so."""
    today = local_date(clock.utc_now())
    return [(one, choice(name, day, today)) for one, name, day in directory.choices(db.session())]


def _form_page(public_id: str, form: DecisionForm) -> str:
    """The form beside what a decision rests on."""
    session, case = db.session(), _case(public_id)
    call, subject = case.first.application.call, _subject(case)
    envelope = envelopes.of_year(session, call.program_id, call.year)
    if envelope:
        left = formats.money(envelope.left_cents)
        form.granted.description = f"Solde disponible de l’enveloppe\u00a0: {left}."
    resource_choices(form, _resources())
    return render_template(
        "staff/decide.html",
        form=form,
        case=case,
        subject=subject,
        call=call,
        helps={one: words.help_of(one, subject.requested_cents) for one in words.CHOICES},
        advice=decisions.recommendation(session, case.id),
        obstacle=obstacle(case, current_actor()),
        envelope=envelope,
        recommended=words.recommended,
        errors=summary(form),
    )
