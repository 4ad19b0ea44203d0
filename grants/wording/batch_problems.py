"""The French sentence of each refusal about what is to pay, batches and returned payments."""

from collections.abc import Mapping

SENTENCES: Mapping[str, str] = {
    # Lignes à payer
    "not_signed": (
        "Attendez la signature du protocole du dossier {case_number}\u00a0: sans elle, rien ne "
        "se verse."
    ),
    "condition_not_met": (
        "Attendez que la personne responsable du dossier {case_number} confirme la condition de "
        "ce versement."
    ),
    "account_missing": (
        "Demandez les coordonnées bancaires de l’organisme du dossier {case_number}\u00a0: nous "
        "n’en avons pas."
    ),
    "account_unverified": (
        "Faites d’abord vérifier par téléphone le compte de l’organisme du dossier {case_number}."
    ),
    "returned_account": (
        "Demandez un autre compte à l’organisme du dossier {case_number}\u00a0: la banque a "
        "refusé celui-ci."
    ),
    "over_bank_limit": (
        "Avisez la gestion\u00a0: le versement du dossier {case_number} dépasse ce qu’un fichier "
        "bancaire accepte, 99\u00a0999\u00a0999,99\u00a0$."
    ),
    "account_changed": (
        "Retirez la ligne du dossier {case_number}, puis ajoutez-la de nouveau une fois le compte "
        "vérifié\u00a0: l’organisme a changé de compte depuis la préparation du lot."
    ),
    "already_in_batch": (
        "Relisez la liste à payer\u00a0: un versement du dossier {case_number} est déjà dans un "
        "lot, ou déjà versé."
    ),
    "no_condition": (
        "Rien à confirmer\u00a0: ce versement ne dépend que de la signature du protocole."
    ),
    # Date des fonds
    "funds_in_past": "Choisissez une date d’aujourd’hui ou plus tard pour les fonds.",
    "funds_too_far": (
        "Choisissez une date plus proche\u00a0: la banque accepte au plus {limit}\u00a0jours "
        "d’avance."
    ),
    "funds_not_business_day": (
        "Choisissez un jour ouvrable pour les fonds\u00a0: ni samedi, ni dimanche, ni jour férié."
    ),
    # Lots
    "batch_empty": "Choisissez au moins un versement à mettre dans le lot.",
    "no_bank_profile": (
        "Demandez à la gestion d’inscrire le profil bancaire du secrétariat\u00a0: sans lui, "
        "aucun lot ne se prépare."
    ),
    "stale_batch": (
        "Ce lot a changé depuis que vous l’avez ouvert\u00a0: relisez-le, puis recommencez."
    ),
    "batch_closed": (
        "Ce lot ne change plus\u00a0: il est annulé, ou son fichier est déjà demandé."
    ),
    "no_bank_file": "Attendez la création du fichier\u00a0: ce lot n’en a pas encore.",
    "batch_not_approved": "Faites d’abord approuver ce lot par une autre personne.",
    "batch_prepared_by_you": "Demandez à une autre personne\u00a0: vous avez préparé ce lot.",
    "batch_edited_by_you": (
        "Demandez à une autre personne\u00a0: vous avez fait le dernier changement à ce lot."
    ),
    "batch_account_by_you": (
        "Demandez à une autre personne\u00a0: vous avez inscrit ou vérifié un compte de ce lot."
    ),
    "batch_conflict": (
        "Demandez à une autre personne\u00a0: vous avez déclaré un conflit d’intérêts avec un "
        "organisme de ce lot."
    ),
    # Retours
    "payment_not_released": (
        "Vérifiez la ligne\u00a0: seul un versement fait, et pas encore retourné, peut revenir."
    ),
    "returned_before_release": (
        "Vérifiez la date du retour\u00a0: le fichier n’est parti que le {released_on:date}."
    ),
}
