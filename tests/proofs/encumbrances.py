"""F1: many decisions at the same instant draw on few envelopes; none is overspent.

The control looks at the sum of the entries, then inserts, on a database without guards: what an
application does that trusts what it read.
"""

import random
import time
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from sqlalchemy import create_engine, select, text
from sqlalchemy.orm import Session

from grants.domain.errors import DomainError
from grants.extensions import db
from grants.models.case_files import CaseFile, Participant
from grants.models.decisions import Decision, Envelope, EnvelopeEntry
from grants.models.programs import Program
from grants.models.reviews import Recommendation
from grants.operations import envelopes
from grants.unit_of_work import saving
from tests.cases import AMOUNT
from tests.conftest import Engine
from tests.databases import application
from tests.factories import NOW, make_staff, unique
from tests.money_cases import make_recommended
from tests.proofs.bare import bare_application
from tests.proofs.copies import repeat
from tests.proofs.crowd import at_once, insist
from tests.proofs.figures import Figure

OVERSPENT = (
    "SELECT count(*) FROM envelope WHERE used_cents > total_cents OR used_cents <>"
    " (SELECT coalesce(sum(amount_cents), 0) FROM envelope_entry WHERE envelope_id = envelope.id)"
    " OR total_cents < (SELECT coalesce(sum(amount_cents), 0) FROM envelope_entry"
    " WHERE envelope_id = envelope.id)"
)
FIRST_YEAR = 2028
SHARE_GRANTED = 0.6  # of what is asked, so that every envelope has to refuse
A_MOMENT = 0.005  # between looking and writing, for whatever an act does meanwhile


@dataclass(frozen=True)
class Size:
    """How many encumbrances, on how many envelopes, from how many processes."""

    requests: int
    envelopes: int
    processes: int


@dataclass(frozen=True)
class Request:
    """One decision to write: all its rows but itself are there."""

    envelope_id: int
    case_file_id: int
    recommendation_id: int
    cents: int


FULL = Size(2_000, 50, 8)


def figure(engine: Engine, folder: Path, seed: int, size: Size = FULL) -> Figure:
    """The proof and its control on one engine."""
    with engine.copy() as url:
        overspent = _guarded(url, folder, seed, size)
    with bare_application(engine, folder) as app:
        url = app.config["SQLALCHEMY_DATABASE_URI"]
        control = _control(url, folder, seed, size)
    return Figure("F1", engine.name, size.requests, overspent, size.envelopes, control)


def _guarded(url: str, folder: Path, seed: int, size: Size) -> int:
    """Overspent envelopes, and answers that the entries do not bear out."""
    app = application(url, folder)
    with app.app_context():
        shares = _shares(_requests(db.session(), random.Random(seed), size), size)
        db.session.remove()
        granted = sum(at_once(url, folder, shares, encumber_all))
        session = db.session()
        entries = session.scalars(select(EnvelopeEntry.id)).all()
        wrong = session.scalars(text(OVERSPENT)).one() + abs(len(entries) - granted)
        db.session.remove()
        db.engine.dispose()
    assert 0 < granted < size.requests, "every envelope must have to refuse something"
    return wrong


def _requests(session: Session, chance: random.Random, size: Size) -> list[Request]:
    """The files to decide, their decider on their side, and envelopes too small for all."""
    case = make_recommended(session)
    decider = make_staff(session, "Irène Vallée", "decider").person_id
    session.add(Participant(matter_id=case.matter_id, person_id=decider, side="first"))
    session.commit()
    copies = repeat(session, case.id, size.requests)
    sizes = [chance.randint(1, AMOUNT - 1) for _ in range(size.requests)]
    places = _envelopes(session, sizes, size)
    rows = zip(copies.of("case_file")[0], copies.of("recommendation")[0], sizes, strict=True)
    return [
        Request(places[rank * len(places) // size.requests], *row) for rank, row in enumerate(rows)
    ]


def _envelopes(session: Session, sizes: Sequence[int], size: Size) -> list[int]:
    program = session.scalars(select(Program.id).where(Program.code == "DCD")).one()
    made = []
    for rank in range(size.envelopes):
        asked = sum(sizes[n] for n in range(len(sizes)) if n * size.envelopes // len(sizes) == rank)
        row = {"program_id": program, "fiscal_year": FIRST_YEAR + rank}
        made.append(Envelope(**row, total_cents=int(asked * SHARE_GRANTED), used_cents=0))
    session.add_all(made)
    session.commit()
    return [envelope.id for envelope in made]


def _shares(requests: Sequence[Request], size: Size) -> list[list[Request]]:
    return [list(requests[rank :: size.processes]) for rank in range(size.processes)]


def encumber_all(requests: Sequence[Request]) -> int:
    """Write these decisions, one act each; how many the envelopes bore."""
    return sum(insist(_encumber, one) for one in requests)


def _encumber(one: Request) -> bool:
    try:
        with saving() as session:
            decision = _decision(session, one)
            envelopes.encumber(session, one.envelope_id, decision, now=NOW)
    except DomainError as refused:
        if refused.code != "envelope_short":
            raise
        return False
    return True


def _decision(session: Session, one: Request) -> Decision:
    case = session.get_one(CaseFile, one.case_file_id)
    advice = session.get_one(Recommendation, one.recommendation_id)
    among = select(Participant.person_id).where(
        Participant.matter_id == case.matter_id, Participant.person_id != advice.person_id
    )
    return Decision(
        public_id=unique(),
        case_file_id=case.id,
        matter_id=case.matter_id,
        side=case.side,
        recommendation_id=advice.id,
        decided_by_id=session.scalars(among).one(),
        advised_by_id=advice.person_id,
        outcome="accepted_in_part",
        requested_cents=AMOUNT,
        granted_cents=one.cents,
        explanation="Selon ce que l’enveloppe permet.",
        decided_at=NOW,
        letter_on=NOW.date(),
        letter="{}",
    )


def _control(url: str, folder: Path, seed: int, size: Size) -> int:
    """Overspent envelopes where each looks first, then writes."""
    chance = random.Random(seed)
    sizes = [chance.randint(1, AMOUNT - 1) for _ in range(size.requests)]
    ids = _envelopes(db.session(), sizes, size)
    db.session.remove()
    asked = [(url, ids[n * len(ids) // len(sizes)], cents) for n, cents in enumerate(sizes)]
    shares = [asked[rank :: size.processes] for rank in range(size.processes)]
    at_once(url, folder, shares, look_then_insert)
    over = text(
        "SELECT count(*) FROM envelope WHERE total_cents < (SELECT sum(amount_cents)"
        " FROM envelope_entry WHERE envelope_id = envelope.id)"
    )
    return db.session.scalars(over).one()


def look_then_insert(asked: Sequence[tuple[str, int, int]]) -> None:
    """Read what is left, then take it: on an engine of its own, without our transactions."""
    naive = create_engine(asked[0][0], connect_args=patient(asked[0][0]))
    for _url, envelope_id, cents in asked:
        row = {"id": envelope_id, "cents": cents, "now": NOW}
        with naive.begin() as connection:
            left = connection.scalar(text(_LEFT), row)
            time.sleep(A_MOMENT)
            if cents <= (left or 0):
                connection.execute(text(_TAKE), row)
    naive.dispose()


def patient(url: str) -> dict[str, float]:
    """SQLite: wait for the other writers, longer than ours do."""
    return {"timeout": 30.0} if url.startswith("sqlite") else {}


_LEFT = (
    "SELECT total_cents - (SELECT coalesce(sum(amount_cents), 0) FROM envelope_entry"
    " WHERE envelope_id = :id) FROM envelope WHERE id = :id"
)
_TAKE = (
    "INSERT INTO envelope_entry (envelope_id, amount_cents, entered_at) VALUES (:id, :cents, :now)"
)
