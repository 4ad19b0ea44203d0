"""Results on the promises in words: shares, lengths, periods, what each count means."""

from collections.abc import Mapping
from dataclasses import dataclass

from grants.domain.periods import Period
from grants.domain.results import TENTHS
from grants.wording import formats
from grants.wording.formats import NBSP

MINUTES_IN_AN_HOUR = 60
NOT_COMPUTABLE = "Non calculable"
NOT_APPLICABLE = "s. o."
MINUS = "\u2212"
HOURS = "hours"

REASONS: Mapping[str, str] = {
    "withdrawn": "Demande retirée",
    "duplicate": "Demande reçue deux fois",
    "moved": "Confiée à un autre service",
    "unreachable": "Personne injoignable après plusieurs essais",
}
"""Why a promise was set apart, by the event that ended it before its date."""

OUTCOMES: Mapping[str, str] = {
    "kept": "Tenue",
    "missed": "Tenue en retard",
    "given_up": "Fermée en retard, sans être tenue",
    "open_late": "Ouverte, en retard",
    "excluded": "Mise à part",
    "not_due": "Pas encore échue",
}
INDICATOR = "Part tenue à temps"
UNITS: Mapping[str, str] = {
    "business": "jours ouvrables",
    "calendar": "jours",
    "hours": "minutes",
    "announced": "jours ouvrables",
}
"""What median and nine in ten count, as whole numbers."""

METHOD = (
    "Une promesse compte dans l’exercice de sa date limite, une fois cette date passée.",
    "Résultat = tenues ÷ (tenues + en retard + ouvertes en retard). Une demande ouverte et en "
    "retard compte contre nous.",
    "Ce qui a pris fin avant sa date pour une autre raison (demande retirée, reçue deux fois, "
    "confiée à un autre service, personne injoignable) est mis à part, avec sa raison.",
    "Reporter une date, même en avisant la personne, ne change pas la mesure\u00a0: la première "
    "date compte.",
    "La médiane et «\u00a09 cas sur 10\u00a0» portent sur ce qui est fait, en jours ouvrables; "
    "pour les rappels, en heures réellement écoulées, nuits et fins de semaine comprises.",
    "Quand rien n’était dû, le résultat n’est pas calculable\u00a0: ce n’est ni 0, ni 100\u00a0%.",
    "Les petits nombres ne sont pas masqués\u00a0: ils comptent nos promesses, pas des personnes.",
)
"""How the figures are computed, for every page that shows them."""


@dataclass(frozen=True)
class MeasureWords:
    """What a count of evidence is: its name, and the unit of its value."""

    label: str
    unit: str


MEASURES: Mapping[str, MeasureWords] = {
    "with_advisor": MeasureWords("Demandes confiées à une personne", "demandes"),
    "days_to_advisor": MeasureWords("Jours avant de confier la demande, médiane", "jours"),
    "revised_by_others": MeasureWords(
        "Révisions confiées sans personne de la première décision", "révisions"
    ),
    "reasoned": MeasureWords("Refus et réductions avec leurs motifs", "décisions"),
    "with_alternative": MeasureWords("Refus qui proposent une autre solution", "décisions"),
    "referred": MeasureWords("Orientations vers une ressource", "orientations"),
    "referral_known": MeasureWords("Orientations dont la suite est connue", "orientations"),
    "redirected": MeasureWords("Demandes dirigées vers un autre organisme", "demandes"),
    "few_hands": MeasureWords(
        "Demandes répondues après un seul changement de personne ou aucun", "demandes"
    ),
    "hand_offs": MeasureWords("Changements de personne par demande, médiane", "changements"),
    "conflicts": MeasureWords("Conflits d’intérêts déclarés par le personnel", "déclarations"),
    "taken_back": MeasureWords("Dossiers confiés à une autre personne par suite", "dossiers"),
}

_COURTESY = (
    "Chaque réponse porte le nom de la personne qui l’écrit. Une plainte sur l’accueil est reçue "
    "par une personne désignée."
)
_PLAIN = (
    "Chaque page et chaque lettre est relue avec les mêmes règles de langage clair, et les modèles "
    "de réponse sont les mêmes pour tout le monde."
)
_PRIVATE = (
    "Chaque page demande qui la lit\u00a0: seules les personnes qui en ont besoin voient un "
    "dossier, et chaque geste laisse une trace que personne ne peut effacer."
)
GUARDS: Mapping[str, str] = {
    "SACA_COURTESY": _COURTESY,
    "SCT_COURTESY": _COURTESY,
    "SACA_PLAIN_LANGUAGE": _PLAIN,
    "SCT_PLAIN_LANGUAGE": _PLAIN,
    "SACA_CONFIDENTIALITY": _PRIVATE,
    "SCT_CONFIDENTIALITY": _PRIVATE,
    "SACA_REVISION": (
        "Le système refuse qu’une personne de la première décision prenne part à la révision."
    ),
    "SACA_REASONS": "Le système n’enregistre aucun refus sans motifs écrits.",
    "SACA_IMPARTIAL": (
        "Une personne qui déclare un conflit d’intérêts ne voit plus aucun dossier de l’organisme."
    ),
    "SCT_ACCESS": "Le numéro sans frais et nos heures sont au bas de chaque page et des lettres.",
    "SCT_COMPLAINT": (
        "Les plaintes sont à part\u00a0: seules la personne désignée et celles qu’elle nomme les "
        "lisent. Aucun nombre n’en paraît ici."
    ),
}
"""How a promise without a count is guarded, and what stands behind some that have one."""


def percent(share: int | None) -> str:
    """Tenths of a percent in words: "96,4 %"; never a number when there is none."""
    return NOT_COMPUTABLE if share is None else f"{decimal(share)}{NBSP}%"


def points(variance: int | None) -> str:
    """A variance in points: "−3,6", "+1,2", "0,0"."""
    if variance is None:
        return NOT_APPLICABLE
    sign = MINUS if variance < 0 else "+" if variance > 0 else ""
    return f"{sign}{decimal(abs(variance))}"


def decimal(tenths: int) -> str:
    """A whole number of tenths with its comma: 964 is "96,4"."""
    whole, rest = divmod(tenths, TENTHS)
    return f"{formats.number(whole)},{rest}"


def length(value: int | None, unit: str) -> str:
    """How long it took: "3 jours ouvrables", "3 h 20"; the unit is that of the delay."""
    if value is None:
        return NOT_APPLICABLE
    if unit == HOURS:
        hours, minutes = divmod(value, MINUTES_IN_AN_HOUR)
        return f"{hours}{NBSP}h{NBSP}{minutes:02d}" if minutes else f"{hours}{NBSP}h"
    words = ("jour", "jours") if unit == "calendar" else ("jour ouvrable", "jours ouvrables")
    return formats.count(value, *words)


def volume(kept: int, due: int) -> str:
    """ "812 sur 842"."""
    return f"{formats.number(kept)} sur {formats.number(due)}"


def measured(value: int | None, of: int | None) -> str:
    """A count of evidence: "14 sur 14", "3", "s. o." when there was nothing."""
    if value is None:
        return NOT_APPLICABLE
    return formats.number(value) if of is None else volume(value, of)


def period(period: Period) -> str:
    """ "Exercice 2026-2027", or "du 1er avril 2026 au 30 juin 2026"."""
    return f"Exercice {period.label}" if period.fiscal_year is not None else days(period)


def heading(period: Period) -> str:
    """Above a page: "Exercice 2026-2027, du 1er avril…", or the two days alone, said once."""
    if period.fiscal_year is not None:
        return f"Exercice {period.label}, {days(period)}"
    return f"D{days(period)[1:]}"


def columns(period: Period) -> tuple[str, str]:
    """The columns of a period and of the one a year before: short, so that the table stays wide."""
    if period.fiscal_year is not None:
        return period.label, period.previous.label
    return "Cette période", "Un an plus tôt"


def days(period: Period) -> str:
    """ "du 1er avril 2026 au 31 mars 2027"."""
    first, last = formats.date_short(period.from_on), formats.date_short(period.until_on)
    return f"du {first} au {last}"
