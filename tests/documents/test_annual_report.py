"""The annual report says the same, cell by cell, as a page, a PDF, a workbook, CSV and JSON."""

import csv
import io
import json
from datetime import UTC, date, datetime
from decimal import Decimal

import openpyxl
import pikepdf

from grants.documents.annual_report import report_html, report_pdf
from grants.documents.annual_report_data import FIELDS, csv_bytes, json_bytes, value_of, xlsx_bytes
from grants.documents.tables import Kind
from grants.domain.deadlines import Unit
from grants.domain.periods import fiscal_year
from grants.domain.results import Outcome, Promise, Tallied, figures_of
from grants.queries.evidence import Evidence, Measure
from grants.queries.tallies import Counted
from grants.wording import contacts, report_words
from grants.wording.report_sheet import ReportSheet, rows_of
from tests.documents.reading import assert_only_our_fonts, tags, words

YEAR = fiscal_year(2025)
AS_OF = datetime(2026, 4, 20, 4, tzinfo=UTC)
WHY = "=Pointe du 15 novembre; <b>deux</b> absences."
CONTACT = {
    "phone": "418 646-9270",
    "phone_toll_free": "1 800 577-2844",
    "address": ["430, chemin Sainte-Foy"],
    "email": "saca@exemple.quebec",
    "weekdays": "du lundi au vendredi",
    "hours": [{"opens": "08:30", "closes": "12:00"}],
}
ACK = Promise("SACA_ACK", "Nous accusons réception.", Unit.BUSINESS, 5, 100)
CALL = Promise("SACA_CALLBACK", "Nous vous rappelons dans les 24 heures.", Unit.HOURS, 24, 95)
PAY = Promise("SACA_PAY", "Nous versons la subvention.", Unit.BUSINESS, 10, 100)


def counted(kept: int) -> Counted:
    ack = (
        Tallied(Outcome.KEPT, kept, taken=2),
        Tallied(Outcome.MISSED, 20, taken=7),
        Tallied(Outcome.OPEN_LATE, 10, extended=3),
        Tallied(Outcome.EXCLUDED, 4, reason="withdrawn"),
    )
    calls = (Tallied(Outcome.KEPT, 9, taken=200),)
    known = (figures_of(ACK, ack), figures_of(CALL, calls), figures_of(PAY, ()))
    proofs = (
        Evidence(
            "SACA_REVISION", "Une autre personne révise.", (Measure("revised_by_others", 14, 14),)
        ),
        Evidence("SACA_COURTESY", "Nous vous accueillons avec respect.", ()),
    )
    return Counted(YEAR, AS_OF, known, proofs, {})


def report_sheet() -> ReportSheet:
    return ReportSheet(
        secretariat_code="SACA",
        secretariat=contacts.block("Secrétariat à l’action communautaire autonome", CONTACT),
        from_on=YEAR.from_on,
        until_on=YEAR.until_on,
        number=2,
        as_of=AS_OF,
        published_on=date(2026, 4, 20),
        reason="Deux dossiers inscrits en retard.",
        rows=rows_of(counted(812), counted(700), {"SACA_ACK": WHY}),
    )


def test_every_format_holds_the_same_cells() -> None:
    sheet = report_sheet()
    told = json.loads(json_bytes(sheet))
    lines = list(csv.DictReader(io.StringIO(csv_bytes(sheet).decode())))
    page = openpyxl.load_workbook(io.BytesIO(xlsx_bytes(sheet))).worksheets[0]
    table = list(page.iter_rows(min_row=6, values_only=True))
    assert [one["nom"] for one in told["dictionnaire"]] == list(lines[0])
    assert list(table[0]) == [one.title for one in FIELDS]
    assert len(lines) == len(told["lignes"]) == len(table) - 1 == len(sheet.rows)
    for rank, row in enumerate(sheet.rows):
        for place, field in enumerate(FIELDS):
            value = value_of(sheet, row, field)
            assert same(table[rank + 1][place], value, field.kind), (field.name, row.code)
            assert same(told["lignes"][rank][field.name], value, field.kind), field.name
            assert lines[rank][field.name] == as_csv(value, field.kind), field.name
    assert (lines[0]["resultat"], lines[0]["ecart"], lines[0]["cible"]) == ("96.4", "-3.6", "100.0")
    assert (lines[2]["resultat"], lines[2]["dus"]) == ("", "0")
    assert told["lignes"][0]["resultat"] == 96.4 and told["licence"]["nom"] == "CC BY 4.0"


def same(cell: object, value: object, kind: Kind) -> bool:
    if isinstance(cell, datetime):
        cell = cell.date()
    if kind is Kind.TENTHS and value is not None:
        return Decimal(str(cell)) == Decimal(str(value)) / 10
    if isinstance(value, date) and isinstance(cell, str):
        return cell == value.isoformat()
    return cell == value or (cell is None and value == "")


def as_csv(value: object, kind: Kind) -> str:
    if value is None:
        return ""
    if kind is Kind.TENTHS:
        return (
            str(Decimal(str(value)) / 10) if int(str(value)) % 10 else f"{int(str(value)) // 10}.0"
        )
    if isinstance(value, str) and value.startswith("="):
        return f"'{value}"
    return value.isoformat() if isinstance(value, date) else str(value)


def test_the_pdf_says_what_the_data_say_and_is_tagged() -> None:
    sheet = report_sheet()
    content = report_pdf(sheet)
    assert report_pdf(ReportSheet.from_data(json.loads(json.dumps(sheet.to_data())))) == content
    text, document = words(content), pikepdf.open(io.BytesIO(content))
    for said in (
        "Résultats des engagements",
        "Publication n° 2, le 20 avril 2026.",
        "Cette publication corrige la précédente : Deux dossiers inscrits en retard.",
        "96,4 % −3,6 812 sur 842",
        "Explication : =Pointe du 15 novembre; <b>deux</b> absences.",
        "3 h 20",
        "Non calculable",
        "14 sur 14",
        "Nous vous accueillons avec respect.",
    ):
        assert said in text, said
    kinds = tags(document.Root.StructTreeRoot)
    assert kinds.count("/H1") == 1 and kinds.count("/Table") == 3 and "/TH" in kinds
    with document.open_metadata() as metadata:
        assert metadata["pdfuaid:part"] == "1"
    assert_only_our_fonts(document)


def test_words_of_the_table_come_from_the_same_rows() -> None:
    sheet = report_sheet()
    ack, call, pay = report_words.timed(sheet.rows)
    assert (ack.result, ack.previous, ack.variance) == ("96,4\u00a0%", "95,9\u00a0%", "\u22123,6")
    assert (ack.median, ack.open_late, ack.excluded) == ("2\u00a0jours ouvrables", "10", "4")
    assert (call.variance, call.median, pay.result, pay.percent) == (
        "+5,0",
        "3\u00a0h\u00a020",
        "Non calculable",
        None,
    )
    revision, courtesy = report_words.untimed(sheet.rows)
    assert revision.measures[0].result == "14 sur 14"
    assert courtesy.measures == () and "plainte" in courtesy.explanation
    assert "<b>deux</b>" not in report_html(sheet)
