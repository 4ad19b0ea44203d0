"""Payments sent back by a bank: the codes of a returned credit, and what each one asks for.

Source: return codes of Payments Canada's Standard 005. 901 (lack of funds) is left out: it is
said of debits, and we only pay. Whether the details must be entered anew is our decision:
whatever says that the account, its holder or its institution is not the right one does; a
payment stopped, funds not cleared and a return the client asked for do not.
"""

from grants.domain.errors import DomainError

_ASKS_FOR_NEW_DETAILS = {
    "900": True,
    "902": True,
    "903": False,
    "905": True,
    "907": True,
    "908": False,
    "909": True,
    "910": True,
    "911": True,
    "912": True,
    "914": True,
    "922": False,
    "990": True,
}

CODES = tuple(_ASKS_FOR_NEW_DETAILS)


def needs_new_details(code: str) -> bool:
    """Whether the organization must give its account again before a new payment.

    Error: return_code_unknown.
    """
    if code not in _ASKS_FOR_NEW_DETAILS:
        raise DomainError("return_code_unknown", given=code)
    return _ASKS_FOR_NEW_DETAILS[code]
