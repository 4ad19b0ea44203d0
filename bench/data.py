"""Databases to measure on: made by `flask setup`, then filled in bulk through Core.

Every case file has what the product would have written: matter, participant, application,
assignment, clock, acknowledgement, outbox row and three lines of journal. Only the chain of the
journal is left out; no measured page reads it.
"""

import os
import shutil
import uuid
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from datetime import timedelta
from pathlib import Path

import psycopg
from flask import Flask
from sqlalchemy import Connection, insert, select, text
from sqlalchemy.engine import make_url
from sqlalchemy.orm import Session

from bench.files import ADVISOR, CALL, FILES, OLDEST, PER_ORGANIZATION, SENDER, Plan, Row, key
from grants.clock import utc_now
from grants.domain.credentials import token_hash
from grants.domain.deadlines import compute
from grants.domain.text import fold
from grants.extensions import db
from grants.factory import create_app
from grants.models import Base
from grants.models.programs import FormVersion, ProgramTerms
from grants.queries import calendars, commitments
from grants.settings import Settings

KEY = "une-cle-pour-les-mesures-seulement"
TOKEN = "jeton-de-la-conseillere-mesuree"
CHUNK = 5_000
NAMES = ("Comité logement", "Maison des aînées", "Table de concertation", "Carrefour d’entraide")
PLACES = ("Rive-Claire", "Sainte-Élodie", "Val-d’Érables", "L’Anse-aux-Goélands", "Mont-Bleu")


def application(database_url: str, folder: Path, redis_url: str = "") -> Flask:
    """The product on this database, as in production: no demonstration, no test mode."""
    settings = Settings(
        database_url=database_url,
        storage_url=f"file://{folder}/files",
        redis_url=redis_url or f"unix://{folder}/no-redis.sock",
        mail_url="smtp://127.0.0.1:9",
        secret_key=KEY,
        journal_key=KEY,
        column_key=KEY,
    )
    return create_app(settings)


@contextmanager
def prepared(engine: str, folder: Path, size: int) -> Iterator[Flask]:
    """The product on a new database made by `flask setup`, with `size` case files in it."""
    with database(engine, folder) as url:
        app = application(url, folder)
        set_up(app)
        with app.app_context():
            fill(db.session(), size)
            db.session.remove()
        yield app
        with app.app_context():
            db.engine.dispose()


def set_up(app: Flask) -> None:
    """Run `flask setup`."""
    outcome = app.test_cli_runner().invoke(args=["setup"])
    if outcome.exit_code:
        raise RuntimeError(outcome.output) from outcome.exception


@contextmanager
def database(engine: str, folder: Path, origin: str = "") -> Iterator[str]:
    """A database of one's own, empty or, with the URL of an origin that nobody uses, a copy."""
    name = f"bench_{uuid.uuid4().hex}"
    if engine == "sqlite":
        path = folder / f"{name}.db"
        if origin:
            shutil.copyfile(origin.removeprefix("sqlite:///"), path)
        yield f"sqlite:///{path}"
        return
    server = make_url(os.environ["APPUI_TEST_POSTGRES"])
    address = server.render_as_string(hide_password=False).replace("+psycopg", "")
    template = f" TEMPLATE {make_url(origin).database}" if origin else ""
    with psycopg.connect(address, autocommit=True) as connection:
        connection.execute(f"CREATE DATABASE {name}{template}")
        yield server.set(database=name).render_as_string(hide_password=False)
        connection.execute(f"DROP DATABASE {name} WITH (FORCE)")


def fill(session: Session, size: int) -> None:
    """Write `size` case files: 400 (all, if fewer) open with the advisor, 1 in 3 of the others
    open with 39 other advisors, the rest closed, hers too."""
    plan = _plan(session, size)
    surroundings = _surroundings(session, plan)
    session.rollback()
    with db.engine.begin() as connection:
        for name, rows in surroundings.items():
            insert_rows(connection, name, rows)
        for first in range(1, size + 1, CHUNK):
            ranks = range(first, min(first + CHUNK, size + 1))
            for name, make in FILES.items():
                insert_rows(connection, name, [row for rank in ranks for row in make(plan, rank)])
        analyze(connection)


def analyze(connection: Connection) -> None:
    """Let PostgreSQL count what was written, as its own daemon would soon do."""
    if connection.dialect.name == "postgresql":
        connection.execute(text("ANALYZE"))


def insert_rows(connection: Connection, table: str, rows: Iterable[Row]) -> None:
    """Write rows of one table in bulk; none is nothing."""
    listed = list(rows)
    if listed:
        connection.execute(insert(Base.metadata.tables[table]), listed)


def _plan(session: Session, size: int) -> Plan:
    now = utc_now().replace(microsecond=0)
    commitment = commitments.by_code(session, "SACA_ACK", now.date())
    delay = commitments.delay(commitment) if commitment else None
    if commitment is None or delay is None:
        raise RuntimeError("the reference data holds no SACA_ACK")
    office, calendar = commitment.declaration.secretariat, calendars.calendar(session)
    span = commitments.opening_span(office)
    days = (now - timedelta(days=age) for age in range(OLDEST + 1))
    dues = [compute(day, delay, calendar, span) for day in days]
    form_id = session.scalars(select(FormVersion.id).order_by(FormVersion.id)).first() or 0
    return Plan(size, now, office.id, form_id, commitment.id, dues)


def _surroundings(session: Session, plan: Plan) -> dict[str, list[Row]]:
    """The rows that files refer to: people, the advisor's session, organizations, one call."""
    form = session.get_one(FormVersion, plan.form_version_id)
    terms = select(ProgramTerms.id).where(ProgramTerms.program_id == form.program_id)
    call = {
        "program_id": form.program_id,
        "terms_id": session.scalars(terms).first(),
        "form_version_id": form.id,
        "opens_at": plan.now - timedelta(days=60),
        "closes_at": plan.now + timedelta(days=60),
    }
    numbers = range(1, plan.size // PER_ORGANIZATION + 2)
    return {
        "person": [_person(number) for number in range(1, SENDER + 1)],
        "account": [_account(plan, number) for number in range(1, SENDER)],
        "staff_member": [_staff(plan, number) for number in range(1, SENDER)],
        "staff_role": [{"person_id": number, "role": "advisor"} for number in range(1, SENDER)],
        "web_session": [_web_session(plan)],
        "organization": [_organization(plan, number) for number in numbers],
        "call": [{"id": CALL, "public_id": key(1), "title": "Appel", "year": 2027} | call],
    }


def _person(number: int) -> Row:
    return {"id": number, "public_id": key(number), "full_name": f"Conseillère Numéro {number}"}


def _account(plan: Plan, number: int) -> Row:
    return {
        "id": number,
        "person_id": number,
        "kind": "staff",
        "email": f"conseillere.{number}@appui.example",
        "public_id": key(number),
        "created_at": plan.now,
    }


def _staff(plan: Plan, number: int) -> Row:
    return {"person_id": number, "secretariat_id": plan.secretariat_id, "title": "Conseillère"}


def _web_session(plan: Plan) -> Row:
    return {
        "token_hash": token_hash(TOKEN),
        "account_id": ADVISOR,
        "stage": "in",
        "created_at": plan.now,
        "expires_at": plan.now + timedelta(hours=12),
    }


def _organization(plan: Plan, number: int) -> Row:
    name = f"{NAMES[number % len(NAMES)]} {PLACES[number % len(PLACES)]} {number}"
    return {
        "id": number,
        "public_id": key(number),
        "neq": f"11{number:08d}",
        "legal_name": name,
        "search_name": fold(name),
        "created_at": plan.now,
    }
