"""The forms of finance. They keep what was typed; the rules judge it."""

from flask_wtf import FlaskForm
from wtforms import StringField

from grants.domain.errors import DomainError
from grants.wording.problems import sentence


class VerificationForm(FlaskForm):
    """What the organization confirmed by telephone."""

    payee_name = StringField(
        "Nom du bénéficiaire, comme la banque le connaît",
        description="30\u00a0caractères au plus, en majuscules sans accent.",
        render_kw={"class": "input w-lg", "autocomplete": "off"},
    )
    confirmed_with = StringField(
        "Qui a répondu?",
        description="Nom et fonction de la personne à qui vous avez parlé.",
        render_kw={"class": "input w-lg", "autocomplete": "off"},
    )

    def refuse(self, error: DomainError) -> bool:
        """Say what to repair beside its field; False when the error is about none."""
        name = {"payee_name_invalid": "payee_name"}.get(error.code, "confirmed_with")
        if error.code not in ("payee_name_invalid", "confirmed_with_required", "text_too_long"):
            return False
        self[name].errors = [*self[name].errors, sentence(error)]
        return True
