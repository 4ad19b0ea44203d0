"""`python -m bench.run`: every measurement, as a table and as bench/results.json.

`--only desk payments` measures these alone, and writes no file. The answer of the process is 1
when a limit does not hold. With APPUI_TEST_POSTGRES, the address of a PostgreSQL server where
databases may be created, what asks a database is measured there too.
"""

import argparse
import json
import os
import platform
import subprocess
import sys
import tempfile
from collections.abc import Callable, Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any

from bench import agreements, desk, figures, pages, payments, proof, requests, sending
from bench.measure import Measured
from grants.clock import utc_now

RESULTS = Path(__file__).with_name("results.json")

Facts = Mapping[str, Any]

OF_A_DATABASE: Mapping[str, Callable[[str, Path], Sequence[Measured]]] = {
    "desk": desk.measure,
    "sending": lambda engine, folder: [sending.measure(engine, folder)],
    "pages": pages.measure,
    "payments": payments.measure,
    "requests": requests.measure,
    "figures": figures.measure,
}
OF_DOCUMENTS: Mapping[str, Callable[[], Sequence[Measured]]] = {
    "proof": lambda: [proof.measure()],
    "agreements": agreements.measure,
}


def main(arguments: Sequence[str] | None = None) -> int:
    """Measure, print, write; 0 when every limit holds."""
    known = [*OF_A_DATABASE, *OF_DOCUMENTS]
    parser = argparse.ArgumentParser(prog="bench.run", description=__doc__)
    parser.add_argument("--only", nargs="+", choices=known, help="measure these, write no file")
    only = parser.parse_args(arguments).only
    with tempfile.TemporaryDirectory(prefix="appui-bench-") as name:
        figures = list(_measured(Path(name), only or known))
    if not only:
        RESULTS.write_text(_written(figures), encoding="utf-8")
    return 0 if all(facts["passed"] for facts in figures) else 1


def _measured(folder: Path, names: Sequence[str]) -> Iterator[Facts]:
    """Every figure of these measures, printed as it comes."""
    engines = ["sqlite", *(["postgresql"] if "APPUI_TEST_POSTGRES" in os.environ else [])]
    for name in (name for name in OF_A_DATABASE if name in names):
        for engine in engines:
            yield from _printed(OF_A_DATABASE[name](engine, folder), engine=engine)
    for name in (name for name in OF_DOCUMENTS if name in names):
        yield from _printed(OF_DOCUMENTS[name]())


def _printed(figures: Sequence[Measured], **where: str) -> Iterator[Facts]:
    for found in figures:
        facts = found.facts() | where
        print(line(facts), flush=True)
        yield facts


def line(facts: Facts) -> str:
    """One line of the table: the figures, the limit, and whether it holds."""
    verdict = "ok" if facts["passed"] else "TOO MUCH"
    name = f"{facts['name']} ({facts['engine']})" if "engine" in facts else facts["name"]
    if "count" in facts:
        return f"{name:<64} {facts['count']:>30}   at most {facts['limit']:<4} {verdict}"
    unit = facts.get("unit", "ms")
    ours, baseline = (facts.get(key, facts.get(f"{key}_ms")) for key in ("ours", "baseline"))
    both = f"{ours:>10.2f} {baseline:>10.2f} {unit}"
    return f"{name:<64} {both} {facts['ratio']:>6.2f}   at most {facts['limit']:<4} {verdict}"


def _written(figures: Sequence[Facts]) -> str:
    facts = {
        "date": utc_now().isoformat(timespec="seconds"),
        "commit": _commit(),
        "machine": {"cores": os.cpu_count(), "processor": platform.machine()},
        "python": platform.python_version(),
        "unit": "milliseconds of CPU, median of alternating runs, unless a figure has its unit",
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
