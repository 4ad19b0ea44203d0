"""The forms of requests for information. They keep what was typed; the rules judge it."""

from flask_wtf import FlaskForm
from wtforms import (
    BooleanField,
    HiddenField,
    IntegerField,
    RadioField,
    SelectField,
    StringField,
    TextAreaField,
)
from wtforms.fields import SelectChoice
from wtforms.widgets import HiddenInput

from grants.domain import information_requests as rules
from grants.domain.saved_replies import PLACES
from grants.web.fields import DatePartsField
from grants.wording import requests

LINE = {"class": "input w-lg", "autocomplete": "off"}
TIME = {"class": "input w-xs", "autocomplete": "off"}


def _capital(words: str) -> str:
    return f"{words[:1].upper()}{words[1:]}"


def _choices(words: dict[str, str]) -> list[SelectChoice]:
    return [SelectChoice(code, _capital(text)) for code, text in words.items()]


CHANNELS = _choices({code: text for code, text in requests.CHANNELS.items() if code != "web"})
TOPICS = [SelectChoice(*topic) for topic in requests.TOPICS.items()]
AT_ONCE, CALL_BACK, PUT_THROUGH, TO_HANDLE = "at_once", "call_back", "put_through", "to_handle"
ISSUES = [
    SelectChoice(AT_ONCE, "Répondue sur-le-champ"),
    SelectChoice(CALL_BACK, "À rappeler\u00a0: la personne attend un appel"),
    SelectChoice(PUT_THROUGH, "Passée tout de suite à quelqu’un"),
    SelectChoice(TO_HANDLE, "À traiter, avec une réponse plus tard"),
]


class EntryForm(FlaskForm):
    """A request that came another way than the site: the caller first, then what they want."""

    public_id = HiddenField()
    seen = HiddenField()
    requester = StringField(
        "Nom de la personne",
        description="Facultatif si vous répondez sur-le-champ.",
        render_kw=LINE,
    )
    phone = StringField("Téléphone", render_kw={**LINE, "class": "input w-md", "type": "tel"})
    email = StringField("Courriel", render_kw={**LINE, "type": "email"})
    question = TextAreaField("Ce que la personne demande", render_kw={"class": "input", "rows": 4})
    topic = SelectField("Sujet", choices=TOPICS, default="general", validate_choice=False)
    outlet = StringField("Média", render_kw=LINE)
    deadline = StringField("Heure de tombée", render_kw=LINE)
    body = StringField("Organisme public visé", render_kw=LINE)
    tender_number = StringField("Numéro de l’appel d’offres", render_kw=LINE)
    tender_date = DatePartsField("Date de l’appel d’offres")
    agreement = SelectField(
        "Accord invoqué",
        choices=[SelectChoice(*one) for one in reversed(requests.AGREEMENTS.items())],
        validate_choice=False,
    )
    facts = TextAreaField("Ce qui s’est passé", render_kw={"class": "input", "rows": 3})
    remedy = TextAreaField("Correction demandée", render_kw={"class": "input", "rows": 2})
    ministry = StringField("Ministère ou organisme", render_kw=LINE)
    address = StringField("Adresse postale", render_kw=LINE)
    issue = RadioField("La demande est", choices=ISSUES, default=CALL_BACK, validate_choice=False)
    answer = TextAreaField(
        "Ce qui a été répondu",
        description="Si vous avez répondu sur-le-champ.",
        render_kw={"class": "input", "rows": 2},
    )
    person_id = SelectField(
        "À qui la personne a été passée",
        description="Si vous l’avez passée à quelqu’un.",
        coerce=int,
        validate_choice=False,
    )
    answer_by = RadioField(
        "Réponse, si elle vient plus tard",
        choices=_choices({**requests.ANSWER_BY}),
        default="email",
        validate_choice=False,
    )
    urgent = BooleanField("La personne veut parler à quelqu’un maintenant")
    channel = RadioField(
        "Comment la demande est arrivée", choices=CHANNELS, default="phone", validate_choice=False
    )
    received_on = DatePartsField("Date de réception")
    received_time = StringField(
        "Heure de réception",
        description="Par exemple 9\u00a0h\u00a030 ou 14:05.",
        render_kw=TIME,
    )

    def details(self) -> dict[str, str]:
        """What the topics ask, as text; the date of the call for tenders apart."""
        names = {name for asked in rules.DETAILS.values() for name in asked} - {"tender_date"}
        return {name: self[name].data or "" for name in names}


class TransferForm(FlaskForm):
    """To whom a request goes, and why."""

    version = IntegerField(widget=HiddenInput())
    person_id = RadioField("À qui?", coerce=int, validate_choice=False)
    reason = TextAreaField(
        "Pourquoi",
        description="Le motif reste à la fiche. La personne voit le nombre de transferts.",
        render_kw={"class": "input", "rows": 2},
    )


class CallForm(FlaskForm):
    """A call made to the person: what came of it, and when."""

    public_id = HiddenField()
    version = IntegerField(widget=HiddenInput())
    outcome = RadioField(
        "Ce que l’appel a donné", choices=_choices({**requests.OUTCOMES}), validate_choice=False
    )
    note = StringField(
        "Précision", description="À qui la personne a été passée, par exemple.", render_kw=LINE
    )
    on = DatePartsField("Jour de l’appel")
    time = StringField("Heure de l’appel", render_kw=TIME)


class SayForm(FlaskForm):
    """Words to the person: how they reach them, and when for what is posted or spoken."""

    public_id = HiddenField()
    version = IntegerField(widget=HiddenInput())
    channel = RadioField(
        "Comment vous le dites",
        choices=_choices({**requests.REPLY_CHANNELS}),
        validate_choice=False,
    )
    body = TextAreaField("Ce que vous dites", render_kw={"class": "input", "rows": 8})
    on = DatePartsField(
        "Jour où c’est dit ou posté",
        description="Pour la poste, le téléphone ou de vive voix. Un courriel part tout de suite.",
    )
    time = StringField(
        "Heure, si c’est dit de vive voix ou au téléphone",
        description="Par exemple 9\u00a0h\u00a030 ou 14:05.",
        render_kw=TIME,
    )


class DatedForm(SayForm):
    """Words with the date on which the answer comes."""

    due_on = DatePartsField("Date à laquelle la personne aura sa réponse")


class RedirectForm(SayForm):
    """Words that send the person to another public body."""

    resource = SelectField(
        "Organisme public",
        description="Ses coordonnées accompagnent votre message.",
        validate_choice=False,
    )


class CloseForm(FlaskForm):
    """Why a request is closed without an answer."""

    version = IntegerField(widget=HiddenInput())
    reason = RadioField(
        "Pourquoi fermer cette demande?",
        choices=[
            SelectChoice("unreachable", "La personne n’a pas pu être jointe"),
            SelectChoice("duplicate", "La même demande est déjà traitée"),
            SelectChoice("withdrawn", "La personne retire sa demande"),
        ],
        validate_choice=False,
    )
    number = StringField(
        "Numéro de l’autre demande",
        description="Si la même demande est déjà traitée.",
        render_kw={"class": "input w-md", "autocomplete": "off"},
    )


class SavedReplyForm(FlaskForm):
    """A saved reply. `seen` is when the text that the page shows was written."""

    public_id = HiddenField()
    seen = HiddenField()
    title = StringField("Titre", render_kw=LINE)
    topic = SelectField(
        "Sujet",
        choices=[SelectChoice("", "Tous les sujets"), *TOPICS],
        validate_choice=False,
    )
    body = TextAreaField(
        "Texte",
        description="Champs possibles\u00a0: " + ", ".join(f"{{{place}}}" for place in PLACES),
        render_kw={"class": "input", "rows": 12},
    )
