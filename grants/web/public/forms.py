"""The other public forms: a message to the person designated for complaints, and following."""

from flask_wtf import FlaskForm
from wtforms import Field, HiddenField, RadioField, StringField, TextAreaField, ValidationError
from wtforms.fields import SelectChoice

from grants.domain.complaints import LINE_MAX, WORDS_MAX, at_most
from grants.domain.errors import DomainError
from grants.domain.identity import parse_email, parse_phone
from grants.web.fields import obey, require
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
from grants.wording.problems import sentence

NOBODY = "none"
ANSWERS = [
    SelectChoice("email", "Par courriel"),
    SelectChoice("phone", "Par téléphone"),
    SelectChoice("post", "Par la poste"),
    SelectChoice(NOBODY, "Aucune réponse\u00a0: je reste anonyme, sans suivi possible"),
]


class CommentForm(FlaskForm):
    """What somebody has to say of the service, with their name or without."""

    public_id = HiddenField()
    office = RadioField("De quel service s’agit-il?", choices=OFFICES, validate_choice=False)
    words = TextAreaField(
        "Que voulez-vous nous dire?",
        description="Ce qui s’est passé, quand, et ce que vous souhaitez.",
        render_kw={"class": "input", "rows": 10},
    )
    about = StringField(
        "De quoi s’agit-il? (facultatif)",
        description="Par exemple un appel, une lettre, le numéro d’un dossier.",
        render_kw=WIDE,
    )
    answer_by = RadioField(
        "Comment voulez-vous la réponse?", choices=ANSWERS, validate_choice=False
    )
    requester = StringField("Votre nom", render_kw=NAME)
    email = StringField(
        "Adresse de courriel",
        description="Sert aussi à suivre l’examen en ligne.",
        render_kw=EMAIL,
    )
    phone = StringField("Téléphone", render_kw=PHONE)
    address = TextAreaField("Adresse postale", render_kw=ADDRESS)

    def __init__(self) -> None:
        super().__init__()
        self.public_id.data = page_id(self.public_id.data)

    def is_anonymous(self) -> bool:
        """Whether the person wants no answer."""
        return bool(self.answer_by.data == NOBODY)

    def validate_office(self, field: Field) -> None:
        """One of the two secretariats."""
        if field.data not in known(OFFICES):
            raise ValidationError(sentence(DomainError("office_required")))

    def validate_words(self, field: Field) -> None:
        """Something is said, not too long."""
        require(field, "message_required")
        obey(at_most, field.data, WORDS_MAX)

    def validate_about(self, field: Field) -> None:
        """One line."""
        obey(at_most, field.data or "", LINE_MAX)

    def validate_answer_by(self, field: Field) -> None:
        """One of the four choices."""
        if field.data not in known(ANSWERS):
            raise ValidationError(sentence(DomainError("message_answer_by_required")))

    def validate_requester(self, field: Field) -> None:
        """A name, unless nobody is to be answered."""
        if not self.is_anonymous():
            require(field, "message_name_required")
        obey(at_most, field.data or "", LINE_MAX)

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
        obey(at_most, field.data or "", LINE_MAX)


class TrackForm(FlaskForm):
    """A number and the address given with it. Whether they go together is never told."""

    number = StringField(
        "Numéro",
        description="Il est dans votre confirmation, par exemple REN-2026-0042-K. Majuscules et "
        "traits d’union sont facultatifs.",
        render_kw={"class": "input w-md", "spellcheck": "false", "autocomplete": "off"},
    )
    email = StringField("Adresse de courriel", render_kw=EMAIL)

    def validate_number(self, field: Field) -> None:
        """Something is typed; a wrong one looks like any other."""
        require(field, "tracking_number_required")

    def validate_email(self, field: Field) -> None:
        """An address of the usual shape."""
        require(field, "tracking_email_required")
        obey(parse_email, field.data)


class CodeForm(FlaskForm):
    """The six digits of the mail, in one field."""

    code = StringField(
        "Code de six chiffres",
        description="Vous pouvez le coller.",
        render_kw={
            "class": "input w-sm",
            "inputmode": "numeric",
            "autocomplete": "one-time-code",
            "spellcheck": "false",
        },
    )

    def validate_code(self, field: Field) -> None:
        """Something must be typed."""
        require(field, "code_required")
