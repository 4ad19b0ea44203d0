"""The forms of an organization's space, apart from the questionnaires themselves."""

import re
import secrets

from flask_wtf import FlaskForm
from wtforms import BooleanField, HiddenField, RadioField, StringField, TextAreaField
from wtforms.fields import SelectChoice

from grants.domain.access import MemberRole
from grants.domain.errors import DomainError
from grants.wording.problems import sentence

ROLES = [
    SelectChoice(MemberRole.READER.value, "Lecture\u00a0: voir les demandes et leur suivi"),
    SelectChoice(MemberRole.WRITER.value, "Rédaction\u00a0: remplir et envoyer les demandes"),
    SelectChoice(
        MemberRole.RESPONSIBLE.value, "Responsable\u00a0: rédaction, et gestion des accès"
    ),
]
_FIELDS = {"neq": "neq", "legal": "legal_name", "email": "email", "phone": "phone"}


class NeqForm(FlaskForm):
    """Which organization: its enterprise number."""

    neq = StringField(
        "Numéro d’entreprise du Québec (NEQ)",
        description=(
            "Dix chiffres, par exemple 1144556677. "
            "Il est sur votre déclaration annuelle au Registre des entreprises."
        ),
        render_kw={"class": "input w-md", "inputmode": "numeric", "autocomplete": "off"},
    )


class OrganizationForm(FlaskForm):
    """An organization as its first person describes it."""

    neq = HiddenField()
    legal_name = StringField(
        "Nom légal de l’organisme",
        description="Comme au Registre des entreprises.",
        render_kw={"class": "input w-lg", "autocomplete": "organization"},
    )
    email = StringField(
        "Courriel de l’organisme (facultatif)",
        description="De préférence une adresse qui n’est pas celle d’une seule personne.",
        render_kw={"class": "input w-lg", "type": "email", "autocomplete": "off"},
    )
    phone = StringField(
        "Téléphone de l’organisme (facultatif)",
        description="Ajoutez le poste, s’il y a lieu.",
        render_kw={"class": "input w-md", "type": "tel", "autocomplete": "off"},
    )


class RoleForm(FlaskForm):
    """What a person may do for the organization."""

    role = RadioField("Que pourra faire cette personne?", choices=ROLES, validate_choice=False)


class StartForm(FlaskForm):
    """The start of an application: the id of the draft that it will create."""

    public_id = HiddenField()


class RevisionForm(FlaskForm):
    """Why a decision should change, and the id of the file that asking it will open."""

    grounds = TextAreaField(
        "Pourquoi la décision devrait-elle changer?",
        description=(
            "Dites ce que la décision n’a pas vu ou a mal compris, et où le lire. "
            "Jusqu’à 5\u00a0000 caractères."
        ),
        render_kw={"class": "input", "rows": 10},
    )
    public_id = HiddenField()

    def new_id(self) -> str:
        """The id that the page carried, unless it was tampered with."""
        given = self.public_id.data or ""
        return given if re.fullmatch("[0-9a-f]{32}", given) else secrets.token_hex(16)


class SignForm(FlaskForm):
    """A signature: the id that it will have, the fingerprint of the bytes read, and the word."""

    public_id = HiddenField()
    seen = HiddenField()
    read = BooleanField("J’ai lu le protocole et je le signe au nom de l’organisme.")


class ConfirmForm(FlaskForm):
    """An act confirmed by one button."""


def show_refusal(form: FlaskForm, error: DomainError) -> None:
    """Put what a rule refused beside the field it is about, or at the first one."""
    name = _FIELDS.get(error.code.split("_", 1)[0], "")
    field = form[name] if name in form else next(iter(form))
    field.errors = [*field.errors, sentence(error)]
