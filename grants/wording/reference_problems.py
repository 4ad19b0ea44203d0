"""What to repair when management changes the days off or a commitment."""

from collections.abc import Mapping

SENTENCES: Mapping[str, str] = {
    "days_off_required": "Inscrivez au moins un jour férié pour cette année.",
    "day_off_date": "Écrivez la date en entier, par exemple 24\u00a0décembre\u00a02027.",
    "day_off_other_year": (
        "Vérifiez la date du {day:date}\u00a0: elle n’est pas de l’année {year}."
    ),
    "day_off_weekend": (
        "Déplacez le {day:date} à un jour de semaine\u00a0: les bureaux sont déjà fermés la "
        "fin de semaine."
    ),
    "day_off_twice": "Retirez une des deux lignes du {day:date}\u00a0: la date y est deux fois.",
    "day_off_name": (
        "Écrivez le nom du jour férié du {day:date}, en {limit}\u00a0caractères ou moins."
    ),
    "nothing_changed": "Changez au moins une réponse\u00a0: l’engagement est le même qu’avant.",
    "sentence_required": "Écrivez la phrase de l’engagement, comme le public la lira.",
    "sentence_too_long": (
        "Raccourcissez la phrase à {limit}\u00a0caractères ou moins (elle en compte {length})."
    ),
    "sentence_without_delay": (
        "Écrivez {quantity}, en chiffres, dans la phrase\u00a0: le public lit le même délai que "
        "celui que nous mesurons."
    ),
    "target_percent_range": "Écrivez une cible de 0 à 100, sans décimale.",
    "delay_required": "Écrivez le délai, en chiffres.",
    "delay_too_long": "Écrivez un délai de {limit} ou moins.",
    "in_force_too_soon": (
        "Choisissez demain ou une date plus éloignée\u00a0: ce qui a été promis reste promis."
    ),
    "later_version_exists": (
        "Choisissez le {day:date} ou une date plus éloignée\u00a0: une version de la déclaration "
        "est déjà prévue ce jour-là."
    ),
    "commitment_unknown": "Revenez à la liste\u00a0: cet engagement n’est pas dans la déclaration.",
}
