"""What was published: the list, one publication as a page, the same as files."""

from __future__ import annotations

from typing import TYPE_CHECKING

from flask import Response, render_template, url_for

from grants.extensions import db
from grants.queries import publications as queries
from grants.web import report_files
from grants.web.errors import or_404
from grants.web.session import current_actor
from grants.wording import results

if TYPE_CHECKING:
    from grants.models.results import Publication


def publications() -> str:
    """Every publication of the secretariat, the newest period first."""
    found = queries.listed(db.session(), current_actor().secretariat_id)
    return render_template(
        "management/publications.html",
        lines=[
            (one, results.period(one.period), _links(one.public_id, has_file=one.has_file))
            for one in found
        ],
    )


def publication(public_id: str) -> str:
    """One publication, as it was frozen."""
    found = _own(public_id)
    return render_template(
        "management/publication.html",
        published_by=found.published_by.full_name,
        links=_links(public_id, has_file=found.storage_key is not None),
        **report_files.page_facts(found),
    )


def publication_file(public_id: str, form: str) -> Response:
    """The same content in another format."""
    return report_files.send(_own(public_id), form)


def _own(public_id: str) -> Publication:
    found = or_404(queries.one(db.session(), public_id))
    return or_404(found if found.secretariat_id == current_actor().secretariat_id else None)


def _links(public_id: str, *, has_file: bool) -> list[dict[str, str]]:
    """The files of a publication; its PDF once it is made."""
    return [
        {
            "label": form.upper(),
            "url": url_for("management.publication_file", public_id=public_id, form=form),
        }
        for form in report_files.FORMATS
        if has_file or form != "pdf"
    ]
