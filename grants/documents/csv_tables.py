"""The one writer of CSV files: plain cells under plain names, and never a formula.

UTF-8, commas, CRLF, a header row, no total; amounts with a point, dates and instants in ISO form.
A text that a spreadsheet would take for a formula gets an apostrophe before it (our decision).
"""

import csv
import io
from collections.abc import Iterable, Sequence
from datetime import UTC, date, datetime
from decimal import Decimal

from grants.documents.tables import clean

FORMULA_STARTS = ("=", "+", "-", "@", "\t", "\r", "\n")

CsvCell = str | int | Decimal | date | datetime | None


def csv_bytes(header: Sequence[str], rows: Iterable[Sequence[CsvCell]]) -> bytes:
    """The file: one line a row, one cell a column; None leaves a cell empty."""
    text = io.StringIO(newline="")
    writer = csv.writer(text, lineterminator="\r\n")
    writer.writerow(header)
    width = len(header)
    for row in rows:
        if len(row) != width:
            raise ValueError(f"{len(row)} cells under {width} names")
        writer.writerow([_written(cell) for cell in row])
    return text.getvalue().encode()


def dollars(cents: int) -> Decimal:
    """An amount in dollars with its two decimals: 48500.00."""
    return Decimal(cents).scaleb(-2)


def _written(cell: CsvCell) -> str:
    if cell is None:
        return ""
    if isinstance(cell, str):
        return _harmless(clean(cell))
    if isinstance(cell, datetime):
        return cell.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%SZ")
    return cell.isoformat() if isinstance(cell, date) else str(cell)


def _harmless(text: str) -> str:
    """The text, which no spreadsheet computes, even after spaces."""
    return f"'{text}" if text.lstrip(" \u00a0").startswith(FORMULA_STARTS) else text
