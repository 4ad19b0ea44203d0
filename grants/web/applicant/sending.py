"""Reading everything again, then sending once: decided by the instant of arrival."""

from dataclasses import dataclass
from typing import Any

from flask import flash, redirect, render_template, request, url_for
from werkzeug.wrappers import Response

from grants.clock import utc_now
from grants.domain.access import Action
from grants.domain.errors import DomainError
from grants.domain.forms.checking import section_problems
from grants.domain.forms.description import Section
from grants.domain.intake import CallState, call_state
from grants.extensions import db
from grants.operations import applications as acts
from grants.operations.applications import SendDetails
from grants.queries import drafts
from grants.unit_of_work import saving
from grants.web import form_engine
from grants.web.applicant.drafts import OpenDraft, load_open
from grants.web.session import arrived_at, current_actor
from grants.wording import answers, formats
from grants.wording.problems import sentence

CONFLICT = 409


@dataclass(frozen=True)
class Missing:
    """One thing left to repair: the page and the field to go to, and what to do there."""

    url: str
    sentence: str


def check(public_id: str) -> str:
    """Every answer as it will be sent, and what is still missing."""
    return _check_page(load_open(public_id))


def _check_page(draft: OpenDraft, refused: str = "") -> str:
    row = draft.row
    now_state = call_state(row.call.opens_at, row.call.closes_at, utc_now())
    return render_template(
        "applicant/check.html",
        draft=row,
        left=draft.left,
        sections=answers.sheet(draft.form, row.answers, _file_names(draft)),
        edit_url=_edit_url(row.public_id) if current_actor().may(Action.WRITE_OWN) else None,
        missing=_missing(draft),
        is_open=now_state is CallState.OPEN,
        may_send=current_actor().may(Action.WRITE_OWN),
        errors=[{"anchor": "envoyer", "sentence": refused}] if refused else [],
    )


def _edit_url(public_id: str) -> Any:
    return lambda key: url_for("applicant.section", public_id=public_id, key=key, verifier=1)


def _file_names(draft: OpenDraft) -> dict[str, list[str]]:
    names: dict[str, list[str]] = {}
    for file in drafts.files(db.session(), draft.row.id):
        words = f"{file.filename} ({formats.size(file.size)})"
        names.setdefault(file.field_key, []).append(words)
    return names


def _missing(draft: OpenDraft) -> list[tuple[str, list[Missing]]]:
    """What is left to repair, by title of section."""
    parts = [(section.title, _missing_in(draft, section)) for section in draft.form.sections]
    return [(title, lines) for title, lines in parts if lines]


def _missing_in(draft: OpenDraft, section: Section) -> list[Missing]:
    url = _edit_url(draft.row.public_id)(section.key)
    return [
        Missing(
            f"{url}#{form_engine.anchor(section, problem)}",
            answers.problem_line(section, problem),
        )
        for problem in section_problems(section, draft.row.answers, draft.counts, draft.terms)
    ]


def send(public_id: str) -> str | tuple[str, int] | Response:
    """Send the application; the same post twice leads to the same confirmation."""
    draft_id = load_open(public_id).row.id
    details = SendDetails(version=request.form.get("version", -1, type=int))
    try:
        with saving() as session:
            case_file = acts.send(
                session,
                draft_id,
                details,
                actor=current_actor(),
                arrived_at=arrived_at(),
                now=utc_now(),
            )
            case_public_id = case_file.public_id
    except DomainError as error:
        return _refused(public_id, error)
    return redirect(url_for("applicant.confirmation", public_id=case_public_id), 303)


def _refused(public_id: str, error: DomainError) -> str | tuple[str, int] | Response:
    """What a refused sending shows: the first result, the closing, or what to repair."""
    if error.code == "already_sent":
        case_public_id = error.facts["case_public_id"]
        return redirect(url_for("applicant.confirmation", public_id=case_public_id), 303)
    if error.code == "incomplete":
        flash(sentence(error), "info")
        return redirect(url_for("applicant.check", public_id=public_id), 303)
    draft = load_open(public_id)
    if error.code == "call_closed":
        return _too_late(draft), CONFLICT
    return _check_page(draft, refused=sentence(error)), CONFLICT


def _too_late(draft: OpenDraft) -> str:
    """Say to the second when it arrived and when the call closed, and what remains possible."""
    return render_template(
        "applicant/too_late.html",
        draft=draft.row,
        arrived=formats.instant_to_the_second(arrived_at()),
        closed=formats.instant_to_the_second(draft.row.call.closes_at),
    )
