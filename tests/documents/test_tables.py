"""Exports hold typed cells and no formula, whatever people typed."""

import io
import zipfile
from datetime import UTC, date, datetime

import openpyxl
import pytest
from openpyxl.worksheet.worksheet import Worksheet

from grants.documents.control_list import ControlLine, ControlList, control_list_xlsx
from grants.documents.tables import Cell, Column, Kind, Sheet, safe_name, xlsx

MADE_AT = datetime(2026, 12, 30, 15, 0, tzinfo=UTC)
HOSTILE = (
    "=1+1",
    "+1+1",
    "-1+1",
    "@SUM(A1)",
    "\t=1+1",
    "=cmd|'/c calc'!A0",
    '=HYPERLINK("https://exemple.org")',
    "{=1+1}",
    "https://exemple.org",
    "<r><t>x</t></r></is></c><c r='H1'><f>1+1</f></c><c t='inlineStr'><is><r></r>",
    "\x00\x0b\ud800\uffff=1",
    "_x003D_1+1",
)


def sheet(rows: list[list[Cell]], name: str = "Essai") -> Sheet:
    return Sheet(
        name=name,
        title="=1+1",
        made_at=MADE_AT,
        columns=(
            Column("=1+1", width=30),
            Column("Montant", Kind.MONEY, summed=True),
            Column("Le", Kind.DATE),
            Column("Nombre", Kind.INTEGER, summed=True),
        ),
        rows=rows,
        facts=(("@fait", "=1+1"),),
    )


def opened(content: bytes) -> Worksheet:
    return openpyxl.load_workbook(io.BytesIO(content)).worksheets[0]


def test_no_cell_is_ever_a_formula_or_a_link() -> None:
    content = xlsx(sheet([[text, 1, None, 1] for text in HOSTILE]))
    page = opened(content)
    cells = [cell for row in page.iter_rows() for cell in row]
    assert all(cell.data_type in ("s", "n", "d", "inlineStr") for cell in cells)
    assert not any(cell.hyperlink for cell in cells)
    assert [page.cell(4 + rank, 1).value for rank in range(9)] == list(HOSTILE[:9])
    with zipfile.ZipFile(io.BytesIO(content)) as parts:
        xml = parts.read("xl/worksheets/sheet1.xml").decode()
    assert "<f>" not in xml
    assert "<f " not in xml


def test_cells_are_typed_and_totals_are_numbers() -> None:
    page = opened(xlsx(sheet([["Un", 123_456, date(2027, 1, 12), 3], ["Deux", 44, None, 1_000]])))
    header, one, two, total = (tuple(cell.value for cell in page[row]) for row in (3, 4, 5, 6))
    assert header == ("=1+1", "Montant", "Le", "Nombre")
    assert one[:2] + one[3:] == ("Un", 1234.56, 3) and one[2].isoformat() == "2027-01-12T00:00:00"
    assert two == ("Deux", 0.44, None, 1000)
    assert total == ("Total", 1235, None, 1003)
    assert page["B4"].number_format == '#,##0.00\u00a0"$"'
    assert page["C4"].number_format == "yyyy-mm-dd"
    assert page["A4"].number_format == "@"
    assert page.freeze_panes == "A4"
    assert page.auto_filter.ref == "A3:D5"


def test_the_same_sheet_gives_the_same_bytes_even_without_rows() -> None:
    assert xlsx(sheet([])) == xlsx(sheet([]))
    assert opened(xlsx(sheet([])))["B4"].value == 0


@pytest.mark.parametrize(
    ("name", "safe"),
    [
        ("Lot 2027/03", "Lot 2027 03"),
        ("'=[x]:*?\\'", "=[x]:*?\\"[0]),
        ("", "Tableau"),
        ("A" * 40, "A" * 31),
    ],
)
def test_a_tab_carries_a_name_it_can(name: str, safe: str) -> None:
    assert safe_name(name).startswith(safe)
    assert opened(xlsx(sheet([], name))).title == safe_name(name)


def test_a_long_text_is_cut_with_a_sign() -> None:
    value = opened(xlsx(sheet([["é" * 40_000, 1, None, 1]])))["A4"].value
    assert len(value) == 32_767 and value.endswith("…")


def line(rank: int, amount_cents: int) -> ControlLine:
    return ControlLine(
        trace=f"DCD-2026-{rank:05d}-V1",
        organization="=Comité logement",
        payee_name="COMITE LOGEMENT",
        case_number="DCD-2027-0211-M",
        instalment="1er versement",
        account="••••\u00a0567",
        amount_cents=amount_cents,
    )


def test_the_control_list_says_the_batch_its_lines_and_their_sum() -> None:
    control = ControlList(
        batch_number="SACA-2027-0003",
        status="Approuvé",
        prepared_by="Odile N.",
        approved_by=None,
        funds_on=date(2027, 1, 12),
        file_creation_number=42,
        sha256="a" * 64,
        made_at=MADE_AT,
        lines=[line(1, 12_500_00), line(2, 99)],
    )
    page = opened(control_list_xlsx(control))
    facts = {row[0].value: row[1].value for row in page.iter_rows(max_row=10)}
    assert page.title == "Lot SACA-2027-0003"
    assert facts["Lot"] == "SACA-2027-0003"
    assert facts["Approuvé par"] == "Pas encore"
    assert facts["Numéro du fichier"] == "0042"
    assert facts["Nombre de versements"] == "2"
    assert facts["Total"].replace("\u00a0", " ") == "12 500,99 $"
    rows = [[cell.value for cell in row] for row in page.iter_rows(min_row=13)]
    assert [row[0] for row in rows] == ["DCD-2026-00001-V1", "DCD-2026-00002-V1", "Total"]
    assert [row[6] for row in rows] == [12_500, 0.99, 12_500.99]
    assert rows[0][1] == "=Comité logement"
