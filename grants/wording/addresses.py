"""Where a letter goes, in lines, from what an organization answered."""

from collections.abc import Mapping

from grants.domain import identity

MAILING = ("mailing_line1", "mailing_line2", "mailing_city", "mailing_postal_code")
CIVIC = ("address_line1", "address_line2", "city", "postal_code")
CODE_LENGTH = 6


def postal_lines(answers: Mapping[str, object]) -> tuple[str, ...]:
    """Street, then city and postal code; the mailing address where one was given."""
    keys = MAILING if answers.get(MAILING[0]) else CIVIC
    first, second, city, code = (str(answers.get(key) or "").strip() for key in keys)
    place = f"{city} (Québec)" if city else ""
    last = f"{place}  {_code(code)}".strip()
    return tuple(line for line in (first, second, last) if line)


def _code(text: str) -> str:
    """`G1S 2J5`; what was typed on paper and cannot be read stays as it is."""
    plain = text.replace(" ", "").upper()
    return identity.show_postal_code(plain) if len(plain) == CODE_LENGTH else text
