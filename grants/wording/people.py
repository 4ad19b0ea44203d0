"""Roles, and where a person stands, in words."""

from collections.abc import Mapping
from dataclasses import dataclass

from grants.domain.access import Role


@dataclass(frozen=True)
class RoleWords:
    """The name of a role and what it lets a person do."""

    name: str
    does: str


ROLES: Mapping[Role, RoleWords] = {
    Role.ADVISOR: RoleWords(
        "Analyse", "Analyse les dossiers qui lui sont affectés, et répond aux demandes."
    ),
    Role.TEAM_LEAD: RoleWords(
        "Direction d’équipe", "Affecte les dossiers, inscrit les absences, voit les résultats."
    ),
    Role.INFORMATION_AGENT: RoleWords(
        "Renseignements", "Inscrit ce qui arrive et répond aux demandes de renseignements."
    ),
    Role.DECIDER: RoleWords("Décision", "Décide des demandes et délivre les protocoles."),
    Role.FINANCE_PREPARER: RoleWords(
        "Finances, préparation", "Vérifie les comptes et prépare les lots de versements."
    ),
    Role.FINANCE_APPROVER: RoleWords(
        "Finances, approbation", "Approuve les lots et crée le fichier bancaire."
    ),
    Role.MANAGER: RoleWords(
        "Gestion",
        "Suit et publie les résultats, confirme les jours fériés, révise les engagements.",
    ),
    Role.COMPLAINTS_OFFICER: RoleWords(
        "Plaintes", "Traite les plaintes sur la qualité des services, à l’abri des autres."
    ),
    Role.ADMINISTRATOR: RoleWords(
        "Administration",
        "Ouvre et retire l’accès, veille à la santé du système. Ne lit aucun dossier.",
    ),
}

STANDINGS: Mapping[str, tuple[str, str]] = {
    "active": ("A accès", "ok"),
    "invited": ("Invitation envoyée", "wait"),
    "no_factor": ("Authentificateur à inscrire", "wait"),
    "removed": ("Accès retiré", ""),
}


def roles(held: frozenset[Role]) -> str:
    """ "Analyse, Renseignements", in the order of the table."""
    return ", ".join(words.name for role, words in ROLES.items() if role in held)
