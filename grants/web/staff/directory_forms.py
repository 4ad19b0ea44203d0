"""The forms of the directory and its referrals. They keep what was typed; the rules judge it."""

import re
import secrets
from collections.abc import Mapping, Sequence

from flask_wtf import FlaskForm
from wtforms import (
    BooleanField,
    HiddenField,
    RadioField,
    SelectMultipleField,
    StringField,
    TextAreaField,
)
from wtforms.fields import SelectChoice

from grants.domain.directory import Entry
from grants.wording.directory import CONSENTS, KINDS, NEEDS, OUTCOMES, POPULATIONS

_ID = re.compile("[0-9a-f]{32}")
RESOURCE_FIELDS = {
    "resource_name_required": "name",
    "resource_purpose_required": "purpose",
    "resource_need_required": "needs",
    "resource_unreachable": "phone",
    "phone_format": "phone",
    "email": "email",
    "url_format": "url",
    "*": "name",
}
REFERRAL_FIELDS = {
    "handed_over_without_consent": "handed_over",
    "text_too_long": "note",
    "*": "consent",
}


def page_id(field: HiddenField) -> str:
    """The id that the page carried, unless it was tampered with."""
    given = field.data or ""
    return given if _ID.fullmatch(given) else new_id()


def new_id() -> str:
    """The id of what a page will make."""
    return secrets.token_hex(16)


def _choices(words: Mapping[str, str]) -> list[SelectChoice]:
    return [SelectChoice(code, text) for code, text in words.items()]


class ResourceForm(FlaskForm):
    """A line of the directory, as somebody types it."""

    public_id = HiddenField()
    seen = HiddenField()
    name = StringField("Nom", render_kw={"class": "input w-lg", "autocomplete": "off"})
    kind = RadioField("Nature", choices=_choices(KINDS), validate_choice=False)
    purpose = TextAreaField(
        "Ce qu’elle offre",
        description="Une phrase simple, que le public lira. Jusqu’à 400\u00a0caractères.",
        render_kw={"class": "input", "rows": 3},
    )
    phone = StringField(
        "Téléphone",
        description="Au moins un moyen de la joindre\u00a0: téléphone, courriel ou site Web.",
        render_kw={"class": "input w-md", "type": "tel", "autocomplete": "off"},
    )
    email = StringField(
        "Courriel (facultatif)",
        render_kw={"class": "input w-lg", "type": "email", "autocomplete": "off"},
    )
    url = StringField(
        "Site Web (facultatif)",
        render_kw={"class": "input w-lg", "inputmode": "url", "autocomplete": "off"},
    )
    address = StringField(
        "Adresse (facultatif)", render_kw={"class": "input w-lg", "autocomplete": "off"}
    )
    needs = SelectMultipleField(
        "À quels besoins elle répond", choices=_choices(NEEDS), validate_choice=False
    )
    regions = SelectMultipleField(
        "Dans quelles régions",
        description="Ne cochez rien si elle sert tout le Québec.",
        validate_choice=False,
    )
    populations = SelectMultipleField(
        "Pour qui",
        description="Ne cochez rien si elle reçoit tout le monde.",
        choices=_choices(POPULATIONS),
        validate_choice=False,
    )

    def entry(self) -> Entry:
        """What was typed, as a line of the directory."""
        texts = ("name", "purpose", "phone", "email", "url", "address")
        labels = ("needs", "regions", "populations")
        return Entry(
            kind=self.kind.data or "",
            **{name: self[name].data or "" for name in texts},
            **{name: tuple(self[name].data or ()) for name in labels},
        )


class ReferForm(FlaskForm):
    """What the person agreed to, and what we did."""

    public_id = HiddenField()
    resource = HiddenField()
    consent = RadioField(
        "La personne accepte-t-elle que nous parlions d’elle à la ressource?",
        description="Posez-lui la question avant de joindre la ressource.",
        choices=_choices(CONSENTS),
        validate_choice=False,
    )
    handed_over = BooleanField("Nous avons joint la ressource pour la personne")
    note = TextAreaField(
        "Note (facultatif)",
        description="Ce qui aidera au suivi, rien de sensible\u00a0: la note reste au dossier.",
        render_kw={"class": "input", "rows": 3},
    )


class OutcomeForm(FlaskForm):
    """What a referral led to."""

    outcome = RadioField(
        "Qu’est-ce que l’orientation a donné?",
        description="Vous ne pourrez pas le changer ensuite.",
        choices=_choices(OUTCOMES),
        validate_choice=False,
    )


def region_choices(form: ResourceForm, regions: Sequence[tuple[str, str]]) -> None:
    """Give the form the regions."""
    form.regions.choices = _choices(dict(regions))
