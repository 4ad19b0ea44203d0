"""CSV files: typed cells, and nothing that a spreadsheet would compute."""

import csv
import io
from datetime import UTC, date, datetime

import pytest

from grants.documents.csv_tables import csv_bytes, dollars

HOSTILE = ("=1+1", "+1", "-1", "@SUM(A1)", "\t=1", "\r=1", "\n=1", "  =1+1", "\u00a0=1", "\x00=1")


def read(content: bytes) -> list[list[str]]:
    return list(csv.reader(io.StringIO(content.decode(), newline="")))


def test_no_text_is_ever_a_formula() -> None:
    for _, text in read(csv_bytes(("n", "texte"), enumerate(HOSTILE)))[1:]:
        assert text.startswith("'")


def test_cells_are_written_plainly() -> None:
    at = datetime(2026, 12, 10, 4, 59, 59, tzinfo=UTC)
    row = ('L’Éveil, "coop"\nfin', dollars(-4_850_005), date(2026, 3, 1), at, 12, None)
    content = csv_bytes(("a", "b", "c", "d", "e", "f"), [row])
    assert content.startswith(b"a,b,c,d,e,f\r\n")
    assert read(content)[1] == [
        'L’Éveil, "coop"\nfin',
        "-48500.05",
        "2026-03-01",
        "2026-12-10T04:59:59Z",
        "12",
        "",
    ]


def test_a_row_of_another_width_is_refused() -> None:
    with pytest.raises(ValueError, match="2 cells under 1 names"):
        csv_bytes(("a",), [(1, 2)])
