"""The French sentence of each refusal about people, roles and absences."""

from collections.abc import Mapping

SENTENCES: Mapping[str, str] = {
    # Personnes et rôles
    "roles_required": "Cochez au moins un rôle.",
    "finance_duties": (
        "Choisissez entre préparer et approuver les versements\u00a0: une même personne ne fait "
        "pas les deux."
    ),
    "title_length": "Écrivez le titre du poste, de 2 à 80\u00a0caractères.",
    "extension_format": "Écrivez le poste téléphonique en chiffres, 8 au plus, ou laissez vide.",
    "own_roles": (
        "Demandez à une autre personne qui administre de changer vos rôles\u00a0: personne ne "
        "change les siens."
    ),
    "own_account": (
        "Demandez à une autre personne qui administre de le faire\u00a0: personne ne le fait pour "
        "son propre compte."
    ),
    "last_administrator": (
        "Donnez d’abord le rôle d’administration à une autre personne, et attendez sa première "
        "entrée\u00a0: il faut toujours quelqu’un pour ouvrir l’accès."
    ),
    "holds_files": (
        "Cochez la case pour remettre ses dossiers ouverts à affecter, ou faites-les affecter à "
        "quelqu’un d’autre (il y en a {count})."
    ),
    "already_in": (
        "Dites à cette personne de demander un nouveau mot de passe à la page d’entrée\u00a0: elle "
        "a déjà choisi le sien."
    ),
    "person_removed": "Rendez d’abord son accès à cette personne.",
    # Absences
    "absence_order": "Choisissez une fin qui vient le jour du début ou après.",
    "absence_over": "Choisissez une fin qui n’est pas déjà passée.",
    "absence_long": (
        "Choisissez une absence de deux ans au plus\u00a0: au-delà, retirez l’accès de la personne."
    ),
    "absence_overlaps": (
        "Changez les dates, ou annulez l’absence déjà inscrite du {from_on:date} au "
        "{until_on:date}."
    ),
    "absence_replaces": (
        "Changez d’abord la personne qui remplace\u00a0: la personne absente remplace quelqu’un du "
        "{from_on:date} au {until_on:date}."
    ),
    "substitute_away": (
        "Choisissez une autre personne\u00a0: celle-ci est absente du {from_on:date} au "
        "{until_on:date}."
    ),
    "substitute_same": "Choisissez quelqu’un d’autre que la personne absente.",
    "substitute_gone": "Choisissez une personne de la liste, qui a accès à Appui.",
    "absence_cancelled": (
        "Inscrivez d’abord une nouvelle absence\u00a0: celle-ci est annulée, la personne est là."
    ),
    "person_required": "Choisissez la personne absente.",
    "substitute_required": "Choisissez la personne qui remplace.",
}
