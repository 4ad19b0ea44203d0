"""The list of the secretariat's files: searched by number or by name, filtered by the URL."""

from dataclasses import dataclass

from flask import render_template, request, url_for

from grants.extensions import db
from grants.queries import case_files as files
from grants.queries import desk
from grants.queries.case_files import Filters, ListedFile
from grants.web.session import current_actor
from grants.wording import statuses
from grants.wording.case_files import KINDS, revision_of

LONGEST_ID = 9  # digits: what any database takes


@dataclass(frozen=True)
class Listed:
    """One line of the list with its words."""

    file: ListedFile
    url: str
    under: str
    status: str
    status_kind: str


def case_files() -> str:
    """Find a file."""
    actor, session = current_actor(), db.session()
    wanted = _filters()
    page = files.page(session, wanted, actor=actor)
    return render_template(
        "staff/case_files.html",
        lines=[_listed(file) for file in page.files],
        wanted=wanted,
        search_text=wanted.text,
        kinds=KINDS,
        programs=desk.programs(session, actor),
        statuses={code.value: word for code, (word, _) in statuses.TAGS.items()},
        next_url=_url(wanted, page.next_before) if page.next_before else "",
        first_url=_url(wanted, None) if wanted.before else "",
    )


def _filters() -> Filters:
    asked = request.args
    return Filters(
        text=asked.get("q", "").strip()[:200],
        program=asked.get("programme", ""),
        status=asked.get("etat", ""),
        kind=asked.get("nature", ""),
        before=asked.get("avant", type=_row_id),
    )


def _row_id(text: str) -> int:
    """Where a page begins; what is no id of ours begins at the first line."""
    return int(text[:LONGEST_ID])


def _listed(file: ListedFile) -> Listed:
    url = url_for("staff.case_file", public_id=file.public_id)
    of = [revision_of(file.first_number)] if file.first_number else []
    return Listed(file, url, " · ".join([file.number, *of]), *statuses.tag(file.status))


def _url(wanted: Filters, before: int | None) -> str:
    return url_for(
        "staff.case_files",
        q=wanted.text or None,
        programme=wanted.program or None,
        etat=wanted.status or None,
        nature=wanted.kind or None,
        avant=before,
    )
