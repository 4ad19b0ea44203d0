"""What a browser keeps of a page: its forms, with what stands in their fields."""

import re
from html.parser import HTMLParser

from flask.testing import FlaskClient

Fields = dict[str, str]


class Forms(HTMLParser):
    """The forms of a page by address, each with its hidden and typed values."""

    def __init__(self, text: str) -> None:
        super().__init__()
        self.found: dict[str, Fields] = {}
        self._open: Fields = {}
        self.feed(text)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """Open a form, or note a field of the one that is open."""
        given = {name: value or "" for name, value in attrs}
        if tag == "form":
            self._open = self.found.setdefault(given.get("action", ""), {})
        unchecked = given.get("type") in ("checkbox", "radio") and "checked" not in given
        if tag == "input" and given.get("name") and not unchecked:
            self._open[given["name"]] = given.get("value", "")


def token(client: FlaskClient, url: str = "/compte/entrer") -> str:
    """The token that a page of ours gives to this browser."""
    text = client.get(url).get_data(as_text=True)
    found = re.search(r'name="csrf_token" value="([^"]+)"', text)
    assert found, f"no form on {url}"
    return found.group(1)
