"""Random histories of every act, at the size of a test: the same ones each time."""

from pathlib import Path

import pytest

from tests.conftest import Engine
from tests.proofs.histories import tried

pytestmark = pytest.mark.engine

SEED = 2026
SMALL = {"sqlite": (6, 25), "postgresql": (2, 25)}


def test_nothing_happens_that_must_never_be(engine: Engine, tmp_path: Path) -> None:
    count, acts = SMALL[engine.name]
    assert tried(engine, tmp_path, SEED, count, acts) == count * acts
