"""Calls open to the organization, the start of a draft, and its list of tasks."""

from __future__ import annotations

import secrets
from collections.abc import Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from flask import abort, redirect, render_template, request, url_for

from grants.clock import utc_now
from grants.domain.access import Action
from grants.domain.errors import DomainError
from grants.domain.forms.checking import AmountTerms, section_state
from grants.domain.forms.description import FieldType, FormDefinition, Section
from grants.domain.intake import CallState, call_state
from grants.extensions import db
from grants.operations import drafts as acts
from grants.queries import drafts, programs
from grants.unit_of_work import saving
from grants.web.applicant.forms import StartForm
from grants.web.errors import or_404
from grants.web.session import current_actor
from grants.wording import formats
from grants.wording.moments import LeftWords, moment, time_left
from grants.wording.problems import sentence

if TYPE_CHECKING:
    from werkzeug.wrappers import Response

    from grants.models.drafts import Draft

STATE_WORDS = {
    "todo": ("À faire", "todo"),
    "doing": ("En cours", "doing"),
    "done": ("Terminé", "plain"),
}


@dataclass(frozen=True)
class OpenDraft:
    """A draft that is not sent, with its questionnaire and what its checks need."""

    row: Draft
    form: FormDefinition
    counts: Mapping[str, int]
    terms: AmountTerms
    left: LeftWords

    def state(self, section: Section) -> str:
        """Whether a section is to do, under way or done."""
        return section_state(section, self.row.answers, self.counts, self.terms)


def load_open(public_id: str) -> OpenDraft:
    """The draft of this page; a sent one leads to its confirmation, a foreign one to nothing."""
    session, actor = db.session(), current_actor()
    row = or_404(drafts.one(session, public_id, actor=actor))
    if row.case_file_id is not None:
        abort(redirect(url_for("applicant.confirmation", public_id=row.case_public_id), 303))
    call = row.call
    return OpenDraft(
        row=row,
        form=programs.definition(call.form_version),
        counts=drafts.file_counts(session, row.id),
        terms=programs.amount_terms(call.terms),
        left=time_left(call.opens_at, call.closes_at, utc_now()),
    )


def calls() -> str:
    """The calls that take applications now, and those that will."""
    session, now = db.session(), utc_now()
    mine = drafts.unsent(session, actor=current_actor())
    lines = [
        {
            "call": call,
            "left": time_left(call.opens_at, call.closes_at, now),
            "is_open": call_state(call.opens_at, call.closes_at, now) is CallState.OPEN,
            "draft": next((line for line in mine if line.call_id == call.id), None),
        }
        for call in programs.current_calls(session, now)
    ]
    return render_template("applicant/calls.html", lines=lines)


def start(public_id: str) -> str | tuple[str, int] | Response:
    """Start an application in a call; one already begun is shown first."""
    session, actor, now = db.session(), current_actor(), utc_now()
    call = or_404(programs.call(session, public_id))
    known = [line for line in drafts.unsent(session, actor=actor) if line.call_id == call.id]
    form, call_id, refused = StartForm(), call.id, ""
    if form.validate_on_submit() and (not known or "another" in request.form):
        try:
            with saving() as writing:
                draft = acts.start(writing, call_id, _new_id(form), actor=actor, now=now)
                draft_id = draft.public_id
            return redirect(url_for("applicant.tasks", public_id=draft_id), 303)
        except DomainError as error:
            refused = sentence(error)
    return render_template(
        "applicant/start.html",
        call=or_404(programs.call(db.session(), public_id)),
        new_id=secrets.token_hex(16),
        known=[{"line": line, "edited": moment(line.edited_at, now)} for line in known],
        left=time_left(call.opens_at, call.closes_at, now),
        is_open=call_state(call.opens_at, call.closes_at, now) is CallState.OPEN,
        errors=[{"sentence": refused}] if refused else [],
    )


def _new_id(form: StartForm) -> str:
    """The id that the page carried, unless it was tampered with."""
    given = form.public_id.data or ""
    right = len(given) == 32 and all(c in "0123456789abcdef" for c in given)
    return given if right else secrets.token_hex(16)


def tasks(public_id: str) -> str:
    """What is left to do before this application can be sent."""
    draft, now = load_open(public_id), utc_now()
    states = [draft.state(section) for section in draft.form.sections]
    edited = moment(draft.row.edited_at, now)
    may_write = current_actor().may(Action.WRITE_OWN)
    return render_template(
        "applicant/tasks.html",
        draft=draft.row,
        left=draft.left,
        tasks=[
            _task(draft, section, state, may_write)
            for section, state in zip(draft.form.sections, states, strict=True)
        ],
        done=states.count("done"),
        doing=states.count("doing"),
        saved=f"Enregistré {edited} par {draft.row.edited_by.full_name}",
        may_write=may_write,
    )


def _task(draft: OpenDraft, section: Section, state: str, may_write: bool) -> dict[str, Any]:
    word, kind = STATE_WORDS[state]
    url = url_for("applicant.section", public_id=draft.row.public_id, key=section.key)
    return {
        "label": section.title,
        "url": url if may_write else "",
        "state_word": word,
        "state_kind": kind,
        "hint": _hint(draft, section),
    }


def _hint(draft: OpenDraft, section: Section) -> str:
    """How many files a section received, where it asks for some."""
    asked = [question for question in section.fields if question.type is FieldType.FILE]
    if not asked:
        return ""
    received = sum(draft.counts.get(question.key, 0) for question in asked)
    return formats.count(received, "fichier reçu", "fichiers reçus")
