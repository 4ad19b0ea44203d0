"""No dead end: what a page offers, the person who reads it may open or send."""

from collections.abc import Iterator
from html.parser import HTMLParser
from urllib.parse import urljoin, urlsplit

import pytest
from werkzeug.exceptions import HTTPException
from werkzeug.routing import MapAdapter

from grants.domain.access import FOR_EVERYBODY
from tests.access.cast import PEOPLE, Person, World
from tests.access.routes import targets

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
        if target.method == "GET" and target.owner in {"", *person.sees}:
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


@pytest.mark.parametrize("name", PEOPLE)
def test_every_form_and_link_of_a_page_leads_somewhere(world: World, name: str) -> None:
    person, wrong = world.named(name), []
    adapter = world.app.url_map.bind(HOST)
    opened: dict[str, int] = {}
    for page, offers in pages(world, person):
        for form in offers.forms:
            method, url = str(form["method"]).upper(), urljoin(page, str(form["url"] or page))
            if ("csrf_token" in form["names"]) != (method == "POST"):
                wrong.append(f"{page}: a form by {method} to {url} and its token")
            if not may(person, world, adapter, url, method):
                wrong.append(f"{page}: offers to send {method} {url}")
        for link in offers.links:
            parts = urlsplit(urljoin(page, link))
            if parts.scheme or parts.netloc:
                continue
            path = parts.path + (f"?{parts.query}" if parts.query else "")
            if path not in opened:
                opened[path] = person.browser().get(path).status_code
            if opened[path] >= 400 and name != "visitor":
                wrong.append(f"{page}: leads to {path}, {opened[path]}")
    assert opened, "no page offers anything"
    assert not wrong, "\n".join(sorted(set(wrong)))
