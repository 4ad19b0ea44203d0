"""The directory of resources: what a line of it must say, and when it is too old to be trusted.

Source: issue (need, region, population, date of the last check; consent and outcome of a
referral); the lists of needs and of populations, and the twelve months, are our decisions.
"""

import re
from collections.abc import Collection
from dataclasses import dataclass, replace
from datetime import date
from enum import StrEnum
from hashlib import sha256

from grants.domain.errors import DomainError
from grants.domain.identity import parse_email, parse_phone, parse_url, show_phone

NAME_MAX, PURPOSE_MAX, ADDRESS_MAX, URL_MAX, NOTE_MAX = 160, 400, 300, 300, 500
_SPACES = re.compile(r"[ \t\r\n]+")
_SHORT_NUMBER = re.compile(r"[2-9]11")  # 211, 811: dialled as they are


class Facet(StrEnum):
    """In which way a resource is looked for."""

    NEED = "need"
    REGION = "region"
    POPULATION = "population"


class Kind(StrEnum):
    """What a resource is."""

    COMMUNITY = "community"
    PUBLIC_BODY = "public_body"


class Consent(StrEnum):
    """Whether the person agreed that we speak of them to the resource."""

    GIVEN = "given"
    REFUSED = "refused"


class ReferralOutcome(StrEnum):
    """What became of a referral."""

    HELPED = "helped"
    NOT_HELPED = "not_helped"
    NOT_REACHED = "not_reached"
    DECLINED = "declined"


NEEDS = (
    "housing",
    "food",
    "rights",
    "employment",
    "family",
    "mental_health",
    "violence",
    "immigration",
    "homelessness",
    "literacy",
    "organizations",
    "funding",
    "recourse",
    "information_access",
)
POPULATIONS = (
    "youth",
    "families",
    "seniors",
    "women",
    "men",
    "newcomers",
    "indigenous",
    "disability",
    "lgbtq",
    "low_income",
    "organizations",
)


@dataclass(frozen=True)
class Entry:
    """A line of the directory. No region means everywhere in Québec; no population, everybody."""

    kind: str
    name: str
    purpose: str
    phone: str = ""
    email: str = ""
    url: str = ""
    address: str = ""
    needs: tuple[str, ...] = ()
    regions: tuple[str, ...] = ()
    populations: tuple[str, ...] = ()

    def labels(self) -> list[tuple[Facet, str]]:
        """Every facet and code of this line."""
        by_facet = (
            (Facet.NEED, self.needs),
            (Facet.REGION, self.regions),
            (Facet.POPULATION, self.populations),
        )
        return [(facet, code) for facet, codes in by_facet for code in codes]


def needs_check(checked_on: date, today: date) -> bool:
    """Whether nobody made sure of a resource for twelve months (our decision)."""
    return checked_on <= year_before(today)


def year_before(today: date) -> date:
    """The same day a year earlier; 28 February for the 29th."""
    is_leap_day = (today.month, today.day) == (2, 29)
    return today.replace(year=today.year - 1, day=28 if is_leap_day else today.day)


def check_entry(entry: Entry, regions: Collection[str]) -> Entry:
    """The line in the form that is kept; `regions` are the codes that exist.

    Raises `resource_name_required`, `resource_purpose_required`, `resource_need_required`,
    `resource_unreachable` (a line nobody can call, write to or read is of no use),
    `choice_unknown`, `text_too_long`, and those of telephone, e-mail and web addresses.
    """
    kept = replace(
        entry,
        name=_one_line(entry.name),
        purpose=_one_line(entry.purpose),
        address=_one_line(entry.address),
        phone=_phone(entry.phone),
        email=parse_email(entry.email) if entry.email.strip() else "",
        url=parse_url(entry.url) if entry.url.strip() else "",
        needs=_sorted(entry.needs),
        regions=_sorted(entry.regions),
        populations=_sorted(entry.populations),
    )
    _check_words(kept)
    _check_codes(kept, regions)
    return kept


def fingerprint(entry: Entry) -> str:
    """What a page carries, to know that nobody changed the line since it was shown."""
    return sha256(repr(entry).encode()).hexdigest()[:32]


def check_referral(consent: str, note: str, *, handed_over: bool) -> None:
    """Without consent only coordinates are given, nothing is handed over (issue).

    Raises `consent_required`, `handed_over_without_consent`, `text_too_long`.
    """
    if consent not in tuple(Consent):
        raise DomainError("consent_required")
    if handed_over and consent != Consent.GIVEN:
        raise DomainError("handed_over_without_consent")
    _check_length("note", note, NOTE_MAX)


def _one_line(text: str) -> str:
    """The text on one line, its no-break spaces kept."""
    return _SPACES.sub(" ", text).strip()


def _phone(text: str) -> str:
    typed = text.strip()
    return show_phone(parse_phone(typed)) if typed and not _SHORT_NUMBER.fullmatch(typed) else typed


def _sorted(codes: tuple[str, ...]) -> tuple[str, ...]:
    return tuple(sorted(set(codes)))


def _check_words(entry: Entry) -> None:
    if len(entry.name) < 2:
        raise DomainError("resource_name_required")
    if not entry.purpose:
        raise DomainError("resource_purpose_required")
    if not (entry.phone or entry.email or entry.url):
        raise DomainError("resource_unreachable")
    _check_length("name", entry.name, NAME_MAX)
    _check_length("purpose", entry.purpose, PURPOSE_MAX)
    _check_length("address", entry.address, ADDRESS_MAX)
    _check_length("url", entry.url, URL_MAX)


def _check_codes(entry: Entry, regions: Collection[str]) -> None:
    if not entry.needs:
        raise DomainError("resource_need_required")
    known = (
        ("kind", (entry.kind,), tuple(Kind)),
        ("needs", entry.needs, NEEDS),
        ("regions", entry.regions, tuple(regions)),
        ("populations", entry.populations, POPULATIONS),
    )
    for field, codes, possible in known:
        if not set(codes) <= set(possible):
            raise DomainError("choice_unknown", field=field)


def _check_length(field: str, text: str, limit: int) -> None:
    if len(text) > limit:
        raise DomainError("text_too_long", field=field, length=len(text), limit=limit)
