"""Everything an agreement says, put together from data: decision, program, answers, mandate."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from grants.domain import agreements, program_rules
from grants.domain.agreements import PlannedInstalment
from grants.domain.calendar import local_date
from grants.domain.program_rules import ProgramRules
from grants.models.agreements import AgreementVersion
from grants.models.case_files import CaseFile
from grants.models.decisions import Decision
from grants.queries import programs
from grants.wording import agreement_answers, contacts
from grants.wording import agreements as words
from grants.wording.agreement_sheet import (
    ASSURANCE,
    AgreementSheet,
    AmountLine,
    Instalment,
    Organization,
    Project,
    Resolution,
    Rules,
    Signatory,
)

PROJECT = "project"
MISSION_TEXTS = ("mission_plain", "mission")
PROJECT_TEXTS = ("amount_justification", "mission_plain")
FINAL_REPORT = "Rapport final du projet, avec ses productions"


@dataclass(frozen=True)
class Written:
    """What the advisor writes: period, head office, project, who signs and by what resolution."""

    starts_on: date
    ends_on: date
    address: str
    project_title: str
    signatory: Signatory
    resolution: Resolution


@dataclass(frozen=True)
class Basis:
    """What a text rests on: the granted file and its decision, and the day of the draft."""

    case_file: CaseFile
    decision: Decision
    today: date

    @property
    def rules(self) -> ProgramRules:
        """The rules of the program when the call opened."""
        return program_rules.read(self.case_file.first.application.call.terms.rules)

    @property
    def is_project(self) -> bool:
        """Whether a project is paid, rather than a mission."""
        return self.rules.mode == PROJECT


def plan(basis: Basis, starts_on: date) -> list[PlannedInstalment]:
    """The instalments of the amount granted, by the terms of the program."""
    granted, rules = basis.decision.granted_cents, basis.rules.instalments
    return agreements.plan(granted, rules, starts_on=starts_on, today=basis.today)


def sheet(
    basis: Basis, written: Written, parts: Sequence[PlannedInstalment], version: int
) -> AgreementSheet:
    """The whole text of one version as data, not issued yet."""
    return AgreementSheet(
        number=number(basis.case_file),
        version=version,
        delegate=None,
        issued_at=None,
        signatory=written.signatory,
        resolution=written.resolution,
        starts_on=written.starts_on,
        ends_on=written.ends_on,
        **_origin(basis),
        **_content(basis, written),
        **_money(basis, parts),
    )


def _origin(basis: Basis) -> dict[str, Any]:
    """What the text comes from: the office, the program, the request and the decision."""
    case_file, first = basis.case_file, basis.case_file.first
    secretariat, call = case_file.secretariat, first.application.call
    return {
        "fiscal_year": words.year(call.year),
        "program": call.program.name,
        "minister_title": secretariat.contact["minister"],
        "secretariat": contacts.block(secretariat.name, secretariat.contact),
        "advisor": case_file.advisor.full_name if case_file.advisor else secretariat.name,
        "application_number": first.number,
        "received_on": local_date(first.received_at),
        "decided_on": basis.decision.letter_on,
    }


def _content(basis: Basis, written: Written) -> dict[str, Any]:
    """What is supported and what is owed for it."""
    assurance = agreements.assurance(basis.decision.granted_cents)
    return {
        "organization": _organization(basis.case_file, written),
        "project": _project(basis, written),
        "reports_due_on": _reports_due(basis, written),
        "assurance": assurance,
        "rules": _rules(basis.rules),
        "annex_a": _annex(basis),
        "accountability": _accountability(basis, assurance),
    }


def _money(basis: Basis, parts: Sequence[PlannedInstalment]) -> dict[str, Any]:
    """The amount, its years, its instalments and its budget: each sums to it."""
    years = agreements.by_year(parts)
    return {
        "total_cents": basis.decision.granted_cents,
        "years": tuple(AmountLine(words.year(year), cents) for year, cents in years.items()),
        "instalments": tuple(_instalment(part) for part in parts),
        "budget": _budget(basis),
    }


def as_issued(version: AgreementVersion, title: str) -> AgreementSheet:
    """The text of a kept version: with the delegate's name and `title` once issued."""
    if version.issued_by is None:
        return words.sheet(version.terms)
    delegate = words.delegate(version.issued_by.full_name, title)
    return words.sheet(version.terms, delegate, version.issued_at)


def number(case_file: CaseFile) -> str:
    """The number of a file's agreement."""
    return f"PE-{case_file.number}"


def _organization(case_file: CaseFile, written: Written) -> Organization:
    organization = case_file.organization
    return Organization(organization.legal_name, organization.neq, written.address)


def _project(basis: Basis, written: Written) -> Project | None:
    """The project; nothing spent before the decision counts (rule of the program)."""
    if not basis.is_project:
        return None
    return Project(written.project_title, basis.decision.letter_on)


def _instalment(part: PlannedInstalment) -> Instalment:
    """A part in words; what waits for no condition follows the receipt and not a planned day."""
    planned_on = part.planned_on if part.condition else None
    return Instalment(part.rank, part.amount_cents, words.CONDITIONS[part.condition], planned_on)


def _reports_due(basis: Basis, written: Written) -> date:
    month = agreement_answers.year_end_month(_answers(basis))
    return agreements.reports_due(
        None if basis.is_project else month,
        starts_on=written.starts_on,
        ends_on=written.ends_on,
        days=basis.rules.agreement["reporting_days"],
        today=basis.today,
    )


def _rules(rules: ProgramRules) -> Rules:
    fixed = rules.agreement
    return Rules(
        budget_shift_pct=fixed["budget_shift_percent"],
        records_years=fixed["records_years"],
        cure_days=fixed["cure_days"],
        notice_days=fixed["notice_days"],
    )


def _annex(basis: Basis) -> tuple[str, ...]:
    keys = PROJECT_TEXTS if basis.is_project else MISSION_TEXTS
    told = agreement_answers.annex(_answers(basis), keys)
    return told or (f"Comme décrit dans la demande n° {basis.case_file.first.number}.",)


def _budget(basis: Basis) -> tuple[AmountLine, ...]:
    """The budget asked, brought to the amount granted; one line where paper gave none."""
    form = programs.definition(basis.case_file.first.application.form_version)
    whole = [("Projet" if basis.is_project else "Mission globale", 1)]
    asked = agreement_answers.budget(form, _answers(basis)) or whole
    shared = agreements.share_out(basis.decision.granted_cents, asked)
    return tuple(AmountLine(label, cents) for label, cents in shared)


def _accountability(basis: Basis, assurance: str) -> tuple[str, ...]:
    always = (
        "Rapport d’activité",
        f"Rapport financier accompagné du rapport {ASSURANCE[assurance]}",
        "Preuve de la tenue de l’assemblée générale annuelle",
    )
    return (*always, FINAL_REPORT) if basis.is_project else always


def _answers(basis: Basis) -> dict[str, Any]:
    return basis.case_file.first.application.answers
