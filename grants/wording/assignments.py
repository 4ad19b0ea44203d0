"""Why a person is proposed for a file, or may not have it, in words."""

from collections.abc import Mapping

from grants.domain.assignment import Candidate, Ranked, Why
from grants.wording import formats

WORDS: Mapping[Why, str] = {
    Why.DECLARED_CONFLICT: "conflit d’intérêts déclaré avec cet organisme",
    Why.OTHER_SIDE: "a déjà pris part à la première décision ou à sa révision",
    Why.AWAY: "en absence",
    Why.ONLY_POSSIBLE: "seule personne possible",
    Why.FEWEST_OPEN_FILES: "le moins de dossiers ouverts",
    Why.FIRST_BY_NAME: "à égalité, par ordre alphabétique",
    Why.MORE_OPEN_FILES: "plus de dossiers ouverts",
    Why.LATER_BY_NAME: "à égalité, plus loin dans l’ordre alphabétique",
}


def load(candidate: Candidate) -> str:
    """ "4 dossiers ouverts, plus 2 proposés ci-dessus"."""
    held = formats.count(candidate.open_files, "dossier ouvert", "dossiers ouverts")
    if not candidate.proposed_files:
        return held
    proposed = formats.plural(candidate.proposed_files, "proposé", "proposés")
    return f"{held}, plus {candidate.proposed_files} {proposed} ci-dessus"


def reasons(place: Ranked) -> str:
    """Why the person stands there: "Le moins de dossiers ouverts (4 dossiers ouverts)"."""
    words = ", ".join(_reason(reason, place.candidate) for reason in place.why)
    sentence = f"{words[:1].upper()}{words[1:]}"
    return f"{sentence} ({load(place.candidate)})" if place.candidate.possible else sentence


def _reason(reason: Why, candidate: Candidate) -> str:
    if reason is Why.AWAY and candidate.away_until:
        return f"{WORDS[reason]} jusqu’au {formats.date_long(candidate.away_until)}"
    return WORDS[reason]


def option(place: Ranked) -> str:
    """The line of a person in a list to choose from."""
    return f"{place.candidate.name}, {load(place.candidate)}"
