"""The forms of complaints. They keep what was typed; the rules judge it."""

from collections.abc import Iterator, Mapping
from contextlib import contextmanager

from flask_wtf import FlaskForm
from wtforms import HiddenField, IntegerField, RadioField, StringField, TextAreaField
from wtforms.fields import SelectChoice
from wtforms.widgets import HiddenInput

from grants.domain.dates import parse_date
from grants.domain.errors import DomainError
from grants.operations.complaint_telling import Telling
from grants.web.fields import DatePartsField
from grants.web.staff.forms import show_refusal
from grants.wording.complaints import ANSWER_BY, CHANNELS, DONE, FINDINGS

LONG = {"class": "input", "rows": 8}
DATED = ("post", "phone")
SHORT = {"class": "input", "rows": 4}
LINE = {"class": "input w-lg", "autocomplete": "off"}
BY_STAFF = [
    SelectChoice(code, words.capitalize()) for code, words in CHANNELS.items() if code != "web"
]


class FileComplaintForm(FlaskForm):
    """A complaint taken at the front desk: how it came, when, what it says, whom to answer."""

    public_id = HiddenField()
    channel = RadioField(
        "Comment la plainte est-elle arrivée?", choices=BY_STAFF, validate_choice=False
    )
    received_on = DatePartsField(
        "Date de réception", description="La vraie date\u00a0: les délais partent d’elle."
    )
    received_time = StringField(
        "Heure de réception",
        description="Par exemple 9\u00a0h\u00a030 ou 14:05.",
        render_kw={"class": "input w-xs", "autocomplete": "off"},
    )
    words = TextAreaField(
        "Ce qui s’est passé",
        description="Avec les mots de la personne, sans résumer. Jusqu’à 10\u00a0000 caractères.",
        render_kw=LONG,
    )
    about = StringField(
        "Service ou dossier en cause (facultatif)",
        description="Si la personne l’a nommé.",
        render_kw=LINE,
    )
    requester = StringField("Nom de la personne", render_kw=LINE)
    answer_by = RadioField(
        "Comment veut-elle recevoir la réponse?",
        choices=[SelectChoice(code, words) for code, words in ANSWER_BY.items()],
        validate_choice=False,
    )
    email = StringField(
        "Courriel",
        description="Nécessaire si la réponse se donne par courriel, ou pour suivre la plainte.",
        render_kw={**LINE, "type": "email"},
    )
    phone = StringField(
        "Téléphone",
        description="Nécessaire si la réponse se donne par téléphone.",
        render_kw={"class": "input w-md", "type": "tel", "autocomplete": "off"},
    )
    address = StringField(
        "Adresse postale",
        description="Nécessaire si la réponse se donne par la poste.",
        render_kw=LINE,
    )


class TellingForm(FlaskForm):
    """How the person is told, and when it was if not by e-mail."""

    version = IntegerField(widget=HiddenInput())
    channel = RadioField("Comment la personne le reçoit-elle?", validate_choice=False)
    told_on = DatePartsField(
        "Date de la lettre ou de l’appel",
        description="Seulement par la poste ou par téléphone\u00a0: le jour où c’est fait.",
    )


class ConclusionForm(TellingForm):
    """The finding, the recommendation or why there is none, the answer."""

    finding = RadioField(
        "Qu’est-ce que l’examen a établi?",
        choices=[SelectChoice(code, words) for code, words in FINDINGS.items()],
        validate_choice=False,
    )
    comment = TextAreaField(
        "Faits établis",
        description="Les faits et leurs preuves, pour les seules personnes qui lisent la plainte.",
        render_kw=LONG,
    )
    recommendation = TextAreaField(
        "Recommandation au secrétariat",
        description="Ce qui doit changer. Laissez vide si vous ne recommandez rien.",
        render_kw=SHORT,
    )
    none_because = TextAreaField(
        "Motif, si vous ne recommandez rien",
        description="Une recommandation ou un motif\u00a0: l’un des deux est nécessaire.",
        render_kw=SHORT,
    )
    answer = TextAreaField(
        "Texte de la réponse",
        description=(
            "En mots simples. Le message dit d’abord le constat, puis ceci, puis comment joindre "
            "le Protecteur du citoyen."
        ),
        render_kw=LONG,
    )


class FollowUpForm(TellingForm):
    """What became of the recommendation."""

    done = RadioField(
        "La recommandation est-elle suivie?",
        choices=[SelectChoice(code, words) for code, words in DONE.items()],
        validate_choice=False,
    )
    outcome = TextAreaField("Ce qui a été fait, ou pourquoi rien ne l’a été", render_kw=SHORT)
    answer = TextAreaField(
        "Message à la personne (facultatif)",
        description="Pour lui dire ce qui a changé. Sans texte, rien n’est envoyé.",
        render_kw=SHORT,
    )


class ReaderForm(FlaskForm):
    """Whom to name on a complaint."""

    person_id = RadioField("Qui peut lire cette plainte?", coerce=int, validate_choice=False)


@contextmanager
def refusals_on(form: FlaskForm, fields: Mapping[str, str]) -> Iterator[None]:
    """Show beside its field what a rule refuses in the block."""
    try:
        yield
    except DomainError as error:
        show_refusal(form, error, fields)


def telling(form: TellingForm) -> Telling:
    """What was chosen, the day read only where one is needed. Raises what `parse_date` raises."""
    if form.channel.data not in DATED:
        return Telling(form.channel.data or "")
    return Telling(form.channel.data, parse_date(form.told_on.data))
