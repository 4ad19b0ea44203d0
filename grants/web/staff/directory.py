"""The directory kept by staff: the list, one resource, and the acts of one button."""

from typing import TYPE_CHECKING

from flask import flash, redirect, render_template, request, url_for
from werkzeug.wrappers import Response

from grants import clock
from grants.domain.access import Action
from grants.extensions import db
from grants.operations import directory as acts
from grants.queries import directory
from grants.unit_of_work import saving
from grants.web.directory import OLD, listed, one_line
from grants.web.errors import or_404
from grants.web.session import current_actor
from grants.web.staff.forms import ActForm

if TYPE_CHECKING:
    from grants.queries.directory import FoundResource


def resources() -> str:
    """The directory, with those that nobody checked for a year."""
    may_keep = current_actor().may(Action.KEEP_DIRECTORY)
    facts = listed("staff.resources")
    return render_template("staff/resources.html", **facts, old=OLD, may_keep=may_keep)


def resource(public_id: str) -> str:
    """One resource; retired, it only says so."""
    found = _found(public_id)
    may_keep = current_actor().may(Action.KEEP_DIRECTORY) and not found.is_retired
    return render_template("staff/resource.html", line=one_line(found), may_keep=may_keep)


def confirm_resource(public_id: str) -> Response:
    """The coordinates hold today."""
    resource_id, name = (found := _found(public_id)).id, found.name
    with saving() as session:
        acts.confirm(session, resource_id, actor=current_actor(), now=clock.utc_now())
    flash(f"{name}\u00a0: coordonnées vérifiées aujourd’hui.", "ok")
    return redirect(url_for("staff.resource", public_id=public_id), 303)


def retire_resource(public_id: str) -> str | Response:
    """Take a resource out of the directory, once the page said what follows."""
    found = _found(public_id)
    if request.method == "GET":
        return render_template("staff/retire_resource.html", line=one_line(found), form=ActForm())
    with saving() as session:
        acts.retire(session, found.id, actor=current_actor(), now=clock.utc_now())
    flash(f"{found.name}\u00a0: la ressource est retirée du répertoire.", "ok")
    return redirect(url_for("staff.resources"), 303)


def _found(public_id: str) -> "FoundResource":
    return or_404(directory.one(db.session(), public_id))
