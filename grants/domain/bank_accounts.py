"""The account of an organization: read as typed, kept as text, shown by its last three digits.

Units: digits as text, for a leading zero counts. There is no check digit common to all
institutions, so none is invented. Source of the shapes: Canadian routing numbers.
"""

import json
import re
from dataclasses import asdict, dataclass, field

from grants.domain.errors import DomainError

END_LENGTH = 3

_STRAY = re.compile(r"[\s\-−–‑]")
_INSTITUTION = re.compile(r"[0-9]{3}")
_TRANSIT = re.compile(r"[0-9]{5}")
_ACCOUNT = re.compile(r"[0-9]{4,12}")

_INSTITUTIONS = {
    "001": "Banque de Montréal",
    "002": "Banque Scotia",
    "003": "Banque Royale du Canada",
    "004": "Banque Toronto-Dominion",
    "006": "Banque Nationale du Canada",
    "010": "Banque CIBC",
    "039": "Banque Laurentienne du Canada",
    "815": "Desjardins",
}


@dataclass(frozen=True)
class BankAccount:
    """Institution (3 digits), transit (5) and account number (4 to 12).

    The account number stays out of its `repr`, so out of logs and traces.
    """

    institution: str
    transit: str
    account: str = field(repr=False)

    @property
    def end(self) -> str:
        """The last three digits of the account, all that a screen may show."""
        return self.account[-END_LENGTH:]


def parse_account(institution: str, transit: str, account: str) -> BankAccount:
    """The account typed in three fields; spaces and hyphens are left out.

    A transit and an institution typed together in one field are refused, never guessed.

    Errors: institution_invalid, transit_invalid, account_invalid.
    """
    for fault in faults(institution, transit, account):
        raise fault
    return BankAccount(*_digits(institution, transit, account))


def faults(institution: str, transit: str, account: str) -> list[DomainError]:
    """All that is wrong with an account as typed, field by field, so that it is said at once."""
    typed = _digits(institution, transit, account)
    judged = (
        (_INSTITUTION, DomainError("institution_invalid")),
        (_TRANSIT, DomainError("transit_invalid")),
        (_ACCOUNT, DomainError("account_invalid")),
    )
    pairs = zip(judged, typed, strict=True)
    return [fault for (shape, fault), text in pairs if not shape.fullmatch(text)]


def _digits(*texts: str) -> list[str]:
    return [_STRAY.sub("", text) for text in texts]


def institution_name(code: str) -> str | None:
    """The usual name of an institution, as a help to reading; None when we do not know it."""
    return _INSTITUTIONS.get(code)


def masked(account: BankAccount) -> str:
    """The account as a screen shows it: "•••• 567"."""
    return masked_end(account.end)


def masked_end(end: str) -> str:
    """The same, from the last three digits alone, where they are what was kept."""
    return f"••••\u00a0{end}"


def routing(account: BankAccount) -> str:
    """The electronic form of institution and transit, 9 digits: "0IIITTTTT"."""
    return f"0{account.institution}{account.transit}"


def to_text(account: BankAccount) -> str:
    """The account as one text to encipher and keep; equal accounts give equal texts."""
    return json.dumps(asdict(account), sort_keys=True, separators=(",", ":"))


def from_text(text: str) -> BankAccount:
    """The account kept by `to_text`. Errors: those of `parse_account`."""
    return parse_account(**json.loads(text))
