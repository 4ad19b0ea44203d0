"""The walks themselves: a fault is seen, only rows alike are passed, no part lacks its file."""

from pathlib import Path

import pytest

from tests.browser.conftest import Arrivals
from tests.browser.inspection import LIKE_ROWS, PASS_LIKE_ROWS, Findings
from tests.browser.walk import PARTS

pytestmark = pytest.mark.serial

FIVE_ROWS = """() => {
    const rows = ["<b>1</b>", "<b>2</b>", "<b>3</b>", "<b></b>", "<b class='soft'>5</b>"];
    document.querySelector("main").innerHTML = `<ul><li>${rows.join("<li>")}</ul>`;
}"""


def test_a_fault_would_be_seen(arrive: Arrivals) -> None:
    """The inspection finds a missing name, a second heading and a page that is too wide."""
    visitor, findings = arrive(), Findings()
    visitor.goto("/compte/entrer")
    visitor.page.evaluate("document.querySelector('label[for=email]').remove()")
    visitor.page.evaluate("document.querySelector('h1').after(document.createElement('h1'))")
    visitor.page.evaluate("document.querySelector('h1').style.width = '2000px'")
    findings.inspect(visitor, "broken")
    told = " ".join(findings.problems)
    assert "2 h1" in told and "px too wide" in told and ": label:" in told


def test_only_rows_drawn_alike_are_passed(arrive: Arrivals) -> None:
    """The third of three alike is; one without its text and one of another class are not."""
    visitor = arrive()
    visitor.goto("/compte/entrer")
    visitor.page.evaluate(FIVE_ROWS)
    visitor.page.evaluate(PASS_LIKE_ROWS, LIKE_ROWS)
    passed = visitor.page.locator("main [data-like-others]")
    assert passed.all_inner_texts() == ["3"]


def test_every_part_has_its_walk() -> None:
    """A file for each part of the product."""
    files = {path.stem for path in Path(__file__).parent.glob("test_accessibility_*.py")}
    assert files == {f"test_accessibility_{part}" for _, part in PARTS}
