"""Walks from page to page by their links, one page of each kind, as one person of the cast."""

from collections.abc import Callable, Iterable
from urllib.parse import urlsplit

from werkzeug.exceptions import HTTPException
from werkzeug.routing import MapAdapter

from tests.browser.inspection import Findings
from tests.browser.visitors import Visitor

DOWNLOADS = {
    "applicant.agreement_file",
    "applicant.decision_letter",
    "applicant.draft_file",
    "applicant.evidence",
    "applicant.proof",
    "applicant.received_file",
    "finance.control_list",
    "staff.agreement_file",
    "staff.agreement_scan",
    "staff.attachment",
    "staff.document",
    "static",
}
TELLS_APART = ("key", "tab")
Kind = tuple[str, ...]


class Walk:
    """The kinds of pages seen so far, by this walk or others, and what was wrong with them."""

    def __init__(self, routes: MapAdapter, keeps_to: Iterable[str], seen: set[Kind]) -> None:
        self.routes, self.keeps_to, self.seen = routes, tuple(keeps_to), seen
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
            endpoint, values = self.routes.match(urlsplit(path).path, method="GET")
        except HTTPException:
            return None
        if endpoint in DOWNLOADS or not endpoint.startswith(self.keeps_to):
            return None
        return (endpoint, *(str(values[name]) for name in TELLS_APART if name in values))


def _links(visitor: Visitor) -> list[str]:
    """The addresses of this site to which the page leads, in reading order."""
    gather: Callable[..., list[str]] = visitor.page.eval_on_selector_all
    found = gather("a[href^='/']", "links => links.map(link => link.getAttribute('href'))")
    return [href.partition("#")[0] for href in found]
