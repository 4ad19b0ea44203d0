"""The journal of a file in French sentences: one per kind of event."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from grants.wording import (
    bank_returns,
    directory_events,
    formats,
    people_events,
    reference_events,
    request_events,
    results_events,
)
from grants.wording.decisions import OUTCOMES
from grants.wording.reviews import FINDINGS

SYSTEM = "Le système"
SOMEBODY = "une personne"


@dataclass(frozen=True)
class Event:
    """How one kind of event is told: short on the desk, in a sentence on the case page.

    A sentence takes `{actor}`, `{person}` and `{proposed}` as names, and the facts of the event.
    """

    short: str
    sentence: str
    is_promise: bool = False


EVENTS: Mapping[str, Event] = {
    "application_received": Event("Demande reçue", "Demande reçue {channel}{entered}.", True),
    "revision_asked": Event(
        "Révision demandée",
        "Révision du dossier {first} demandée {channel}{entered}.",
        True,
    ),
    "application_withdrawn": Event("Demande retirée", "{actor} a retiré la demande."),
    "acknowledgement_sent": Event(
        "Accusé de réception transmis",
        "Accusé de réception transmis\u00a0: le serveur de courriel l’a accepté.",
        True,
    ),
    "acknowledgement_posted": Event(
        "Accusé de réception posté",
        "Accusé de réception posté le {posted_on}, inscrit par {actor}.",
        True,
    ),
    "acknowledgement_resent": Event(
        "Accusé de réception relancé", "{actor} a relancé le courriel d’accusé de réception."
    ),
    "assignment_sent": Event(
        "Organisme avisé",
        "L’organisme a reçu le nom et le téléphone de la personne responsable.",
    ),
    "assignment_resent": Event(
        "Courriel d’affectation relancé", "{actor} a relancé le courriel d’affectation."
    ),
    "advisor_assigned": Event(
        "Dossier affecté", "{actor} a affecté le dossier à {person}; proposition\u00a0: {proposed}."
    ),
    "advisor_unassigned": Event(
        "Dossier remis à affecter",
        "Le dossier n’est plus affecté à {person}\u00a0: il attend une autre personne.",
    ),
    "documents_checked": Event(
        "Documents vérifiés", "{actor} a inscrit la vérification de {documents}."
    ),
    "criterion_assessed": Event(
        "Critère évalué", "{actor} a évalué le critère {criterion}\u00a0: {finding}."
    ),
    "recommendation_made": Event(
        "Recommandation transmise", "{actor} a transmis sa recommandation\u00a0: {outcome}.", True
    ),
    "conflict_declared": Event(
        "Conflit d’intérêts déclaré",
        "{actor} a déclaré un conflit d’intérêts avec l’organisme.",
    ),
    "deposit_proof_made": Event("Preuve de dépôt produite", "Preuve de dépôt produite."),
    "decision_made": Event(
        "Décision prise",
        "{actor} a pris la décision\u00a0: {outcome}, sur la recommandation de {person}.",
        True,
    ),
    "sent_back": Event("Retour à l’analyse", "{actor} a renvoyé le dossier à l’analyse."),
    "decision_sent": Event(
        "Décision annoncée",
        "L’organisme est avisé que sa décision est prête\u00a0: le serveur de courriel a accepté "
        "le message.",
        True,
    ),
    "decision_resent": Event(
        "Courriel de décision relancé", "{actor} a relancé le courriel de décision."
    ),
    "decision_letter_made": Event("Lettre de décision produite", "Lettre de décision produite."),
    "decision_read": Event("Décision lue", "{actor} a lu la décision pour l’organisme.", True),
    "agreement_drafted": Event(
        "Protocole rédigé", "{actor} a rédigé la version {version} du protocole {number}."
    ),
    "agreement_replaced": Event(
        "Protocole remplacé", "La version {version} du protocole n’est plus à signer."
    ),
    "agreement_issued": Event(
        "Protocole délivré",
        "{actor} a signé pour la ministre et délivré la version {version} du protocole {number}.",
        True,
    ),
    "agreement_made": Event(
        "Fichier du protocole produit", "Fichier du protocole, version {version}, produit."
    ),
    "agreement_sent": Event(
        "Protocole annoncé",
        "L’organisme est avisé de son protocole : le serveur de courriel a accepté le message.",
    ),
    "agreement_resent": Event(
        "Courriel du protocole relancé", "{actor} a relancé le courriel du protocole."
    ),
    "agreement_signed": Event(
        "Protocole signé", "{actor} a signé le protocole à l’écran pour l’organisme.", True
    ),
    "agreement_returned": Event(
        "Protocole signé reçu",
        "Protocole signé sur papier reçu {channel} le {received_on}, inscrit par {actor}.",
        True,
    ),
    "agreement_received_sent": Event(
        "Réception du protocole annoncée",
        "L’organisme connaît la date promise du versement : le serveur de courriel a accepté "
        "le message.",
        True,
    ),
    "agreement_received_resent": Event(
        "Courriel de réception relancé", "{actor} a relancé le courriel de réception du protocole."
    ),
    "signature_evidence_made": Event(
        "Preuve de signature produite", "Preuve de signature produite."
    ),
    "bank_details_given": Event(
        "Compte bancaire donné", "{actor} a donné un premier compte bancaire."
    ),
    "bank_details_changed": Event(
        "Compte bancaire changé", "{actor} a donné un autre compte bancaire."
    ),
    "bank_details_verified": Event(
        "Compte bancaire vérifié",
        "{actor} a vérifié le compte bancaire de l’organisme par téléphone.",
    ),
    "account_shown": Event(
        "Compte bancaire affiché", "{actor} a affiché le compte bancaire en entier."
    ),
    "grant_paid": Event(
        "Subvention versée",
        "Dernier versement fait ({amount}), fonds disponibles le {funds_on}\u00a0: toute la "
        "subvention est versée.",
        True,
    ),
    "payment_released": Event(
        "Versement fait", "Versement de {amount} fait, fonds disponibles le {funds_on}.", True
    ),
    "payment_returned": Event(
        "Versement retourné",
        "{actor} a inscrit le retour du versement de {amount} par la banque, le "
        "{returned_on}\u00a0: {reason}.",
    ),
    "condition_confirmed": Event(
        "Condition confirmée", "{actor} a confirmé la condition du versement {rank}."
    ),
    "payment_sent": Event(
        "Versement annoncé",
        "L’organisme est avisé du versement\u00a0: le serveur de courriel a accepté le message.",
    ),
    "payment_resent": Event(
        "Courriel de versement relancé", "{actor} a relancé le courriel de versement."
    ),
    "payment_returned_sent": Event(
        "Retour annoncé",
        "L’organisme sait que la banque a retourné son versement, et ce qu’il a à faire\u00a0: le "
        "serveur de courriel a accepté le message.",
    ),
    "payment_returned_resent": Event(
        "Courriel de retour relancé", "{actor} a relancé le courriel de retour de versement."
    ),
    "batch_prepared": Event("Lot préparé", "{actor} a préparé le lot {batch}."),
    "batch_lines_added": Event("Lot complété", "{actor} a ajouté des versements au lot {batch}."),
    "batch_line_removed": Event("Ligne retirée", "{actor} a retiré une ligne du lot {batch}."),
    "batch_redated": Event(
        "Date du lot changée", "{actor} a changé la date des fonds du lot {batch}."
    ),
    "batch_cancelled": Event("Lot annulé", "{actor} a annulé le lot {batch}."),
    "batch_approved": Event("Lot approuvé", "{actor} a approuvé le lot {batch}."),
    "batch_sent_back": Event(
        "Approbation retirée", "{actor} a retiré l’approbation du lot {batch}."
    ),
    "bank_file_asked": Event("Fichier demandé", "{actor} a demandé le fichier du lot {batch}."),
    "bank_file_downloaded": Event(
        "Fichier téléchargé", "{actor} a téléchargé le fichier du lot {batch}."
    ),
    "batch_released": Event("Fichier créé", "Le fichier du lot {batch} est créé."),
    **{kind: Event(*told) for kind, told in people_events.EVENTS.items()},
    **{kind: Event(*told) for kind, told in directory_events.EVENTS.items()},
    **{kind: Event(*told) for kind, told in request_events.EVENTS.items()},
    **{kind: Event(*told) for kind, told in results_events.EVENTS.items()},
    **{kind: Event(*told) for kind, told in reference_events.EVENTS.items()},
    "refused": Event("Geste refusé", "Un geste a été refusé à {actor}."),
}
DAYS = (
    "posted_on",
    "received_on",
    "funds_on",
    "returned_on",
    "due_from",
    "due_to",
    "in_force_from",
)
"""The facts that are days, written as people read them."""
UNKNOWN = Event("Geste au dossier", "Geste au dossier ({kind}).")


def event(kind: str) -> Event:
    """How a kind of event is told."""
    return EVENTS.get(kind, UNKNOWN)


def sentence(
    kind: str, facts: Mapping[str, object], actor: str | None, names: Mapping[int, str]
) -> str:
    """One line of a file's history. `names` gives the persons that the facts point at."""
    told = {
        "kind": kind,
        **facts,
        **request_events.told(facts),
        "actor": actor or SYSTEM,
        "entered": f", inscrite par {actor}" if actor else "",
        "person": _name(facts, "person_id", names),
        "proposed": _name(facts, "proposed_id", names),
        "documents": _documents(facts.get("documents")),
        "finding": FINDINGS.get(str(facts.get("finding", "")), ("",))[0].lower(),
        "channel": request_events.CHANNELS.get(str(facts.get("channel", "")), ""),
        **{name: _day(facts.get(name)) for name in DAYS},
        "amount": _amount(facts.get("amount_cents")),
        "reason": bank_returns.WORDS.get(str(facts.get("code", "")), ""),
        "outcome": OUTCOMES.get(str(facts.get("outcome", "")), "").lower(),
    }
    return event(kind).sentence.format(**told)


def persons_of(facts: Mapping[str, object]) -> set[int]:
    """The persons that the facts of an event point at."""
    pointed = (facts.get("person_id"), facts.get("proposed_id"))
    return {person for person in pointed if isinstance(person, int)}


def _name(facts: Mapping[str, object], key: str, names: Mapping[int, str]) -> str:
    person = facts.get(key)
    return names.get(person, SOMEBODY) if isinstance(person, int) else SOMEBODY


def _documents(found: object) -> str:
    return formats.count(len(found), "document") if isinstance(found, Mapping) else ""


def _day(text: object) -> str:
    return formats.date_short(date.fromisoformat(text)) if isinstance(text, str) else ""


def _amount(cents: object) -> str:
    return formats.money(cents) if isinstance(cents, int) else ""
