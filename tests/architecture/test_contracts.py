"""The six import contracts hold, and each one sees the violation planted for it."""

import shutil
import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path

import pytest

from tests.architecture.sources import PROJECT

LINT_IMPORTS = Path(sys.executable).with_name("lint-imports")


@dataclass(frozen=True)
class Planted:
    """A module to add to the tree, and the contract that must refuse it."""

    contract: str
    module: str
    content: str
    words: str


VIOLATIONS = (
    Planted("ladder", "models/planted.py", "import grants.queries\n", "grants.queries"),
    Planted("ladder", "planted.py", "", "exhaustive"),
    Planted("pure-domain", "domain/planted.py", "import grants.models\n", "grants.models"),
    Planted("pure-domain", "domain/planted.py", "import flask\n", "flask"),
    Planted("no-framework", "queries/planted.py", "from flask import g\n", "flask"),
    Planted("no-framework", "mail/planted.py", "def send():\n    import rq\n", "rq"),
    Planted("audiences", "web/staff/planted.py", "import grants.web.applicant\n", "applicant"),
    Planted("audiences", "web/routing.py", "import grants.web.staff\n", "staff"),
    Planted("audiences", "web/planted.py", "", "exhaustive"),
    Planted("web-and-tables", "web/staff/planted.py", "import grants.models\n", "grants.models"),
    Planted("web-and-tables", "web/public/planted.py", "import sqlalchemy\n", "sqlalchemy"),
)


def test_the_contracts_hold_on_the_tree() -> None:
    outcome = lint_imports(PROJECT)
    assert outcome.returncode == 0, outcome.stdout


@pytest.mark.parametrize("planted", VIOLATIONS, ids=lambda each: f"{each.contract}-{each.module}")
def test_a_planted_violation_is_seen(planted: Planted, copy: Path) -> None:
    module = copy / "grants" / planted.module
    module.write_text(planted.content, encoding="utf-8")
    outcome = lint_imports(copy, "--contract", planted.contract)
    assert outcome.returncode == 1, outcome.stdout
    assert "BROKEN" in outcome.stdout
    assert planted.words in outcome.stdout


def test_a_planted_cycle_is_seen_even_inside_a_function(copy: Path) -> None:
    wording = copy / "grants" / "wording"
    (wording / "planted_one.py").write_text("import grants.wording.planted_two\n")
    (wording / "planted_two.py").write_text("def late():\n    import grants.wording.planted_one\n")
    outcome = lint_imports(copy, "--contract", "no-cycle")
    assert outcome.returncode == 1, outcome.stdout
    assert "planted_one" in outcome.stdout


@pytest.fixture
def copy(tmp_path: Path) -> Path:
    """The package and its contracts, copied where a violation harms nobody."""
    leave_out = shutil.ignore_patterns("__pycache__", "static", "data")
    shutil.copytree(PROJECT / "grants", tmp_path / "grants", ignore=leave_out)
    (tmp_path / "tools").mkdir()
    shutil.copy(PROJECT / "tools" / "contracts.py", tmp_path / "tools")
    shutil.copy(PROJECT / "pyproject.toml", tmp_path)
    return tmp_path


def lint_imports(folder: Path, *options: str) -> subprocess.CompletedProcess[str]:
    """Run import-linter in a folder."""
    command = [str(LINT_IMPORTS), "--no-cache", *options]
    return subprocess.run(command, cwd=folder, capture_output=True, text=True)
