"""The journal in French about people, absences and the health of the installation."""

from collections.abc import Mapping

EVENTS: Mapping[str, tuple[str, str]] = {
    "staff_changed": ("Rôles modifiés", "{actor} a modifié le poste ou les rôles d’une personne."),
    "staff_removed": ("Accès retiré", "{actor} a retiré l’accès d’une personne."),
    "staff_restored": ("Accès rendu", "{actor} a rendu son accès à une personne."),
    "staff_invited_again": ("Invitation renvoyée", "{actor} a renvoyé une invitation."),
    "authenticator_ended": (
        "Authentificateur retiré",
        "{actor} a retiré l’authentificateur perdu d’une personne.",
    ),
    "absence_recorded": ("Absence inscrite", "{actor} a inscrit l’absence de {person}."),
    "absence_cancelled": ("Absence annulée", "{actor} a annulé l’absence de {person}."),
    "outbox_retried": ("Envoi repris", "{actor} a relancé un envoi abandonné."),
    "journal_head_exported": (
        "Tête du journal exportée",
        "Tête du journal écrite hors de la base, à la position {position}.",
    ),
}
