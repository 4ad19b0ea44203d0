"""Another public body to turn to, with its coordinates, once the directory holds it."""

from dataclasses import dataclass

from grants.domain.identity import show_phone
from grants.extensions import db
from grants.queries import directory
from grants.wording.directory import dial, host


@dataclass(frozen=True)
class Body:
    """How to reach it: its telephone, as shown and as dialled, and its site; "" when unknown."""

    phone: str
    dial: str
    url: str
    host: str


def reachable_at(code: str) -> Body | None:
    """How to reach the body of this code; None when the directory does not name it."""
    found = directory.by_code(db.session(), code)
    if found is None or found.is_retired:
        return None
    phone, url = found.entry.phone, found.entry.url
    return Body(show_phone(phone), dial(phone) if phone else "", url, host(url))
