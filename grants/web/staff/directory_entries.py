"""Writing a line of the directory: a new resource, or a changed one."""

from typing import Any

from flask import flash, redirect, render_template, request, url_for
from werkzeug.wrappers import Response

from grants import clock
from grants.domain.directory import Kind, fingerprint
from grants.domain.errors import DomainError
from grants.extensions import db
from grants.operations import directory as acts
from grants.operations.directory import AddDetails, ChangeDetails
from grants.queries import directory
from grants.unit_of_work import saving
from grants.web.errors import or_404
from grants.web.session import current_actor
from grants.web.staff.directory_forms import (
    RESOURCE_FIELDS,
    ResourceForm,
    new_id,
    page_id,
    region_choices,
)
from grants.web.staff.forms import show_refusal, summary


def add_resource() -> str | Response:
    """Add a resource to the directory."""
    form = _form({"public_id": new_id(), "kind": Kind.COMMUNITY.value})
    added = _added(form) if form.is_submitted() else ""
    if added:
        flash(f"{form.name.data}\u00a0: la ressource est au répertoire.", "ok")
        return redirect(url_for("staff.resource", public_id=added), 303)
    return _page(form, url_for("staff.add_resource"), name="")


def change_resource(public_id: str) -> str | Response:
    """Change a resource, which counts as a check of it."""
    found = or_404(directory.active(db.session(), public_id))
    form = _form({**vars(found.entry), "seen": fingerprint(found.entry)})
    if form.is_submitted() and _changed(form, found.id):
        flash(f"{form.name.data}\u00a0: la ressource est modifiée et vérifiée aujourd’hui.", "ok")
        return redirect(url_for("staff.resource", public_id=public_id), 303)
    here = url_for("staff.change_resource", public_id=public_id)
    return _page(form, here, name=found.name)


def _form(start: dict[str, Any]) -> ResourceForm:
    """The form as posted, or as it starts; a posted form falls back on nothing."""
    form = ResourceForm() if request.method == "POST" else ResourceForm(**start)
    region_choices(form, directory.regions(db.session()))
    return form


def _added(form: ResourceForm) -> str:
    """The public id of the resource; empty when the form says what to repair."""
    actor, now = current_actor(), clock.utc_now()
    details = AddDetails(page_id(form.public_id), form.entry())
    try:
        with saving() as session:
            return acts.add(session, details, actor=actor, now=now).public_id
    except DomainError as error:
        _show(form, error)
        return ""


def _changed(form: ResourceForm, resource_id: int) -> bool:
    actor, now = current_actor(), clock.utc_now()
    try:
        with saving() as session:
            details = ChangeDetails(form.entry(), form.seen.data or "")
            acts.change(session, resource_id, details, actor=actor, now=now)
    except DomainError as error:
        _show(form, error)
        return False
    return True


def _show(form: ResourceForm, error: DomainError) -> None:
    """Put a refusal beside its field: the one it names, or that of its code."""
    named = {error.code: str(error.facts["field"])} if "field" in error.facts else {}
    show_refusal(form, error, {**RESOURCE_FIELDS, **named})


def _page(form: ResourceForm, here: str, name: str) -> str:
    return render_template(
        "staff/resource_form.html", form=form, here=here, name=name, errors=summary(form)
    )
