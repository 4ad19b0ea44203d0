"""The form of an account and its lines, the same for the organization and for finance."""

import secrets
from collections.abc import Iterable
from dataclasses import dataclass

from flask_wtf import FlaskForm
from wtforms import HiddenField, StringField

from grants.domain.bank_accounts import faults, masked_end, parse_account
from grants.domain.errors import DomainError
from grants.operations.bank_details import BankDetailsGiven
from grants.queries.bank_details import Version
from grants.wording import bank_details
from grants.wording.problems import sentence

HEXADECIMAL = frozenset("0123456789abcdef")
DIGITS = {"inputmode": "numeric", "autocomplete": "off"}
FIELDS = {
    "transit_invalid": "transit",
    "institution_invalid": "institution",
    "account_invalid": "account_number",
}


class BankAccountForm(FlaskForm):
    """An account as it is read at the bottom of a cheque, from left to right."""

    public_id = HiddenField()
    transit = StringField(
        "Numéro de transit",
        description="Cinq chiffres\u00a0: ceux de la caisse ou de la succursale.",
        render_kw={"class": "input w-sm", **DIGITS},
    )
    institution = StringField(
        "Numéro de l’institution",
        description="Trois chiffres, par exemple 815 pour Desjardins ou 006 pour la Banque "
        "Nationale.",
        render_kw={"class": "input w-xs", **DIGITS},
    )
    account_number = StringField(
        "Numéro du compte",
        description="De 4 à 12\u00a0chiffres, avec les zéros du début. Chez Desjardins, c’est le "
        "folio.",
        render_kw={"class": "input w-md", **DIGITS},
    )

    def given(self) -> BankDetailsGiven | None:
        """The account typed; None when fields have something to repair, said beside each."""
        typed = [
            field.data or "" for field in (self.institution, self.transit, self.account_number)
        ]
        for fault in faults(*typed):
            self.refuse(fault)
        if self.errors:
            return None
        return BankDetailsGiven(self._id(), parse_account(*typed))

    def refuse(self, error: DomainError) -> None:
        """Say what to repair beside its field; what is about the whole account, at the number."""
        field = self[FIELDS.get(error.code, "account_number")]
        field.errors = [*field.errors, sentence(error)]

    def _id(self) -> str:
        """The id that the page carried, unless it was tampered with."""
        carried = self.public_id.data or ""
        right = len(carried) == 32 and set(carried) <= HEXADECIMAL
        return carried if right else new_id()


def new_id() -> str:
    """The id of the version that a page will make."""
    return secrets.token_hex(16)


@dataclass(frozen=True)
class AccountLine:
    """One version of an account in words."""

    version: Version
    masked: str
    state: str
    kind: str


def lines(versions: Iterable[Version]) -> list[AccountLine]:
    """Versions as screens show them; one that was replaced before a call was never used."""
    return [_line(version, is_present=place == 0) for place, version in enumerate(versions)]


def _line(version: Version, *, is_present: bool) -> AccountLine:
    state = bank_details.state(version.verified_at, is_present=is_present)
    return AccountLine(version, masked_end(version.end), *state)
