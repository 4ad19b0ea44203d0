"""The table of the annual report as data: XLSX, CSV and JSON, column for column the same.

The CSV is UTF-8 with commas, names in lower case without accents, ISO dates, a decimal point and
no total. The JSON carries the meaning of each column. Both are under CC BY 4.0.
"""

import json
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any

from grants.documents import csv_tables
from grants.documents.tables import Column, Kind, Sheet, xlsx
from grants.domain.results import TENTHS
from grants.wording import formats, results
from grants.wording.report_sheet import PERCENT, ReportRow, ReportSheet

LICENSE = "CC BY 4.0"
LICENSE_URL = "https://creativecommons.org/licenses/by/4.0/deed.fr"
TYPES = {
    Kind.TEXT: "texte",
    Kind.DATE: "date (AAAA-MM-JJ)",
    Kind.INTEGER: "nombre entier",
    Kind.TENTHS: "nombre décimal",
}
Value = str | int | date | None


@dataclass(frozen=True)
class Field:
    """A column: its name in data, its title on a sheet, what it holds, what it means.

    `attribute` is that of the row, or of the sheet for what all rows share.
    """

    name: str
    title: str
    kind: Kind
    attribute: str
    meaning: str
    width: int = 12


FIELDS = (
    Field(
        "secretariat",
        "Secrétariat",
        Kind.TEXT,
        "secretariat_code",
        "Sigle du secrétariat qui a pris l’engagement.",
    ),
    Field("du", "Du", Kind.DATE, "from_on", "Premier jour de la période."),
    Field("au", "Au", Kind.DATE, "until_on", "Dernier jour de la période."),
    Field("code", "Code", Kind.TEXT, "code", "Code de l’engagement.", 20),
    Field("engagement", "Engagement", Kind.TEXT, "commitment", "L’engagement, dans ses mots.", 60),
    Field("indicateur", "Indicateur", Kind.TEXT, "indicator", "Ce qui est mesuré.", 36),
    Field(
        "unite",
        "Unité",
        Kind.TEXT,
        "unit",
        "Unité de la cible et des résultats\u00a0: % ou ce qui est compté.",
    ),
    Field(
        "cible",
        "Cible",
        Kind.TENTHS,
        "target",
        "Résultat visé, en %; vide quand la déclaration n’en fixe pas.",
    ),
    Field(
        "resultat_precedent",
        "Résultat précédent",
        Kind.TENTHS,
        "previous",
        "Résultat de la même période un an plus tôt; vide s’il n’est pas calculable.",
    ),
    Field(
        "resultat",
        "Résultat",
        Kind.TENTHS,
        "result",
        "Résultat de la période; vide s’il n’est pas calculable.",
    ),
    Field(
        "ecart",
        "Écart (points)",
        Kind.TENTHS,
        "variance",
        "Résultat moins cible, en points de pourcentage.",
    ),
    Field(
        "tenus",
        "Tenus",
        Kind.INTEGER,
        "kept",
        "Promesses tenues à temps, ou cas qui répondent à l’indicateur.",
    ),
    Field("dus", "Dus", Kind.INTEGER, "due", "Promesses dues, ou cas comptés."),
    Field(
        "tenus_precedent",
        "Tenus, précédent",
        Kind.INTEGER,
        "previous_kept",
        "Comme «\u00a0tenus\u00a0», un an plus tôt.",
    ),
    Field(
        "dus_precedent",
        "Dus, précédent",
        Kind.INTEGER,
        "previous_due",
        "Comme «\u00a0dus\u00a0», un an plus tôt.",
    ),
    Field(
        "en_retard",
        "En retard",
        Kind.INTEGER,
        "missed",
        "Promesses fermées après leur date; elles comptent comme non tenues.",
    ),
    Field(
        "ouverts_en_retard",
        "Ouverts en retard",
        Kind.INTEGER,
        "open_late",
        "Promesses échues et encore ouvertes; elles comptent comme non tenues.",
    ),
    Field(
        "mis_a_part",
        "Mis à part",
        Kind.INTEGER,
        "excluded",
        "Promesses qui ont pris fin avant leur date pour une autre raison; hors du calcul.",
    ),
    Field(
        "reportes",
        "Reportés",
        Kind.INTEGER,
        "extended",
        "Promesses dues dont la date a été reportée; la mesure garde la première date.",
    ),
    Field(
        "mediane",
        "Médiane",
        Kind.INTEGER,
        "median",
        "Durée médiane de ce qui est fait, au rang le plus proche.",
    ),
    Field(
        "neuf_sur_dix",
        "9 cas sur 10",
        Kind.INTEGER,
        "nine_in_ten",
        "Durée que 9 cas sur 10 n’ont pas dépassée, au rang le plus proche.",
    ),
    Field(
        "unite_duree",
        "Unité de durée",
        Kind.TEXT,
        "length_unit",
        "Unité de la médiane et de «\u00a09 cas sur 10\u00a0».",
        16,
    ),
    Field(
        "explication",
        "Explication",
        Kind.TEXT,
        "explanation",
        "Pourquoi la cible n’est pas atteinte, ou comment la promesse est protégée.",
        60,
    ),
    Field("source", "Source", Kind.TEXT, "source", "D’où viennent les nombres.", 40),
)


def csv_bytes(sheet: ReportSheet) -> bytes:
    """The rows as CSV."""
    rows = ([_as_cell(value_of(sheet, row, one), one.kind) for one in FIELDS] for row in sheet.rows)
    return csv_tables.csv_bytes([one.name for one in FIELDS], rows)


def json_bytes(sheet: ReportSheet) -> bytes:
    """The rows as JSON, with what each field means and under which license."""
    told = {
        "titre": title(sheet),
        "secretariat": sheet.secretariat["name"],
        "publication": sheet.number,
        "publie_le": sheet.published_on.isoformat(),
        "arrete_a": sheet.as_of.isoformat(),
        "correction": sheet.reason,
        "licence": {"nom": LICENSE, "adresse": LICENSE_URL},
        "methode": list(results.METHOD),
        "dictionnaire": [
            {"nom": one.name, "titre": one.title, "type": TYPES[one.kind], "sens": one.meaning}
            for one in FIELDS
        ],
        "lignes": [
            {one.name: _as_json(value_of(sheet, row, one), one.kind) for one in FIELDS}
            for row in sheet.rows
        ],
    }
    return f"{json.dumps(told, ensure_ascii=False, indent=2)}\n".encode()


def xlsx_bytes(sheet: ReportSheet) -> bytes:
    """The rows as a workbook with real numbers and dates, and no total."""
    return xlsx(
        Sheet(
            name=f"Résultats {sheet.period.label}",
            title=title(sheet),
            made_at=sheet.as_of,
            columns=[Column(one.title, one.kind, one.width) for one in FIELDS],
            rows=[[value_of(sheet, row, one) for one in FIELDS] for row in sheet.rows],
            facts=(
                ("Secrétariat", str(sheet.secretariat["name"])),
                ("Période", results.days(sheet.period)),
                ("Publication", f"Numéro {sheet.number}, {formats.date_short(sheet.published_on)}"),
                ("Licence", LICENSE),
            ),
        )
    )


def value_of(sheet: ReportSheet, row: ReportRow, field: Field) -> Value:
    """The value of a column: results are tenths, counts too, so that a column holds one kind."""
    value: Value = getattr(row if hasattr(row, field.attribute) else sheet, field.attribute)
    is_count = field.kind is Kind.TENTHS and row.unit != PERCENT
    return value * TENTHS if is_count and isinstance(value, int) else value


def title(sheet: ReportSheet) -> str:
    """ "Résultats des engagements, Exercice 2026-2027"."""
    return f"Résultats des engagements, {results.period(sheet.period)}"


def _as_cell(value: Value, kind: Kind) -> csv_tables.CsvCell:
    """Tenths with their point, the rest as it is."""
    is_tenths = kind is Kind.TENTHS and isinstance(value, int)
    return Decimal(str(value)).scaleb(-1) if is_tenths else value


def _as_json(value: Value, kind: Kind) -> Any:
    if kind is Kind.TENTHS and isinstance(value, int):
        return value / TENTHS  # written with one decimal, as the CSV has it
    return value.isoformat() if isinstance(value, date) else value
