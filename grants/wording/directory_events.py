"""The journal of the directory and its referrals in French sentences."""

from collections.abc import Mapping

EVENTS: Mapping[str, tuple[str, str]] = {
    "resource_added": ("Ressource ajoutée", "{actor} a ajouté une ressource au répertoire."),
    "resource_changed": ("Ressource modifiée", "{actor} a modifié une ressource du répertoire."),
    "resource_confirmed": (
        "Ressource vérifiée",
        "{actor} a vérifié les coordonnées d’une ressource du répertoire.",
    ),
    "resource_retired": ("Ressource retirée", "{actor} a retiré une ressource du répertoire."),
    "referral_made": (
        "Orientation vers une ressource",
        "{actor} a orienté la personne vers une ressource du répertoire.",
    ),
    "referral_ended": (
        "Suite d’une orientation",
        "{actor} a inscrit ce que l’orientation a donné.",
    ),
}
