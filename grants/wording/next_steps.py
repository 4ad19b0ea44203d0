"""What to do on a file, and why, in words: the desk's rows and the head of the case page."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

from grants.domain.calendar import local_date
from grants.domain.next_step import Step
from grants.wording import formats
from grants.wording.case_files import CHANNELS, tries

ACTS: Mapping[Step, str] = {
    Step.ACKNOWLEDGEMENT_FAILED: "Accuser réception autrement",
    Step.ACKNOWLEDGEMENT_RETRYING: "Accuser réception",
    Step.ACKNOWLEDGEMENT_QUEUED: "Laisser partir l’accusé de réception",
    Step.ACKNOWLEDGEMENT_MISSING: "Poster l’accusé de réception",
    Step.ASSIGN: "Affecter le dossier",
    Step.REVIEW: "Analyser la demande",
    Step.NOTHING: "Rien à faire",
}


@dataclass(frozen=True)
class Circumstances:
    """What the reason of an act is told with."""

    channel: str
    received_at: datetime
    assigned_at: datetime | None = None
    attempts: int = 0
    is_own: bool = False
    acknowledged: bool = True


def why(step: Step, facts: Circumstances) -> str:
    """The reason that stands beside an act."""
    if step is Step.ASSIGN:
        return f"{received(facts)}; personne ne s’en occupe encore"
    if step is Step.REVIEW:
        return _since(facts)
    return _REASONS[step].format(tries=tries(facts.attempts))


def received(facts: Circumstances) -> str:
    """ "Reçue par la poste le 16 novembre 2026"."""
    day = formats.date_short(local_date(facts.received_at))
    return f"Reçue {CHANNELS[facts.channel]} le {day}"


def _since(facts: Circumstances) -> str:
    mail = "transmis" if facts.acknowledged else "en file, il part de lui-même"
    if facts.assigned_at is None:
        return f"{received(facts)}; accusé de réception {mail}"
    day = formats.date_short(local_date(facts.assigned_at))
    whom = "Vous est affectée" if facts.is_own else "Affectée"
    return f"{whom} depuis le {day}; accusé de réception {mail}"


_REASONS: Mapping[Step, str] = {
    Step.ACKNOWLEDGEMENT_FAILED: (
        "Accusé de réception\u00a0: courriel refusé ({tries}). "
        "Vérifiez l’adresse et réessayez, ou postez une lettre"
    ),
    Step.ACKNOWLEDGEMENT_RETRYING: (
        "Accusé de réception\u00a0: courriel en attente, le serveur de courriel ne répond pas "
        "({tries})"
    ),
    Step.ACKNOWLEDGEMENT_QUEUED: "Le courriel est en file et part de lui-même",
    Step.ACKNOWLEDGEMENT_MISSING: (
        "Aucune adresse de courriel au dossier\u00a0: l’accusé de réception part par la poste"
    ),
    Step.NOTHING: "L’organisme a retiré sa demande",
}
