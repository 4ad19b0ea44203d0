"""What is said when a rule of requests for information refuses: always how to repair it."""

from collections.abc import Mapping

SENTENCES: Mapping[str, str] = {
    "question_required": "Écrivez la question\u00a0: une phrase suffit.",
    "question_too_long": (
        "Raccourcissez la question\u00a0: elle compte {length} caractères, {limit} au plus."
    ),
    "topic_required": "Choisissez le sujet de la demande.",
    "requester_required": "Écrivez un nom, pour savoir qui demander ou à qui écrire.",
    "requester_too_long": "Raccourcissez le nom\u00a0: {limit} caractères au plus.",
    "address_too_long": "Raccourcissez l’adresse\u00a0: {limit} caractères au plus.",
    "answer_by_unknown": "Choisissez comment la réponse doit parvenir à la personne.",
    "answer_email_required": "Pour une réponse par courriel, écrivez une adresse de courriel.",
    "answer_phone_required": "Pour une réponse par téléphone, écrivez un numéro de téléphone.",
    "answer_address_required": "Pour une réponse par la poste, écrivez une adresse complète.",
    "request_channel_unknown": "Choisissez comment la demande est arrivée.",
    "outlet_required": "Écrivez le nom du média.",
    "body_required": "Écrivez le nom de l’organisme public visé par la plainte.",
    "ministry_required": "Écrivez le nom du ministère ou de l’organisme public.",
    "agreement_unknown": "Choisissez l’accord invoqué dans la liste, ou «\u00a0Aucun\u00a0».",
    "tender_date_unreadable": "Vérifiez la date de l’appel d’offres\u00a0: jour, mois et année.",
    "detail_too_long": (
        "Raccourcissez cette réponse\u00a0: elle compte {length} caractères, {limit} au plus."
    ),
    "at_once_is_oral": (
        "On répond sur-le-champ au téléphone, au comptoir ou au kiosque. Pour une demande écrite, "
        "choisissez «\u00a0À traiter\u00a0»."
    ),
    "media_apart": (
        "Les demandes des médias vont aux personnes chargées des médias\u00a0: inscrivez celle-ci "
        "sans y répondre, elle leur parvient."
    ),
    "answer_date_required": "Annoncez la date à laquelle la personne aura sa réponse.",
    "answer_date_past": "Choisissez une date de réponse après aujourd’hui.",
    "answer_date_closed": (
        "Choisissez un autre jour\u00a0: nos bureaux sont fermés le {due_on:date}."
    ),
    "no_date_announced": (
        "Aucune date de réponse n’est annoncée\u00a0: accusez d’abord réception avec une date."
    ),
    "extension_not_later": (
        "Choisissez une date après le {announced:date}, la date annoncée jusqu’ici."
    ),
    "attempt_in_future": "Vérifiez la date et l’heure\u00a0: elles sont dans l’avenir.",
    "attempt_before_receipt": (
        "Vérifiez la date et l’heure\u00a0: la demande n’est arrivée que le {received_at:instant}."
    ),
    "call_outcome_required": "Choisissez ce que l’appel a donné.",
    "transferred_to_required": "Écrivez à qui vous avez passé la personne.",
    "reachable_still": (
        "Rappelez la personne\u00a0: il faut trois appels sans réponse, sur deux jours ouvrables "
        "au moins. Appels comptés\u00a0: {calls}; jours\u00a0: {days}."
    ),
    "request_closed": "Cette demande est fermée\u00a0: rien ne peut plus y être fait.",
    "request_taken_already": (
        "Cette demande est déjà entre les mains de {name}\u00a0: voyez avec cette personne."
    ),
    "transfer_reason_required": "Écrivez pourquoi la demande change de mains.",
    "person_cannot_answer": (
        "Choisissez une personne de la liste\u00a0: les autres ne répondent pas aux demandes."
    ),
    "reply_required": "Écrivez ce qui est dit à la personne.",
    "reply_channel_unknown": "Choisissez comment vous le dites à la personne.",
    "reply_without_email": (
        "La personne n’a pas donné d’adresse de courriel\u00a0: choisissez un autre moyen."
    ),
    "reply_without_address": (
        "La personne n’a pas donné d’adresse postale\u00a0: choisissez un autre moyen."
    ),
    "acknowledged_already": (
        "Rien à faire\u00a0: l’accusé de réception est déjà transmis. Vous pouvez encore annoncer "
        "une date de réponse si aucune ne l’est."
    ),
    "media_not_moved": (
        "La demande d’un média reste avec les personnes chargées des médias. "
        "Si elle vise des documents, dirigez-la vers la personne responsable de l’accès."
    ),
    "moved_already": "Le sujet de cette demande a déjà changé une fois\u00a0: il ne change plus.",
    "body_not_public": "Choisissez un organisme public de la liste.",
    "duplicate_number_unknown": (
        "Écrivez le numéro de l’autre demande de votre secrétariat, par exemple REN-2026-0007-X."
    ),
    "closing_reason_required": "Choisissez pourquoi la demande est fermée.",
    "saved_reply_title_required": "Donnez un titre à cette réponse type.",
    "saved_reply_title_taken": "Une autre réponse type porte déjà ce titre\u00a0: changez-le.",
    "placeholder_unknown": (
        "Corrigez «\u00a0{name}\u00a0»\u00a0: ce champ n’existe pas. "
        "Ceux qui existent\u00a0: {known}."
    ),
    "placeholder_left": "Remplacez «\u00a0{name}\u00a0» par ce qu’il faut dire à la personne.",
    "placeholder_open": "Fermez chaque accolade\u00a0: un champ s’écrit comme {{numero}}.",
}
