"""The one exporter of tables: a sheet of typed columns in, the bytes of an XLSX file out.

Nothing is ever a formula, whatever people typed in the names we export: texts are written as
texts and totals as numbers. Rows are written as they come, so memory does not grow with them.
"""

import io
import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime
from enum import StrEnum

from xlsxwriter.format import Format
from xlsxwriter.workbook import Workbook
from xlsxwriter.worksheet import Worksheet

LONGEST_TEXT = 32_767
LONGEST_NAME = 31
LETTER = 1

_OPTIONS = {
    "constant_memory": True,
    "strings_to_formulas": False,
    "strings_to_numbers": False,
    "strings_to_urls": False,
}
_UNWRITABLE = re.compile("[\x00-\x08\x0b-\x1f\x7f\ud800-\udfff\ufffe\uffff]")
_NOT_IN_A_NAME = re.compile(r"[\[\]:*?/\\\s]+")

Cell = str | int | date | None


class Kind(StrEnum):
    """What a column holds, so how it is written and read."""

    TEXT = "text"
    MONEY = "money"
    DATE = "date"
    INTEGER = "integer"
    TENTHS = "tenths"


_PARTS = {Kind.MONEY: 100, Kind.TENTHS: 10}
"""How many parts of one a whole number of this kind counts."""


@dataclass(frozen=True)
class Column:
    """A column: its title, what it holds, its width in characters, whether it is added up."""

    title: str
    kind: Kind = Kind.TEXT
    width: int = 16
    summed: bool = False


@dataclass(frozen=True)
class Sheet:
    """A table to export.

    `name` is written on the tab and `title` in the properties, with `made_at`. `facts` are
    lines of a label and its value above the table. A row holds one cell a column: text, cents,
    whole number, tenths or date; None leaves it empty. A total ends the table when a column is
    summed.
    """

    name: str
    title: str
    made_at: datetime
    columns: Sequence[Column]
    rows: Iterable[Sequence[Cell]]
    facts: Sequence[tuple[str, str]] = ()


def xlsx(sheet: Sheet) -> bytes:
    """The file of a sheet; the same sheet gives the same bytes."""
    content = io.BytesIO()
    with Workbook(content, _OPTIONS) as book:
        book.set_properties({"title": clean(sheet.title), "created": sheet.made_at.astimezone(UTC)})
        _Page(book, sheet).write()
    return content.getvalue()


def safe_name(name: str) -> str:
    """A name that a tab can carry: 31 characters, none of []:*?/\\, no apostrophe at its ends."""
    plain = _NOT_IN_A_NAME.sub(" ", clean(name)).strip(" '")
    return plain[:LONGEST_NAME].strip(" '") or "Tableau"


class _Page:
    """Writes one sheet, from its first row to its last."""

    def __init__(self, book: Workbook, sheet: Sheet) -> None:
        self.sheet = sheet
        self.page: Worksheet = book.add_worksheet(safe_name(sheet.name))
        self.cells = _formats(book, bold=False)
        self.bold = _formats(book, bold=True)
        self.row = 0
        self.sums = [0] * len(sheet.columns)

    def write(self) -> None:
        self._facts()
        top = self._header()
        for cells in self.sheet.rows:
            self._line(cells, self.cells)
            self._add(cells)
        self.page.autofilter(top, 0, max(self.row - 1, top), len(self.sheet.columns) - 1)
        if any(column.summed for column in self.sheet.columns):
            self._line(self._totals(), self.bold)

    def _facts(self) -> None:
        for label, value in self.sheet.facts:
            self._put(0, label, Kind.TEXT, self.bold)
            self._put(1, value, Kind.TEXT, self.cells)
            self.row += 1
        self.row += bool(self.sheet.facts)

    def _header(self) -> int:
        """Write the titles, which stay in sight and on each printed page; the row they are on."""
        top = self.row
        for rank, column in enumerate(self.sheet.columns):
            self.page.set_column(rank, rank, column.width)
            self._put(rank, column.title, Kind.TEXT, self.bold)
        self.page.freeze_panes(top + 1, 0)
        self.page.repeat_rows(top)
        self.page.set_landscape()
        self.page.set_paper(LETTER)
        self.page.fit_to_pages(1, 0)
        self.row += 1
        return top

    def _line(self, cells: Sequence[Cell], formats: Mapping[Kind, Format]) -> None:
        for rank, (column, value) in enumerate(zip(self.sheet.columns, cells, strict=True)):
            self._put(rank, value, column.kind, formats)
        self.row += 1

    def _put(self, rank: int, value: Cell, kind: Kind, formats: Mapping[Kind, Format]) -> None:
        if isinstance(value, str):
            self.page.write_string(self.row, rank, clean(value), formats[Kind.TEXT])
        elif isinstance(value, date):
            self.page.write_datetime(self.row, rank, value, formats[Kind.DATE])
        elif value is not None:
            number = value / _PARTS[kind] if kind in _PARTS else value
            self.page.write_number(self.row, rank, number, formats[kind])

    def _add(self, cells: Sequence[Cell]) -> None:
        for rank, column in enumerate(self.sheet.columns):
            value = cells[rank]
            if column.summed and isinstance(value, int):
                self.sums[rank] += value

    def _totals(self) -> list[Cell]:
        columns = enumerate(self.sheet.columns)
        totals: list[Cell] = [self.sums[rank] if one.summed else None for rank, one in columns]
        return ["Total", *totals[1:]]


def _formats(book: Workbook, *, bold: bool) -> dict[Kind, Format]:
    """How each kind is shown; the reader's own settings give the comma and the spaces."""
    shown = {
        Kind.TEXT: "@",
        Kind.MONEY: '#,##0.00\u00a0"$"',
        Kind.DATE: "yyyy-mm-dd",
        Kind.INTEGER: "#,##0",
        Kind.TENTHS: "#,##0.0",
    }
    return {
        kind: book.add_format({"num_format": pattern, "bold": bold, "valign": "top"})
        for kind, pattern in shown.items()
    }


def clean(text: str) -> str:
    """The text without what an XML file cannot hold, and never taken for markup by the writer."""
    known = _UNWRITABLE.sub("", text)
    if known.startswith("<r>"):  # the library would copy it as it is, formulas included
        known = f" {known}"
    return known if len(known) <= LONGEST_TEXT else f"{known[: LONGEST_TEXT - 1]}…"
