"""The days off as management reads them: where each date comes from."""

from grants.domain.calendar import DayOff
from grants.domain.days_off import proposed_days_off

RULES = {
    "Jour de l’An": "1er janvier, ou le premier jour de semaine qui suit",
    "Lendemain du jour de l’An": "Jour de semaine qui suit le congé du jour de l’An",
    "Vendredi saint": "Vendredi avant Pâques",
    "Lundi de Pâques": "Lundi après Pâques",
    "Journée nationale des patriotes": "Lundi qui précède le 25 mai",
    "Fête nationale du Québec": "24 juin; le vendredi si c’est un samedi, le lundi un dimanche",
    "Fête du Canada": "1er juillet; le vendredi si c’est un samedi, le lundi un dimanche",
    "Fête du Travail": "Premier lundi de septembre",
    "Action de grâces": "Deuxième lundi d’octobre",
    "Veille de Noël": "24 décembre, ou le vendredi avant si c’est la fin de semaine",
    "Noël": "25 décembre, ou le premier jour de semaine qui suit",
    "Lendemain de Noël": "Jour de semaine qui suit le congé de Noël",
    "Veille du jour de l’An": "31 décembre, ou le vendredi avant si c’est la fin de semaine",
}
BY_HAND = "Inscrit à la main"
USUAL = len(RULES)
SOURCE = (
    "Les 13 jours viennent des conditions de travail de la fonction publique (article 8-35.01); "
    "la même liste est à l’article 3 du règlement J-3, r. 3."
)


def origin(day: DayOff) -> str:
    """The rule that gives this date, or that somebody wrote it by hand."""
    proposed = {one.on: one.label for one in proposed_days_off(day.on.year)}
    return RULES.get(proposed.get(day.on, ""), BY_HAND) if day.label in RULES else BY_HAND
