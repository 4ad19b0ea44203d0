"""Money asked for by several processes at the same instant, at the size of a test."""

from pathlib import Path

import pytest

from tests.conftest import Engine
from tests.proofs import encumbrances, paid_once

pytestmark = pytest.mark.engine

SEED = 2026


def test_no_envelope_is_overspent(engine: Engine, tmp_path: Path) -> None:
    size = encumbrances.Size(requests=120, envelopes=5, processes=4)
    found = encumbrances.figure(engine, tmp_path, SEED, size)
    assert found.passed, found.line()


def test_no_instalment_is_paid_twice(engine: Engine, tmp_path: Path) -> None:
    size = paid_once.Size(requests=16, processes=3)
    found = paid_once.figure(engine, tmp_path, SEED, size)
    assert found.passed, found.line()
