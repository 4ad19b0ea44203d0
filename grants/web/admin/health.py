"""The health of the installation: each thing looked at is right, or says what to do."""

import re

from flask import current_app, flash, redirect, render_template, request, url_for
from werkzeug.wrappers import Response

from grants import clock
from grants.extensions import db
from grants.operations import installation as acts
from grants.queries import installation
from grants.queries.health import ENOUGH_BYTES
from grants.unit_of_work import saving
from grants.web.session import current_actor
from grants.wording.health import WORKS, lines

ROW_ID = re.compile("[0-9]{1,18}")  # what any database takes


def health() -> str:
    """What waits, what was given up, what was written outside, what is left."""
    found = installation.standing(db.session())
    free = current_app.extensions["storage"].free_bytes()
    looked_at = lines(found, free, ENOUGH_BYTES, clock.utc_now())
    return render_template(
        "admin/health.html",
        lines=looked_at,
        to_repair=sum(1 for line in looked_at if not line.right),
        given_up=found.given_up,
        given_up_count=found.given_up_count,
        works=WORKS,
    )


def retry() -> Response:
    """Try again what was given up."""
    typed = request.form.get("envoi", "")
    row_id = int(typed) if ROW_ID.fullmatch(typed) else 0
    with saving() as session:
        done = acts.retry(session, row_id, actor=current_actor(), now=clock.utc_now())
    if done:
        flash("L’envoi reprend d’ici une minute.", "ok")
    else:
        flash("Cet envoi n’est plus abandonné.", "ok")
    return redirect(url_for("admin.health"), 303)
