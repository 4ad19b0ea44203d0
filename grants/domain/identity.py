"""What identifies an organization and how to reach it: read as typed, kept in one form.

Sources: pages of the Registraire des entreprises (NEQ), documentation of standard-number
libraries (Luhn digit of the business number), Canada Post's letter sets (postal code). No
official check digit of the NEQ is known, so none is invented.
"""

import re

from grants.domain.errors import DomainError

NEQ_PREFIXES = ("11", "22", "33", "88")
TOLL_FREE_CODES = ("800", "833", "844", "855", "866", "877", "888")
EMAIL_MAX = 254
PHONE_MAX = 60
URL_MAX = 2000

_STRAY = re.compile(r"[\s.\-−–‑()/]")
_BUSINESS_NUMBER = re.compile(r"([0-9]{9})RR[0-9]{4}")
_POSTAL = re.compile(r"[ABCEGHJ-NPRSTVXY][0-9][ABCEGHJ-NPRSTV-Z][0-9][ABCEGHJ-NPRSTV-Z][0-9]")
_PHONE = re.compile(r"\+?1?([2-9][0-9]{2}[2-9][0-9]{6})")
_EXTENSION = re.compile(r"[\s,;]*(?:poste|post|ext\.?|;ext=|x)\s*:?\s*([0-9]{1,6})\s*", re.I)
_STORED_PHONE = re.compile(r"\+1([0-9]{3})([0-9]{3})([0-9]{4})(?:;ext=([0-9]+))?")
_EMAIL = re.compile(
    r"[A-Za-z0-9!#$%&'*+/=?^_`{|}~-]+(?:\.[A-Za-z0-9!#$%&'*+/=?^_`{|}~-]+)*"
    r"@(?:[A-Za-z0-9](?:[A-Za-z0-9-]*[A-Za-z0-9])?\.)+[A-Za-z]{2,63}"
)
_WEB = re.compile(
    r"(?:(https?)://)?((?:[\w](?:[\w-]*[\w])?\.)+[^\W\d_]{2,63})(:[0-9]{1,5})?([/?#]\S*)?", re.I
)


def parse_neq(text: str) -> str:
    """The ten plain digits of a Québec enterprise number.

    Errors: neq_digits (something else than digits), neq_length (fact `count`), neq_prefix.
    """
    neq = _STRAY.sub("", text)
    if not re.fullmatch(r"[0-9]+", neq):
        raise DomainError("neq_digits")
    if len(neq) != 10:
        raise DomainError("neq_length", count=len(neq))
    if not neq.startswith(NEQ_PREFIXES):
        raise DomainError("neq_prefix")
    return neq


def parse_charity_number(text: str) -> str:
    """A charity's registration number such as 123026635RR0001.

    Errors: charity_format; charity_check (the ninth digit does not fit the eight before it).
    """
    number = _STRAY.sub("", text).upper()
    parts = _BUSINESS_NUMBER.fullmatch(number)
    if parts is None:
        raise DomainError("charity_format")
    if not _luhn_holds(parts[1]):
        raise DomainError("charity_check")
    return number


def _luhn_holds(digits: str) -> bool:
    """Every second digit from the right is doubled and its digits added: the sum ends in 0."""
    doubled = "0246813579"
    values = [
        int(doubled[int(digit)] if rank % 2 else digit)
        for rank, digit in enumerate(reversed(digits))
    ]
    return sum(values) % 10 == 0


def parse_postal_code(text: str) -> str:
    """A Canadian postal code without its space, such as G1S2J5. Error: postal_format."""
    code = _STRAY.sub("", text).upper()
    if not _POSTAL.fullmatch(code):
        raise DomainError("postal_format")
    return code


def show_postal_code(code: str) -> str:
    """ "G1S2J5" as people read it: "G1S 2J5", with a no-break space."""
    return f"{code[:3]}\u00a0{code[3:]}"


def parse_phone(text: str) -> str:
    """A North American number in E.164 form, "+14186469270", then ";ext=123" for an extension.

    Error: phone_format.
    """
    if len(text) > PHONE_MAX:
        raise DomainError("phone_format")
    extension = ""
    if found := _EXTENSION.search(text):
        extension = f";ext={found[1]}"
        if found.end() != len(text):
            raise DomainError("phone_format")
        text = text[: found.start()]
    number = _PHONE.fullmatch(_STRAY.sub("", text))
    if number is None:
        raise DomainError("phone_format")
    return f"+1{number[1]}{extension}"


def show_phone(stored: str) -> str:
    """A stored number as people read it: "418 646-9270, poste 123" or "1 800 577-2844"."""
    parts = _STORED_PHONE.fullmatch(stored)
    if parts is None:
        return stored
    toll_free = "1\u00a0" if parts[1] in TOLL_FREE_CODES else ""
    extension = f", poste\u00a0{parts[4]}" if parts[4] else ""
    return f"{toll_free}{parts[1]}\u00a0{parts[2]}-{parts[3]}{extension}"


def parse_email(text: str) -> str:
    """An e-mail address of usual shape, its domain in lower case. No look-up is made.

    Errors: email_accents (a mail server may refuse them), email_format.
    """
    address = text.strip()
    if not address.isascii():
        raise DomainError("email_accents")
    if len(address) > EMAIL_MAX or not _EMAIL.fullmatch(address):
        raise DomainError("email_format")
    local, _, domain = address.rpartition("@")
    return f"{local}@{domain.lower()}"


def parse_url(text: str) -> str:
    """A web address with its scheme; "exemple.org" becomes "https://exemple.org".

    Error: url_format.
    """
    address = text.strip()
    parts = _WEB.fullmatch(address) if len(address) <= URL_MAX else None
    if parts is None:
        raise DomainError("url_format")
    scheme, host, port, rest = parts.groups(default="")
    return f"{(scheme or 'https').lower()}://{host.lower()}{port}{rest}"
