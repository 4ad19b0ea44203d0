"""Random histories of every act, at the size of a test: the same ones each time."""

from pathlib import Path

import pytest

from tests.conftest import Engine
from tests.proofs.histories import tried
from tests.proofs.truths import LIES

pytestmark = pytest.mark.engine

SEED = 2026
SMALL = {"sqlite": (6, 20), "postgresql": (2, 20)}


def test_nothing_happens_that_must_never_be(engine: Engine, tmp_path: Path) -> None:
    count, acts = SMALL[engine.name]
    found = tried(engine, tmp_path, SEED, count, acts)
    assert found.acts >= count * acts
    assert found.lies_seen == len(LIES)
