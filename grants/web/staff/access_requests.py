"""Requests for access that no responsible person can answer: checked by telephone, then settled."""

from flask import flash, redirect, render_template, request, url_for
from werkzeug.wrappers import Response

from grants import clock
from grants.extensions import db
from grants.operations import organizations as acts
from grants.queries import organizations
from grants.unit_of_work import saving
from grants.web.errors import or_404
from grants.web.session import current_actor

GIVE = "donner"


def access_requests() -> str:
    """Who waits at the door of an organization, and whether somebody there can open."""
    waiting = organizations.access_requests(db.session(), actor=current_actor())
    return render_template("staff/access_requests.html", waiting=waiting)


def answer_access(public_id: str) -> Response:
    """Give access, or refuse it, in the place of the responsible person."""
    actor = current_actor()
    waiting = organizations.access_requests(db.session(), actor=actor)
    asked = or_404(next((item for item in waiting if item.public_id == public_id), None))
    admitted = request.form.get("reponse") == GIVE
    with saving() as session:
        acts.admit(
            session, asked.membership_id, admitted=admitted, actor=actor, now=clock.utc_now()
        )
    told = "a maintenant accès à" if admitted else "n’a pas reçu l’accès à"
    flash(f"{asked.person} {told} {asked.organization}.", "ok")
    return redirect(url_for("staff.access_requests"), 303)
