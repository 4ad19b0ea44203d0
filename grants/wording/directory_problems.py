"""The French sentence of each refusal about the directory and its referrals."""

from collections.abc import Mapping

SENTENCES: Mapping[str, str] = {
    "resource_name_required": "Écrivez le nom de la ressource.",
    "resource_purpose_required": "Dites en une phrase ce que la ressource offre.",
    "resource_need_required": "Cochez au moins un besoin auquel la ressource répond.",
    "resource_unreachable": (
        "Donnez au moins un moyen de joindre la ressource\u00a0: téléphone, courriel ou site Web."
    ),
    "resource_retired": (
        "Choisissez une autre ressource, ou ajoutez-la de nouveau\u00a0: celle-ci est retirée du "
        "répertoire."
    ),
    "resource_named_by_rules": (
        "Modifiez ses coordonnées au besoin\u00a0: nos lettres et nos courriels y envoient les "
        "gens, elle reste au répertoire."
    ),
    "resource_unknown": (
        "Choisissez une ressource de la liste\u00a0: celle-là n’est plus au répertoire."
    ),
    "already_referred": (
        "Choisissez une autre ressource\u00a0: ce dossier a déjà une orientation vers celle-là."
    ),
    "consent_required": "Dites si la personne accepte que nous parlions d’elle à la ressource.",
    "handed_over_without_consent": (
        "Décochez «\u00a0Nous avons joint la ressource\u00a0»\u00a0: sans l’accord de la personne, "
        "nous donnons seulement les coordonnées."
    ),
    "referral_outcome_required": "Choisissez ce que l’orientation a donné.",
    "referral_outcome_known": (
        "Revenez au dossier\u00a0: ce que l’orientation a donné est déjà inscrit et le reste."
    ),
}
