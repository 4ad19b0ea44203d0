"""The French sentence of each refusal about agreements and their signature."""

from collections.abc import Mapping

SENTENCES: Mapping[str, str] = {
    # Rédaction
    "agreement_dates": "Choisissez une fin qui suit le début, le {starts_on:date}.",
    "address_required": "Écrivez l’adresse du siège de l’organisme.",
    "project_title_required": "Écrivez le titre du projet.",
    "signatory_name_required": "Écrivez le prénom et le nom de la personne qui signera sur papier.",
    "signatory_role_required": "Écrivez la fonction de la personne qui signe.",
    "signatory_unknown": (
        "Choisissez une personne de la liste\u00a0: celle-là n’est plus responsable de l’organisme."
    ),
    "signatory_left": (
        "Faites rédiger une autre version\u00a0: la personne qui devait signer n’est plus "
        "responsable de l’organisme."
    ),
    "resolution_number_required": "Écrivez le numéro de la résolution du conseil.",
    "resolution_in_future": "Vérifiez la date de la résolution\u00a0: elle est dans l’avenir.",
    # Délivrance
    "agreement_two_persons": (
        "Demandez à une autre personne de délivrer ce protocole\u00a0: vous l’avez rédigé."
    ),
    # Signature
    "agreement_changed": (
        "Relisez le protocole avant de continuer\u00a0: il a changé depuis que cette page est "
        "ouverte."
    ),
    "agreement_not_issued": (
        "Attendez que le fichier du protocole soit prêt\u00a0: il n’y a pas encore de document à "
        "signer."
    ),
    "agreement_signed": (
        "Rien à inscrire\u00a0: la signature de ce protocole est déjà inscrite au dossier."
    ),
    "not_the_signatory": (
        "Demandez à la personne nommée au protocole de le signer\u00a0: la résolution ne nomme "
        "qu’elle."
    ),
    "scan_missing": "Ajoutez la numérisation du protocole signé.",
    "returned_before_issue": (
        "Vérifiez la date\u00a0: le protocole n’a été délivré que le {issued_on:date}."
    ),
}
