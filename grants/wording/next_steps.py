"""What to do on a file, and why, in words: the desk's rows and the head of the case page."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

from grants.domain.calendar import local_date
from grants.domain.flow import Status
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
    Step.DECIDE: "Prendre la décision",
    Step.DRAFT_AGREEMENT: "Rédiger le protocole",
    Step.ISSUE_AGREEMENT: "Délivrer le protocole",
    Step.AWAIT_SIGNATURE: "Attendre la signature du protocole",
    Step.PAY: "Verser la subvention",
    Step.NOTHING: "Rien à faire",
}


@dataclass(frozen=True)
class Circumstances:
    """What the reason of an act is told with; `left` is what a review still waits for."""

    channel: str
    received_at: datetime
    assigned_at: datetime | None = None
    attempts: int = 0
    is_own: bool = False
    acknowledged: bool = True
    status: str = Status.WITHDRAWN
    left: str = ""


def why(step: Step, facts: Circumstances) -> str:
    """The reason that stands beside an act."""
    if step is Step.ASSIGN:
        return f"{received(facts)}; personne ne s’en occupe encore"
    if step is Step.REVIEW:
        return facts.left or _since(facts)
    if step is Step.NOTHING:
        return _ENDS[Status(facts.status)]
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
    Step.DECIDE: "Recommandation transmise\u00a0: une autre personne décide",
    Step.DRAFT_AGREEMENT: "Subvention accordée\u00a0: le protocole reste à rédiger",
    Step.ISSUE_AGREEMENT: "Protocole rédigé\u00a0: une autre personne le délivre",
    Step.AWAIT_SIGNATURE: "Protocole délivré\u00a0: l’organisme le lit et le signe",
    Step.PAY: "Protocole signé et reçu\u00a0: les versements suivent leur échéancier",
}
_ENDS: Mapping[Status, str] = {
    Status.WITHDRAWN: "L’organisme a retiré sa demande",
    Status.REFUSED: "La demande est refusée",
    Status.STANDBY: "La demande est inscrite au registre permanent",
    Status.UPHELD: "La première décision est maintenue",
    Status.PAID: "Tous les versements sont faits",
}
