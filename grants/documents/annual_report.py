"""The results of a period as a file: the table of the annual report, tagged, for print."""

import hashlib

from grants.documents import pdf
from grants.wording import report_words, results, sheet_data, templating
from grants.wording.report_sheet import ReportSheet

IDENTIFIER_LENGTH = 16


def report_html(sheet: ReportSheet) -> str:
    """The page of the results."""
    return templating.render(
        "pdf/annual_report.html",
        sheet=sheet,
        period=results.period(sheet.period),
        days=results.days(sheet.period),
        before=results.period(sheet.period.previous),
        timed=report_words.timed(sheet.rows),
        untimed=report_words.untimed(sheet.rows),
        method=results.METHOD,
    )


def report_pdf(sheet: ReportSheet) -> bytes:
    """The results as a tagged PDF (PDF/UA-1): the same sheet always gives the same bytes."""
    name = b"results:" + sheet_data.canonical(sheet.to_data())
    identifier = hashlib.sha256(name).digest()[:IDENTIFIER_LENGTH]
    return pdf.render(report_html(sheet), identifier=identifier)
