"""The results published for good: the table of a period, and its files."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from flask import render_template

from grants.extensions import db
from grants.queries import publications
from grants.web import report_files
from grants.web.errors import or_404
from grants.wording import formats, results

if TYPE_CHECKING:
    from flask import Response

    from grants.queries.publications import Listed


def publication(public_id: str) -> str:
    """The table of the annual report, as it was frozen, with its other formats."""
    session = db.session()
    found = or_404(publications.one(session, public_id))
    of_office = publications.listed(session, found.secretariat_id)
    return render_template(
        "public/publication.html",
        public_id=public_id,
        newer=_newer(of_office, public_id),
        **report_files.page_facts(found),
    )


def publication_file(public_id: str, form: str) -> Response:
    """The same in one of its other formats: pdf, xlsx, csv, json."""
    return report_files.send(or_404(publications.one(db.session(), public_id)), form)


def lines(secretariat_id: int | None = None) -> list[dict[str, Any]]:
    """Every publication of a secretariat or of both, for a list."""
    return [
        {
            "public_id": one.public_id,
            "title": f"{results.period(one.period)}, publication {formats.number(one.number)}",
            "office": one.office,
            "as_of": one.as_of,
            "replaced": one.replaced,
        }
        for one in publications.listed(db.session(), secretariat_id)
    ]


def _newer(of_office: list[Listed], public_id: str) -> str:
    """The public id of the correction that replaces this one; empty when none does."""
    this = next(one for one in of_office if one.public_id == public_id)
    same = [one for one in of_office if one.period == this.period]
    last = max(same, key=lambda one: one.number)
    return last.public_id if this.replaced else ""
