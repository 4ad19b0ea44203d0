"""`python -m bench.run`: every measurement, as a table and as bench/results.json.

The answer of the process is 1 when a limit does not hold. With APPUI_TEST_POSTGRES, the address of
a PostgreSQL server where databases may be created, À faire and the sending are measured there too.
"""

import json
import os
import platform
import subprocess
import sys
import tempfile
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

from bench import desk, proof, sending
from grants.clock import utc_now

RESULTS = Path(__file__).with_name("results.json")

Facts = Mapping[str, Any]


def main() -> int:
    """Measure, print, write; 0 when every limit holds."""
    with tempfile.TemporaryDirectory(prefix="appui-bench-") as name:
        figures = list(_measured(Path(name)))
    for facts in figures:
        print(line(facts))
    RESULTS.write_text(_written(figures), encoding="utf-8")
    return 0 if all(facts["passed"] for facts in figures) else 1


def _measured(folder: Path) -> list[Facts]:
    engines = ["sqlite", *(["postgresql"] if "APPUI_TEST_POSTGRES" in os.environ else [])]
    ours = [
        figure.facts() | {"engine": engine}
        for engine in engines
        for figure in [*desk.measure(engine, folder), sending.measure(engine, folder)]
    ]
    return [*ours, proof.measure()]


def line(facts: Facts) -> str:
    """One line of the table: the figures, the limit, and whether it holds."""
    verdict = "ok" if facts["passed"] else "TOO MUCH"
    name = f"{facts['name']} ({facts['engine']})" if "engine" in facts else facts["name"]
    if "count" in facts:
        return f"{name:<46} {facts['count']:>30}   at most {facts['limit']:<4} {verdict}"
    both = f"{facts['ours_ms']:>9.2f} ms {facts['baseline_ms']:>9.2f} ms"
    return f"{name:<46} {both} {facts['ratio']:>6.2f}   at most {facts['limit']:<4} {verdict}"


def _written(figures: Sequence[Facts]) -> str:
    facts = {
        "date": utc_now().isoformat(timespec="seconds"),
        "commit": _commit(),
        "machine": {"cores": os.cpu_count(), "processor": platform.machine()},
        "python": platform.python_version(),
        "unit": "milliseconds of CPU, median of alternating runs",
        "figures": figures,
    }
    return json.dumps(facts, ensure_ascii=False, indent=2) + "\n"


def _commit() -> str:
    """The commit that was measured, with a plus sign when files differ from it."""
    asked = ["git", "describe", "--always", "--dirty=+", "--abbrev=40"]
    found = subprocess.run(asked, capture_output=True, text=True, check=False)
    return found.stdout.strip() or "unknown"


if __name__ == "__main__":
    sys.exit(main())
