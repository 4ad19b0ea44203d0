"""Another public body to turn to, with its coordinates, once the directory holds it."""

from grants.domain.identity import show_phone
from grants.extensions import db
from grants.queries import directory


def reachable_at(code: str) -> str:
    """Telephone and address of its site, in one line; empty when the directory does not name it."""
    found = directory.by_code(db.session(), code)
    if found is None or found.is_retired:
        return ""
    return ", ".join(part for part in (show_phone(found.entry.phone), found.entry.url) if part)
