"""The forms of the desk. They keep what was typed; the rules judge it."""

from collections.abc import Mapping

from flask_wtf import FlaskForm
from flask_wtf.file import FileField
from wtforms import HiddenField, IntegerField, RadioField, SelectField, StringField, TextAreaField
from wtforms.fields import SelectChoice
from wtforms.widgets import HiddenInput

from grants.domain.errors import DomainError
from grants.domain.uploads import ACCEPT
from grants.operations.drafts import PAPER_CHANNELS
from grants.web.fields import DatePartsField, MoneyField
from grants.wording.case_files import CHANNELS
from grants.wording.problems import sentence

REASON_ROWS = 3
GROUNDS_ROWS = 10
PAPER_CHOICES = [
    SelectChoice(code, words.capitalize())
    for code, words in CHANNELS.items()
    if code in PAPER_CHANNELS
]


class AssignForm(FlaskForm):
    """To whom a file goes, and why when it is not the person proposed."""

    version = IntegerField(widget=HiddenInput())
    proposed_id = IntegerField(widget=HiddenInput())
    person_id = RadioField("À qui affecter ce dossier?", coerce=int, validate_choice=False)
    reason = TextAreaField(
        "Motif, si ce n’est pas la personne proposée",
        description="Le motif reste au dossier avec l’affectation.",
        render_kw={"class": "input", "rows": REASON_ROWS},
    )


class PostedForm(FlaskForm):
    """On which day the letter of acknowledgement was posted."""

    version = IntegerField(widget=HiddenInput())
    posted_on = DatePartsField(
        "Date de mise à la poste", description="Entre la réception de la demande et aujourd’hui."
    )


class ConflictForm(FlaskForm):
    """Why a person should not handle the files of an organization."""

    reason = TextAreaField(
        "Quel lien avez-vous avec cet organisme?",
        description="Par exemple\u00a0: membre du conseil, ancien emploi, proche qui y travaille.",
        render_kw={"class": "input", "rows": REASON_ROWS},
    )


class PaperRevisionForm(FlaskForm):
    """A request for revision that came on paper: how, when, and what it says."""

    public_id = HiddenField()
    channel = RadioField(
        "Comment la demande de révision est-elle arrivée?",
        choices=PAPER_CHOICES,
        validate_choice=False,
    )
    received_on = DatePartsField(
        "Date de réception", description="La date du tampon ou de l’avis de réception."
    )
    received_time = StringField(
        "Heure de réception",
        description="Par exemple 9\u00a0h\u00a030 ou 14:05.",
        render_kw={"class": "input w-xs", "autocomplete": "off"},
    )
    grounds = TextAreaField(
        "Pourquoi la révision est demandée",
        description=(
            "Avec les mots de l’organisme, tels qu’il les a écrits. Jusqu’à 5\u00a0000 caractères."
        ),
        render_kw={"class": "input", "rows": GROUNDS_ROWS},
    )


class ActForm(FlaskForm):
    """An act of one button."""


class PaperForm(FlaskForm):
    """The short form of an application that came on paper: who, when, how much."""

    public_id = HiddenField()
    seen = HiddenField()
    channel = RadioField(
        "Comment la demande est-elle arrivée?",
        choices=PAPER_CHOICES,
        validate_choice=False,
    )
    received_on = DatePartsField(
        "Date de réception", description="La date du tampon ou de l’avis de réception."
    )
    received_time = StringField(
        "Heure de réception",
        description="Par exemple 9\u00a0h\u00a030 ou 14:05.",
        render_kw={"class": "input w-xs", "autocomplete": "off"},
    )
    call = SelectField("Appel", validate_choice=False)
    neq = StringField(
        "Numéro d’entreprise du Québec (NEQ)",
        description="Dix chiffres. Si l’organisme est connu, son nom vient de nos dossiers.",
        render_kw={"class": "input w-md", "inputmode": "numeric", "autocomplete": "off"},
    )
    legal_name = StringField(
        "Nom légal de l’organisme",
        description="Nécessaire seulement si l’organisme n’est pas encore connu.",
        render_kw={"class": "input w-lg", "autocomplete": "off"},
    )
    email = StringField(
        "Courriel (facultatif)",
        description="L’accusé de réception y est envoyé. Sans courriel, il part par la poste.",
        render_kw={"class": "input w-lg", "type": "email", "autocomplete": "off"},
    )
    phone = StringField(
        "Téléphone (facultatif)",
        render_kw={"class": "input w-md", "type": "tel", "autocomplete": "off"},
    )
    address = StringField(
        "Adresse postale (facultatif)",
        render_kw={"class": "input w-lg", "autocomplete": "off"},
    )
    postal_code = StringField(
        "Code postal (facultatif)", render_kw={"class": "input w-sm", "autocomplete": "off"}
    )
    amount = MoneyField(
        "Montant demandé",
        render_kw={"class": "input", "inputmode": "decimal", "autocomplete": "off"},
    )
    scan = FileField(
        "Demande numérisée (facultatif)",
        description="PDF, JPEG ou PNG, 15\u00a0Mo au plus.",
        render_kw={"class": "file", "accept": ACCEPT},
    )


def show_refusal(form: FlaskForm, error: DomainError, fields: Mapping[str, str]) -> None:
    """Put what a rule refused beside the field that `fields` names for its code.

    A code that names no field is about the first one of the form.
    """
    name = fields.get(error.code) or fields.get(error.code.split("_", 1)[0]) or fields["*"]
    form[name].errors = [*form[name].errors, sentence(error)]


def summary(form: FlaskForm) -> list[dict[str, str]]:
    """Every refusal of a form, each leading to its field."""
    return [
        {"anchor": _anchor(field), "sentence": problem}
        for field in form
        for problem in field.errors
    ]


def _anchor(field: object) -> str:
    """The id of the first control of a field."""
    name = str(getattr(field, "id", ""))
    return f"{name}-day" if isinstance(field, DatePartsField) else name
