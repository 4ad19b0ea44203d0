"""The declarations of service: every version, as it was or is in force."""

from itertools import groupby
from typing import Any

from flask import render_template

from grants.clock import utc_now
from grants.domain.calendar import local_date
from grants.extensions import db
from grants.queries import declarations
from grants.queries.declarations import Version
from grants.web.errors import or_404
from grants.wording import formats, promises

BEFORE = {
    "SACA": (
        "Une première déclaration est entrée en vigueur le 1er\u00a0avril\u00a02001; nous n’en "
        "avons pas le texte."
    )
}


def declaration_list() -> str:
    """The versions of each secretariat, the newest first."""
    found = declarations.versions(db.session())
    offices = [
        {
            "name": next(iter(group)).office,
            "versions": [_line(one) for one in found if one.office_code == code],
            "before": BEFORE.get(code, ""),
        }
        for code, group in groupby(found, key=lambda one: one.office_code)
    ]
    return render_template("public/declarations.html", offices=offices)


def declaration(slug: str) -> str:
    """One version: its dates, its sentences, their delays and targets."""
    session = db.session()
    found = or_404(declarations.one(session, slug))
    lines = [
        {
            "sentence": one.sentence,
            "delay": promises.delay(one.quantity, one.unit) if one.unit else "sans délai promis",
            "target": f"{one.target_percent}\u00a0%" if one.unit else "aucune",
        }
        for one in declarations.commitments_of(session, found.id)
    ]
    return render_template(
        "public/declaration.html", version=found, line=_line(found), commitments=lines
    )


def _line(version: Version) -> dict[str, Any]:
    """What the list says of a version: its state and its dates, in words."""
    today = local_date(utc_now())
    if version.holds(today):
        state, kind = "En vigueur", "ok"
    elif version.since and version.since > today:
        state, kind = "À venir", "wait"
    else:
        state, kind = "Remplacée", ""
    return {
        "slug": version.slug,
        "place": f"{version.office_code}, {_since(version)}",
        "title": version.title,
        "state": state,
        "kind": kind,
        "dates": _dates(version),
    }


def _since(version: Version) -> str:
    return formats.date_short(version.since) if version.since else "sans date"


def _dates(version: Version) -> str:
    """ "En vigueur du 20 janvier 2003 au 31 mars 2027." """
    if version.since is None:
        until = f", jusqu’au {formats.date_short(version.until)}" if version.until else ""
        return f"Date d’entrée en vigueur inconnue de nous{until}."
    since = formats.date_short(version.since)
    if version.until is None:
        return f"En vigueur à partir du {since}."
    return f"En vigueur du {since} au {formats.date_short(version.until)}."
