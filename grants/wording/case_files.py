"""The words of a case file's codes: channel, documents, mails."""

from collections.abc import Mapping

from grants.domain.next_step import Mail
from grants.wording import formats

CHANNELS: Mapping[str, str] = {
    "web": "en ligne",
    "post": "par la poste",
    "counter": "au comptoir",
    "fax": "par télécopieur",
    "email": "par courriel",
}
MESSAGES: Mapping[str, str] = {
    "acknowledgement": "Accusé de réception",
    "assignment": "Nom et téléphone de la personne responsable",
    "decision": "Décision prête à lire",
    "agreement": "Protocole d’entente",
    "agreement_received": "Réception du protocole signé et date du versement",
    "payment": "Versement fait",
    "payment_returned": "Versement retourné",
}
KINDS: Mapping[str, str] = {"application": "Demandes", "revision": "Révisions"}
DOCUMENTS: Mapping[str, str] = {
    "deposit_proof": "Preuve de dépôt",
    "decision_letter": "Lettre de décision",
    "signature_evidence": "Preuve de signature",
}


def revision_of(number: str) -> str:
    """ "Révision de DCD-2026-0007-X"."""
    return f"Révision de {number}"


def tries(count: int) -> str:
    """ "3 essais"."""
    return formats.count(count, "essai")


def mail_state(state: Mail, attempts: int) -> str:
    """What became of a mail, as the desk says it while it has not left."""
    words = {
        Mail.GONE: "Accepté par le serveur de courriel",
        Mail.QUEUED: "En file\u00a0: le courriel part de lui-même",
        Mail.RETRYING: (
            "Courriel en attente, le serveur de courriel ne répond pas "
            f"({tries(attempts)}); il partira de lui-même"
        ),
        Mail.FAILED: f"Courriel refusé par le serveur de courriel ({tries(attempts)})",
        Mail.MISSING: "Aucun courriel prévu",
        Mail.REPLACED: "Pas envoyé\u00a0: un autre message l’a remplacé",
    }
    return words[state]
