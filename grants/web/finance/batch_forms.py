"""The forms of what is to pay and of batches. They keep what was typed; the rules judge it."""

from collections.abc import Mapping

from flask_wtf import FlaskForm
from wtforms import BooleanField, HiddenField, IntegerField, SelectField
from wtforms.fields import SelectChoice
from wtforms.widgets import HiddenInput

from grants.domain.bank_returns import CODES
from grants.domain.errors import DomainError
from grants.web.fields import DatePartsField
from grants.wording.bank_returns import label
from grants.wording.problems import sentence


class PrepareForm(FlaskForm):
    """A batch to prepare: the lines chosen stand in the table around it."""

    public_id = HiddenField()
    everything = BooleanField("Prendre aussi les versements prêts des autres pages")
    into = SelectField("Dans quel lot?", validate_choice=False)
    funds_on = DatePartsField(
        "Date à laquelle les fonds seront disponibles",
        description="Un jour ouvrable, aujourd’hui ou dans les 173\u00a0prochains jours.",
    )


class SeenForm(FlaskForm):
    """An act on a batch as the page showed it."""

    version = IntegerField(widget=HiddenInput())


class RedateForm(SeenForm):
    """Another date for the funds of a batch."""

    funds_on = DatePartsField(
        "Date à laquelle les fonds seront disponibles",
        description="Un jour ouvrable, aujourd’hui ou dans les 173\u00a0prochains jours.",
    )


class ReturnForm(FlaskForm):
    """What the bank says of a payment that came back."""

    code = SelectField(
        "Code de retour de la banque",
        choices=[
            SelectChoice("", "Choisissez un code"),
            *(SelectChoice(code, label(code)) for code in CODES),
        ],
        validate_choice=False,
    )
    returned_on = DatePartsField(
        "Date du retour", description="Entre la création du fichier et aujourd’hui."
    )


def refuse(form: FlaskForm, error: DomainError, fields: Mapping[str, str]) -> bool:
    """Say what to repair beside the field that `fields` names for the code; False when none."""
    name = fields.get(error.code) or fields.get(error.code.split("_", 1)[0])
    if name is None:
        return False
    form[name].errors = [*form[name].errors, sentence(error)]
    return True
