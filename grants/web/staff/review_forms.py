"""The forms of a review: every document at once, one criterion at a time, the recommendation."""

from collections.abc import Iterable, Sequence

from flask_wtf import FlaskForm
from wtforms import (
    HiddenField,
    IntegerField,
    RadioField,
    SelectMultipleField,
    StringField,
    TextAreaField,
)
from wtforms.fields import SelectChoice
from wtforms.widgets import HiddenInput

from grants.domain.program_rules import RequiredDocument
from grants.domain.reviews import REQUIRED, DocumentState
from grants.web.fields import MoneyField
from grants.wording.reviews import DOCUMENT_STATES, FINDINGS

NOTE_ROWS, REASON_ROWS = 4, 8
STATE, NOTE = "etat-", "note-"


class CriterionForm(FlaskForm):
    """What was found of one criterion, why, and on which files it rests."""

    seen = HiddenField()
    finding = RadioField(
        "Votre avis",
        choices=[SelectChoice(code, words) for code, (words, _) in FINDINGS.items()],
        validate_choice=False,
    )
    note = TextAreaField(
        "Note",
        description="Obligatoire si l’avis n’est pas «\u00a0conforme\u00a0»\u00a0: dites pourquoi.",
        render_kw={"class": "input", "rows": NOTE_ROWS},
    )
    evidence = SelectMultipleField(
        "Pièces qui appuient cet avis (facultatif)", validate_choice=False
    )


class RecommendForm(FlaskForm):
    """What the advisor recommends, for how much, and why."""

    version = IntegerField(widget=HiddenInput())
    public_id = HiddenField()
    outcome = RadioField("Votre recommandation", validate_choice=False)
    amount = MoneyField(
        "Montant recommandé, si vous recommandez d’accepter en partie",
        render_kw={"class": "input", "inputmode": "decimal", "autocomplete": "off"},
    )
    reasons = TextAreaField(
        "Motifs de la recommandation",
        description="La personne qui décide les lit; ils restent au dossier.",
        render_kw={"class": "input", "rows": REASON_ROWS},
    )


def show_version(form: FlaskForm, version: int) -> None:
    """Put the file's present version into the page: a page refused shows the file as it is now."""
    form.version.data, form.version.raw_data = version, None


def documents_form(documents: Iterable[RequiredDocument]) -> type[FlaskForm]:
    """A form with a state and a note for each document; only the rules judge them."""
    fields: dict[str, object] = {"version": IntegerField(widget=HiddenInput())}
    for document in documents:
        fields[STATE + document.key] = RadioField(
            document.label, choices=_states(document), validate_choice=False
        )
        fields[NOTE + document.key] = StringField(
            "Note, si le document n’est pas «\u00a0reçu\u00a0»",
            render_kw={"class": "input", "autocomplete": "off"},
        )
    return type("DocumentsForm", (FlaskForm,), fields)


def _states(document: RequiredDocument) -> Sequence[SelectChoice]:
    """What may be found of a document: one that is always required is never "not needed"."""
    left_out = {DocumentState.NOT_NEEDED} if document.need == REQUIRED else set()
    return [
        SelectChoice(code, words)
        for code, (words, _) in DOCUMENT_STATES.items()
        if code not in left_out
    ]
