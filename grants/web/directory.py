"""The directory as pages show it, to anybody and to staff: filters of the URL, lines in words."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from flask import request, url_for

from grants import clock
from grants.domain.calendar import local_date
from grants.domain.directory import needs_check, year_before
from grants.extensions import db
from grants.queries import directory
from grants.queries.directory import Cursor, FoundResource, Wanted
from grants.wording import directory as words

LONGEST_ID, LONGEST_TEXT = 9, 160  # digits that any database takes; characters of a name
OLD = "a-verifier"
SPLIT = "_"


@dataclass(frozen=True)
class ResourceLine:
    """A resource in words; `dial` is its number as a telephone dials it."""

    found: FoundResource
    kind: str
    dial: str
    host: str
    needs: str
    regions: str
    populations: str
    checked: str
    is_old: bool


def line(found: FoundResource, regions: Mapping[str, str], today: date) -> ResourceLine:
    """A resource with its words; `regions` are names by code."""
    entry = found.entry
    return ResourceLine(
        found=found,
        kind=words.KINDS[entry.kind],
        dial=words.dial(entry.phone) if entry.phone else "",
        host=words.host(entry.url),
        needs=words.needs(entry),
        regions=words.regions(entry, regions),
        populations=words.populations(entry),
        checked=words.checked(found.checked_on, today),
        is_old=needs_check(found.checked_on, today),
    )


def one_line(found: FoundResource) -> ResourceLine:
    """One resource with its words, today."""
    return line(found, dict(directory.regions(db.session())), local_date(clock.utc_now()))


def listed(endpoint: str, **place: str) -> dict[str, Any]:
    """What a page of the directory shows: the filters of the URL, the lines, the next page.

    `endpoint` and `place` name the page itself.
    """
    session, today = db.session(), local_date(clock.utc_now())
    wanted, after = _wanted(today), _cursor(request.args.get("apres", ""))
    page, regions = directory.search(session, wanted, after), dict(directory.regions(session))
    asked = {name: value for name in _FILTERS if (value := request.args.get(name, ""))}
    here = url_for(endpoint, **place)
    following = page.next_after and f"{page.next_after[0]}{SPLIT}{page.next_after[1]}"
    return {
        "lines": [line(found, regions, today) for found in page.resources],
        "wanted": wanted,
        "lists": {"needs": words.NEEDS, "regions": regions, "populations": words.POPULATIONS},
        "kinds": words.KINDS,
        "here": here,
        "is_filtered": bool(asked),
        "next_url": url_for(endpoint, **place, **asked, apres=following) if following else "",
        "first_url": url_for(endpoint, **place, **asked) if after else "",
    }


_FILTERS = ("besoin", "region", "public", "nature", "q", "etat")


def _wanted(today: date) -> Wanted:
    asked = request.args
    return Wanted(
        need=asked.get("besoin", ""),
        region=asked.get("region", ""),
        population=asked.get("public", ""),
        kind=asked.get("nature", ""),
        text=asked.get("q", "").strip()[:LONGEST_TEXT],
        checked_by=year_before(today) if asked.get("etat") == OLD else None,
    )


def _cursor(text: str) -> Cursor | None:
    """Where the page begins; an address that was damaged begins at the first line."""
    name, _, row_id = text.rpartition(SPLIT)
    return (name, int(row_id)) if row_id.isdecimal() and len(row_id) <= LONGEST_ID else None
