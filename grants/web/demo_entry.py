"""One click into the demonstration, on the machine itself only."""

from itertools import groupby
from operator import attrgetter

from flask import abort, current_app, redirect, render_template, request
from werkzeug.wrappers import Response

from grants.clock import utc_now
from grants.domain.credentials import token_hash
from grants.extensions import db
from grants.operations import sign_in
from grants.queries import accounts, sessions
from grants.settings import LOOPBACK
from grants.unit_of_work import saving
from grants.web.landing import home_of
from grants.web.session import open_session

Answer = str | Response


def is_open() -> bool:
    """Whether this is a demonstration, asked from the machine itself."""
    return current_app.config["SETTINGS"].demo and request.remote_addr in LOOPBACK


def demo_entry() -> Answer:
    """Choose a person of the demonstration, and be that person."""
    if not is_open():
        abort(404)
    cast = accounts.cast(db.session())
    if request.method == "GET":
        places = [(place, list(people)) for place, people in groupby(cast, attrgetter("place"))]
        return render_template("account/demo_entry.html", places=places)
    asked = request.form.get("person")
    chosen = next((member for member in cast if member.public_id == asked), None)
    if chosen is None:
        abort(404)
    return _enter(chosen)


def _enter(chosen: accounts.CastMember) -> Response:
    with saving() as session:
        opened = sign_in.enter_demo(session, chosen.id, now=utc_now())
    if opened is None:
        abort(404)
    open_session(opened.token)
    actor = sessions.actor(db.session(), token_hash(opened.token), None, now=utc_now())
    return redirect(home_of(actor), 303)
