"""How the journal tells of publications."""

from collections.abc import Mapping

EVENTS: Mapping[str, tuple[str, str]] = {
    "results_published": (
        "Résultats publiés",
        "{actor} a publié les résultats de la période {period}, publication {number}.",
    ),
}
