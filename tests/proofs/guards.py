"""Every rule of the table, three times: all guards, the database's alone by raw SQL, none."""

from collections.abc import Callable
from pathlib import Path

from sqlalchemy import text
from sqlalchemy.exc import DBAPIError
from sqlalchemy.orm import Session

from grants.extensions import db
from tests.conftest import Engine
from tests.databases import application
from tests.proofs import world
from tests.proofs.acts import ACTS, REFUSED
from tests.proofs.bare import bare_application
from tests.proofs.figures import Figure
from tests.proofs.more_attacks import FIRST, RULES
from tests.proofs.scene import Scene

Outcomes = dict[tuple[str, str], tuple[bool, bool]]


def _named(sql: str, ids: world.Ids) -> dict[str, object]:
    return {name: value for name, value in ids.items() if f":{name}" in sql}


def harm(session: Session, sql: str, ids: world.Ids) -> int:
    """How many times what must never be is there."""
    return sum(session.scalars(text(sql), _named(sql, ids)))


def _attack(session: Session, rule: str, attack: str, sql: str, ids: world.Ids) -> None:
    before = FIRST.get((rule, attack))
    if before:
        session.execute(text(before), _named(before, ids))
    session.execute(text(sql), _named(sql, ids))


def outcomes(session: Session) -> Outcomes:
    """For each rule and attack: whether the database refused it, and whether harm was done."""
    ids, found = world.build(session), {}
    for rule in RULES:
        assert harm(session, rule.harm, ids) == 0, rule.name
        for attack, sql in rule.attacks.items():
            attempt = session.begin_nested()
            try:
                _attack(session, rule.name, attack, sql, ids)
                refused = False
            except DBAPIError:
                attempt.rollback()
                refused = True
            found[rule.name, attack] = (refused, harm(session, rule.harm, ids) > 0)
            if attempt.is_active:
                attempt.rollback()
    return found


def refusals(session: Session) -> Outcomes:
    """The same of acts of the product, each rule tried through the operation that does it."""
    scene, found = Scene(session, world.build(session)), {}
    for rule in RULES:
        for name, attempt in ACTS[rule.name].items():
            try:
                attempt(scene)
                refused = False
            except REFUSED:
                refused = True
            found[rule.name, name] = (refused, harm(session, rule.harm, scene.ids) > 0)
    return found


def _on_a_copy(engine: Engine, folder: Path, look: Callable[[Session], Outcomes]) -> Outcomes:
    with engine.copy() as url:
        app = application(url, folder)
        with app.app_context():
            found = look(db.session())
            db.session.remove()
            db.engine.dispose()
    return found


def figure(engine: Engine, folder: Path, _number: int) -> Figure:
    """The whole table on one engine: attempts refused without harm, and what they do unguarded."""
    found = {**_on_a_copy(engine, folder, outcomes), **_on_a_copy(engine, folder, refusals)}
    with bare_application(engine, folder):
        bare = outcomes(db.session())
    wrong = sum(1 for refused, harmed in found.values() if harmed or not refused)
    wrong += sum(1 for _refused, harmed in bare.values() if not harmed)
    control = sum(1 for _refused, harmed in bare.values() if harmed)
    note = f"{len(RULES)} rules; by raw SQL and by acts of the product"
    return Figure("guards", engine.name, len(found), wrong, len(bare), control, note)
