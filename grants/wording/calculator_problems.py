"""The sentences of the public calculator of due dates."""

from collections.abc import Mapping

SENTENCES: Mapping[str, str] = {
    "year_not_counted": (
        "Les jours fériés de {year} ne sont pas encore fixés\u00a0: choisissez une date entre "
        "{first} et {last}."
    ),
    "commitment_not_in_force": (
        "Cet engagement n’était pas en vigueur ce jour-là\u00a0: choisissez une autre date."
    ),
}
