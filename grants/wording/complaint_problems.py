"""What complaints refuse, and how to repair it."""

from collections.abc import Mapping

SENTENCES: Mapping[str, str] = {
    "complaint_words_required": "Écrivez ce qui s’est passé, avec les mots de la personne.",
    "complaint_name_required": "Écrivez le nom de la personne.",
    "complaint_answer_by_required": "Choisissez comment la réponse doit être donnée.",
    "complaint_email_required": "Écrivez l’adresse de courriel où répondre.",
    "complaint_phone_required": "Écrivez le numéro de téléphone où répondre.",
    "complaint_address_required": "Écrivez l’adresse postale où répondre.",
    "complaint_act_unavailable": (
        "Relisez la page\u00a0: ce geste ne convient plus à l’état de la plainte."
    ),
    "complaint_way_unknown": (
        "Choisissez un autre moyen\u00a0: la personne n’a pas laissé ses coordonnées pour celui-ci."
    ),
    "complaint_told_before_receipt": (
        "Écrivez une date égale ou postérieure à la réception de la plainte."
    ),
    "complaint_finding_required": "Choisissez ce que l’examen a établi.",
    "complaint_comment_required": "Écrivez ce que l’examen a établi, et sur quoi il s’appuie.",
    "complaint_recommendation_required": (
        "Écrivez la recommandation, ou le motif de n’en faire aucune."
    ),
    "complaint_one_recommendation": (
        "Gardez la recommandation ou le motif de n’en faire aucune, pas les deux."
    ),
    "complaint_answer_required": "Écrivez la réponse à la personne.",
    "complaint_done_required": "Choisissez ce qu’est devenue la recommandation.",
    "complaint_outcome_required": "Écrivez ce qui a été fait, ou pourquoi rien ne l’a été.",
    "complaint_no_recommendation": (
        "Fermez la plainte directement\u00a0: elle n’a pas de recommandation à suivre."
    ),
    "complaint_answer_unsent": (
        "Attendez que le courriel soit parti, ou inscrivez que le message est donné autrement."
    ),
    "complaint_follow_up_missing": (
        "Inscrivez d’abord ce qu’est devenue la recommandation, puis fermez la plainte."
    ),
    "complaint_message_gone": "Ce message est déjà parti\u00a0: il n’y a rien à inscrire.",
    "complaint_reader_unknown": "Choisissez une des personnes proposées.",
    "complaint_needs_officer": (
        "Demandez d’abord qu’une autre personne soit désignée pour les plaintes de votre "
        "secrétariat\u00a0: sans elle, personne ne pourrait terminer celle-ci."
    ),
}
