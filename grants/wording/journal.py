"""The journal of a file in French sentences: one per kind of event."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from grants.wording import formats
from grants.wording.case_files import CHANNELS

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
    "application_received": Event(
        "Demande reçue", "Demande reçue {channel}, inscrite par {actor}.", True
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
    "conflict_declared": Event(
        "Conflit d’intérêts déclaré",
        "{actor} a déclaré un conflit d’intérêts avec l’organisme.",
    ),
    "deposit_proof_made": Event("Preuve de dépôt produite", "Preuve de dépôt produite."),
    "refused": Event("Geste refusé", "Un geste a été refusé à {actor}."),
}
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
        "actor": actor or SYSTEM,
        "person": _name(facts, "person_id", names),
        "proposed": _name(facts, "proposed_id", names),
        "channel": CHANNELS.get(str(facts.get("channel", "")), ""),
        "posted_on": _day(facts.get("posted_on")),
    }
    return event(kind).sentence.format(**told)


def persons_of(facts: Mapping[str, object]) -> set[int]:
    """The persons that the facts of an event point at."""
    pointed = (facts.get("person_id"), facts.get("proposed_id"))
    return {person for person in pointed if isinstance(person, int)}


def _name(facts: Mapping[str, object], key: str, names: Mapping[int, str]) -> str:
    person = facts.get(key)
    return names.get(person, SOMEBODY) if isinstance(person, int) else SOMEBODY


def _day(text: object) -> str:
    return formats.date_short(date.fromisoformat(text)) if isinstance(text, str) else ""
