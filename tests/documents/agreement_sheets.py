"""An agreement, a letter of decision and an evidence of signature, invented."""

import hashlib
from dataclasses import replace
from datetime import UTC, date, datetime
from typing import Any

from grants.documents.evidence import (
    EvidenceSheet,
    PaperSigning,
    PaymentPromise,
    PromiseDay,
    ScreenSigning,
    SealedFile,
)
from grants.wording.agreement_sheet import (
    AgreementSheet,
    AmountLine,
    Instalment,
    Organization,
    Project,
    Resolution,
    Rules,
    Signatory,
)
from grants.wording.letter_sheet import (
    NEXT_STEPS,
    Alternative,
    Contact,
    DecidedBy,
    LetterSheet,
    Recourse,
)
from tests.documents.sheets import MISSION, OFFICE

ISSUED_AT = datetime(2026, 11, 10, 21, 2, 55, tzinfo=UTC)
SIGNED_AT = datetime(2026, 11, 13, 15, 6, 12, tzinfo=UTC)
DELEGATE = Signatory("Irène V.", "directrice du soutien aux organismes")
PRESIDENT = Signatory("Firmin A.", "président")
FIRST_PART = "en dix jours ouvrables ou moins après la réception du protocole signé"
PROJECT = Project("Les logis du fleuve : savoirs partagés", date(2026, 10, 2))


SHORT = AgreementSheet(
    number="2026-0152",
    version=1,
    fiscal_year="2026-2027",
    program="Soutien à la défense collective des droits",
    minister_title="la ministre responsable de l’Action communautaire",
    delegate=DELEGATE,
    issued_at=ISSUED_AT,
    secretariat=OFFICE,
    advisor="Maude T.",
    organization=Organization(
        "Carrefour populaire du Faubourg",
        "1166001234",
        "48, rue de la Petite-Écluse, Le Faubourg (Québec)  G0Y 0Y0",
    ),
    signatory=PRESIDENT,
    resolution=Resolution("2026-31", date(2026, 10, 5)),
    application_number="DCD-2026-0152-L",
    received_on=date(2025, 11, 21),
    decided_on=date(2026, 10, 2),
    project=None,
    starts_on=date(2026, 4, 1),
    ends_on=date(2027, 3, 31),
    total_cents=6_000_000,
    years=(AmountLine("2026-2027", 6_000_000),),
    instalments=(
        Instalment(1, 3_000_000, FIRST_PART, None),
        Instalment(2, 3_000_000, "après l’acceptation des rapports annuels", date(2027, 2, 15)),
    ),
    reports_due_on=date(2027, 6, 29),
    assurance="review",
    rules=Rules(budget_shift_pct=10, records_years=5, cure_days=30, notice_days=60),
    annex_a=(MISSION,),
    budget=(AmountLine("Salaires et charges", 6_000_000),),
    accountability=(
        "Rapport d’activité",
        "Rapport financier accompagné du rapport de mission d’examen",
        "Preuve de la tenue de l’assemblée générale annuelle",
    ),
)


def agreement_sheet(**changes: Any) -> AgreementSheet:
    """The support of a mission over one year, paid in two parts."""
    return replace(SHORT, **changes)


LONG = replace(
    SHORT,
    number="2026-0207",
    version=3,
    minister_title="le ministre responsable de la Solidarité sociale et de l’Action communautaire",
    organization=Organization(
        "Regroupement des maisons de quartier, comités de citoyennes et de citoyens et tables "
        "de concertation de la Côte-du-Sud et du Bas-du-Fleuve-Occidental inc.",
        "1177009876",
        "Édifice Marie-Gérin-Lajoie, 12 345, boulevard de la Seigneurie-de-la-Rivière Ouest, "
        "bureau 1204, Saint-Cyprien-des-Étangs-du-Bas (Québec)  G0X 0X0",
    ),
    signatory=Signatory(
        "Marie-Thérèse-Antoinette de la Bruère-Desrochers",
        "vice-présidente responsable des finances et secrétaire du conseil par intérim",
    ),
    project=PROJECT,
    ends_on=date(2029, 3, 31),
    total_cents=15_000_000,
    years=tuple(AmountLine(f"{year}-{year + 1}", 5_000_000) for year in (2026, 2027, 2028)),
    instalments=tuple(
        Instalment(
            rank,
            3_000_000,
            FIRST_PART if rank == 1 else f"après l’acceptation du rapport d’étape n° {rank - 1}",
            None if rank == 1 else date(2026 + rank // 2, 6, 1),
        )
        for rank in range(1, 6)
    ),
    assurance="audit",
    annex_a=(MISSION,) * 9,
    budget=tuple(
        AmountLine(f"Poste {rank} : matériel, déplacements et honoraires", 1_250_000)
        for rank in range(1, 13)
    ),
)


def long_agreement(**changes: Any) -> AgreementSheet:
    """A project over three years, paid in five parts, with twelve lines and long names."""
    return replace(LONG, **changes)


LETTER = LetterSheet(
    number="DCD-2027-0211-M",
    of_number="",
    organization="Comité logement Rive-Claire",
    address_lines=("48, rue de la Petite-Écluse", "Le Faubourg (Québec)  G0Y 0Y0"),
    letter_on=date(2027, 2, 26),
    program="Soutien à la défense collective des droits",
    call="Mission globale 2027-2028",
    outcome="refused",
    requested_cents=4_850_000,
    granted_cents=0,
    secretariat=OFFICE,
    reasons=(
        "Moins de douze mois d’activité",
        "Défense des seuls intérêts des membres",
    ),
    explanation=(
        "L’assemblée de fondation a eu lieu le 12 juin 2026. À la date du dépôt, l’organisme "
        "comptait cinq mois d’activité; le programme en demande douze.",
        "Les actions décrites à la section 3 s’adressent aux membres du comité. Le programme "
        "soutient la défense des droits de l’ensemble des personnes lésées.",
    ),
    alternatives=(
        Alternative("Table régionale", "Elle accompagne les organismes en démarrage."),
        Alternative("Prochain appel", "L’organisme aura douze mois d’activité en juin 2027."),
    ),
    no_alternative="",
    next_steps=NEXT_STEPS["refused"],
    recourse=Recourse(True, date(2027, 3, 29), "https://appui.exemple/mon-espace/revision"),
    contact=Contact("Maude T.", "conseillère", "418 555-0166", "maude.t@exemple.quebec"),
    decided_by=DecidedBy("Irène V.", "directrice du soutien aux organismes"),
)


def letter_sheet(**changes: Any) -> LetterSheet:
    """A refusal with its reasons, two other possibilities and a right of revision."""
    return replace(LETTER, **changes)


DAYS = (
    PromiseDay(date(2026, 11, 13), "Jour de la réception", None),
    PromiseDay(date(2026, 11, 14), "Samedi", None),
    PromiseDay(date(2026, 11, 15), "Dimanche", None),
    *(PromiseDay(date(2026, 11, 15 + n), "Jour ouvrable", n) for n in range(1, 6)),
    PromiseDay(date(2026, 11, 21), "Samedi", None),
    PromiseDay(date(2026, 11, 22), "Dimanche", None),
    *(PromiseDay(date(2026, 11, 17 + n), "Jour ouvrable", n) for n in range(6, 10)),
    PromiseDay(date(2026, 11, 27), "Jour ouvrable, le dernier", 10),
)
PAPER = PaperSigning(
    date(2026, 11, 13),
    "Léo R.",
    SIGNED_AT,
    SealedFile(hashlib.sha256(b"scan").hexdigest(), 412_345),
)


EVIDENCE = EvidenceSheet(
    number="2026-0152",
    version=1,
    organization="Carrefour populaire du Faubourg",
    program="Soutien à la défense collective des droits",
    file=SealedFile(hashlib.sha256(b"agreement").hexdigest(), 98_765),
    issued_by=DELEGATE,
    issued_at=ISSUED_AT,
    signatory=PRESIDENT,
    mandate="Résolution n° 2026-31 du 5 octobre 2026",
    signing=ScreenSigning(
        SIGNED_AT,
        "firmin@faubourg.exemple",
        datetime(2026, 11, 13, 15, 5, 30, tzinfo=UTC),
        "Mot de passe et code reçu par courriel",
    ),
    received_at=SIGNED_AT,
    secretariat=OFFICE,
    promise=PaymentPromise(3_000_000, "10 jours ouvrables", date(2026, 11, 27), False, DAYS),
)


def evidence_sheet(**changes: Any) -> EvidenceSheet:
    """The evidence of the first agreement, signed on screen."""
    return replace(EVIDENCE, **changes)
