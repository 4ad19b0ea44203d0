"""The letter that gives a decision, in words: its facts, frozen as data, and its page.

Reasons come first, then other ways to be helped, what follows, and how to ask for another look.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from grants.wording import sheet_data, templating

FORMAT = "appui-lettre-1"
VERDICTS = {
    "accepted": "votre demande est acceptée",
    "accepted_in_part": "votre demande est acceptée en partie",
    "refused": "votre demande est refusée",
    "standby": "votre demande est admissible, mais les fonds manquent\u00a0: "
    "elle est inscrite au registre permanent",
    "upheld": "la première décision est maintenue",
}
SIGNING = (
    "Nous préparons le protocole d’entente. Nous vous écrivons dès qu’il est prêt.",
    "La personne autorisée par votre conseil d’administration le lit et le signe, à l’écran ou sur "
    "papier.",
    "Nous avons aussi besoin des coordonnées bancaires de l’organisme. Nous les vérifions par "
    "téléphone.",
    "Le premier versement suit la réception du protocole signé, en dix jours ouvrables ou moins.",
)
A_NEW_ONE = "Vous pouvez déposer une nouvelle demande à un prochain appel."
NEXT_STEPS: Mapping[str, tuple[str, ...]] = {
    "accepted": SIGNING,
    "accepted_in_part": SIGNING,
    "refused": ("Votre dossier est fermé. Nous gardons votre demande et ses pièces.", A_NEW_ONE),
    "standby": (
        "Le registre permanent est la liste des demandes admissibles qui attendent des fonds.",
        "Votre demande y reste\u00a0: vous n’aurez pas à la refaire depuis le début.",
        "Nous vous écrivons à la prochaine ouverture du programme.",
    ),
    "upheld": ("La première décision continue de s’appliquer. Le dossier est fermé.", A_NEW_ONE),
}
"""What comes next, by outcome: the sentences that the office may keep or change."""


@dataclass(frozen=True)
class Alternative:
    """Another way to be helped: a program, a body, a service."""

    title: str
    text: str


@dataclass(frozen=True)
class Recourse:
    """Whether another look may be asked for, until which day included, and at which address."""

    allowed: bool
    last_on: date | None
    address: str


@dataclass(frozen=True)
class Contact:
    """The person who answers questions about the decision."""

    name: str
    title: str
    phone: str
    email: str


@dataclass(frozen=True)
class DecidedBy:
    """The person who decided, and by what authority."""

    name: str
    role: str


@dataclass(frozen=True)
class LetterSheet:
    """Everything the letter says.

    `outcome` is a key of `VERDICTS`; `of_number` is the first file's number when the decision
    answers a request for revision, else empty; `reasons` are titles and `explanation` paragraphs;
    `no_alternative` says why there is none when `alternatives` is empty.
    """

    number: str
    of_number: str
    organization: str
    address_lines: tuple[str, ...]
    letter_on: date
    program: str
    call: str
    outcome: str
    requested_cents: int
    granted_cents: int
    secretariat: Mapping[str, Any]
    reasons: tuple[str, ...]
    explanation: tuple[str, ...]
    alternatives: tuple[Alternative, ...]
    no_alternative: str
    next_steps: tuple[str, ...]
    recourse: Recourse
    contact: Contact
    decided_by: DecidedBy

    def to_data(self) -> dict[str, Any]:
        """The facts as JSON holds them: amounts in cents, ISO dates."""
        return {"format": FORMAT, **sheet_data.plain(self)}

    @classmethod
    def from_data(cls, data: Mapping[str, Any]) -> "LetterSheet":
        """The sheet that gave the data; ValueError when they are of another format."""
        if data.get("format") != FORMAT:
            raise ValueError("not the data of a letter of decision")
        return sheet_data.restored(cls, data)


def letter_html(sheet: LetterSheet, asset: Callable[[str], str] | None = None) -> str:
    """The page of the letter; `asset` gives the address of a static file to a screen."""
    return templating.render(
        "pdf/decision_letter.html",
        sheet=sheet,
        verdict=verdict(sheet.outcome, is_revision=bool(sheet.of_number)),
        asset=asset,
        styles=templating.PAPER_STYLES,
    )


def verdict(outcome: str, *, is_revision: bool) -> str:
    """The decision as a sentence: `Votre demande est acceptée en partie.`"""
    words = VERDICTS[outcome]
    return f"Après révision, {words}." if is_revision else f"{words[0].upper()}{words[1:]}."
