"""Walks from page to page by their links, one page of each kind, as one person of the cast."""

from collections.abc import Callable, Iterable
from urllib.parse import urlsplit

from werkzeug.exceptions import HTTPException
from werkzeug.routing import MapAdapter

from tests.browser.inspection import Findings
from tests.browser.visitors import Visitor

NOT_PAGES = {
    "applicant.agreement_file",
    "applicant.decision_letter",
    "applicant.draft_file",
    "applicant.evidence",
    "applicant.proof",
    "applicant.received_file",
    "finance.control_list",
    "management.publication_file",
    "public.call_feed",
    "public.calls_csv",
    "public.grants_csv",
    "public.grants_json",
    "public.healthz",
    "public.program_feed",
    "public.publication_file",
    "public.readyz",
    "public.results_csv",
    "staff.agreement_file",
    "staff.agreement_scan",
    "staff.attachment",
    "staff.document",
    "staff.entrusted",
    "static",
}
# The part of the product to which an address belongs: the first that fits. Each has its file of
# walks, `test_accessibility_PART.py`.
PARTS = (
    ("/mon-espace", "organizations"),
    ("/bureau/renseignements", "services"),
    ("/bureau/plaintes", "services"),
    ("/bureau/confie", "services"),
    ("/bureau/ressources", "services"),
    ("/bureau/orientations", "services"),
    ("/bureau/dossiers/<public_id>/orienter", "services"),
    ("/bureau/absences", "services"),
    ("/bureau", "desk"),
    ("/finances", "management"),
    ("/gestion", "management"),
    ("/administration", "management"),
    ("/", "public"),
)
TELLS_APART = ("key", "tab")
Kind = tuple[str, ...]


def part_of(rule: str) -> str:
    """The part to which an address belongs, from its rule."""
    return next(part for beginning, part in PARTS if rule.startswith(beginning))


class Walk:
    """The kinds of pages of one part seen so far, and what was wrong with them.

    `by_flow`: the endpoints of this part that no link opens, looked at by a test of their own.
    """

    def __init__(self, routes: MapAdapter, part: str, by_flow: Iterable[str] = ()) -> None:
        self.routes, self.part = routes, part
        self.by_flow = frozenset(by_flow)
        self.seen: set[Kind] = set()
        self.findings = Findings()

    def go(self, visitor: Visitor, seeds: Iterable[str]) -> None:
        """Open these pages, and all the kinds of pages not seen yet to which they lead."""
        found = [(path, self.kind(path)) for path in seeds]
        self.seen -= {kind for _, kind in found if kind}
        while found:
            path, kind = found.pop(0)
            if kind is None or kind in self.seen:
                continue
            visitor.goto(path)
            self.seen.add(kind)
            self.findings.inspect(visitor, " ".join(kind))
            found += [(link, self.kind(link)) for link in _links(visitor)]

    def kind(self, path: str) -> Kind | None:
        """Which page this is, whatever the object it shows; None for what is not to be opened."""
        try:
            rule, values = self.routes.match(urlsplit(path).path, method="GET", return_rule=True)
        except HTTPException:
            return None
        endpoint = str(rule.endpoint)
        if endpoint in NOT_PAGES | self.by_flow or part_of(rule.rule) != self.part:
            return None
        return (endpoint, *(str(values[name]) for name in TELLS_APART if name in values))

    def look(self, arrive: Callable[[], Visitor], name: str, seeds: Iterable[str]) -> Visitor:
        """Go there as this person of the cast."""
        visitor = arrive()
        visitor.become(name)
        self.go(visitor, seeds)
        return visitor

    def finish(self) -> None:
        """Nothing was wrong since the last time."""
        found, self.findings.problems = self.findings.problems, []
        assert not found, "\n".join(found)

    def missed(self) -> set[str]:
        """The pages of this part that nobody looked at."""
        pages = {
            rule.endpoint
            for rule in self.routes.map.iter_rules()
            if "GET" in (rule.methods or ()) and part_of(rule.rule) == self.part
        }
        return pages - NOT_PAGES - self.by_flow - {kind[0] for kind in self.seen}


def _links(visitor: Visitor) -> list[str]:
    """The addresses of this site to which the page leads, in reading order."""
    gather: Callable[..., list[str]] = visitor.page.eval_on_selector_all
    found = gather("a[href^='/']", "links => links.map(link => link.getAttribute('href'))")
    return [href.partition("#")[0] for href in found]
