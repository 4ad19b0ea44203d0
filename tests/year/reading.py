"""The figures read back from each screen and file, as a reader would: nothing of ours is asked."""

import csv
import io
import json
import re
from collections.abc import Iterable, Mapping, Sequence
from typing import Any
from xml.etree.ElementTree import Element

import html5lib
from openpyxl import load_workbook

from tests.year.stories import Total

Figures = dict[str, int | None]  # by name of `told`

NO_FIGURE = ("Non calculable", "s. o.", "Premier résultat à la première échéance", "", "—")
FOR_READERS = ("cell-label", "visually-hidden", "sub")
PUBLIC_LINES = {
    "Résultat": "share",
    "Échues dans l’exercice": "due",
    "Tenues à temps": "kept",
    "Fermées après leur date": "missed",
    "Ouvertes et en retard": "open_late",
    "Médiane": "median",
    "9 cas sur 10": "nine_in_ten",
    "Mises à part": "excluded",
    "Dates reportées": "extended",
    "Pas encore échues": "not_due",
}
MANAGEMENT = (
    "share",
    "due",
    "kept",
    "missed",
    "open_late",
    "excluded",
    "not_due",
    "median",
    "nine_in_ten",
)
PUBLISHED = ("previous", "share", "kept", "due")
LENGTHS = ["missed", "open_late", "excluded", "extended", "median", "nine_in_ten"]
NAMED = {  # the columns of the files
    "resultat": "share",
    "resultat_precedent": "previous",
    "tenus": "kept",
    "dus": "due",
    "tenus_precedent": "previous_kept",
    "dus_precedent": "previous_due",
    "en_retard": "missed",
    "ouverts_en_retard": "open_late",
    "mis_a_part": "excluded",
    "reportes": "extended",
    "mediane": "median",
    "neuf_sur_dix": "nine_in_ten",
}
TITLED = {
    "Résultat": "share",
    "Résultat précédent": "previous",
    "Tenus": "kept",
    "Dus": "due",
    "Tenus, précédent": "previous_kept",
    "Dus, précédent": "previous_due",
    "En retard": "missed",
    "Ouverts en retard": "open_late",
    "Mis à part": "excluded",
    "Reportés": "extended",
    "Médiane": "median",
    "9 cas sur 10": "nine_in_ten",
}
OPEN_DATA = {
    "resultat": "share",
    "echues": "due",
    "tenues": "kept",
    "en_retard": "missed",
    "ouvertes_en_retard": "open_late",
    "mises_a_part": "excluded",
    "reportees": "extended",
    "mediane": "median",
    "neuf_sur_dix": "nine_in_ten",
}
SHARES = ("share", "previous")


def told(total: Total, before: Total) -> Figures:
    """A total as any screen or file may tell it."""
    return {
        "share": total.share,
        "due": total.due,
        "kept": total.kept,
        "missed": total.missed,
        "open_late": total.open_late,
        "excluded": total.excluded_count,
        "extended": total.extended,
        "not_due": total.not_due,
        "median": total.median,
        "nine_in_ten": total.nine_in_ten,
        "previous": before.share,
        "previous_kept": before.kept,
        "previous_due": before.due,
    }


def management(page: str, codes: Sequence[str]) -> dict[str, Figures]:
    """The screen of management: one line a promise, by code."""
    lines = tables(page)[0]
    return {
        code: {name: value(text) for name, text in zip(MANAGEMENT, line[1:], strict=True)}
        for code, line in zip(codes, lines, strict=True)
    }


def public(page: str, codes: Sequence[str]) -> list[dict[str, Figures]]:
    """The screen of everybody: this year, then the last, by code."""
    found: list[dict[str, Figures]] = [{}, {}]
    for code in codes:
        lines = tables(page, under=code)[0]
        assert [line[0] for line in lines] == list(PUBLIC_LINES)
        for place, year in enumerate(found, start=1):
            year[code] = {PUBLIC_LINES[line[0]]: value(line[place]) for line in lines}
    return found


def published(page: str, codes: Sequence[str]) -> dict[str, Figures]:
    """The page of a publication: two tables, a promise a line in each."""
    shares, lengths = tables(page)[:2]
    found = {}
    for code, line, more in zip(codes, shares, lengths, strict=True):
        _, _target, previous, share, _variance, volume = line
        texts = (previous, share, *volume.split(" sur "), *more[1:])
        names = (*PUBLISHED, *LENGTHS)
        found[code] = {name: value(text) for name, text in zip(names, texts, strict=True)}
    return found


def csv_file(content: bytes) -> dict[str, Figures]:
    """The CSV of a publication."""
    return _rows(csv.DictReader(io.StringIO(content.decode("utf-8-sig"))), NAMED)


def json_file(content: bytes) -> dict[str, Figures]:
    """The JSON of a publication."""
    return _rows(json.loads(content)["lignes"], NAMED)


def xlsx_file(content: bytes) -> dict[str, Figures]:
    """The workbook of a publication."""
    lines = load_workbook(io.BytesIO(content)).worksheets[0].iter_rows(values_only=True)
    titles = next(line for line in lines if "Code" in line)
    rows = (dict(zip(titles, line, strict=True)) for line in lines)
    return _rows(({**row, "code": row["Code"], "unite": row["Unité"]} for row in rows), TITLED)


def open_data(content: bytes, year: str) -> dict[str, Figures]:
    """One fiscal year of the open data."""
    rows = list(csv.DictReader(io.StringIO(content.decode("utf-8-sig"))))
    of_year = ({**row, "code": row["engagement"]} for row in rows if row["exercice"] == year)
    return _rows(({**row, "unite": "%"} for row in of_year), OPEN_DATA)


def value(text: str) -> int | None:
    """A figure in words: tenths of a percent, minutes for hours, else the first number."""
    if text in NO_FIGURE:
        return None
    if " h" in text:
        hours, minutes = re.findall(r"(\d+) h ?(\d*)", text)[0]
        return int(hours) * 60 + int(minutes or 0)
    number = re.match(r"[\d ]+(,\d)?", text)
    assert number, text
    return int(re.sub(r"\D", "", number[0]))


def tables(page: str, under: str = "") -> list[list[list[str]]]:
    """The body of each table of a page, or of one section of it, cell by cell."""
    tree = html5lib.parse(page, namespaceHTMLElements=False)
    top = next(one for one in tree.iter() if one.get("id") == under) if under else tree
    return [
        [[_text(cell) for cell in line if cell.tag in ("th", "td")] for line in body.iter("tr")]
        for body in top.iter("tbody")
    ]


def _text(cell: Element) -> str:
    """What is shown of a cell, without what is said to readers of screens."""
    return " ".join("".join(_shown(cell)).replace("\u00a0", " ").split())


def _shown(element: Element) -> Iterable[str]:
    yield element.text or ""
    for child in element:
        if not set((child.get("class") or "").split()) & set(FOR_READERS):
            yield from _shown(child)
        yield child.tail or ""


def _rows(rows: Iterable[Mapping[Any, Any]], names: Mapping[str, str]) -> dict[str, Figures]:
    """The promises of a file, in tenths for shares."""
    return {
        row["code"]: {name: _number(row[key], name) for key, name in names.items()}
        for row in rows
        if row["unite"] == "%"
    }


def _number(cell: Any, name: str) -> int | None:
    if cell in ("", None):
        return None
    return round(float(cell) * 10) if name in SHARES else int(cell)
