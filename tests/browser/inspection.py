"""What must hold for every page: axe at two widths, no sideways scroll, one title, one heading."""

from dataclasses import dataclass, field

from axe_playwright_python.sync_playwright import Axe

from tests.browser.visitors import HEIGHT, NARROW, WIDE, Visitor

WCAG = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa"]
OPTIONS = {"runOnly": {"type": "tag", "values": WCAG}, "resultTypes": ["violations"]}
AXE = Axe().axe_script
RUN = """options => axe.run({exclude: ["[data-like-others]"]}, options).then(
    found => found.violations.map(
        one => [one.id, one.nodes.slice(0, 3).map(node => node.target)]))"""
# Most of the time of axe goes to the long lists, row after row drawn the same way: once two rows of
# a list hold the same elements with the same classes, names given or not, the next ones are passed.
PASS_LIKE_ROWS = """most => {
    const drawn = one => [one, ...one.querySelectorAll("*")].map(part => [
        part.tagName, part.className, part.getAttribute("role"), part.disabled, part.type,
        part.textContent.trim() !== "", part.ariaLabel, part.id !== ""].join()).join();
    for (const list of document.querySelectorAll("tbody, ul, ol")) {
        const known = new Map();
        for (const row of list.children) {
            const times = (known.get(drawn(row)) || 0) + 1;
            known.set(drawn(row), times);
            row.toggleAttribute("data-like-others", times > most);
        }
    }
}"""
LIKE_ROWS = 2


@dataclass
class Findings:
    """What was wrong, and which titles were seen where."""

    problems: list[str] = field(default_factory=list)
    titles: dict[str, str] = field(default_factory=dict)

    def inspect(self, visitor: Visitor, name: str) -> None:
        """Look at the page before this visitor, as `name`."""
        self._head(visitor, name)
        visitor.page.evaluate(AXE)
        visitor.page.evaluate(PASS_LIKE_ROWS, LIKE_ROWS)
        for width in (NARROW, WIDE):
            visitor.page.set_viewport_size({"width": width, "height": HEIGHT})
            self._scroll(visitor, f"{name} at {width} px")
            self._axe(visitor, f"{name} at {width} px")

    def _head(self, visitor: Visitor, name: str) -> None:
        title = visitor.page.title()
        other = self.titles.setdefault(title, name)
        if other != name:
            self.problems.append(f"{name}: same title as {other}: {title}")
        headings = visitor.page.locator("h1").count()
        if headings != 1:
            self.problems.append(f"{name}: {headings} h1")

    def _scroll(self, visitor: Visitor, where: str) -> None:
        width = visitor.page.evaluate(
            "document.documentElement.scrollWidth - document.documentElement.clientWidth"
        )
        if width > 0:
            self.problems.append(f"{where}: {width} px too wide")

    def _axe(self, visitor: Visitor, where: str) -> None:
        for rule, targets in visitor.page.evaluate(RUN, OPTIONS):
            self.problems.append(f"{where}: {rule}: {targets}")
