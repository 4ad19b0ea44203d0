"""What the public forms share: rules of the domain as errors of a field, and one id per page."""

import re
import secrets
from collections.abc import Iterable

from wtforms import Form
from wtforms.fields import SelectChoice

WIDE = {"class": "input w-lg"}
EMAIL = {
    "class": "input w-lg",
    "type": "email",
    "inputmode": "email",
    "autocomplete": "email",
    "spellcheck": "false",
}
PHONE = {"class": "input w-md", "type": "tel", "autocomplete": "tel"}
NAME = {"class": "input w-lg", "autocomplete": "name", "spellcheck": "false"}
ADDRESS = {"class": "input w-lg", "autocomplete": "street-address", "rows": 3}
OFFICES = [
    SelectChoice("SACA", "L’action communautaire"),
    SelectChoice("SCT", "Le budget, le personnel et les contrats de l’État"),
]
OFFICE_HINTS = {
    "SACA": "Subventions, organismes communautaires, bénévolat. "
    "C’est le Secrétariat à l’action communautaire autonome.",
    "SCT": "Règles des ministères, contrats publics, fonction publique. "
    "C’est le Secrétariat du Conseil du trésor.",
}


def known(choices: Iterable[SelectChoice]) -> set[str]:
    """The values that a field takes."""
    return {choice.value for choice in choices}


def typed(form: Form, *names: str) -> dict[str, str]:
    """What these fields hold, as text: nothing for one that the browser did not send."""
    return {name: form[name].data or "" for name in names}


def page_id(given: str | None) -> str:
    """The id that the page carried, unless it was tampered with; a new one without it."""
    return given if given and re.fullmatch("[0-9a-f]{32}", given) else secrets.token_hex(16)
