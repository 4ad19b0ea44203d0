"""The French sentence of each refusal about bank details, payments and their file."""

from collections.abc import Mapping

SENTENCES: Mapping[str, str] = {
    # Coordonnées bancaires
    "institution_invalid": (
        "Écrivez seulement les trois chiffres de l’institution, par exemple 815."
    ),
    "transit_invalid": (
        "Écrivez seulement les cinq chiffres du transit, sans ceux de l’institution."
    ),
    "account_invalid": "Écrivez le numéro du compte, de 4 à 12\u00a0chiffres.",
    "payee_name_invalid": (
        "Écrivez le nom du bénéficiaire en 1 à {limit}\u00a0caractères\u00a0: majuscules sans "
        "accent, chiffres, espaces, traits d’union, apostrophes droites et & ( ) . , / seulement."
    ),
    "same_account": (
        "Gardez le compte actuel\u00a0: celui-ci est le même, et il est déjà vérifié."
    ),
    "organization_online": (
        "Demandez à la personne responsable de l’organisme de donner ce compte dans son espace."
    ),
    "entered_by_you": (
        "Demandez à une autre personne de vérifier ce compte, que vous avez inscrit vous-même."
    ),
    "newer_account": (
        "Revenez à la liste des comptes à vérifier\u00a0: l’organisme a donné un compte plus "
        "récent."
    ),
    "already_verified": (
        "Revenez à la liste des comptes à vérifier\u00a0: une autre personne a vérifié celui-ci."
    ),
    "confirmed_with_required": "Écrivez le nom de la personne qui a confirmé le compte.",
    # Fichier bancaire
    "bank_file_empty": "Ajoutez au moins un versement au lot\u00a0: son fichier serait vide.",
    "bank_file_field": (
        "Corrigez {words} ({where})\u00a0: cette valeur ne convient pas au fichier bancaire."
    ),
    "bank_file_broken": (
        "Ne transmettez pas ce fichier bancaire, abîmé à la ligne {line}\u00a0: produisez-le "
        "de nouveau."
    ),
    "bank_file_differs": (
        "Ne transmettez pas ce fichier bancaire, qui diffère du lot approuvé\u00a0: "
        "produisez-le de nouveau."
    ),
    # Retours
    "return_code_unknown": (
        "Vérifiez le code de retour\u00a0: {given} n’est pas un code de paiement retourné."
    ),
}

FILE_FIELDS: Mapping[str, str] = {
    "account": "le numéro du compte",
    "amount": "le montant",
    "count": "le nombre de versements",
    "creation_date": "la date du fichier",
    "cross_reference": "la référence",
    "currency": "la devise",
    "data_centre": "le centre de traitement",
    "file_creation_number": "le numéro du fichier",
    "funds_on": "la date du versement",
    "long_name": "le nom long de l’émetteur",
    "originator_id": "le numéro d’émetteur",
    "payee_name": "le nom du bénéficiaire",
    "payments_per_record": "le nombre de versements par ligne",
    "preamble": "la ligne placée avant le fichier",
    "return_account": "le compte des retours",
    "return_routing": "l’institution et le transit des retours",
    "routing": "l’institution et le transit",
    "short_name": "le nom court de l’émetteur",
    "sundry": "la note du versement",
    "total": "le total du fichier",
    "transaction_code": "le code d’opération",
}
