"""Complete answers to any published form, as an invented volunteer would type them."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass

from grants.demo.cast import MISSIONS
from grants.domain.forms.description import Field, FieldType, FormDefinition
from grants.domain.money import write_cents

Typed = object


@dataclass(frozen=True)
class Applicant:
    """What differs from one application to another."""

    name: str
    neq: str
    signatory: str
    amount_cents: int
    rank: int


def complete(form: FormDefinition, applicant: Applicant) -> dict[str, object]:
    """Raw answers, as typed, that leave nothing to repair; every section is declared finished."""
    answers: dict[str, object] = {"_finished": sorted(section.key for section in form.sections)}
    for question in form.fields:
        if question.type is not FieldType.FILE:
            answers[question.key] = _answer(question, applicant)
    return answers


def _answer(question: Field, applicant: Applicant) -> Typed:
    known = _known(applicant)
    if question.key in known:
        return known[question.key]
    return BY_TYPE[question.type](question, applicant)


TEXTS: Mapping[str, str] = {
    "short_name": "",
    "address_line2": "",
    "mrc": "Portneuf",
    "mission": (
        "Regrouper les personnes du territoire, les informer de leurs droits et agir avec elles, "
        "sans but lucratif, pour améliorer leurs conditions de vie."
    ),
    "accommodations": "",
    "criteria_AC1": "Lettres patentes de 1998, siège au Québec, inscription à jour au registre.",
    "criteria_AC2": "Neuf quartiers et deux coopératives sont représentés au conseil.",
    "criteria_AC3": "Assemblée du 9 juin, 86 membres présents; conseil élu par l’assemblée.",
    "criteria_AC4": "L’assemblée fixe les orientations; aucun bailleur ne siège au conseil.",
    "criteria_ACA5": "Fondé par douze résidentes après la fermeture du centre de quartier.",
    "criteria_ACA6": "Mémoires publics, tables de concertation, suivi des engagements obtenus.",
    "criteria_ACA7": "Cafés-rencontres, assemblées de quartier, guide remis à chaque foyer.",
    "criteria_ACA8": "Aucune personne du réseau public n’a le droit de vote au conseil.",
    "position": "Coordination",
    "amount_justification": (
        "Le poste de coordination passe de 21 à 28 heures par semaine pour répondre aux demandes."
    ),
    "project_title": "Nos quartiers, nos voix",
}


def _known(applicant: Applicant) -> Mapping[str, Typed]:
    return {
        **TEXTS,
        **_people(applicant.signatory),
        "legal_name": applicant.name,
        "neq": applicant.neq,
        "bn_charity": "",
        "website": "",
        "social": [],
        "mailing_same": "yes",
        "phone_toll_free": "",
        "address_line1": f"{12 + applicant.rank}, rue du Quai-Neuf",
        "city": "Rive-Claire",
        "mission_plain": MISSIONS[applicant.rank % len(MISSIONS)],
        "amount_requested": write_cents(applicant.amount_cents),
        "amount_use": _use(applicant.amount_cents),
    }


def _people(signatory: str) -> dict[str, str]:
    first, _, last = signatory.partition(" ")
    return {
        "rep_first_name": first,
        "rep_last_name": last,
        "contact_first_name": first,
        "contact_last_name": last,
        "signature_name": signatory,
    }


def _use(amount_cents: int) -> list[dict[str, str]]:
    salaries = amount_cents * 3 // 5
    return [
        _use_row("salaries", "Coordination et animation", salaries),
        _use_row("activities", "Ateliers, assemblées", amount_cents - salaries),
    ]


def _use_row(poste: str, precision: str, cents: int) -> dict[str, str]:
    return {"poste": poste, "precision": precision, "montant": write_cents(cents)}


def _text(question: Field, _applicant: Applicant) -> Typed:
    text = f"{question.label.rstrip('?')}\u00a0: un exemple donné pour la démonstration."
    return text[: question.max_length or len(text)]


def _first_choice(question: Field, _applicant: Applicant) -> Typed:
    return question.choices[0].value


def _rows(question: Field, applicant: Applicant) -> Typed:
    row = {column.key: str(_answer(column, applicant)) for column in question.columns}
    return [row for _ in range(question.minimum or 1)]


BY_TYPE: Mapping[FieldType, Callable[[Field, Applicant], Typed]] = {
    FieldType.TEXT: _text,
    FieldType.AREA: _text,
    FieldType.INT: lambda question, _: str(question.minimum or 20),
    FieldType.MONEY: lambda _question, applicant: write_cents(applicant.amount_cents),
    FieldType.DATE: lambda _question, _applicant: "2026-03-09",
    FieldType.CHOICE: _first_choice,
    FieldType.MULTI: lambda question, _: [choice.value for choice in question.choices[:2]],
    FieldType.BOOL: lambda _question, _applicant: "yes",
    FieldType.EMAIL: lambda _question, _applicant: "info@rive-claire.exemple",
    FieldType.TEL: lambda _question, _applicant: "418 555-0188",
    FieldType.URL: lambda _question, _applicant: "www.rive-claire.exemple",
    FieldType.NEQ: lambda _question, applicant: applicant.neq,
    FieldType.CHARITY: lambda _question, _applicant: "",
    FieldType.POSTAL: lambda _question, _applicant: "G0X 0X0",
    FieldType.ROWS: _rows,
    FieldType.ATTEST: lambda _question, _applicant: "yes",
}
