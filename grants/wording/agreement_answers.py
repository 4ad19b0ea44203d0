"""What an application already says of its agreement: address, signatory, mission, budget.

Answers are as they were frozen: of paper, any of them may be missing or hold what was typed.
"""

from collections.abc import Mapping
from datetime import date
from typing import Any

from grants.domain import identity
from grants.domain.forms.description import Field, FormDefinition

Answers = Mapping[str, Any]

NBSP = "\u00a0"
PROVINCE = "(Québec)"
DECEMBER = 12
ROLES: Mapping[str, str] = {
    "chair": "à la présidence",
    "vice_chair": "à la vice-présidence",
    "treasurer": "à la trésorerie",
    "secretary": "au secrétariat",
    "director": "à la direction générale",
}


def address(answers: Answers) -> str:
    """The head office on one line; empty when the street or the town is missing."""
    street = [_text(answers, key) for key in ("address_line1", "address_line2")]
    city, code = _text(answers, "city"), _text(answers, "postal_code")
    if not street[0] or not city:
        return ""
    place = f"{city} {PROVINCE}"
    shown = f"{place}{NBSP}{NBSP}{identity.show_postal_code(code)}" if code else place
    return ", ".join([*filter(None, street), shown])


def signatory(answers: Answers) -> str:
    """First and last name of the person whom the board lets sign."""
    return " ".join(
        filter(None, (_text(answers, f"rep_{part}_name") for part in ("first", "last")))
    )


def signatory_role(answers: Answers) -> str:
    """What this person does in the organization, as it follows a name; empty for another role."""
    return ROLES.get(_text(answers, "rep_role"), "")


def resolution_date(answers: Answers) -> date | None:
    """The day of the board's resolution."""
    try:
        return date.fromisoformat(_text(answers, "resolution_date"))
    except ValueError:
        return None


def project_title(answers: Answers) -> str:
    """The title of the project, empty when there is none."""
    return _text(answers, "project_title")


def year_end_month(answers: Answers) -> int | None:
    """The month at whose end the financial year of the organization ends."""
    value = _text(answers, "fiscal_year_end")
    return int(value) if value.isdecimal() and 1 <= int(value) <= DECEMBER else None


def annex(answers: Answers, keys: tuple[str, ...]) -> tuple[str, ...]:
    """The paragraphs of these answers, in order."""
    texts = [_text(answers, key) for key in keys]
    return tuple(line.strip() for text in texts for line in text.split("\n") if line.strip())


def budget(form: FormDefinition, answers: Answers) -> list[tuple[str, int]]:
    """The lines of the use of the amount: their words, and whole cents above zero."""
    field = next((field for field in form.fields if field.key == "amount_use"), None)
    rows = answers.get("amount_use")
    if field is None or not isinstance(rows, list):
        return []
    amounts = [(row, row.get("montant")) for row in rows if isinstance(row, Mapping)]
    return [
        (_line(field, row), cents) for row, cents in amounts if type(cents) is int and cents > 0
    ]


def _line(field: Field, row: Answers) -> str:
    """`Salaires et charges : coordination`."""
    column = next(column for column in field.columns if column.key == "poste")
    words = [column.choice_label(_text(row, "poste")), _text(row, "precision")]
    return f"{NBSP}: ".join(filter(None, words))


def _text(answers: Answers, key: str) -> str:
    value = answers.get(key)
    return value.strip() if isinstance(value, str) else ""
