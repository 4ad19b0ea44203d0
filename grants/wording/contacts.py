"""How to reach a secretariat, in words, from its data: pages, mails and letters say the same."""

import re
from collections.abc import Mapping, Sequence
from datetime import time
from typing import Any

from grants.wording import formats


def block(name: str, contact: Mapping[str, Any]) -> dict[str, Any]:
    """Name, address lines, phones, e-mail and hours of a secretariat."""
    local, toll_free = contact["phone"], contact["phone_toll_free"]
    return {
        "name": name,
        "address_lines": contact["address"],
        "phone_local": local,
        "phone_local_e164": e164(local),
        "phone_toll_free": toll_free,
        "phone_toll_free_e164": e164(toll_free),
        "email": contact["email"],
        "hours_sentence": hours_sentence(contact["weekdays"], contact["hours"]),
    }


def e164(phone: str) -> str:
    """`418 646-9270` as a telephone dials it: `+14186469270`."""
    digits = re.sub(r"\D", "", phone)
    return f"+{digits}" if len(digits) == 11 else f"+1{digits}"


def hours_sentence(weekdays: str, spans: Sequence[Mapping[str, str]]) -> str:
    """`Du lundi au vendredi, de 8 h 30 à 12 h et de 13 h à 16 h 30`."""
    parts = [f"de {_hour(span['opens'])} à {_hour(span['closes'])}" for span in spans]
    return f"{weekdays[:1].upper()}{weekdays[1:]}, {' et '.join(parts)}."


def _hour(text: str) -> str:
    return formats.time(time.fromisoformat(text))
