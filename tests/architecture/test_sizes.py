"""Short functions, short files, short templates; ruff holds the complexity at 8."""

import ast
import subprocess
import sys
import tomllib
from pathlib import Path

from tests.architecture.sources import CODE, PROJECT, functions, place, python_files, templates

LONGEST_FUNCTION = 25
LONGEST_FILE = 300
LONGEST_TEMPLATE = 120
HIGHEST_COMPLEXITY = 8


def test_no_function_is_longer_than_25_lines_without_its_docstring() -> None:
    files = [path for path in python_files(*CODE) if "versions" not in path.parts]
    long = [
        f"{place(path, function)} {function.name}: {own_lines(function)} lines"
        for path in files
        for function in functions(path)
        if own_lines(function) > LONGEST_FUNCTION
    ]
    assert not long, "\n".join(long)


def own_lines(function: ast.FunctionDef | ast.AsyncFunctionDef) -> int:
    """Count the lines from ``def`` to the last one, docstring apart."""
    whole = (function.end_lineno or function.lineno) - function.lineno + 1
    if ast.get_docstring(function) is None:
        return whole
    docstring = function.body[0]
    return whole - ((docstring.end_lineno or docstring.lineno) - docstring.lineno + 1)


def test_no_file_is_longer_than_300_lines() -> None:
    long = too_long(python_files(*CODE), LONGEST_FILE)
    assert not long, "\n".join(long)


def test_no_template_is_longer_than_120_lines() -> None:
    long = too_long(templates(), LONGEST_TEMPLATE)
    assert not long, "\n".join(long)


def too_long(paths: list[Path], limit: int) -> list[str]:
    """Return one line for each file above the limit."""
    counted = {path: len(path.read_text(encoding="utf-8").splitlines()) for path in paths}
    return [
        f"{path.relative_to(PROJECT)}: {lines} lines (at most {limit})"
        for path, lines in counted.items()
        if lines > limit
    ]


def test_ruff_refuses_a_complexity_above_8(tmp_path: Path) -> None:
    settings = tomllib.loads((PROJECT / "pyproject.toml").read_text(encoding="utf-8"))
    assert settings["tool"]["ruff"]["lint"]["mccabe"]["max-complexity"] == HIGHEST_COMPLEXITY

    branches = "".join(f"    if value == {number}:\n        return 0\n" for number in range(8))
    planted = tmp_path / "planted.py"
    planted.write_text(f"def branching(value: int) -> int:\n{branches}    return 1\n")
    command = [sys.executable, "-m", "ruff", "check", "--config", str(PROJECT / "pyproject.toml")]
    outcome = subprocess.run([*command, str(planted)], capture_output=True, text=True)
    assert "C901" in outcome.stdout
