"""No dead end: what a page offers, the person who reads it may open or send."""

from collections.abc import Iterator
from html.parser import HTMLParser
from urllib.parse import urljoin, urlsplit

import pytest
from werkzeug.exceptions import HTTPException
from werkzeug.routing import MapAdapter

from grants.domain.access import FOR_EVERYBODY
from tests.access.people import ONE_OF_EACH, Person, World
from tests.access.routes import is_page_of, targets

HOST = "localhost"


class Offers(HTMLParser):
    """The links of a page, and its forms with the names of their fields."""

    def __init__(self, text: str) -> None:
        super().__init__()
        self.links: set[str] = set()
        self.forms: list[dict[str, object]] = []
        self.feed(text)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """Remember links, forms, and the fields of the form around."""
        given = dict(attrs)
        if tag == "a" and given.get("href"):
            self.links.add(str(given["href"]))
        if tag == "form":
            method = (given.get("method") or "get").lower()
            self.forms.append({"method": method, "url": given.get("action"), "names": set()})
        elif self.forms and given.get("name"):
            self.forms[-1]["names"].add(given["name"])


def pages(world: World, person: Person) -> Iterator[tuple[str, Offers]]:
    """Every page the person may read, with what it offers."""
    for target in targets(world):
        if is_page_of(person, world, target):
            answer = person.browser().get(target.url)
            if answer.status_code == 200 and answer.mimetype == "text/html":
                yield target.url, Offers(answer.get_data(as_text=True))


def may(person: Person, world: World, adapter: MapAdapter, url: str, method: str) -> bool:
    """Whether this address is a route of ours that the person's roles open."""
    parts = urlsplit(url)
    try:
        endpoint, _ = adapter.match(parts.path, method=method)
    except HTTPException:
        return False
    action = world.app.config["ACTIONS"].get(endpoint)
    return endpoint == "static" or action in FOR_EVERYBODY or person.actor.may(action)


@pytest.mark.parametrize("name", ONE_OF_EACH)
def test_every_form_and_link_of_a_page_leads_somewhere(world: World, name: str) -> None:
    person, wrong = world.named(name), set()
    opened: dict[str, int] = {}
    for page, offers in pages(world, person):
        wrong |= {f"{page}: {form}" for form in dead_forms(world, person, page, offers)}
        for link in inside(page, offers.links):
            if link not in opened:
                opened[link] = person.browser().get(link).status_code
            if opened[link] >= 400:
                wrong.add(f"{page}: leads to {link}, {opened[link]}")
    assert opened, "no page offers anything"
    assert not wrong, "\n".join(sorted(wrong))


def dead_forms(world: World, person: Person, page: str, offers: Offers) -> Iterator[str]:
    """The forms that this person may not send, or whose token is missing or shown in a URL."""
    adapter = world.app.url_map.bind(HOST)
    for form in offers.forms:
        method, url = str(form["method"]).upper(), urljoin(page, str(form["url"] or page))
        if ("csrf_token" in form["names"]) != (method == "POST"):
            yield f"token of the form by {method} to {url}"
        if not may(person, world, adapter, url, method):
            yield f"offers to send {method} {url}"


def inside(page: str, links: set[str]) -> Iterator[str]:
    """The links to pages of ours."""
    for link in links:
        parts = urlsplit(urljoin(page, link))
        if not parts.scheme and not parts.netloc:
            yield parts.path + (f"?{parts.query}" if parts.query else "")
