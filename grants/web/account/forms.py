"""The forms of accounts and sign-in. Every field accepts pasting."""

from flask_wtf import FlaskForm
from wtforms import BooleanField, Field, HiddenField, PasswordField, StringField, ValidationError

from grants.domain import passwords
from grants.domain.errors import DomainError
from grants.domain.identity import parse_phone
from grants.operations import accounts, password_hashes
from grants.web.fields import obey, require
from grants.wording.problems import sentence

WIDE = "input w-lg"
EMAIL = {"class": WIDE, "type": "email", "inputmode": "email", "spellcheck": "false"}
NEW_PASSWORD = {"class": WIDE, "autocomplete": "new-password"}
CODE = {
    "class": "input w-sm",
    "inputmode": "numeric",
    "autocomplete": "one-time-code",
    "spellcheck": "false",
}
ADVICE = "Une suite de mots convient; vous pouvez la coller."


class SignInForm(FlaskForm):
    """Who, and with which password."""

    email = StringField(
        "Adresse de courriel",
        description="Celle de votre compte.",
        render_kw={**EMAIL, "autocomplete": "username"},
    )
    password = PasswordField(
        "Mot de passe",
        description="Vous pouvez le coller.",
        render_kw={"class": WIDE, "autocomplete": "current-password"},
    )
    onward = HiddenField()

    def validate_email(self, field: Field) -> None:
        """An address is needed; whether it is known is never told."""
        require(field, "sign_in_email_required")

    def validate_password(self, field: Field) -> None:
        """A password is needed."""
        require(field, "password_required")


class ConfirmForm(FlaskForm):
    """The password again, of the person who is signed in."""

    password = PasswordField(
        "Mot de passe",
        description="Celui de votre compte. Vous pouvez le coller.",
        render_kw={"class": WIDE, "autocomplete": "current-password"},
    )

    def validate_password(self, field: Field) -> None:
        """A password is needed."""
        require(field, "password_required")


class CreateForm(FlaskForm):
    """A person of an organization, before the organization itself."""

    full_name = StringField(
        "Prénom et nom", render_kw={"class": WIDE, "autocomplete": "name", "spellcheck": "false"}
    )
    email = StringField(
        "Adresse de courriel",
        description="Nous y envoyons un code à chaque entrée. Elle ne doit servir qu’à vous.",
        render_kw={**EMAIL, "autocomplete": "username"},
    )
    phone = StringField(
        "Téléphone (facultatif)",
        description="Pour vous joindre au sujet d’une demande. Ajoutez le poste, s’il y a lieu.",
        render_kw={"class": "input w-md", "type": "tel", "autocomplete": "tel"},
    )
    password = PasswordField(
        "Mot de passe",
        description=f"Au moins {passwords.ORGANIZATION_MINIMUM}\u00a0caractères. {ADVICE}",
        render_kw=NEW_PASSWORD,
    )
    notice = BooleanField("J’ai lu l’avis sur la collecte de renseignements personnels.")

    def validate_full_name(self, field: Field) -> None:
        """A name of a reasonable length."""
        obey(accounts.name, field.data or "")

    def validate_email(self, field: Field) -> None:
        """An address of the usual shape."""
        obey(accounts.address, field.data or "")

    def validate_phone(self, field: Field) -> None:
        """A telephone number, when one is given."""
        if (field.data or "").strip():
            obey(parse_phone, field.data)

    def validate_password(self, field: Field) -> None:
        """Long, and not what anybody would try."""
        require(field, "password_empty")
        about = (self.full_name.data or "", self.email.data or "")
        obey(password_hashes.check, field.data or "", account_kind="organization", about=about)

    def validate_notice(self, field: Field) -> None:
        """The notice is read before anything is collected."""
        if not field.data:
            raise ValidationError(sentence(DomainError("notice_required")))

    def details(self) -> accounts.NewAccount:
        """What was typed, in its stored form. Hashing makes this slow."""
        phone = (self.phone.data or "").strip()
        return accounts.NewAccount(
            full_name=accounts.name(self.full_name.data or ""),
            email=accounts.address(self.email.data or ""),
            phone=parse_phone(phone) if phone else "",
            password_hash=password_hashes.hashed(self.password.data or ""),
        )


class CodeForm(FlaskForm):
    """Six digits, from a mail or from an authenticator application, in one field."""

    code = StringField("Code de six chiffres", description="Vous pouvez le coller.", render_kw=CODE)

    def validate_code(self, field: Field) -> None:
        """Something must be typed."""
        require(field, "code_required")


class ForgottenForm(FlaskForm):
    """Whose password."""

    email = StringField(
        "Adresse de courriel",
        description="Celle de votre compte.",
        render_kw={**EMAIL, "autocomplete": "username"},
    )

    def validate_email(self, field: Field) -> None:
        """An address of the usual shape."""
        obey(accounts.address, field.data or "")


class PasswordForm(FlaskForm):
    """A new password, for the account of a link."""

    password = PasswordField("Nouveau mot de passe", render_kw=NEW_PASSWORD)

    def __init__(self, account_kind: str, about: tuple[str, ...]) -> None:
        super().__init__()
        self.account_kind, self.about = account_kind, about
        minimum = passwords.minimum_for(account_kind)
        self.password.description = f"Au moins {minimum}\u00a0caractères. {ADVICE}"

    def validate_password(self, field: Field) -> None:
        """Long enough for this kind of account, and not what anybody would try."""
        require(field, "password_empty")
        obey(
            password_hashes.check,
            field.data or "",
            account_kind=self.account_kind,
            about=self.about,
        )
