"""One section of the questionnaire: everything typed is kept, whatever it is."""

from dataclasses import dataclass, field
from typing import Any

from flask import abort, flash, redirect, render_template, request, url_for
from werkzeug.wrappers import Response

from grants.clock import utc_now
from grants.domain.errors import DomainError
from grants.domain.forms.checking import finished_sections, section_problems
from grants.domain.forms.description import Section
from grants.domain.uploads import ACCEPT, MAX_BYTES
from grants.extensions import db
from grants.operations import drafts as acts
from grants.operations.drafts import SectionDetails, section_mark
from grants.queries import drafts
from grants.unit_of_work import saving
from grants.web import form_engine
from grants.web.applicant.drafts import OpenDraft, load_open
from grants.web.applicant.file_slots import file_slots
from grants.web.session import current_actor
from grants.wording import answers, formats
from grants.wording.moments import moment

LATER = "later"


@dataclass
class Shown:
    """What a section page shows beside its stored answers."""

    form: form_engine.SectionForm
    theirs: answers.ShownSection | None = None
    theirs_note: str = ""
    file_errors: dict[str, str] = field(default_factory=dict)


def section(public_id: str, key: str) -> str | tuple[str, int] | Response:
    """The page of a section; a post keeps what was typed and goes where the button says."""
    draft = load_open(public_id)
    if key not in [one.key for one in draft.form.sections]:
        abort(404)
    chosen = draft.form.section(key)
    if request.method == "POST":
        return _save(draft, chosen)
    form = form_engine.section_form(chosen, draft.row.answers)
    said_finished = key in finished_sections(draft.row.answers)
    if said_finished or "verifier" in request.args:
        _show_problems(form, draft, chosen)
    return page(draft, chosen, Shown(form))


def _save(draft: OpenDraft, chosen: Section) -> str | tuple[str, int] | Response:
    form = form_engine.section_form(chosen, draft.row.answers, request.form)
    raw = form_engine.apply_row_button(form_engine.raw_answers(form), request.form)
    details = SectionDetails(
        key=chosen.key,
        raw=raw,
        finished=form_engine.is_finished(form),
        seen=request.form.get("seen", ""),
    )
    public_id, draft_id = draft.row.public_id, draft.row.id
    try:
        with saving() as session:
            acts.save_section(session, draft_id, details, actor=current_actor(), now=utc_now())
    except DomainError as error:
        if error.code == "already_sent":
            return redirect(url_for("applicant.tasks", public_id=public_id), 303)
        if error.code != "stale_page":
            raise
        return _both_texts(public_id, chosen, form)
    return redirect(_next_page(load_open(public_id), chosen), 303)


def _next_page(draft: OpenDraft, chosen: Section) -> str:
    """Where a save leads: the same table, the list, the same section to repair, or the next."""
    public_id = draft.row.public_id
    here = url_for("applicant.section", public_id=public_id, key=chosen.key)
    pressed = form_engine.row_button(request.form)
    if pressed is not None:
        return f"{here}#{pressed.table}"
    tasks = url_for("applicant.tasks", public_id=public_id)
    if LATER in request.form:
        flash(f"C’est enregistré, {moment(draft.row.edited_at, utc_now())}.", "ok")
        return tasks
    finished = chosen.key in finished_sections(draft.row.answers)
    if finished and section_problems(chosen, draft.row.answers, draft.counts, draft.terms):
        flash("C’est enregistré. Il reste à corriger ce qui suit.", "info")
        return here
    keys = [one.key for one in draft.form.sections]
    following = keys[keys.index(chosen.key) + 1 :]
    if not following:
        return tasks
    return url_for("applicant.section", public_id=public_id, key=following[0])


def _both_texts(public_id: str, chosen: Section, form: form_engine.SectionForm) -> tuple[str, int]:
    """Somebody saved this section meanwhile: one's own text stays, theirs is shown beside."""
    draft = load_open(public_id)
    theirs = answers.section_sheet(chosen, draft.row.answers, {})
    note = f"{draft.row.edited_by.full_name}, {moment(draft.row.edited_at, utc_now())}"
    return page(draft, chosen, Shown(form, theirs=theirs, theirs_note=note)), 409


def _show_problems(form: form_engine.SectionForm, draft: OpenDraft, chosen: Section) -> None:
    found = section_problems(chosen, draft.row.answers, draft.counts, draft.terms)
    form_engine.show_problems(form, found)


def page(draft: OpenDraft, chosen: Section, shown: Shown) -> str:
    """The page of a section: its questions, its files, its buttons."""
    form_engine.show_limits(shown.form, draft.terms)
    keys = [one.key for one in draft.form.sections]
    files = drafts.files(db.session(), draft.row.id)
    slots = file_slots(chosen, files, shown.file_errors)
    errors: list[Any] = [
        {"anchor": key, "sentence": text} for key, text in shown.file_errors.items()
    ]
    return render_template(
        "applicant/section.html",
        draft=draft.row,
        section=chosen,
        form=shown.form,
        seen=section_mark(chosen, draft.row.answers),
        slots=slots,
        theirs=shown.theirs,
        theirs_note=shown.theirs_note,
        over=f"Section {keys.index(chosen.key) + 1} sur {len(keys)} · {chosen.title}",
        saved=moment(draft.row.edited_at, utc_now()),
        accept=ACCEPT,
        size_limit=formats.size(MAX_BYTES),
        errors=[*errors, *shown.form.summary],
    )
