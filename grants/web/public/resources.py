"""The directory, for anybody: who can help, for what, where, and since when we are sure of it."""

from flask import render_template

from grants.extensions import db
from grants.queries import directory
from grants.web.directory import listed, one_line
from grants.web.errors import or_404


def resources() -> str:
    """The resources by need, region and population."""
    return render_template("public/resources.html", **listed("public.resources"))


def resource(public_id: str) -> str:
    """One resource and the ways to reach it."""
    found = or_404(directory.active(db.session(), public_id))
    return render_template("public/resource.html", line=one_line(found))
