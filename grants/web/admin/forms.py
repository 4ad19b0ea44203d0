"""The forms of the administration. They keep what was typed; the rules judge it."""

from collections.abc import Mapping

from flask_wtf import FlaskForm
from wtforms import BooleanField, HiddenField, SelectMultipleField, StringField
from wtforms.fields import SelectChoice

from grants.domain.access import Role
from grants.domain.errors import DomainError
from grants.domain.people import Place
from grants.web.fields import SummaryLine, error_lines
from grants.wording.people import ROLES
from grants.wording.problems import sentence

CHOICES = [
    SelectChoice(role.value, f"{words.name}\u00a0: {words.does[:1].lower()}{words.does[1:]}")
    for role, words in ROLES.items()
]
FIELDS: Mapping[str, str] = {
    "name_length": "full_name",
    "email_taken": "email",
    "email_format": "email",
    "email_accents": "email",
    "title_length": "title",
    "extension_format": "extension",
    "holds_files": "give_back",
}
GIVE_BACK = "Remettre ses dossiers ouverts à affecter à quelqu’un d’autre"


class PlaceForm(FlaskForm):
    """What a person is in the secretariat."""

    title = StringField(
        "Titre du poste",
        description="Comme les organismes le liront, par exemple\u00a0: Conseillère.",
        render_kw={"class": "input w-lg", "autocomplete": "off"},
    )
    extension = StringField(
        "Poste téléphonique (facultatif)",
        render_kw={"class": "input w-xs", "inputmode": "numeric", "autocomplete": "off"},
    )
    roles = SelectMultipleField("Rôles", choices=CHOICES, validate_choice=False)

    def place(self) -> Place:
        """What was typed; a role that does not exist is none."""
        known = {role.value for role in Role}
        roles = frozenset(Role(code) for code in self.roles.data or () if code in known)
        return Place(self.title.data or "", self.extension.data or "", roles)

    def refuse(self, error: DomainError) -> None:
        """Put what a rule refused beside its field; a rule about no field is about the roles."""
        field = self[FIELDS.get(error.code, "roles")]
        field.errors = [*field.errors, sentence(error)]

    def problems(self) -> list[SummaryLine]:
        """Every refusal, each leading to its field."""
        return error_lines(self)


class InviteForm(PlaceForm):
    """A person to let in."""

    public_id = HiddenField()
    full_name = StringField(
        "Prénom et nom", render_kw={"class": "input w-lg", "autocomplete": "off"}
    )
    email = StringField(
        "Courriel au travail",
        description="Un lien y est envoyé, bon pour 24\u00a0heures, pour choisir un mot de passe.",
        render_kw={"class": "input w-lg", "type": "email", "autocomplete": "off"},
    )


class ChangeForm(PlaceForm):
    """What a person is, and what becomes of their files when they stop reviewing."""

    give_back = BooleanField(
        f"{GIVE_BACK}, si cette personne perd le rôle d’analyse", false_values=("", None)
    )


class RemoveForm(FlaskForm):
    """What becomes of the files of a person who leaves."""

    give_back = BooleanField(GIVE_BACK, false_values=("", None))
