"""Forms sent with something to repair: the summary has the focus, and the page passes axe."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass

from playwright.sync_api import expect

from tests.browser.conftest import Arrivals
from tests.browser.inspection import Findings
from tests.browser.visitors import Visitor

Act = Callable[[Visitor], None]


@dataclass(frozen=True)
class Fault:
    """Who makes it (nobody in particular when empty), on which page, by which act."""

    name: str
    path: str
    act: Act


def press(label: str) -> Act:
    """Press at once."""

    def act(visitor: Visitor) -> None:
        visitor.press(label)

    return act


def empty(label: str, *names: str) -> Act:
    """Empty these fields, then press."""

    def act(visitor: Visitor) -> None:
        for name in names:
            visitor.page.locator(f'[name="{name}"]').fill("")
        visitor.press(label)

    return act


def refuse(arrive: Arrivals, faults: Iterable[Fault]) -> None:
    """Make each fault and look at the page that answers."""
    findings, people = Findings(), dict[str, Visitor]()
    for rank, fault in enumerate(faults):
        visitor = _visitor(arrive, people, fault.name)
        visitor.goto(fault.path)
        fault.act(visitor)
        expect(visitor.page.locator("[data-error-summary]")).to_be_focused()
        findings.inspect(visitor, f"{rank} {fault.path} in error")
    found = [each for each in findings.problems if "same title" not in each]
    assert not found, "\n".join(found)


def _visitor(arrive: Arrivals, people: dict[str, Visitor], name: str) -> Visitor:
    """The browser of this person; a new one for whoever has no name."""
    if not name:
        return arrive()
    if name not in people:
        people[name] = arrive()
        people[name].become(name)
    return people[name]
