"""`python -m tests.proofs`: the published figures at full size, each with its control.

The answer of the process is 1 when one does not hold. APPUI_TEST_POSTGRES is the address of a
PostgreSQL server where databases may be created: every figure is measured on both engines.
"""

import argparse
import json
import random
import subprocess
import sys
import tempfile
from collections.abc import Callable, Iterator, Mapping
from dataclasses import asdict
from pathlib import Path

from grants.clock import utc_now
from tests.conftest import ENGINES, Engine
from tests.documents.bank_batches import check_random_batches
from tests.faults import releases
from tests.proofs import due_dates, encumbrances, guards, histories, paid_once
from tests.proofs.figures import Figure

BATCHES = 1_000

Proof = Callable[[Engine, Path, int], Figure]


def _bank_files(_engine: Engine, _folder: Path, number: int) -> Figure:
    """Batches written and read back; a difference is an error that ends the proof."""
    return Figure("F17", "no database", check_random_batches(BATCHES, number), 0)


def _releases(engine: Engine, _folder: Path, number: int) -> Figure:
    with engine.copy() as url:
        seen = releases.run(url, releases.FULL, number)
    torn = sum(not told.is_held for told in seen.told)
    torn += seen.numbers != list(range(1, releases.FULL + 1))
    between = sum(told.is_between for told in seen.told)
    note = f"{between} killed between file and status"
    return Figure("release", engine.name, len(seen.told), torn, note=note)


PROOFS: Mapping[str, Proof] = {
    "guards": guards.figure,
    "F1": encumbrances.figure,
    "F2": paid_once.figure,
    "F17": _bank_files,
    "model": histories.figure,
    "release": _releases,
    "due-dates": due_dates.figure,
}
WITHOUT_DATABASE = ("F17", "due-dates")


def main() -> int:
    """Prove, print; 0 when every figure holds."""
    asked = _asked()
    head = {"date": utc_now().isoformat(timespec="seconds"), "commit": _commit()}
    head |= {"seed": str(asked.seed)}
    if not asked.json:
        _say("  ".join(f"{name} {value}" for name, value in head.items()))
    found = []
    for figure in _figures(asked.only, asked.seed):
        found.append(figure)
        if not asked.json:
            _say(figure.line() if figure.passed else f"{figure.line()}   DOES NOT HOLD")
    if asked.json:
        figures = [{**asdict(one), "passed": one.passed} for one in found]
        _say(json.dumps({**head, "figures": figures}, ensure_ascii=False, indent=2))
    return 0 if all(figure.passed for figure in found) else 1


def _asked() -> argparse.Namespace:
    reader = argparse.ArgumentParser(prog="tools/prove", description="The published figures.")
    reader.add_argument("--only", choices=list(PROOFS), help="one figure")
    reader.add_argument("--seed", type=int, help="of the random choices; a fresh one unless told")
    reader.add_argument("--json", action="store_true", help="the figures as JSON")
    asked = reader.parse_args()
    asked.seed = random.randrange(10**6) if asked.seed is None else asked.seed
    return asked


def _figures(only: str | None, number: int) -> Iterator[Figure]:
    names = [only] if only else list(PROOFS)
    with tempfile.TemporaryDirectory(prefix="appui-prove-") as whole:
        engines = [_engine(make, Path(whole) / name) for name, make in ENGINES.items()]
        for name in names:
            for engine in engines[: 1 if name in WITHOUT_DATABASE else None]:
                with tempfile.TemporaryDirectory(dir=whole) as folder:
                    yield PROOFS[name](engine, Path(folder), number)


def _engine(make: Callable[[Path], Engine], folder: Path) -> Engine:
    folder.mkdir()
    return make(folder)


def _commit() -> str:
    """The commit that is proven, with a plus sign when files differ from it."""
    asked = ["git", "describe", "--always", "--dirty=+", "--abbrev=12"]
    found = subprocess.run(asked, capture_output=True, text=True, check=False)
    return found.stdout.strip() or "unknown"


def _say(line: str) -> None:
    sys.stdout.write(f"{line}\n")
    sys.stdout.flush()


if __name__ == "__main__":
    sys.exit(main())
