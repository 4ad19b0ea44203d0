"""What advisors and deciders of the demonstration write."""

from collections.abc import Mapping

UNMET = "AC3"
UNMET_NOTE = (
    "La dernière assemblée générale dont nous avons le procès-verbal date de plus de deux ans, et "
    "trois sièges du conseil sur sept sont vacants."
)
GROUNDS = "Procès-verbal de l’assemblée de fondation demandé par téléphone; promis cette semaine."
UNCHANGED_NOTE = "Aucun changement depuis la dernière demande."
MISSING_NOTE = "Demandé par courriel; l’organisme l’adopte à sa prochaine séance du conseil."

NOTES: Mapping[str, str] = {
    "AC2": "Deux quartiers du territoire ne sont pas encore représentés au conseil.",
    "ACA7": "Des ateliers ont lieu chaque mois; la mobilisation reste à structurer.",
    "DCD3": "Une seule action collective cette année; deux sont annoncées au plan d’action.",
}

REASONS: Mapping[str, tuple[str, ...]] = {
    "accepted": ("complete",),
    "accepted_in_part": ("not_covered", "funds"),
    "refused": ("criteria",),
    "upheld": ("criteria",),
    "standby": ("funds",),
}

EXPLANATIONS: Mapping[str, str] = {
    "accepted": (
        "La demande remplit tous les critères du programme. Le budget est réaliste et la mission "
        "répond à un besoin que d’autres organismes du territoire confirment."
    ),
    "accepted_in_part": (
        "La demande remplit les critères du programme. Les frais de déplacement hors du Québec et "
        "l’achat d’équipement ne sont pas couverts, et les fonds de l’année ne permettent pas de "
        "verser tout le reste."
    ),
    "refused": (
        "Le critère de la vie associative et démocratique n’est pas rempli. L’assemblée générale "
        "n’a pas été tenue depuis plus de deux ans et le conseil n’a pas le nombre de personnes "
        "que ses règlements exigent.\n\nLes autres critères sont remplis. Une nouvelle demande "
        "pourra être étudiée dès que l’assemblée aura élu un conseil complet."
    ),
    "upheld": (
        "Nous avons repris l’examen du dossier au complet. L’assemblée tenue depuis la première "
        "décision ne peut pas être prise en compte pour l’année demandée; la décision demeure."
    ),
    "standby": (
        "La demande est admissible, mais les fonds de l’année sont engagés. Elle est inscrite au "
        "registre permanent, d’où elle peut être reprise si des fonds deviennent disponibles."
    ),
}

ALTERNATIVE = (
    "La corporation de développement communautaire de votre territoire accompagne les organismes "
    "dans la relance de leur vie démocratique, sans frais."
)
NO_ALTERNATIVE = (
    "Aucun autre programme ne finance la mission d’un organisme dont le conseil est incomplet. "
    "La personne qui suit votre dossier peut relire avec vous une prochaine demande."
)
