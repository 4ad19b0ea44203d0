"""The agreement in words: its facts, frozen as data, and its page.

The model text is ours: eighteen articles and four annexes, to be approved by a lawyer before real
use. No PDF engine here, so that a screen can show the page before it is issued.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from grants.wording import sheet_data, templating

FORMAT = "appui-protocole-1"
DATA_NAME = "protocole.json"  # the attachment that carries the facts
ASSURANCE = {
    "audit": "d’audit",
    "review": "de mission d’examen",
    "compilation": "de mission de compilation",
}
"""The report of an accountant that the financial report must come with, after "le rapport"."""


@dataclass(frozen=True)
class Signatory:
    """A person who signs, and as what."""

    name: str
    role: str


@dataclass(frozen=True)
class Resolution:
    """The resolution of the board that lets the signatory sign."""

    number: str
    adopted_on: date


@dataclass(frozen=True)
class Organization:
    """The organization as it stands in the register, with its head office on one line."""

    legal_name: str
    neq: str
    address: str


@dataclass(frozen=True)
class Project:
    """The project supported; its expenses count from `eligible_from`."""

    title: str
    eligible_from: date


@dataclass(frozen=True)
class AmountLine:
    """An amount in cents and what it is for: a fiscal year, a line of the budget."""

    label: str
    cents: int


@dataclass(frozen=True)
class Instalment:
    """A part of the grant in cents, on what condition (a piece of sentence), and planned when."""

    rank: int
    cents: int
    condition: str
    planned_on: date | None


@dataclass(frozen=True)
class Rules:
    """What the terms of the program fix: a percentage, years, days."""

    budget_shift_pct: int
    records_years: int
    cure_days: int
    notice_days: int


@dataclass(frozen=True)
class AgreementSheet:
    """Everything the agreement says.

    `minister_title` begins with its article (`la ministre responsable de…`); `secretariat` is a
    `contacts.block`; `project` is None for the support of a whole mission; `assurance` is a key of
    `ASSURANCE`. `delegate` and `issued_at`, the instant of the signature for the minister, are None
    until then; `signatory` is None when whoever signs on paper writes it by hand.
    """

    number: str
    version: int
    fiscal_year: str
    program: str
    minister_title: str
    delegate: Signatory | None
    issued_at: datetime | None
    secretariat: Mapping[str, Any]
    advisor: str
    organization: Organization
    signatory: Signatory | None
    resolution: Resolution | None
    application_number: str
    received_on: date
    decided_on: date
    project: Project | None
    starts_on: date
    ends_on: date
    total_cents: int
    years: tuple[AmountLine, ...]
    instalments: tuple[Instalment, ...]
    reports_due_on: date
    assurance: str
    rules: Rules
    annex_a: tuple[str, ...]
    budget: tuple[AmountLine, ...]
    accountability: tuple[str, ...]

    def to_data(self) -> dict[str, Any]:
        """The facts as JSON holds them: amounts in cents, ISO dates."""
        return {"format": FORMAT, **sheet_data.plain(self)}

    @classmethod
    def from_data(cls, data: Mapping[str, Any]) -> "AgreementSheet":
        """The sheet that gave the data; ValueError when they are of another format."""
        if data.get("format") != FORMAT:
            raise ValueError("not the data of an agreement")
        return sheet_data.restored(cls, data)


def agreement_html(sheet: AgreementSheet, asset: Callable[[str], str] | None = None) -> str:
    """The page of the agreement; `asset` gives the address of a static file to a screen."""
    return templating.render(
        "pdf/agreement.html",
        sheet=sheet,
        minister=minister_words(sheet.minister_title),
        assurance=ASSURANCE[sheet.assurance],
        asset=asset,
        styles=templating.PAPER_STYLES,
    )


def minister_words(title: str) -> dict[str, str]:
    """How the articles call the minister, by the article of the title."""
    if title.casefold().startswith("le "):
        words = ("le Ministre", "Le Ministre", "au Ministre", "du Ministre", "il")
    else:
        words = ("la Ministre", "La Ministre", "à la Ministre", "de la Ministre", "elle")
    return dict(zip(("the", "The", "to", "of", "pronoun"), words, strict=True))
