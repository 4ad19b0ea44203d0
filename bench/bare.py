"""The cheapest page that prints as much as À faire aujourd'hui: the baseline of its cost."""

from typing import Any

from flask import Flask, render_template, url_for
from sqlalchemy import Engine, Row, Select, and_, create_engine, select

from bench.files import ADVISOR
from grants.extensions import db
from grants.models.case_files import Assignment, CaseFile
from grants.models.clocks import Clock
from grants.models.organizations import Organization
from grants.models.people import Person
from grants.models.programs import Call, Program
from grants.queries import commitments
from grants.queries.desk import Filters
from grants.web.account.urls import blueprint as account
from grants.web.applicant.urls import blueprint as applicant
from grants.web.filters import FILTERS
from grants.web.finance.urls import blueprint as finance
from grants.web.public.urls import blueprint as public
from grants.web.staff.rows import DeskRow
from grants.web.staff.today import Group
from grants.web.staff.urls import blueprint as staff
from grants.wording import contacts
from grants.wording.time_left import Chip

URL = "/nu"
DAYS = 5


def bare(product: Flask, lines: int) -> Flask:
    """A Flask application with one page: the product's template on one joined SELECT."""
    app = frame(product, {"site": _site(product), "nav": [], "actor": None, "demo": False})
    with product.app_context():
        engine = create_engine(db.engine.url)
    query = _select(lines)

    @app.get(URL)
    def page() -> str:
        return render_template("staff/today.html", **_facts(_read(engine, query)))

    return app


def frame(product: Flask, known: dict[str, Any]) -> Flask:
    """A Flask application with the product's templates and addresses, and nothing behind them."""
    app = Flask("grants", template_folder=product.template_folder)
    for blueprint in (public, account, applicant, staff, finance):
        app.register_blueprint(blueprint)  # only so that the template finds its addresses
    environment = app.jinja_env
    environment.filters.update(FILTERS)
    environment.trim_blocks = environment.lstrip_blocks = True
    environment.globals.update(known, get_flashed_messages=lambda **_: [])
    return app


def _site(product: Flask) -> dict[str, Any]:
    with product.app_context():
        office = commitments.secretariat(db.session(), "SACA")
        site = {"name": "Appui", "secretariat": contacts.block(office.name, office.contact)}
        db.session.remove()
    return site


COLUMNS: tuple[Any, ...] = (
    CaseFile.public_id,
    CaseFile.number,
    CaseFile.channel,
    CaseFile.received_at,
    Organization.legal_name,
    Program.short_name,
    Person.full_name,
    Assignment.assigned_at,
    Clock.due_on,
)


def _select(lines: int) -> Select[*tuple[Any, ...]]:
    """The advisor's open files, soonest first, with all that a line shows."""
    open_one = and_(Assignment.case_file_id == CaseFile.id, Assignment.ended_at.is_(None))
    running = and_(Clock.case_file_id == CaseFile.id, Clock.stopped_at.is_(None))
    return (
        select(*COLUMNS)
        .join(Organization, Organization.id == CaseFile.organization_id)
        .join(Call, Call.id == CaseFile.call_id)
        .join(Program, Program.id == Call.program_id)
        .outerjoin(Assignment, open_one)
        .outerjoin(Person, Person.id == CaseFile.advisor_id)
        .outerjoin(Clock, running)
        .where(CaseFile.advisor_id == ADVISOR, CaseFile.closed_at.is_(None))
        .order_by(CaseFile.next_due_at, CaseFile.id)
        .limit(lines)
    )


def _read(engine: Engine, query: Select[*tuple[Any, ...]]) -> list[DeskRow]:
    with engine.connect() as connection:
        return [_line(row) for row in connection.execute(query)]


def _line(row: Row[*tuple[Any, ...]]) -> DeskRow:
    """The columns as they come, in the places of the template."""
    return DeskRow(
        public_id=row.public_id,
        url=f"/bureau/dossiers/{row.public_id}",
        organization=row.legal_name,
        under=row.number,
        act=row.short_name,
        why=str(row.received_at),
        chip=Chip("running", str(row.due_on), DAYS, 2, row.channel),
        last=str(row.assigned_at),
    )


def _facts(lines: list[DeskRow]) -> dict[str, Any]:
    """What the template needs besides: the frame of the page, without counting anything."""
    day = {"label": "lun. 23 nov.", "count": 4, "note": "échéances"}
    return {
        "heading": "Lundi 23 novembre 2026",
        "week": [day] * DAYS,
        "groups": [Group("ensuite", "Ensuite", f"{len(lines)} dossiers", lines)],
        "programs": [("DCD", "Défense collective des droits")] * 3,
        "whose_choices": {"moi": "Mes dossiers", "equipe": "Toute l’équipe"},
        "wanted": Filters(),
        "whose": "moi",
        "next_url": url_for("staff.today", apres="1"),
        "is_first_page": True,
    }
