"""Due dates at full size: 20,000 receipts of both policies, each computed again by numpy."""

from pathlib import Path

from tests.conftest import Engine
from tests.due_dates import disagreements, forgetful, receipts
from tests.proofs.figures import Figure

FULL = 20_000


def figure(_engine: Engine, _folder: Path, number: int) -> Figure:
    """Every date agrees; the control forgets Easter Monday, and must be caught."""
    known = receipts(FULL, number)
    harmed = len(disagreements(known))
    caught = len(disagreements(known, forgetful()))
    return Figure("due-dates", "no database", FULL, harmed, FULL, caught)
