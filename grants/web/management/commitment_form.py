"""A commitment to rewrite, as a form that keeps what was typed."""

from datetime import date
from typing import TYPE_CHECKING

from flask_wtf import FlaskForm
from wtforms import IntegerField, RadioField, StringField, TextAreaField
from wtforms.fields import SelectChoice
from wtforms.widgets import HiddenInput

from grants.domain.commitment_changes import UNITS, Wording
from grants.domain.dates import parse_date, write_parts
from grants.domain.deadlines import ReceiptPolicy
from grants.domain.errors import DomainError
from grants.web.fields import DatePartsField
from grants.wording.commitments import POLICIES, UNIT_NAMES
from grants.wording.problems import sentence

if TYPE_CHECKING:
    from grants.models.reference import ServiceCommitment

LONGEST_NUMBER = 6
FIELDS = {
    "sentence_required": "sentence",
    "sentence_too_long": "sentence",
    "sentence_without_delay": "sentence",
    "delay_required": "quantity",
    "delay_not_positive": "quantity",
    "delay_too_long": "quantity",
    "hours_not_whole_days": "quantity",
    "choice_unknown": "unit",
    "target_percent_range": "target_percent",
    "in_force_too_soon": "in_force_from",
    "later_version_exists": "in_force_from",
}


class CommitmentForm(FlaskForm):
    """What management may rewrite; a commitment without a delay loses the fields of one."""

    version = IntegerField(widget=HiddenInput())
    sentence = TextAreaField(
        "Phrase de l’engagement",
        description="Comme le public la lira. Le délai y est écrit en chiffres.",
        render_kw={"rows": 4},
    )
    quantity = StringField("Délai", render_kw={"class": "input w-xs", "inputmode": "numeric"})
    unit = RadioField(
        "Le délai se compte en",
        choices=[SelectChoice(unit.value, UNIT_NAMES[unit]) for unit in UNITS],
        validate_choice=False,
    )
    receipt_policy = RadioField(
        "Ce qui arrive après l’heure de fermeture, ou un jour fermé, est reçu",
        choices=[SelectChoice(policy.value, POLICIES[policy]) for policy in ReceiptPolicy],
        validate_choice=False,
    )
    target_percent = StringField(
        "Cible",
        description="Part à tenir dans le délai, de 0 à 100\u00a0%.",
        render_kw={"class": "input w-xs", "inputmode": "numeric"},
    )
    in_force_from = DatePartsField(
        "À partir de quand?",
        description="Demain au plus tôt. Les dossiers déjà reçus gardent leur délai.",
    )


def form_for(commitment: "ServiceCommitment", version: int, proposed: date) -> CommitmentForm:
    """The form of a commitment, filled with its words unless something was typed."""
    form = CommitmentForm(
        version=version,
        sentence=commitment.sentence,
        quantity="" if commitment.quantity is None else str(commitment.quantity),
        unit=commitment.unit,
        receipt_policy=commitment.receipt_policy,
        target_percent=str(commitment.target_percent),
        in_force_from=write_parts(proposed),
    )
    if commitment.quantity is None:
        form.sentence.description = "Comme le public la lira."
        del form.quantity, form.unit, form.receipt_policy
    if commitment.unit is None:
        del form.target_percent
    return form


def wording(form: CommitmentForm, kept: Wording) -> Wording:
    """What the form asks for; what it has no field for stays. Raises `int_format` beside it."""
    quantity, unit, policy = kept.quantity, kept.unit, kept.receipt_policy
    if "quantity" in form:
        quantity, unit = _number(form, "quantity"), form.unit.data
        policy = form.receipt_policy.data
    target = _number(form, "target_percent") if "target_percent" in form else kept.target_percent
    words = " ".join((form.sentence.data or "").split())
    return Wording(words, quantity, unit, policy or "", target)


def in_force_from(form: CommitmentForm) -> date:
    """The day typed; what is wrong with it is said beside it."""
    try:
        return parse_date(form.in_force_from.data)
    except DomainError as error:
        form.in_force_from.errors = [sentence(error)]
        raise


def refuse(form: CommitmentForm, error: DomainError) -> bool:
    """Say what to repair beside its field; False when it is about the whole page."""
    name = FIELDS.get(error.code)
    if name is None or name not in form:
        return any(field.errors for field in form)
    form[name].errors = [sentence(error)]
    return True


def _number(form: CommitmentForm, name: str) -> int:
    typed = (form[name].data or "").strip()
    if not typed.isascii() or not typed.isdigit() or len(typed) > LONGEST_NUMBER:
        error = DomainError("int_format")
        form[name].errors = [sentence(error)]
        raise error
    return int(typed)
