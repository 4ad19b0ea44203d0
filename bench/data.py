"""Databases to measure on: made by `flask setup`, then filled in bulk through Core.

Every case file has what the product would have written: matter, participant, application,
assignment, clock, acknowledgement, outbox row and four lines of journal. Only the chain of the
journal is left out; no measured page reads it.
"""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

from flask import Flask
from sqlalchemy import Connection, insert, text
from sqlalchemy.orm import Session

from bench.servers import database
from grants.clock import utc_now
from grants.domain.calendar import Calendar, local_date
from grants.domain.case_number import make
from grants.domain.deadlines import Delay, OpeningSpan, compute
from grants.extensions import db
from grants.factory import create_app
from grants.models import Base
from grants.queries import calendars, commitments
from grants.settings import Settings

KEY = "une-cle-pour-les-mesures-seulement"
NEVER = datetime(9999, 12, 31, tzinfo=UTC)
ADVISORS = 40
ADVISOR = 1  # the person whose desk is measured
OPEN_FILES = 400
CHUNK = 5_000
NAMES = ("Comité logement", "Maison des aînées", "Table de concertation", "Carrefour d’entraide")
PLACES = ("Rive-Claire", "Sainte-Élodie", "Val-d’Érables", "L’Anse-aux-Goélands", "Mont-Bleu")
EVENTS = ("application_received", "acknowledgement_sent", "case_assigned", "assignment_sent")


def application(database_url: str, folder: Path, redis_url: str = "") -> Flask:
    """The product on this database, as in production: no demonstration, no test mode."""
    settings = Settings(
        database_url=database_url,
        storage_url=f"file://{folder}/files",
        redis_url=redis_url or f"unix://{folder}/no-redis.sock",
        mail_url="smtp://127.0.0.1:9",
        secret_key=KEY,
        journal_key=KEY,
    )
    return create_app(settings)


@contextmanager
def set_up(engine: str, folder: Path, redis_url: str = "") -> Iterator[Flask]:
    """The product on a new database of this engine that `flask setup` made."""
    with database(engine, folder) as url:
        app = application(url, folder, redis_url)
        outcome = app.test_cli_runner().invoke(args=["setup"])
        if outcome.exit_code:
            raise RuntimeError(outcome.output) from outcome.exception
        with app.app_context():
            yield app
            db.session.remove()
            db.engine.dispose()


@dataclass(frozen=True)
class Plan:
    """What becomes of each file, by its rank: one of `every` is the advisor's and open."""

    size: int
    now: datetime
    secretariat_id: int
    call_id: int
    form_version_id: int
    commitment_id: int
    due: dict[int, Any]  # by age in days

    @property
    def every(self) -> int:
        """How far apart the advisor's open files lie."""
        return self.size // OPEN_FILES


def fill(session: Session, size: int) -> None:
    """Write `size` case files, 400 of them open with the advisor."""
    now = utc_now().replace(microsecond=0)
    with db.engine.begin() as connection:
        plan = _prepare(session, connection, size, now)
        for first in range(1, size + 1, CHUNK):
            _write(connection, plan, range(first, min(first + CHUNK, size + 1)))
        connection.execute(text("ANALYZE") if connection.dialect.name != "sqlite" else text("SELECT 1"))
