"""Open data: the page that says what there is, and the files."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from flask import Response, abort, current_app, render_template, url_for

from grants.clock import utc_now
from grants.documents import open_data as files
from grants.documents.csv_tables import csv_bytes, dollars
from grants.domain.calendar import local_date
from grants.domain.periods import Period, fiscal_year, fiscal_year_of
from grants.domain.results import TENTHS
from grants.extensions import db
from grants.queries import commitments, open_data, programs, tallies
from grants.web.public.promised import OFFICES
from grants.wording import results

if TYPE_CHECKING:
    from grants.domain.results import PromiseFigures
    from grants.queries.tallies import Counted

FIRST_YEAR = 2001
KEPT_BY_CACHES = "public, max-age=3600"
CSV, JSON = "text/csv; charset=utf-8", "application/json"
CALL_COLUMNS = (
    ("programme", "Code du programme\u00a0: DCD, PRJ ou SPA."),
    ("appel", "Titre de l’appel."),
    ("ouverture", "Instant d’ouverture, en temps universel (UTC)."),
    ("fermeture", "Dernier instant pour envoyer une demande, en temps universel (UTC)."),
    ("montant_minimum", "Montant le plus bas, en dollars, avec un point."),
    ("montant_maximum", "Montant le plus haut, en dollars, avec un point."),
)

RESULT_COLUMNS = (
    ("secretariat", "Code du secrétariat\u00a0: SACA ou SCT."),
    ("exercice", "Exercice de la date limite, du 1er avril au 31 mars."),
    ("engagement", "Code de l’engagement."),
    ("phrase", "Engagement, mot pour mot."),
    ("cible", "Cible, en pourcentage."),
    ("echues", "Promesses dont la date limite est passée."),
    ("tenues", "Parmi elles, celles tenues à temps."),
    ("en_retard", "Celles fermées après leur date."),
    ("ouvertes_en_retard", "Celles encore ouvertes après leur date."),
    ("mises_a_part", "Celles mises à part, hors du calcul."),
    ("reportees", "Celles dont la date a été reportée; la première date compte."),
    ("mediane", "Médiane de ce qui est fait; vide quand il n’y a rien."),
    ("neuf_sur_dix", "Neuf cas sur dix ont pris au plus ce temps."),
    ("unite", "Unité des deux colonnes précédentes."),
    ("resultat", "Part tenue, en pourcentage, avec un point; vide quand rien n’est échu."),
    ("calcule_le", "Instant du calcul, en temps universel (UTC)."),
)
"""Names of the columns of the results, and what each one holds."""


def page() -> str:
    """What is published, how often, under which licence, and what each column holds."""
    tables = [
        {"title": "Subventions accordées", "columns": files.GRANT_COLUMNS},
        {"title": "Résultats de nos engagements", "columns": RESULT_COLUMNS},
        {"title": "Appels de demandes", "columns": CALL_COLUMNS},
    ]
    return render_template(
        "public/open_data.html",
        years=open_data.years(db.session()),
        tables=tables,
        license=files.LICENSE,
        prefix=files.PREFIX,
    )


def grants_csv(first: int, second: int) -> Response:
    """The grants of a fiscal year as a table."""
    year = _year(first, second)
    return answer(files.grants_csv(_grants(year)), CSV, f"subventions-{year.label}.csv")


def grants_json(first: int, second: int) -> Response:
    """The grants of a fiscal year in the 360Giving standard."""
    year, base = _year(first, second), current_app.config["SETTINGS"].base_url
    content = files.grants_json(
        _grants(year),
        year,
        page_url=base + url_for("public.open_data"),
        program_url=f"{base}{url_for('public.programs')}/{{code}}",
    )
    return answer(content, JSON, f"subventions-{year.label}.json")


def calls_csv() -> Response:
    """Every call, past and to come."""
    rows = (
        (
            call.program.code,
            call.title,
            call.opens_at,
            call.closes_at,
            dollars(call.terms.amount_min_cents),
            dollars(call.terms.amount_max_cents),
        )
        for call in programs.every_call(db.session())
    )
    return answer(csv_bytes([name for name, _ in CALL_COLUMNS], rows), CSV, "appels.csv")


def results_csv() -> Response:
    """What was last counted of both secretariats, one line a promise and a year."""
    session = db.session()
    rows = [
        _line(code, counted, one)
        for code in OFFICES
        for counted in tallies.latest(session, commitments.secretariat(session, code).id)
        for one in counted.figures
    ]
    content = csv_bytes([name for name, _ in RESULT_COLUMNS], rows)
    return answer(content, CSV, "engagements_resultats.csv")


def answer(content: bytes, media_type: str, filename: str) -> Response:
    """A file that anybody may keep and caches may hold for an hour."""
    response = Response(content, content_type=media_type)
    response.headers["Content-Disposition"] = f'attachment; filename="{filename}"'
    response.headers["Cache-Control"] = KEPT_BY_CACHES
    return response


def _year(first: int, second: int) -> Period:
    """A fiscal year that has begun, by both its years."""
    current = fiscal_year_of(local_date(utc_now())).from_on.year
    if second != first + 1 or not FIRST_YEAR <= first <= current:
        abort(404)
    return fiscal_year(first)


def _grants(year: Period) -> Any:
    """Its grants; a year without any has no file."""
    found = open_data.grants(db.session(), year)
    return found or abort(404)


def _line(code: str, counted: Counted, one: PromiseFigures) -> tuple[Any, ...]:
    whole, rest = divmod(one.share or 0, TENTHS)
    return (
        code,
        counted.period.label,
        one.code,
        one.sentence,
        one.target_percent,
        one.due,
        one.kept,
        one.missed,
        one.open_late,
        one.excluded_count,
        one.extended,
        one.median,
        one.nine_in_ten,
        results.UNITS[one.unit],
        None if one.share is None else f"{whole}.{rest}",
        counted.as_of,
    )
