"""The French sentence of each refusal about the review of a file and conflicts of interest."""

from collections.abc import Mapping

SENTENCES: Mapping[str, str] = {
    "not_your_file": (
        "Demandez à la personne responsable du dossier de faire ce geste\u00a0: le dossier n’est "
        "pas à votre nom."
    ),
    "conflict_declared": (
        "Laissez ce dossier à une autre personne\u00a0: vous avez déclaré un conflit d’intérêts "
        "avec cet organisme."
    ),
    # Documents
    "document_state_required": "Dites ce qu’il en est de ce document.",
    "document_always_needed": (
        "Choisissez une autre réponse\u00a0: le programme exige ce document de tous les organismes."
    ),
    "document_note_required": "Écrivez en quelques mots ce qui manque ou ce qui ne va pas.",
    "document_unknown": (
        "Rechargez la page\u00a0: ce document ne fait pas partie de ceux du programme."
    ),
    # Critères
    "criterion_unknown": "Rechargez la page\u00a0: ce critère ne fait pas partie du programme.",
    "criterion_note_required": (
        "Écrivez pourquoi\u00a0: une note accompagne tout avis autre que «\u00a0conforme\u00a0»."
    ),
    "evidence_unknown": "Rechargez la page\u00a0: une des pièces n’appartient pas à ce dossier.",
    # Recommandation
    "review_not_complete": (
        "Terminez d’abord l’analyse\u00a0: un document n’est pas vérifié, ou un critère reste à "
        "évaluer ou à documenter."
    ),
    "outcome_not_eligible": (
        "Choisissez un refus, ou le maintien pour une révision, ou faites revoir le critère "
        "«\u00a0{criterion}\u00a0»\u00a0: il est exigé et jugé non conforme."
    ),
    "amount_not_of_outcome": (
        "Vérifiez le montant\u00a0: il est entier si la demande est acceptée, nul si elle ne "
        "l’est pas."
    ),
    "amount_not_in_part": (
        "Écrivez un montant plus grand que zéro et plus petit que {requested:money}, le montant "
        "demandé."
    ),
    "recommendation_reasons_required": "Écrivez les motifs de votre recommandation.",
}
