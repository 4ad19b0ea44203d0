"""The forms of an agreement: what its advisor writes, and how a signed paper came back."""

import secrets
from collections.abc import Callable, Sequence
from datetime import date
from functools import partial
from typing import TYPE_CHECKING, Any

from flask_wtf import FlaskForm
from flask_wtf.file import FileField
from wtforms import HiddenField, IntegerField, RadioField, StringField
from wtforms.fields import SelectChoice
from wtforms.widgets import HiddenInput

from grants.domain import agreements, program_rules
from grants.domain.calendar import local_date
from grants.domain.dates import parse_date, write_parts
from grants.domain.errors import DomainError
from grants.domain.text import fold
from grants.domain.uploads import ACCEPT
from grants.operations.agreements import DraftDetails
from grants.queries.agreements import Signing
from grants.web.agreement_pages import page_id, sheet_of
from grants.web.fields import DatePartsField
from grants.web.staff.forms import PAPER_CHOICES, show_refusal
from grants.wording import agreement_answers
from grants.wording.agreement_sheet import AgreementSheet

if TYPE_CHECKING:
    from datetime import datetime

    from grants.models.agreements import AgreementVersion
    from grants.models.case_files import CaseFile

ON_PAPER = "papier"
FIELDS = {
    "agreement_dates": "ends_on",
    "address_required": "address",
    "project_title_required": "project_title",
    "signatory_name_required": "signatory_name",
    "signatory_role_required": "signatory_role",
    "resolution_number_required": "resolution_number",
    "resolution_in_future": "resolution_on",
    "signatory": "signatory",
    "*": "starts_on",
}
PAPER_FIELDS = {
    "choice": "channel",
    "channel": "channel",
    "date": "received_on",
    "returned": "received_on",
    "file": "scan",
    "scan": "scan",
    "image": "scan",
    "storage": "scan",
    "*": "received_on",
}
DAYS = ("starts_on", "ends_on", "resolution_on")
LINES = {
    "address": "address_required",
    "project_title": "project_title_required",
    "signatory_role": "signatory_role_required",
    "resolution_number": "resolution_number_required",
}
WIDE = {"class": "input w-lg", "autocomplete": "off"}


class DraftForm(FlaskForm):
    """An agreement as its advisor writes it; all else comes from the decision and the program."""

    public_id = HiddenField()
    version = IntegerField(widget=HiddenInput())
    starts_on = DatePartsField("Début du protocole")
    ends_on = DatePartsField("Fin du protocole")
    project_title = StringField("Titre du projet", render_kw=WIDE)
    address = StringField(
        "Adresse du siège de l’organisme",
        description="Sur une ligne, comme elle paraîtra au protocole.",
        render_kw=WIDE,
    )
    signatory = RadioField("Qui signe pour l’organisme?", validate_choice=False)
    signatory_name = StringField(
        "Prénom et nom, si la personne signe sur papier",
        description="Comme la résolution les écrit.",
        render_kw={"class": "input w-md", "autocomplete": "off"},
    )
    signatory_role = StringField(
        "Fonction de la personne qui signe",
        description="Par exemple\u00a0: présidente, trésorier.",
        render_kw={"class": "input w-md", "autocomplete": "off"},
    )
    resolution_number = StringField(
        "Numéro de la résolution du conseil",
        description="La résolution qui désigne la personne signataire, jointe à la demande.",
        render_kw={"class": "input w-sm", "autocomplete": "off"},
    )
    resolution_on = DatePartsField("Date de la résolution")

    def people(self, able: Sequence[Signing]) -> None:
        """The people who may sign on screen, then whoever signs on paper."""
        on_paper = SelectChoice(ON_PAPER, "Une autre personne, qui n’a pas de compte (sur papier)")
        named = [SelectChoice(one.public_id, f"{one.name} ({one.email})") for one in able]
        self.signatory.choices = [*named, on_paper]

    def details(self, able: Sequence[Signing]) -> DraftDetails | None:
        """What was typed, once all of it can be read; None when fields say what to repair."""
        days = {name: self._try(name, parse_date) for name in DAYS}
        for name, code in LINES.items():
            if name in self:
                self._try(name, partial(agreements.check_text, missing=code))
        chosen = next((one for one in able if one.public_id == self.signatory.data), None)
        if chosen is None and self.signatory.data != ON_PAPER:
            show_refusal(self, DomainError("choice_required"), {"*": "signatory"})
        if any(field.errors for field in self):
            return None
        return DraftDetails(
            public_id=page_id(self.public_id.data),
            version=self.version.data,
            **days,
            address=self.address.data,
            project_title=self.project_title.data if "project_title" in self else "",
            signatory_id=chosen.person_id if chosen else None,
            signatory_name=self.signatory_name.data or "",
            signatory_role=self.signatory_role.data,
            resolution_number=self.resolution_number.data,
        )

    def _try(self, name: str, read: Callable[[Any], Any]) -> Any:
        try:
            return read(self[name].data or "")
        except DomainError as error:
            show_refusal(self, error, {"*": name})
            return None


class IssueForm(FlaskForm):
    """The version that the delegate has read."""

    seen = HiddenField()


class PaperSignatureForm(FlaskForm):
    """How and when the signed agreement came back, and its scan."""

    public_id = HiddenField()
    seen = HiddenField()
    channel = RadioField(
        "Comment le protocole est-il revenu?",
        choices=PAPER_CHOICES,
        validate_choice=False,
    )
    received_on = DatePartsField(
        "Date de réception",
        description="La date du tampon. Le délai de versement commence ce jour-là.",
    )
    scan = FileField(
        "Protocole signé, numérisé",
        description="PDF, JPEG ou PNG, 15\u00a0Mo au plus.",
        render_kw={"class": "file", "accept": ACCEPT},
    )

    def day(self, *, seen: str) -> date | None:
        """The day of receipt, once all that was typed can be read; `seen` is the version shown.

        A file chosen must be chosen again, so it is asked for with the rest.
        """
        problems = []
        if self.seen.data != seen:
            problems.append(DomainError("agreement_changed"))
        if not self.channel.data:
            problems.append(DomainError("choice_required"))
        if not self.scan.data:
            problems.append(DomainError("scan_missing"))
        try:
            received_on = parse_date(self.received_on.data)
        except DomainError as error:
            problems.append(error)
        for problem in problems:
            show_refusal(self, problem, PAPER_FIELDS)
        return None if problems else received_on


def start(
    case: "CaseFile",
    decided_at: "datetime",
    former: "AgreementVersion | None",
    able: Sequence[Signing],
) -> dict[str, Any]:
    """What the form holds before anything is typed: the former version, or the application."""
    sheet = sheet_of(former) if former else None
    known = _of_former(sheet) if sheet else _of_answers(case, decided_at)
    same = [one.public_id for one in able if fold(one.name) == fold(known["signatory_name"])]
    on_paper = not able or (former is not None and former.signatory_id is None)
    chosen = ON_PAPER if on_paper else "".join(same[:1])
    new = {"public_id": secrets.token_hex(16), "version": case.version, "signatory": chosen}
    return {**known, **new}


def _of_former(former: AgreementSheet) -> dict[str, Any]:
    signatory, resolution = former.signatory, former.resolution
    return {
        "starts_on": write_parts(former.starts_on),
        "ends_on": write_parts(former.ends_on),
        "project_title": former.project.title if former.project else "",
        "address": former.organization.address,
        "signatory_name": signatory.name if signatory else "",
        "signatory_role": signatory.role if signatory else "",
        "resolution_number": resolution.number if resolution else "",
        "resolution_on": write_parts(resolution.adopted_on) if resolution else None,
    }


def _of_answers(case: "CaseFile", decided_at: "datetime") -> dict[str, Any]:
    application = case.first.application
    answers, call = application.answers, application.call
    months = program_rules.read(call.terms.rules).months
    starts_on = agreements.usual_start(call.year, local_date(decided_at))
    adopted_on = agreement_answers.resolution_date(answers)
    return {
        "starts_on": write_parts(starts_on),
        "ends_on": write_parts(agreements.usual_end(starts_on, months)),
        "project_title": agreement_answers.project_title(answers),
        "address": agreement_answers.address(answers),
        "signatory_name": agreement_answers.signatory(answers),
        "signatory_role": agreement_answers.signatory_role(answers),
        "resolution_on": write_parts(adopted_on) if adopted_on else None,
    }
