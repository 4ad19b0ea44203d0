"""The French sentence of each refusal: it says how to repair it.

A sentence takes its facts by name; `{minimum:money}` writes cents as an amount and `{day:date}`
a date in words. A test asks that every code of the product be here.
"""

from collections.abc import Mapping
from datetime import date, datetime
from string import Formatter
from typing import Any

from grants.domain.errors import DomainError
from grants.wording import (
    account_problems,
    agreement_problems,
    batch_problems,
    calculator_problems,
    complaint_problems,
    decision_problems,
    directory_problems,
    formats,
    payment_problems,
    people_problems,
    reference_problems,
    request_problems,
    results_problems,
    review_problems,
    tracking_problems,
)

SENTENCES: Mapping[str, str] = {
    **account_problems.SENTENCES,
    **batch_problems.SENTENCES,
    **complaint_problems.SENTENCES,
    **calculator_problems.SENTENCES,
    **agreement_problems.SENTENCES,
    **decision_problems.SENTENCES,
    **directory_problems.SENTENCES,
    **payment_problems.SENTENCES,
    **people_problems.SENTENCES,
    **reference_problems.SENTENCES,
    **request_problems.SENTENCES,
    **results_problems.SENTENCES,
    **review_problems.SENTENCES,
    **tracking_problems.SENTENCES,
    # Champs de formulaire
    "required": "Répondez à cette question.",
    "choice_required": "Choisissez une réponse.",
    "multi_required": "Choisissez au moins une réponse.",
    "date_required": "Écrivez le jour, le mois et l’année.",
    "attest_required": "Cochez cette case pour confirmer.",
    "file_required": "Ajoutez ce document, exigé pour envoyer la demande.",
    "rows_required": "Remplissez au moins une ligne.",
    "rows_too_few": "Il faut au moins {minimum} lignes remplies; vous en avez {count}.",
    "text_too_long": (
        "Raccourcissez ce texte à {limit}\u00a0caractères ou moins (il en compte {length})."
    ),
    "int_format": "Écrivez un nombre entier, en chiffres seulement.",
    "below_minimum": "Écrivez un nombre égal ou supérieur à {minimum}.",
    "above_maximum": "Écrivez un nombre égal ou inférieur à {maximum}.",
    "choice_unknown": "Choisissez une des réponses proposées.",
    "bool_unknown": "Répondez par oui ou par non.",
    # Montants
    "money_format": "Écrivez le montant en chiffres, par exemple 1\u00a0250,00.",
    "money_decimals": (
        "Écrivez les cents avec deux chiffres après la virgule, par exemple 1\u00a0250,50."
    ),
    "money_negative": "Écrivez un montant sans le signe moins.",
    "money_too_large": "Vérifiez ce montant, qui dépasse {limit:money}.",
    "money_below_minimum": "Écrivez un montant d’au moins {minimum:money}.",
    "amount_below_terms": "Demandez au moins {minimum:money}, le minimum de ce programme.",
    "amount_above_terms": "Demandez au plus {maximum:money}, le maximum de ce programme.",
    "rows_below_amount": (
        "Répartissez encore {gap:money} (total des postes de {total:money}, montant demandé "
        "de {expected:money})."
    ),
    "rows_above_amount": (
        "Retranchez {gap:money} (total des postes de {total:money}, montant demandé de "
        "{expected:money})."
    ),
    # Dates
    "date_incomplete": "Complétez la date avec le jour, le mois et l’année.",
    "date_format": "Écrivez la date en chiffres, par exemple 9, 11 et 2026.",
    "date_year": "Écrivez l’année avec quatre chiffres, par exemple 2026.",
    "date_impossible": "Vérifiez le jour et le mois, car cette date n’existe pas.",
    # Identité et coordonnées
    "neq_digits": "Écrivez seulement les dix chiffres du NEQ.",
    "neq_length": "Écrivez les dix chiffres du NEQ (vous en avez écrit {count}).",
    "neq_prefix": "Vérifiez le NEQ, qui commence par 11, 22, 33 ou 88.",
    "charity_format": (
        "Écrivez neuf chiffres, les lettres RR, puis quatre chiffres, par exemple "
        "123026635 RR 0001."
    ),
    "charity_check": "Vérifiez les neuf premiers chiffres, dont l’un semble erroné.",
    "postal_format": "Écrivez le code postal sous la forme G1S 2J5.",
    "phone_format": "Écrivez un numéro de dix chiffres, par exemple 418\u00a0646-9270, poste 123.",
    "email_accents": "Écrivez l’adresse de courriel sans accent ni cédille.",
    "email_format": "Écrivez l’adresse de courriel au complet, par exemple nom@exemple.quebec.",
    "url_format": "Écrivez l’adresse du site au complet, par exemple www.exemple.quebec.",
    "case_number_range": (
        "Ce numéro de dossier ne peut pas être formé\u00a0: vérifiez le préfixe, l’année "
        "et le rang."
    ),
    # Appels
    "program_unknown": "Vérifiez le code du programme\u00a0: {program} n’existe pas.",
    "program_without_terms": "Choisissez une ouverture plus tardive, car ce programme n’a pas "
    "encore de règles à cette date.",
    "call_dates": "Choisissez une clôture qui suit l’ouverture.",
    # Délais et pages
    "form_expired": (
        "Cette page était ouverte depuis trop longtemps\u00a0: revenez à la page précédente, "
        "rechargez-la, puis recommencez."
    ),
    "stale_page": (
        "Cette page a changé depuis que vous l’avez ouverte\u00a0: relisez-la, puis recommencez."
    ),
    "delay_not_positive": (
        "Écrivez un délai d’au moins une unité\u00a0: {quantity} ne convient pas."
    ),
    "hours_not_whole_days": (
        "Écrivez un nombre d’heures qui forme des jours entiers, par exemple 24\u00a0: "
        "{quantity} ne convient pas."
    ),
    "year_without_days_off": (
        "Les jours fériés de {year} ne sont pas inscrits\u00a0: demandez à la gestion de "
        "les ajouter."
    ),
    # Accès et dossier
    "not_allowed": (
        "Votre accès ne permet pas ce geste\u00a0: adressez-vous à la personne responsable."
    ),
    "act_not_possible": (
        "L’état du dossier ne permet plus ce geste\u00a0: relisez la page du dossier."
    ),
    # Organisme et équipe
    "organization_known": ("Cet organisme est déjà inscrit\u00a0: demandez à le rejoindre."),
    "legal_name_length": "Écrivez le nom légal de l’organisme, de 2 à 200\u00a0caractères.",
    "last_responsible": (
        "Nommez d’abord une autre personne responsable\u00a0: il en faut toujours une."
    ),
    # Appels et envoi
    "call_not_open": (
        "Cet appel n’est pas encore ouvert\u00a0: revenez à partir du {opens_at:instant}."
    ),
    "call_closed": (
        "Cet appel est fermé depuis le {closes_at:instant}\u00a0: téléphonez-nous pour savoir "
        "ce qui reste possible."
    ),
    "call_opens_after_receipt": (
        "Vérifiez l’appel et la date de réception\u00a0: cet appel n’ouvre que le "
        "{opens_at:instant}."
    ),
    "call_closed_at_receipt": (
        "Vérifiez l’appel et la date de réception\u00a0: cet appel a fermé le {closes_at:instant}."
    ),
    "already_sent": "Cette demande est déjà envoyée\u00a0: son numéro est sur la page du dossier.",
    "incomplete": (
        "Complétez la demande avant de l’envoyer\u00a0: la page «\u00a0Vérifier et envoyer\u00a0» "
        "montre ce qui manque."
    ),
    "amount_unreadable": (
        "Écrivez le montant demandé en chiffres\u00a0: sans lui, le dossier ne peut pas être "
        "ouvert."
    ),
    "channel_unknown": "Choisissez comment la demande est arrivée.",
    "receipt_in_future": "Vérifiez la date de réception\u00a0: elle est dans l’avenir.",
    "receipt_missing": "Écrivez la date et l’heure de réception de la demande.",
    # Fichiers
    "file_missing": "Choisissez un fichier, puis appuyez sur «\u00a0Envoyer ce fichier\u00a0».",
    "file_empty": (
        "Le fichier «\u00a0{name}\u00a0» est vide\u00a0: ouvrez-le pour le vérifier, puis "
        "choisissez-le de nouveau."
    ),
    "file_too_large": (
        "Le fichier «\u00a0{name}\u00a0» dépasse 15\u00a0Mo\u00a0: réduisez-le, ou envoyez-le "
        "en deux parties."
    ),
    "file_type": (
        "Le fichier «\u00a0{name}\u00a0» n’est ni un PDF ni une photo JPEG ou PNG\u00a0: "
        "enregistrez-le en PDF, ou photographiez les pages."
    ),
    "file_protected": (
        "Le fichier «\u00a0{name}\u00a0» est protégé par un mot de passe\u00a0: enregistrez-le "
        "sans mot de passe, ou photographiez les pages."
    ),
    "file_broken": (
        "Le fichier «\u00a0{name}\u00a0» ne s’ouvre pas\u00a0: enregistrez-le de nouveau, ou "
        "photographiez les pages."
    ),
    "file_too_many_pages": (
        "Le fichier «\u00a0{name}\u00a0» compte plus de {limit} pages\u00a0: envoyez-le en "
        "plusieurs parties."
    ),
    "image_too_large": (
        "La photo «\u00a0{name}\u00a0» est trop grande\u00a0: réduisez-la, ou enregistrez-la "
        "en PDF."
    ),
    "too_many_files": (
        "Vous avez déjà {limit} fichiers ici\u00a0: retirez-en un avant d’en ajouter un autre."
    ),
    "file_not_asked": "Ce document n’est pas demandé ici\u00a0: revenez à la liste des tâches.",
    "file_already_sent": "Ce fichier fait partie d’une demande envoyée\u00a0: il ne change plus.",
    "storage_full": (
        "Nous ne pouvons pas recevoir de fichier en ce moment\u00a0: vos réponses sont "
        "conservées. Réessayez plus tard, ou téléphonez-nous."
    ),
    # Bureau
    "nobody_possible": (
        "Demandez à la gestion de nommer une autre personne\u00a0: la règle écarte toutes celles "
        "du secrétariat."
    ),
    "person_not_possible": (
        "Choisissez une autre personne\u00a0: un conflit d’intérêts est déclaré, ou elle a pris "
        "part à la première décision ou à sa révision."
    ),
    # Révision
    "revision_not_granted": (
        "Ce programme ne prévoit pas de révision\u00a0: la lettre de décision dit quels autres "
        "recours restent."
    ),
    "revision_all_granted": (
        "Rien à réviser\u00a0: la décision accorde tout le montant demandé, comme le dit sa lettre."
    ),
    "revision_of_revision": (
        "Cette décision est celle d’une révision, et il n’y en a qu’une par demande\u00a0: la "
        "lettre dit quels autres recours restent."
    ),
    "revision_asked_already": (
        "La révision de cette décision est déjà demandée\u00a0: suivez-la à sa propre page."
    ),
    "revision_too_late": (
        "Le dernier jour pour demander cette révision était le {recourse_until:date}\u00a0: la "
        "lettre de décision dit quels autres recours restent."
    ),
    "revision_before_decision": (
        "Vérifiez la date de réception\u00a0: la lettre de décision est du {letter_on:date}."
    ),
    "grounds_required": (
        "Écrivez pourquoi la décision devrait changer\u00a0: quelques phrases suffisent."
    ),
    "assignment_reason_required": ("Écrivez pourquoi le dossier ne va pas à la personne proposée."),
    "already_acknowledged": (
        "Rien à inscrire\u00a0: l’accusé de réception de ce dossier est déjà transmis."
    ),
    "posted_before_receipt": (
        "Vérifiez la date\u00a0: la demande n’est arrivée que le {received_on:date}."
    ),
    "date_in_future": "Vérifiez la date\u00a0: elle est dans l’avenir.",
    "mail_not_given_up": (
        "Rien à relancer\u00a0: ce courriel est parti, ou il attend encore son tour."
    ),
    "conflict_reason_required": "Écrivez en quelques mots votre lien avec l’organisme.",
    "time_format": "Écrivez l’heure en chiffres, par exemple 9\u00a0h\u00a030 ou 14:05.",
    "time_impossible": "Vérifiez l’heure\u00a0: elle va de 0\u00a0h à 23\u00a0h\u00a059.",
}


def sentence(error: DomainError) -> str:
    """What to tell the person whom a rule refused. KeyError for a code without a sentence."""
    return sentence_for(error.code, error.facts)


def sentence_for(code: str, facts: Mapping[str, object]) -> str:
    """The sentence of a code with its facts written in. KeyError when one of them is missing."""
    return _WRITER.vformat(SENTENCES[code], (), facts)


class _FactWriter(Formatter):
    """Writes amounts and dates of a sentence as people read them."""

    def format_field(self, value: Any, format_spec: str) -> str:
        if format_spec == "money" and isinstance(value, int):
            return formats.money(value)
        if format_spec == "date" and isinstance(value, date):
            return formats.date_short(value)
        if format_spec == "instant" and isinstance(value, datetime):
            return formats.instant(value)
        return str(super().format_field(value, format_spec))


_WRITER = _FactWriter()
