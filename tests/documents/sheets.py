"""A realistic proof of deposit, invented: ten sections' worth of answers and eleven files."""

import hashlib
from datetime import UTC, date, datetime
from typing import Any

from grants.documents.proof import DepositedFile, ProofSheet
from grants.wording import contacts
from grants.wording.answers import ShownAnswer, ShownSection

RECEIVED_AT = datetime(2026, 11, 24, 20, 12, 40, 250_000, tzinfo=UTC)
OFFICE = contacts.block(
    "Secrétariat à l’action communautaire autonome",
    {
        "address": ["430, chemin Sainte-Foy", "Québec (Québec)  G1S 2J5"],
        "phone": "418 646-9270",
        "phone_toll_free": "1 800 577-2844",
        "email": "saca@exemple.quebec",
        "weekdays": "du lundi au vendredi",
        "hours": [{"opens": "08:30", "closes": "12:00"}, {"opens": "13:00", "closes": "16:30"}],
    },
)
MISSION = (
    "Regrouper les locataires de la rive droite, défendre collectivement leurs droits et "
    "obtenir des logements salubres à prix juste. Depuis 1987, l’organisme anime des assemblées, "
    "accompagne les ménages devant le Tribunal et publie un bulletin tiré à 2 400 exemplaires."
)


def answer(label: str, *lines: str, total: str = "") -> ShownAnswer:
    return ShownAnswer(
        key=label.lower(), label=label, lines=lines, total=total, is_missing=not lines
    )


def section(title: str, *answers: ShownAnswer) -> ShownSection:
    return ShownSection(key=title.lower(), title=title, answers=answers)


SECTIONS = (
    section(
        "1. L’organisme",
        answer("Nom légal", "Comité logement Rive-Claire"),
        answer("Numéro d’entreprise du Québec (NEQ)", "1166001234"),
        answer("Adresse", "48, rue de la Petite-Écluse", "Le Faubourg (Québec)  G0Y 0Y0"),
        answer("Site Web", "https://rive-claire.exemple"),
    ),
    section(
        "2. Vie démocratique",
        answer("Dernière assemblée générale", "12 juin 2026"),
        answer("Membres du conseil", "Aline S., trésorière", "Firmin A., président", "Odile N."),
        answer("Membres actifs", "312"),
    ),
    section(
        "3. Mission et actions",
        answer("Mission", MISSION),
        answer("Actions politiques non partisanes", MISSION, MISSION),
        answer("Population rejointe", MISSION),
    ),
    section(
        "4. Montant demandé et usage",
        answer("Montant demandé", "48 500,00 $"),
        answer(
            "Usage prévu",
            "Salaires et charges : 36 000,00 $",
            "Loyer : 8 400,00 $",
            "Imprimerie : 4 100,00 $",
            total="48 500,00 $",
        ),
    ),
    section("5. Déclarations", answer("Les renseignements sont exacts", "Oui")),
)
FILE_NAMES = (
    "Charte et règlements généraux consolidés – version adoptée.pdf",
    "rapport-activites-2025-2026.pdf",
    "etats_financiers_2026_mission_d_examen.pdf",
    "resolution 2026-31.jpg",
    "preuve.png",
)


def deposited_files() -> tuple[DepositedFile, ...]:
    kinds = {"pdf": "application/pdf", "jpg": "image/jpeg", "png": "image/png"}
    return tuple(
        DepositedFile(
            label=f"Pièce {number}",
            filename=name,
            media_type=kinds[name[-3:]],
            size=211_904 * number,
            sha256=hashlib.sha256(name.encode()).hexdigest(),
        )
        for number, name in enumerate(FILE_NAMES, start=1)
    )


def example_sheet(**changes: Any) -> ProofSheet:
    facts: dict[str, Any] = {
        "case_number": "DCD-2027-0211-M",
        "organization": "Comité logement Rive-Claire",
        "neq": "1166001234",
        "program": "Soutien à la défense collective des droits",
        "call": "Mission globale 2027-2028",
        "received_at": RECEIVED_AT,
        "channel": "En ligne",
        "sent_by": "Aline S., trésorière",
        "fingerprint": hashlib.sha256(b"answers").hexdigest(),
        "secretariat": OFFICE,
        "sections": SECTIONS,
        "files": deposited_files(),
        "promised": (
            (
                "Accuser réception, avec le nom de votre conseillère ou conseiller",
                date(2026, 12, 1),
            ),
            ("Vous donner la décision et ses motifs", date(2027, 2, 26)),
        ),
    }
    return ProofSheet(**(facts | changes))
