"""A line of the directory written on its row: by hand, or from the reference data."""

from grants.domain.directory import Entry
from grants.domain.text import fold
from grants.models.directory import Resource, ResourceLabel

ENTRY_TEXTS = ("kind", "name", "purpose", "phone", "email", "url", "address")
ENTRY_LABELS = ("needs", "regions", "populations")


def write_entry(resource: Resource, entry: Entry) -> None:
    """Put a checked line on its row, with the labels it is found by."""
    for name in ENTRY_TEXTS:
        setattr(resource, name, getattr(entry, name))
    resource.search_name = fold(entry.name)
    held = {(label.facet, label.code): label for label in resource.labels}
    resource.labels = [
        held.get((facet.value, code)) or ResourceLabel(facet=facet.value, code=code)
        for facet, code in entry.labels()
    ]
