"""The files of the project, read once for every check of its shape."""

import ast
from collections.abc import Iterator
from functools import cache
from pathlib import Path

PROJECT = Path(__file__).resolve().parents[2]
CODE = ("grants", "tests", "tools", "bench", "migrations")


@cache
def parse(path: Path) -> ast.Module:
    """Return the syntax tree of a file."""
    return ast.parse(path.read_text(encoding="utf-8"), filename=str(path))


def python_files(*folders: str) -> list[Path]:
    """Return every Python file of these folders of the project."""
    return sorted(path for folder in folders for path in (PROJECT / folder).rglob("*.py"))


def templates() -> list[Path]:
    """Return every template."""
    return sorted(path for path in (PROJECT / "templates").rglob("*") if path.is_file())


def place(path: Path, node: ast.AST) -> str:
    """Return file:line of a node, to be clicked in a terminal."""
    return f"{path.relative_to(PROJECT)}:{getattr(node, 'lineno', 1)}"


def functions(path: Path) -> Iterator[ast.FunctionDef | ast.AsyncFunctionDef]:
    """Yield every function and method of a file, those inside others included."""
    for node in ast.walk(parse(path)):
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef):
            yield node


def calls(path: Path, name: str) -> Iterator[ast.Call]:
    """Yield the calls of anything whose last name is this one: ``name()`` or ``x.name()``."""
    for node in ast.walk(parse(path)):
        if not isinstance(node, ast.Call):
            continue
        called = node.func
        if getattr(called, "attr", getattr(called, "id", None)) == name:
            yield node
