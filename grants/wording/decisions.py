"""The words of a decision: its outcome as a state, as a choice and as a help."""

from collections.abc import Mapping

from grants.domain.decisions import Outcome
from grants.wording import formats

OUTCOMES: Mapping[str, str] = {
    Outcome.ACCEPTED: "Acceptée",
    Outcome.ACCEPTED_IN_PART: "Acceptée en partie",
    Outcome.STANDBY: "Inscrite au registre permanent",
    Outcome.REFUSED: "Refusée",
    Outcome.UPHELD: "Première décision maintenue",
}
KINDS: Mapping[str, str] = {
    Outcome.ACCEPTED: "ok",
    Outcome.ACCEPTED_IN_PART: "ok",
    Outcome.STANDBY: "wait",
    Outcome.REFUSED: "",
    Outcome.UPHELD: "",
}
CHOICES: Mapping[str, str] = {
    Outcome.ACCEPTED: "Accepter",
    Outcome.ACCEPTED_IN_PART: "Accepter en partie",
    Outcome.STANDBY: "Inscrire au registre permanent",
    Outcome.REFUSED: "Refuser",
    Outcome.UPHELD: "Maintenir la première décision",
}
_HELPS: Mapping[str, str] = {
    Outcome.ACCEPTED_IN_PART: "Une partie du montant demandé",
    Outcome.STANDBY: "Admissible, mais les fonds manquent",
    Outcome.REFUSED: "Avec une solution de rechange, ou pourquoi il n’y en a pas",
    Outcome.UPHELD: "Avec une solution de rechange, ou pourquoi il n’y en a pas",
}


def help_of(outcome: str, requested_cents: int) -> str:
    """The line under a choice."""
    if outcome == Outcome.ACCEPTED:
        return f"{formats.money(requested_cents)}, tout le montant demandé"
    return _HELPS[outcome]


def recommended(outcome: str, amount_cents: int) -> str:
    """ "Accepter en partie, 58 000,00 $"."""
    words = CHOICES[outcome]
    return f"{words}, {formats.money(amount_cents)}" if amount_cents else words


def only_no(criterion: str) -> str:
    """Why only a no is offered: a required criterion is not met."""
    return (
        f"Le critère «\u00a0{criterion}\u00a0», exigé, est jugé non conforme\u00a0: dites non, ou "
        "renvoyez le dossier à l’analyse."
    )
