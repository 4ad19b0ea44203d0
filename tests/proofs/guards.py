"""Every rule of the table against raw SQL: refused by the database alone, harmful without it."""

from sqlalchemy import text
from sqlalchemy.exc import DBAPIError
from sqlalchemy.orm import Session

from tests.proofs import world
from tests.proofs.more_attacks import FIRST, RULES


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


def outcomes(session: Session) -> dict[tuple[str, str], tuple[bool, bool]]:
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
