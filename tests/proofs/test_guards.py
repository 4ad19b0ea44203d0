"""The table of rules, at the size of a test: the whole of it, on both engines."""

from pathlib import Path

import pytest
from sqlalchemy.orm import Session

from grants.extensions import db
from tests.conftest import Engine
from tests.proofs.bare import bare_application
from tests.proofs.guards import Outcomes, outcomes, refusals

pytestmark = pytest.mark.engine


def test_the_database_alone_refuses(session: Session) -> None:
    assert _not_held(outcomes(session)) == []


def test_the_operations_refuse(session: Session) -> None:
    assert _not_held(refusals(session)) == []


def _not_held(found: Outcomes) -> list[tuple[str, str]]:
    return [what for what, (refused, harmed) in found.items() if harmed or not refused]


def test_without_guards_the_harm_appears(engine: Engine, tmp_path: Path) -> None:
    with bare_application(engine, tmp_path):
        harmless = [what for what, (_, harmed) in outcomes(db.session()).items() if not harmed]
    assert harmless == []
