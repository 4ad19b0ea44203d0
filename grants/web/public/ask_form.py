"""The form of a request for information: what everybody is asked, and what some topics add."""

from collections.abc import Mapping

from flask_wtf import FlaskForm
from wtforms import Field, HiddenField, RadioField, StringField, TextAreaField, ValidationError
from wtforms.fields import SelectChoice

from grants.domain import information_requests as rules
from grants.domain.dates import parse_date
from grants.domain.errors import DomainError
from grants.domain.identity import parse_email, parse_phone
from grants.domain.information_requests import Topic
from grants.web.fields import DatePartsField, obey, require
from grants.web.public.checks import (
    ADDRESS,
    EMAIL,
    NAME,
    OFFICES,
    PHONE,
    WIDE,
    known,
    page_id,
)
from grants.wording import requests
from grants.wording.problems import sentence

TOPICS = [
    SelectChoice(Topic.GENERAL, "Un programme, un service ou une démarche"),
    SelectChoice(Topic.STATISTICS, "Des statistiques"),
    SelectChoice(Topic.POLICIES, "Une politique, une directive ou une loi"),
    SelectChoice(Topic.BUSINESS, "Faire affaire avec le gouvernement"),
    SelectChoice(Topic.MEDIA, "Une demande de média"),
    SelectChoice(Topic.PROCUREMENT, "Une plainte de fournisseur"),
    SelectChoice(Topic.ACCESS, "Un document, ou un dossier qui vous concerne"),
    SelectChoice(Topic.MINISTRY, "La demande d’un ministère ou d’un organisme public"),
]
TOPIC_HINTS: Mapping[str, str] = {
    Topic.GENERAL: "À quoi il sert, qui y a droit, une date, où vous adresser.",
    Topic.STATISTICS: "Des nombres sur les programmes, les organismes ou les sommes versées.",
    Topic.POLICIES: "Ce que dit une règle et comment elle s’applique.",
    Topic.BUSINESS: "Vendre des biens ou des services, comprendre les contrats publics.",
    Topic.MEDIA: "Pour les journalistes. Seules les personnes chargées des médias la lisent.",
    Topic.PROCUREMENT: "Un contrat public ne respecte pas, selon vous, un accord sur les marchés.",
    Topic.ACCESS: "Une demande d’accès au sens de la loi, et non une simple question.",
    Topic.MINISTRY: "Vous écrivez au nom de l’un d’eux.",
}
QUESTIONS: Mapping[str, str] = {
    Topic.ACCESS: "Quel document ou quel dossier voulez-vous voir?",
    Topic.PROCUREMENT: "Que s’est-il passé?",
}
ANSWERS = [
    SelectChoice("email", "Par courriel"),
    SelectChoice("phone", "Par téléphone\u00a0: nous vous rappelons"),
    SelectChoice("post", "Par la poste"),
]
AGREEMENTS = [SelectChoice(*choice) for choice in requests.AGREEMENTS.items()]


class AskForm(FlaskForm):
    """A request as anybody types it. Nothing is compulsory but a question and a way to answer."""

    public_id = HiddenField()
    amp_read = HiddenField()
    office = RadioField("À qui écrivez-vous?", choices=OFFICES, validate_choice=False)
    topic = RadioField("De quoi s’agit-il?", choices=TOPICS, validate_choice=False)
    outlet = StringField("Votre média", render_kw=WIDE)
    deadline = StringField(
        "Votre heure de tombée (facultatif)",
        description="Le jour et l’heure, par exemple jeudi à 15\u00a0h.",
        render_kw=WIDE,
    )
    ministry = StringField("Votre ministère ou votre organisme", render_kw=WIDE)
    body = StringField("L’organisme public qui a lancé l’appel d’offres", render_kw=WIDE)
    tender_number = StringField(
        "Le numéro de l’appel d’offres (facultatif)",
        description="Il est sur l’avis publié.",
        render_kw={"class": "input w-md", "spellcheck": "false"},
    )
    tender_date = DatePartsField("La date de l’appel d’offres (facultatif)")
    agreement = RadioField(
        "L’accord qui n’a pas été respecté, selon vous",
        choices=AGREEMENTS,
        default="none",
        validate_choice=False,
    )
    remedy = TextAreaField(
        "Ce que vous demandez (facultatif)",
        description="Par exemple\u00a0: que l’avis soit corrigé.",
        render_kw={"class": "input", "rows": 3},
    )
    question = TextAreaField("Que voulez-vous savoir?", render_kw={"class": "input", "rows": 8})
    requester = StringField(
        "Votre nom",
        description="Facultatif si vous voulez la réponse par courriel.",
        render_kw=NAME,
    )
    answer_by = RadioField(
        "Comment voulez-vous la réponse?",
        description="Remplissez ensuite la case qui correspond. Les autres sont facultatives.",
        choices=ANSWERS,
        default="email",
        validate_choice=False,
    )
    email = StringField(
        "Adresse de courriel",
        description="Sert aussi à suivre votre demande en ligne.",
        render_kw=EMAIL,
    )
    phone = StringField(
        "Téléphone", description="Ajoutez le poste, s’il y a lieu.", render_kw=PHONE
    )
    address = TextAreaField("Adresse postale", render_kw=ADDRESS)

    def __init__(self, **options: object) -> None:
        super().__init__(**options)
        self.public_id.data = page_id(self.public_id.data)
        self.question.label.text = QUESTIONS.get(self.topic.data, self.question.label.text)

    def is_chosen(self) -> bool:
        """Whether one of the secretariats and one of the topics were chosen."""
        return self.office.data in known(OFFICES) and self.topic.data in known(TOPICS)

    def ask_choice(self) -> None:
        """Say what is left to choose before anything is typed."""
        if self.office.data not in known(OFFICES):
            self.office.errors = [sentence(DomainError("office_required"))]
        if self.topic.data not in known(TOPICS):
            self.topic.errors = [sentence(DomainError("topic_required"))]

    def extra_fields(self) -> list[Field]:
        """The questions that this topic adds, in the order of the form."""
        asked = rules.DETAILS.get(self.topic.data, ())
        return [field for field in self if field.name in asked]

    def details(self) -> dict[str, str]:
        """What this topic adds, its date in ISO form."""
        kept = {field.name: field.data or "" for field in self.extra_fields()}
        if "tender_date" in kept:
            kept["tender_date"] = self._tender_date()
        return kept

    def _tender_date(self) -> str:
        typed = self.tender_date.data
        return parse_date(typed).isoformat() if any(typed) else ""

    def validate_question(self, field: Field) -> None:
        """Something is asked, not too long."""
        obey(rules.read_question, field.data or "")

    def validate_requester(self, field: Field) -> None:
        """By telephone or by post, somebody to ask for."""
        if self.answer_by.data in ("phone", "post"):
            require(field, "requester_required")

    def validate_answer_by(self, field: Field) -> None:
        """One of the three ways."""
        if field.data not in known(ANSWERS):
            raise ValidationError(sentence(DomainError("answer_by_unknown")))

    def validate_email(self, field: Field) -> None:
        """Needed to answer by mail; when given, of the usual shape."""
        if self.answer_by.data == "email":
            require(field, "answer_email_required")
        if (field.data or "").strip():
            obey(parse_email, field.data)

    def validate_phone(self, field: Field) -> None:
        """Needed to call; when given, a telephone number."""
        if self.answer_by.data == "phone":
            require(field, "answer_phone_required")
        if (field.data or "").strip():
            obey(parse_phone, field.data)

    def validate_address(self, field: Field) -> None:
        """Needed to answer by post."""
        if self.answer_by.data == "post":
            require(field, "answer_address_required")

    def validate_outlet(self, field: Field) -> None:
        """A journalist's medium."""
        if self.topic.data == Topic.MEDIA:
            require(field, "outlet_required")

    def validate_ministry(self, field: Field) -> None:
        """On whose behalf."""
        if self.topic.data == Topic.MINISTRY:
            require(field, "ministry_required")

    def validate_body(self, field: Field) -> None:
        """Whose call for tenders."""
        if self.topic.data == Topic.PROCUREMENT:
            require(field, "body_required")

    def validate_tender_date(self, field: Field) -> None:
        """A date that exists, when one is given."""
        if self.topic.data == Topic.PROCUREMENT:
            obey(self._tender_date)
