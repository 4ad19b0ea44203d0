"""What waits to be paid, and the states of batches and payments, in words."""

from collections.abc import Mapping
from datetime import date

from grants.domain.payments import Bar, Block
from grants.wording import formats

NBSP = "\u00a0"

BLOCKS: Mapping[Block, str] = {
    Block.NOT_SIGNED: "Protocole délivré, pas encore signé par l’organisme",
    Block.CONDITION_NOT_MET: "Condition du versement pas encore confirmée",
    Block.ACCOUNT_MISSING: "Coordonnées bancaires pas encore données",
    Block.ACCOUNT_UNVERIFIED: "Compte à vérifier par téléphone, au numéro déjà connu",
    Block.RETURNED_ACCOUNT: "Compte refusé par la banque, en attente d’un autre compte",
    Block.OVER_BANK_LIMIT: "Montant trop grand pour un fichier bancaire, avisez la gestion",
}
CONDITIONS: Mapping[str, str] = {
    "yearly_reports": "Rapports annuels pas encore acceptés",
    "interim_report": "Rapport d’étape pas encore accepté",
    "final_report": "Rapport final pas encore accepté",
}
"""What a block by condition says, by the code of the program's terms."""

MET: Mapping[str, str] = {
    "yearly_reports": "Les rapports annuels sont reçus et acceptés.",
    "interim_report": "Le rapport d’étape est reçu et accepté.",
    "final_report": "Le rapport final est reçu et accepté.",
}
"""What the advisor says when a condition is met, by the same codes."""

BARS: Mapping[Bar, str] = {
    Bar.PREPARED: "Vous l’avez préparé.",
    Bar.EDITED: "Vous y avez fait le dernier changement.",
    Bar.ACCOUNT: "Vous avez inscrit ou vérifié un de ses comptes.",
    Bar.CONFLICT: "Vous avez déclaré un conflit d’intérêts avec un de ses organismes.",
}

BATCH_TAGS: Mapping[str, tuple[str, str]] = {
    "prepared": ("À approuver", "wait"),
    "approved": ("Approuvé", "doing"),
    "released": ("Fichier créé", "ok"),
    "returned": ("Fichier créé, avec retour", "wait"),
    "cancelled": ("Annulé", ""),
}

PAYMENT_TAGS: Mapping[str, tuple[str, str]] = {
    "prepared": ("Dans le lot", "wait"),
    "released": ("Versé", "ok"),
    "returned": ("Retourné", "wait"),
    "cancelled": ("Retiré", ""),
}


def block(found: Block, condition: str | None) -> str:
    """Why an instalment waits; a condition is said by its own name."""
    if found is Block.CONDITION_NOT_MET and condition in CONDITIONS:
        return CONDITIONS[condition]
    return BLOCKS[found]


def instalment(rank: int, count: int) -> str:
    """ "1er versement de 2"; the only one of an agreement is "versement unique"."""
    if count == 1:
        return "versement unique"
    return f"{rank}{'er' if rank == 1 else 'e'} versement de{NBSP}{count}"


def month(day: date) -> str:
    """ "novembre 2026"."""
    return formats.date_short(day.replace(day=2)).split(NBSP, 1)[1]
