"""Files of a draft: sent one at a time as soon as they are chosen, read back, removed."""

from flask import abort, current_app, flash, redirect, render_template, request, url_for
from werkzeug.wrappers import Response

from grants.clock import utc_now
from grants.domain.errors import DomainError
from grants.domain.forms.description import Section
from grants.extensions import db
from grants.operations import attachments as acts
from grants.operations.attachments import FileDetails
from grants.queries import drafts
from grants.unit_of_work import saving
from grants.web import form_engine, uploads
from grants.web.applicant.drafts import OpenDraft, load_open
from grants.web.applicant.forms import ConfirmForm
from grants.web.applicant.sections import Shown, page
from grants.web.downloads import send_stored
from grants.web.errors import or_404
from grants.web.session import current_actor
from grants.wording.problems import sentence

UNPROCESSABLE = 422


def add_file(public_id: str, key: str) -> str | tuple[str, int] | Response:
    """Receive one file for one document; the other answers of the page are not touched."""
    draft = load_open(public_id)
    section = _section_of(draft, key)
    try:
        _keep(draft.row.id, key, request.form.get("public_id", ""))
    except DomainError as error:
        return _refused(public_id, section.key, key, error)
    flash("Le fichier est reçu.", "ok")
    return redirect(_back(public_id, section.key, key), 303)


def _keep(draft_id: int, key: str, public_id: str) -> None:
    """Look at the file, store it, then record it; what could not be recorded is forgotten."""
    stored = uploads.receive(request.files.get("file"))
    details = FileDetails(
        public_id=public_id[:32] or stored.storage_key,
        field_key=key,
        filename=stored.filename,
        media_type=stored.media_type,
        size=stored.size,
        sha256=stored.sha256,
        storage_key=stored.storage_key,
    )
    try:
        with saving() as session:
            kept = acts.attach(session, draft_id, details, actor=current_actor(), now=utc_now())
            is_new = kept.storage_key == stored.storage_key
    except BaseException:
        current_app.extensions["storage"].delete(stored.storage_key)
        raise
    if not is_new:
        current_app.extensions["storage"].delete(stored.storage_key)


def _refused(
    public_id: str, section_key: str, key: str, error: DomainError
) -> tuple[str, int] | Response:
    if error.code == "already_sent":
        return redirect(url_for("applicant.tasks", public_id=public_id), 303)
    draft = load_open(public_id)
    section = draft.form.section(section_key)
    form = form_engine.section_form(section, draft.row.answers)
    return page(draft, section, Shown(form, file_errors={key: sentence(error)})), UNPROCESSABLE


def draft_file(public_id: str, file_id: str) -> Response:
    """A file of a draft, to be saved."""
    file = or_404(drafts.file_of_draft(db.session(), public_id, file_id, actor=current_actor()))
    return send_stored(file.storage_key, file.filename, file.media_type)


def remove_file(public_id: str, file_id: str) -> str | tuple[str, int] | Response:
    """Take a file out of a draft, confirmed on a page of its own."""
    draft = load_open(public_id)
    file = or_404(drafts.file_of_draft(db.session(), public_id, file_id, actor=current_actor()))
    section, key, file_row_id = _section_of(draft, file.field_key), file.field_key, file.id
    back = _back(public_id, section.key, key)
    if ConfirmForm().validate_on_submit():
        with saving() as session:
            acts.remove(session, file_row_id, actor=current_actor(), now=utc_now())
        flash("Le fichier est retiré.", "ok")
        return redirect(back, 303)
    return render_template(
        "applicant/remove_file.html",
        draft=draft.row,
        file=file,
        question=section.field(key),
        back_url=back,
    )


def _section_of(draft: OpenDraft, key: str) -> Section:
    try:
        return draft.form.section_of(key)
    except KeyError:
        abort(404)


def _back(public_id: str, section_key: str, key: str) -> str:
    return url_for("applicant.section", public_id=public_id, key=section_key, _anchor=key)
