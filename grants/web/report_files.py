"""A publication as files: the same content in each format, for staff and for the public."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from flask import Response

from grants.documents import annual_report_data as data
from grants.operations import publications
from grants.web.downloads import read_sealed, send_bytes
from grants.web.errors import or_404
from grants.wording import report_words, results

if TYPE_CHECKING:
    from grants.models.results import Publication
    from grants.wording.report_sheet import ReportSheet

PDF = "application/pdf"
XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


@dataclass(frozen=True)
class _Format:
    media_type: str
    write: Callable[[ReportSheet], bytes]


_WRITTEN: Mapping[str, _Format] = {
    "xlsx": _Format(XLSX, data.xlsx_bytes),
    "csv": _Format("text/csv", data.csv_bytes),
    "json": _Format("application/json", data.json_bytes),
}
FORMATS = ("pdf", *_WRITTEN)
"""The formats of a publication besides its page, by the end of their address."""


def send(publication: Publication, form: str) -> Response:
    """A publication in one format; not found for another format, or a PDF not made yet."""
    sheet = publications.sheet_of(publication)
    name = f"resultats_{sheet.secretariat_code.lower()}_{sheet.period.label.replace(' ', '_')}"
    filename = f"{name}_{sheet.number}.{form}"
    if form == "pdf":
        content = read_sealed(or_404(publication.storage_key), publication.file_sha256 or "")
        return send_bytes(content, filename, PDF)
    written = or_404(_WRITTEN.get(form))
    return send_bytes(written.write(sheet), filename, written.media_type)


def page_facts(publication: Publication) -> dict[str, Any]:
    """What the page of a publication shows: its table in words, and which files it has."""
    sheet = publications.sheet_of(publication)
    return {
        "sheet": sheet,
        "sha256": publication.sha256,
        "formats": [form for form in FORMATS if form != "pdf" or publication.storage_key],
        **table_facts(sheet),
    }


def table_facts(sheet: ReportSheet) -> dict[str, Any]:
    """The table of a sheet, published or not yet, in words."""
    return {
        "period": results.period(sheet.period),
        "days": results.days(sheet.period),
        "heading": results.heading(sheet.period),
        "columns": results.columns(sheet.period),
        "timed": report_words.timed(sheet.rows),
        "untimed": report_words.untimed(sheet.rows),
        "method": results.METHOD,
    }
