"""One place commits, one place reads the clock, imports stand at the top, no test is skipped."""

import ast
from collections.abc import Iterator
from pathlib import Path

from tests.architecture.sources import CODE, calls, functions, parse, place, python_files

CLOCK_READINGS = ("now", "utcnow", "today")
CLOCK_OWNERS = ("datetime", "date")
NOT_RUN = ("skip", "skipif", "skipIf", "skipUnless", "skipTest", "xfail", "importorskip")


def test_only_the_unit_of_work_commits() -> None:
    found = [
        place(path, call)
        for path in python_files("grants")
        if path.name != "unit_of_work.py"
        for call in calls(path, "commit")
    ]
    assert not found, "\n".join(found)


def test_only_the_clock_reads_the_clock() -> None:
    found = [
        place(path, call)
        for path in python_files("grants")
        if path.name != "clock.py"
        for call in clock_readings(path)
    ]
    assert not found, "\n".join(found)


def clock_readings(path: Path) -> Iterator[ast.Call]:
    """Yield the calls of ``datetime.now()``, ``datetime.utcnow()`` and ``date.today()``."""
    for reading in CLOCK_READINGS:
        for call in calls(path, reading):
            owner = getattr(call.func, "value", None)
            if getattr(owner, "attr", getattr(owner, "id", None)) in CLOCK_OWNERS:
                yield call


def test_no_import_stands_inside_a_function() -> None:
    found = [
        place(path, node)
        for path in python_files(*CODE)
        for function in functions(path)
        for node in ast.walk(function)
        if isinstance(node, ast.Import | ast.ImportFrom)
    ]
    assert not found, "\n".join(found)


def test_no_test_is_skipped_or_expected_to_fail() -> None:
    found = [
        place(path, node)
        for path in python_files("tests")
        for node in ast.walk(parse(path))
        if isinstance(node, ast.Attribute | ast.Name)
        and getattr(node, "attr", getattr(node, "id", None)) in NOT_RUN
    ]
    assert not found, "\n".join(found)


def test_no_rule_is_silenced_in_the_code() -> None:
    marks = ("# no" + "qa", "# type: " + "ignore", "# pragma: " + "no cover")
    found = [
        f"{place(path, parse(path))} {mark}"
        for path in python_files(*CODE)
        for mark in marks
        if mark in path.read_text(encoding="utf-8")
    ]
    assert not found, "\n".join(found)
