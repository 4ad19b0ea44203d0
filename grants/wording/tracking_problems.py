"""The French sentence of each refusal on the forms that need no account."""

from collections.abc import Mapping

SENTENCES: Mapping[str, str] = {
    "office_required": "Choisissez à qui vous écrivez\u00a0: dans le doute, prenez le premier.",
    "message_required": "Écrivez ce que vous voulez nous dire\u00a0: quelques mots suffisent.",
    "message_answer_by_required": ("Choisissez comment vous voulez la réponse, ou restez anonyme."),
    "message_name_required": (
        "Écrivez votre nom, ou choisissez de rester anonyme, sans réponse de notre part."
    ),
    "tracking_number_required": "Écrivez le numéro que nous vous avons donné.",
    "tracking_email_required": "Écrivez l’adresse de courriel que vous nous avez donnée.",
}
