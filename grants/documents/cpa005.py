"""The file of direct deposits that a bank reads: Payments Canada's Standard 005, credits only.

Rows in, bytes out. Records of 1,464 ASCII characters and a line end: one A, then C records of
up to six payments, one Z. Units: integer cents. Banks disagree on a few reserved fields: the
profile of each says what it wants.
"""

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date
from itertools import islice
from typing import Any

from grants.documents.fixed_width import Fields, day
from grants.domain.bank_file import (
    FUNDS_DAYS_AHEAD,
    FUNDS_DAYS_PAST,
    LAST_FILE_NUMBER,
    MOST_CENTS,
)
from grants.domain.errors import DomainError

RECORD_LENGTH = 1464
LINE_END = b"\r\n"
CURRENCIES = ("CAD", "USD", "")  # some banks read this field as filler

_PROFILE = Fields("profil bancaire")
_FILE = Fields("fichier")
_PREAMBLE = re.compile(r"([^A\s][!-~ ]*)?")  # a routing line, which cannot pass for a header


@dataclass(frozen=True)
class BankProfile:
    """How one bank wants the files of one secretariat; invalid values are refused when made.

    `return_routing` (9 digits) and `return_account` take the payments sent back.
    `transaction_code` 450 is "miscellaneous payments". `blank_reserved` leaves spaces, not
    zeros, in the numeric fields that the bank fills. `zero_trailer_filler` ends the trailer
    with zeros. `preamble` is a line some banks want before the file. Error: bank_file_field.
    """

    code: str
    secretariat: str
    originator_id: str
    short_name: str
    long_name: str
    data_centre: str
    return_routing: str
    return_account: str = field(repr=False)
    transaction_code: str = "450"
    currency: str = "CAD"
    payments_per_record: int = 6
    blank_reserved: bool = False
    zero_trailer_filler: bool = False
    preamble: str = ""

    def __post_init__(self) -> None:
        self.header()
        self.originator()
        self.names()
        self.returns()
        _PROFILE.digits("transaction_code", self.transaction_code, 3)
        if not 1 <= self.payments_per_record <= 6:
            raise _PROFILE.refused("payments_per_record")
        if not _PREAMBLE.fullmatch(self.preamble) or len(self.preamble) >= RECORD_LENGTH:
            raise _PROFILE.refused("preamble")

    @classmethod
    def from_data(cls, data: Mapping[str, Any]) -> "BankProfile":
        """The profile of a JSON object whose keys are the fields. TypeError for another key."""
        return cls(**data)

    def header(self) -> str:
        """What the header says after the date: data centre, reserved, currency."""
        centre = _PROFILE.digits("data_centre", self.data_centre, 5)
        return centre + " " * 20 + _PROFILE.choice("currency", self.currency, CURRENCIES, 3)

    def originator(self) -> str:
        """The number the bank gave to who pays."""
        return _PROFILE.text("originator_id", self.originator_id, 10)

    def names(self) -> tuple[str, str]:
        """Short and long name of who pays."""
        short_name = _PROFILE.text("short_name", self.short_name, 15)
        return short_name, _PROFILE.text("long_name", self.long_name, 30)

    def returns(self) -> str:
        """Where payments sent back go."""
        routing = _routing(_PROFILE, "return_routing", self.return_routing)
        return routing + _PROFILE.account("return_account", self.return_account, 12)

    def reserved(self, width: int) -> str:
        """A numeric field that the bank fills."""
        return (" " if self.blank_reserved else "0") * width


@dataclass(frozen=True)
class Credit:
    """One payment: cents, day of the funds, account, name confirmed, our unique reference."""

    amount_cents: int
    funds_on: date
    routing: str
    account: str = field(repr=False)
    payee_name: str
    cross_reference: str
    sundry: str = ""


def write(
    profile: BankProfile,
    credits: Iterable[Credit],
    *,
    file_creation_number: int,
    created_on: date,
) -> bytes:
    """The bytes of a file, the same for the same rows.

    Errors: bank_file_empty; bank_file_field, for a value that its field cannot hold, an amount
    out of 1 to 9,999,999,999 cents, funds more than 30 days ago or 173 days ahead, a reference
    given twice.
    """
    if not 1 <= file_creation_number <= LAST_FILE_NUMBER:
        raise _FILE.refused("file_creation_number")
    key = profile.originator() + _FILE.number("file_creation_number", file_creation_number, 4)
    records = _records(profile, _checked(credits, created_on), key, created_on)
    lines = [profile.preamble] if profile.preamble else []
    return b"".join(line.encode("ascii") + LINE_END for line in (*lines, *records))


def _checked(credits: Iterable[Credit], created_on: date) -> Iterator[Credit]:
    """The rows, once what depends on the others and on the day is known to hold."""
    references: set[str] = set()
    for credit in credits:
        fields = _fields(credit)
        if not 1 <= credit.amount_cents <= MOST_CENTS:
            raise fields.refused("amount")
        if not -FUNDS_DAYS_PAST <= (credit.funds_on - created_on).days <= FUNDS_DAYS_AHEAD:
            raise fields.refused("funds_on")
        if credit.cross_reference in references:
            raise fields.refused("cross_reference")
        references.add(credit.cross_reference)
        yield credit
    if not references:
        raise DomainError("bank_file_empty")


def _records(
    profile: BankProfile, credits: Iterator[Credit], key: str, created_on: date
) -> Iterator[str]:
    """The header, the records of payments and the trailer, numbered from 1."""
    count = total = 0
    number = 1
    yield f"A{number:09d}{key}{day(created_on)}{profile.header()}".ljust(RECORD_LENGTH)
    while group := list(islice(credits, profile.payments_per_record)):
        number += 1
        count += len(group)
        total += sum(credit.amount_cents for credit in group)
        segments = "".join(_segment(profile, credit) for credit in group)
        yield f"C{number:09d}{key}{segments}".ljust(RECORD_LENGTH)
    filler = "0" if profile.zero_trailer_filler else " "
    yield f"Z{number + 1:09d}{key}{_sums(total, count)}".ljust(RECORD_LENGTH, filler)


def _sums(total: int, count: int) -> str:
    """No debit, the credits, and no correction of either kind: value then number of each."""
    credited = _FILE.number("total", total, 14) + _FILE.number("count", count, 8)
    none = "0" * (14 + 8)
    return none + credited + none + none


def _segment(profile: BankProfile, credit: Credit) -> str:
    """The 240 characters of one payment."""
    fields = _fields(credit)
    short_name, long_name = profile.names()
    return "".join(
        (
            profile.transaction_code,
            fields.number("amount", credit.amount_cents, 10),
            day(credit.funds_on),
            _routing(fields, "routing", credit.routing),
            fields.account("account", credit.account, 12),
            profile.reserved(22 + 3),  # trace number, stored transaction type
            short_name,
            fields.text("payee_name", credit.payee_name, 30),
            long_name,
            profile.originator(),
            fields.text("cross_reference", credit.cross_reference, 19),
            profile.returns(),
            fields.text("sundry", credit.sundry, 15, required=False),
            " " * (22 + 2),  # filler, settlement code
            profile.reserved(11),  # invalid data element
        )
    )


def _fields(credit: Credit) -> Fields:
    return Fields(f"versement {credit.cross_reference}")


def _routing(fields: Fields, name: str, value: str) -> str:
    """Institution and transit in electronic form: a zero, then 8 digits."""
    if not value.startswith("0"):
        raise fields.refused(name)
    return fields.digits(name, value, 9)
