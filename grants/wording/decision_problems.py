"""The French sentence of each refusal about decisions and their money."""

from collections.abc import Mapping

SENTENCES: Mapping[str, str] = {
    # Décision
    "outcome_required": "Choisissez une des décisions proposées.",
    "granted_not_whole": (
        "Accordez tout le montant demandé, {requested:money}, ou choisissez "
        "«\u00a0Accepter en partie\u00a0»."
    ),
    "granted_not_part": (
        "Écrivez un montant plus grand que zéro et plus petit que le montant demandé, "
        "{requested:money}."
    ),
    "granted_not_nothing": "Retirez le montant\u00a0: cette décision n’accorde rien.",
    "reason_required": "Cochez au moins un motif\u00a0: la lettre ne part pas sans motif.",
    "reason_unknown": "Choisissez les motifs dans la liste du programme.",
    "explanation_required": "Expliquez la décision en mots simples\u00a0: l’organisme vous lira.",
    "alternative_required": (
        "Proposez une solution de rechange, ou dites pourquoi aucune n’est connue."
    ),
    "alternative_and_none": (
        "Gardez une seule réponse\u00a0: une solution de rechange, ou pourquoi aucune n’est connue."
    ),
    "alternative_call_unknown": (
        "Choisissez un appel de la liste\u00a0: celui-là est fermé, ou ce n’est pas un autre appel."
    ),
    "send_back_reason_required": "Écrivez ce que l’analyse doit reprendre.",
    "own_recommendation": (
        "Laissez une autre personne décider\u00a0: vous avez recommandé cette décision."
    ),
    "part_in_analysis": (
        "Laissez une autre personne décider\u00a0: vous avez analysé ou affecté ce dossier."
    ),
    "part_in_first_handling": (
        "Laissez une autre personne agir\u00a0: vous avez pris part à la première "
        "décision ou à sa révision."
    ),
    # Enveloppe
    "no_envelope": (
        "Demandez aux finances d’inscrire l’enveloppe {program} de {year}\u00a0: sans elle, aucun "
        "montant ne peut être accordé."
    ),
    "envelope_short": (
        "Réduisez le montant, ou inscrivez la demande au registre permanent\u00a0: il reste "
        "{available:money} dans l’enveloppe."
    ),
    "envelope_below_used": (
        "Écrivez au moins {used:money}\u00a0: les décisions prises ont déjà engagé ce montant."
    ),
    "fiscal_year_unknown": (
        "Écrivez l’année du 1er\u00a0avril où l’exercice commence, de {first} à {last}."
    ),
}
