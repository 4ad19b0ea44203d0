"""The page of one file: what the rule says to do now, then its parts behind tabs."""

from typing import TYPE_CHECKING, Any

from flask import Response, render_template, url_for

from grants import clock as clocks
from grants.domain.access import Action
from grants.domain.flow import Status
from grants.extensions import db
from grants.queries import applications, calendars, case_files, case_history, programs, reviews
from grants.web import computed_date
from grants.web.downloads import send_sealed, send_stored
from grants.web.errors import or_404
from grants.web.session import current_actor
from grants.web.staff.agreements import agreement_part
from grants.web.staff.case_acts import may_be_assigned
from grants.web.staff.case_parts import history, messages, next_act, promises, soonest
from grants.web.staff.decision_parts import decision_part
from grants.web.staff.referrals import referral_facts
from grants.web.staff.review import review_part
from grants.web.staff.revisions import revision_asked, revision_part
from grants.wording import answers, statuses
from grants.wording.case_files import CHANNELS, DOCUMENTS

if TYPE_CHECKING:
    from grants.models.case_files import CaseFile

ANSWERS, PARTS, PROMISES, HISTORY = "reponses", "pieces", "promesses", "historique"
REVIEW, DECISION, AGREEMENT = "analyse", "decision", "protocole"
TEMPLATES = {
    ANSWERS: "staff/case_answers.html",
    PARTS: "staff/case_attachments.html",
    REVIEW: "staff/case_review.html",
    DECISION: "staff/case_decision.html",
    AGREEMENT: "staff/case_agreement.html",
    PROMISES: "staff/case_promises.html",
    HISTORY: "staff/case_history.html",
}
TABS = {
    ANSWERS: "Réponses",
    PARTS: "Pièces et documents",
    REVIEW: "Analyse",
    DECISION: "Décision",
    AGREEMENT: "Protocole et versements",
    PROMISES: "Promesses et messages",
    HISTORY: "Historique",
}
DECIDED = (Status.GRANTED, Status.REFUSED, Status.STANDBY, Status.UPHELD, Status.SIGNED)
SHOWN_IN: dict[str, tuple[Status, ...]] = {
    DECISION: (Status.RECOMMENDED, *DECIDED, Status.PAID),
    AGREEMENT: (Status.GRANTED, Status.SIGNED, Status.PAID),
}
"""The states in which a part of the file is shown; the others always are."""


def case_file(public_id: str) -> str:
    """The answers of the organization, as they were sent; those of the first file, for a
    revision, after its grounds."""
    case = _case(public_id)
    form = programs.definition(case.first.application.form_version)
    names = _file_names(case.first)
    sheet, missing = answers.sheet(form, case.first.application.answers, names), 0
    if case.first.channel != "web":
        sheet, missing = answers.only_given(sheet)
    first = {"first": case.first, "first_channel": CHANNELS[case.first.channel]}
    revision = revision_part(case)
    return _page(case, ANSWERS, sections=sheet, missing=missing, revision=revision, **first)


def case_file_tab(public_id: str, tab: str) -> str:
    """Another part of the file: what came and was made, decision, promises, history."""
    case = _case(public_id)
    parts = {
        PARTS: _attachments,
        DECISION: decision_part,
        AGREEMENT: agreement_part,
        PROMISES: _promises,
        HISTORY: _history,
    }
    return _page(case, tab, **parts[tab](case))


def review(public_id: str) -> str:
    """The review of the file: documents, criteria, recommendation."""
    case = _case(public_id)
    return _page(case, REVIEW, **review_part(case, current_actor()))


def clock(public_id: str, clock_id: int) -> str:
    """Comment cette date est calculée."""
    actor, session = current_actor(), db.session()
    case = or_404(case_files.one(session, public_id, actor=actor))
    row = or_404(case_files.clock(session, public_id, clock_id, actor=actor))
    calendar = calendars.calendar(session)
    shown = computed_date.explained(row, case.secretariat, calendar, now=clocks.utc_now())
    return render_template("staff/clock.html", case=case, computed=shown)


def attachment(public_id: str, attachment_id: str) -> Response:
    """A file that came with the application, to save."""
    found = or_404(
        case_files.attachment(db.session(), public_id, attachment_id, actor=current_actor())
    )
    return send_stored(found.storage_key, found.filename, found.media_type)


def document(public_id: str, document_id: str) -> Response:
    """A document that the system made for the file, to save."""
    session, actor = db.session(), current_actor()
    case = or_404(case_files.one(session, public_id, actor=actor))
    found = or_404(case_files.document(session, public_id, document_id, actor=actor))
    name = f"{DOCUMENTS[found.kind]} {case.number}.pdf"
    return send_sealed(found.storage_key, found.sha256, name, "application/pdf")


def _case(public_id: str) -> "CaseFile":
    return or_404(case_files.one(db.session(), public_id, actor=current_actor()))


def _page(case: "CaseFile", tab: str, **parts: Any) -> str:
    """The head of the file, the same on every tab, and the part asked for."""
    session, actor = db.session(), current_actor()
    sent = case_history.messages(session, case.id)
    running = case_files.clocks(session, case.id)
    return render_template(
        TEMPLATES[tab],
        case=case,
        tabs=_tabs(case, tab),
        status=statuses.tag(case.status),
        channel=CHANNELS[case.channel],
        next_act=next_act(case, sent, running, actor),
        chip=soonest(running, calendars.calendar(session), clocks.utc_now()),
        requested_cents=reviews.requested_cents(session, case),
        asked=revision_asked(case, actor),
        may_assign=may_be_assigned(case, actor),
        may_record=actor.may(Action.RECORD_PAPER) and case.closed_at is None,
        **parts,
    )


def _tabs(case: "CaseFile", current: str) -> list[dict[str, Any]]:
    """The parts of the file in reading order; a part that cannot be there yet is left out."""
    here = {"public_id": case.public_id}
    urls = {
        ANSWERS: url_for("staff.case_file", **here),
        REVIEW: url_for("staff.review", **here),
    }
    return [
        {
            "label": label,
            "url": urls.get(tab) or url_for("staff.case_file_tab", tab=tab, **here),
            "current": tab == current,
        }
        for tab, label in TABS.items()
        if case.status in SHOWN_IN.get(tab, (case.status,))
    ]


def _file_names(case: "CaseFile") -> dict[str, list[str]]:
    names: dict[str, list[str]] = {}
    for file in applications.files(db.session(), case.id):
        names.setdefault(file.field_key, []).append(file.filename)
    return names


def _attachments(case: "CaseFile") -> dict[str, Any]:
    session = db.session()
    form = programs.definition(case.first.application.form_version)
    return {
        "attachments": applications.files(session, case.first.id),
        "labels": {question.key: question.label for question in form.fields},
        "documents": case_files.documents(session, case.id),
        "document_names": DOCUMENTS,
    }


def _promises(case: "CaseFile") -> dict[str, Any]:
    session, now = db.session(), clocks.utc_now()
    calendar = calendars.calendar(session)
    return {
        "promises": promises(case_files.clocks(session, case.id), calendar, now),
        "messages": messages(case_history.messages(session, case.id)),
    }


def _history(case: "CaseFile") -> dict[str, Any]:
    session, now = db.session(), clocks.utc_now()
    return {
        "events": history(case_history.journal(session, case.id), now),
        "assignments": case_history.assignments(session, case.id),
        **referral_facts(case.id, case.public_id),
    }
