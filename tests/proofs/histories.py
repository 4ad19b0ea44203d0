"""Random histories of every act there is, compared with a book after each act (F4).

The office is made once; each history is a transaction that is rolled back when it ends.
"""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from flask import Flask
from hypothesis import HealthCheck, Phase, seed, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, rule, run_state_machine_as_test
from sqlalchemy import Connection, Engine

from grants import clock
from grants.extensions import db
from tests.conftest import Engine as Database
from tests.databases import application
from tests.proofs import agreement_acts, file_acts, money_acts, request_turns, truths
from tests.proofs.figures import Figure
from tests.proofs.office import Office, open_office
from tests.proofs.prelude import begin

PICK = st.integers(min_value=0, max_value=9_999)
USUAL = (file_acts.decide, file_acts.recommend, money_acts.run_job)  # twice as often
ACTS: tuple[Callable[..., None], ...] = (
    *file_acts.ACTS,
    *agreement_acts.ACTS,
    *money_acts.ACTS,
    *request_turns.ACTS,
    *USUAL,
)
STRIDE = 7  # from an act to the one tried in its place; shares no divisor with their number
FULL = {"sqlite": (500, 50), "postgresql": (100, 30)}


class History(RuleBasedStateMachine):
    """One history, in an office that a subclass names."""

    office: Office
    place: Any
    done = 0

    def __init__(self) -> None:
        super().__init__()
        self.undo: Callable[[], None] = _inside(self.place)
        self.mine = self.office.again()

    @rule(what=PICK, pick=PICK, who=PICK, also=PICK)
    def happen(self, what: int, pick: int, who: int, also: int) -> None:
        """One act, the next one when it makes no sense now; then everything is looked at."""
        before = self.mine.now
        for rank in range(len(ACTS)):
            ACTS[(what + rank * STRIDE) % len(ACTS)](self.mine, pick, who, also)
            if self.mine.now > before:
                break
        truths.hold(self.mine.session, self.mine.book)
        type(self).done += 1

    def teardown(self) -> None:
        """Look once more, then nothing of it stays."""
        try:
            truths.end_well(self.mine.session, self.mine.book)
        finally:
            self.undo()


def _inside(place: tuple[Any, Engine]) -> Callable[[], None]:
    """Begin a transaction that every session uses; the function that undoes it."""
    engines, real = place
    connection: Connection = real.connect().execution_options(sqlite_begin="IMMEDIATE")
    outer = connection.begin()
    db.session.remove()
    engines[None] = connection

    def undo() -> None:
        db.session.remove()
        engines[None] = real
        outer.rollback()
        connection.close()

    return undo


@contextmanager
def _histories(database: Database, folder: Path) -> Iterator[type[History]]:
    """The machine of an office made once on a database of its own."""
    with database.copy() as url:
        app: Flask = application(url, folder)
        with app.app_context():
            office = begin(open_office(db.session(), clock.utc_now()))
            truths.hold(office.session, office.book)
            db.session.remove()
            known = {"office": office, "place": (db.engines, db.engine), "done": 0}
            yield type("Histories", (History,), known)
            db.engine.dispose()


@dataclass(frozen=True)
class Tried:
    """How many acts happened, and how many lies were seen among those told by SQL."""

    acts: int
    lies_seen: int


def tried(database: Database, folder: Path, number: int, count: int, acts: int) -> Tried:
    """Let that many histories of so many acts happen. AssertionError where one goes wrong."""
    chosen = settings(
        max_examples=count,
        stateful_step_count=acts,
        deadline=None,
        database=None,
        phases=[Phase.generate],
        suppress_health_check=list(HealthCheck),
        report_multiple_bugs=False,
    )
    with _histories(database, folder) as machine:
        run_state_machine_as_test(seed(number)(machine), settings=chosen)
        office = machine.office
        seen = [truths.is_seen(office.session, office.book, lie) for lie in truths.LIES.values()]
        db.session.remove()
        return Tried(machine.done, sum(seen))


def figure(database: Database, folder: Path, number: int) -> Figure:
    """The histories at full size on one engine; the control are lies, told by SQL."""
    count, acts = FULL[database.name]
    found, lies = tried(database, folder, number, count, acts), len(truths.LIES)
    missed, note = lies - found.lies_seen, f"{found.acts} acts"
    return Figure("model", database.name, count, missed, lies, found.lies_seen, note)
