"""The French sentence of each refusal about accounts and sign-in."""

from collections.abc import Mapping

SENTENCES: Mapping[str, str] = {
    # Compte
    "name_length": "Écrivez votre prénom et votre nom, de 2 à 120\u00a0caractères.",
    "notice_required": "Cochez cette case pour confirmer que vous avez lu l’avis.",
    "email_taken": "Cette adresse de courriel a déjà un compte\u00a0: choisissez-en une autre.",
    "secretariat_unknown": (
        "Aucun secrétariat ne porte le code {secretariat}\u00a0: vérifiez-le, par exemple SACA."
    ),
    # Mot de passe
    "password_required": "Écrivez votre mot de passe.",
    "password_empty": "Choisissez un mot de passe.",
    "password_short": (
        "Choisissez un mot de passe d’au moins {minimum}\u00a0caractères\u00a0: le vôtre en "
        "compte {count}."
    ),
    "password_long": "Choisissez un mot de passe d’au plus {maximum}\u00a0caractères.",
    "password_common": (
        "Choisissez un mot de passe moins courant\u00a0: celui-ci serait essayé en premier."
    ),
    "password_personal": (
        "Choisissez un mot de passe qui n’est ni votre nom ni votre adresse de courriel."
    ),
    "link_dead": "Ce lien a déjà servi, ou son délai est passé\u00a0: demandez-en un autre.",
    # Entrée
    "sign_in_email_required": "Écrivez votre adresse de courriel.",
    "sign_in_wrong": (
        "Vérifiez l’adresse de courriel et le mot de passe\u00a0: ensemble, ils ne "
        "correspondent à aucun compte."
    ),
    "code_required": "Écrivez le code de six chiffres.",
    "code_wrong": (
        "Vérifiez ce code ou demandez-en un autre\u00a0: il est inexact, ou il n’est plus valable."
    ),
    "totp_wrong": (
        "Attendez le prochain code de votre application et écrivez-le\u00a0: celui-ci est "
        "inexact, ou il a déjà servi."
    ),
    "too_many_tries": (
        "Attendez {minutes}\u00a0min, puis recommencez\u00a0: il y a eu trop d’essais. "
        "Rien n’est perdu."
    ),
    # Confirmation de l’identité
    "password_wrong": "Vérifiez votre mot de passe\u00a0: ce n’est pas celui de votre compte.",
    "totp_not_enrolled": (
        "Déconnectez-vous, puis entrez de nouveau\u00a0: votre application d’authentification "
        "n’est pas encore installée."
    ),
    "identity_not_confirmed": (
        "Confirmez d’abord que c’est bien vous, puis recommencez ce geste\u00a0: la confirmation "
        "vaut cinq minutes et un seul geste."
    ),
}
