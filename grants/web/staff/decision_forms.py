"""The forms of a decision. They keep what was typed; the rules judge it."""

import re
import secrets
from collections.abc import Mapping, Sequence

from flask_wtf import FlaskForm
from wtforms import (
    HiddenField,
    IntegerField,
    RadioField,
    SelectField,
    SelectMultipleField,
    TextAreaField,
)
from wtforms.widgets import HiddenInput

from grants.domain.decisions import Outcome, granted
from grants.domain.errors import DomainError
from grants.domain.money import parse_cents
from grants.operations.decisions import DecisionDetails
from grants.web.fields import MoneyField
from grants.web.staff.forms import show_refusal

FIELDS = {
    "granted": "granted",
    "money": "granted",
    "envelope": "granted",
    "no_envelope": "granted",
    "reason": "reasons",
    "explanation": "explanation",
    "alternative": "alternative",
    "alternative_call_unknown": "call",
    "resource_unknown": "resource",
    "alternative_and_none": "no_alternative",
    "send_back_reason_required": "reason",
    "*": "outcome",
}
NO_CALL = NO_RESOURCE = ""
_ID = re.compile("[0-9a-f]{32}")


class DecisionForm(FlaskForm):
    """What is decided, how much, why, and what helps after a no."""

    public_id = HiddenField()
    version = IntegerField(widget=HiddenInput())
    outcome = RadioField("La décision", validate_choice=False)
    granted = MoneyField(
        "Montant accordé, si vous acceptez en partie",
        render_kw={"class": "input", "inputmode": "decimal", "autocomplete": "off"},
    )
    reasons = SelectMultipleField(
        "Les motifs",
        description="L’organisme les lira tels quels. La lettre ne peut pas partir sans motif.",
        validate_choice=False,
    )
    explanation = TextAreaField(
        "Expliquez en mots simples",
        description=(
            "Des phrases de 20\u00a0mots ou moins. Ce que nous avons vu, ce que dit la règle, "
            "ce que cela change."
        ),
        render_kw={"class": "input", "rows": 6},
    )
    call = SelectField("Un autre appel de demandes", validate_choice=False)
    resource = SelectField(
        "Choisir une ressource du répertoire",
        description="Son nom et ses coordonnées s’écrivent dans la lettre, avant votre texte.",
        validate_choice=False,
    )
    alternative = TextAreaField(
        "Une autre ressource, ou quelques mots sur celle du répertoire",
        description="Son nom, ce qu’elle offre, comment la joindre. Jusqu’à 1\u00a0000 caractères.",
        render_kw={"class": "input", "rows": 3},
    )
    no_alternative = TextAreaField(
        "Aucune solution connue\u00a0: dites pourquoi",
        description="Seulement s’il n’y a ni appel ni ressource à proposer.",
        render_kw={"class": "input", "rows": 3},
    )

    def details(self, requested_cents: int, page_url: str) -> DecisionDetails:
        """What the operation is asked. Errors: those of an amount (`money_format` and others)."""
        outcome = self.outcome.data or ""
        is_part = outcome == Outcome.ACCEPTED_IN_PART
        part = parse_cents(self.granted.data or "") if is_part else 0
        call = self.call.data or ""
        return DecisionDetails(
            public_id=self._new_id(),
            outcome=outcome,
            granted_cents=granted(outcome, part, requested_cents),
            reason_codes=tuple(self.reasons.data or ()),
            explanation=_lines(self.explanation.data),
            alternative_call_id=int(call) if call.isdecimal() else None,
            alternative=_lines(self.alternative.data),
            no_alternative=_lines(self.no_alternative.data),
            resource=self.resource.data or "",
            version=self.version.data if self.version.data is not None else -1,
            page_url=page_url,
        )

    def held(self) -> list[tuple[str, str]]:
        """Every name and value as typed, for the page that shows the letter."""
        pairs: list[tuple[str, str]] = []
        for field in self:
            if field.name == "csrf_token":
                continue
            values = field.data if isinstance(field.data, list) else [field.data]
            pairs += [(field.name, str(value)) for value in values if value not in (None, "None")]
        return pairs

    def show(self, error: DomainError) -> None:
        """Put a refusal beside the field it is about."""
        named = {"text_too_long": str(error.facts.get("field", ""))}
        show_refusal(self, error, {**FIELDS, **named} if "field" in error.facts else FIELDS)

    def _new_id(self) -> str:
        """The id that the page carried, unless it was tampered with."""
        given = self.public_id.data or ""
        return given if _ID.fullmatch(given) else secrets.token_hex(16)


class SendBackForm(FlaskForm):
    """Why a file goes back to its analysis."""

    version = IntegerField(widget=HiddenInput())
    reason = TextAreaField(
        "Que doit reprendre l’analyse?",
        description="La personne responsable le lit au dossier. L’organisme ne le voit pas.",
        render_kw={"class": "input", "rows": 4},
    )


def choices(form: DecisionForm, outcomes: Mapping[str, str], reasons: Mapping[str, str]) -> None:
    """Give the form what may be chosen: outcomes of the side, reasons of the program."""
    form.outcome.choices = list(outcomes.items())
    form.reasons.choices = list(reasons.items())


def call_choices(form: DecisionForm, calls: Sequence[tuple[int, str]]) -> None:
    """Give the form the other calls of the secretariat."""
    form.call.choices = [(NO_CALL, "Aucun autre appel")] + [(str(i), words) for i, words in calls]


def resource_choices(form: DecisionForm, resources: Sequence[tuple[str, str]]) -> None:
    """Give the form the resources of the directory."""
    form.resource.choices = [(NO_RESOURCE, "Aucune ressource du répertoire"), *resources]


def _lines(text: str | None) -> str:
    """What was typed, with line ends as one character."""
    return (text or "").replace("\r\n", "\n").strip()
