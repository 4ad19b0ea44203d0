"""The form of an absence. It keeps what was typed; the rules judge it."""

from collections.abc import Mapping

from flask_wtf import FlaskForm
from wtforms import HiddenField, SelectField

from grants.domain.errors import DomainError
from grants.web.fields import DatePartsField
from grants.wording.problems import sentence

FIELDS: Mapping[str, str] = {
    "absence_order": "until_on",
    "absence_over": "until_on",
    "absence_long": "until_on",
    "absence_overlaps": "from_on",
    "absence_replaces": "from_on",
}


class AbsenceForm(FlaskForm):
    """Who is away, from which day to which, and who takes their place."""

    public_id = HiddenField()
    person_id = SelectField(
        "Personne absente", validate_choice=False, render_kw={"class": "input w-lg"}
    )
    from_on = DatePartsField("Premier jour d’absence")
    until_on = DatePartsField("Dernier jour d’absence")
    substitute_id = SelectField(
        "Qui remplace cette personne?",
        description="Elle verra ses dossiers et ses demandes pendant l’absence.",
        validate_choice=False,
        render_kw={"class": "input w-lg"},
    )

    def chosen(self, name: str, code: str) -> int | None:
        """The person chosen in a list; None, with what to repair, when nobody was."""
        typed = str(self[name].data or "")
        if typed.isascii() and typed.isdecimal() and len(typed) <= 9:
            return int(typed)
        self.refuse_field(name, DomainError(code))
        return None

    def refuse(self, error: DomainError) -> None:
        """Put what a rule refused beside its field; a rule about no field is about who replaces."""
        self.refuse_field(FIELDS.get(error.code, "substitute_id"), error)

    def refuse_field(self, name: str, error: DomainError) -> None:
        """Say beside this field what to repair."""
        field = self[name]
        field.errors = [*field.errors, sentence(error)]
