"""The words of the directory: facets, what a check is worth, what became of a referral."""

import re
from collections.abc import Mapping
from datetime import date

from grants.domain.directory import Entry, Kind, needs_check
from grants.wording import formats
from grants.wording.contacts import e164

NEEDS: Mapping[str, str] = {
    "housing": "Logement",
    "food": "Alimentation",
    "rights": "Défense de droits",
    "employment": "Emploi",
    "family": "Famille",
    "mental_health": "Santé mentale",
    "violence": "Violence",
    "immigration": "Immigration",
    "homelessness": "Itinérance",
    "literacy": "Alphabétisation",
    "organizations": "Soutien aux organismes",
    "funding": "Financement",
    "recourse": "Plaintes et recours",
    "information_access": "Accès à l’information et vie privée",
}
POPULATIONS: Mapping[str, str] = {
    "youth": "Jeunes",
    "families": "Familles",
    "seniors": "Personnes aînées",
    "women": "Femmes",
    "men": "Hommes",
    "newcomers": "Personnes immigrantes",
    "indigenous": "Premières Nations et Inuit",
    "disability": "Personnes handicapées",
    "lgbtq": "Personnes LGBTQ+",
    "low_income": "Personnes à faible revenu",
    "organizations": "Organismes communautaires",
}
KINDS: Mapping[str, str] = {
    Kind.COMMUNITY: "Organisme du milieu",
    Kind.PUBLIC_BODY: "Organisme public",
}
CONSENTS: Mapping[str, str] = {
    "given": "La personne accepte que nous parlions d’elle à la ressource",
    "refused": "La personne refuse\u00a0: nous lui donnons seulement les coordonnées",
}
CONSENTS_SHORT: Mapping[str, str] = {
    "given": "Accord donné",
    "refused": "Sans accord\u00a0: coordonnées seulement",
}
OUTCOMES: Mapping[str, str] = {
    "helped": "La ressource a aidé",
    "not_helped": "La ressource n’a pas pu aider",
    "not_reached": "La personne n’a pas joint la ressource",
    "declined": "La personne n’a pas voulu donner suite",
}
EVERYWHERE, EVERYBODY = "Partout au Québec", "Tout le monde"
TO_CHECK = "coordonnées à vérifier"
_DIGITS_DIALLED_AS_THEY_ARE = 3


def checked(checked_on: date, today: date) -> str:
    """ "Vérifiée le 5 octobre 2026", or that nobody did for a year."""
    day = formats.date_short(checked_on)
    if needs_check(checked_on, today):
        return f"Dernière vérification le {day}, il y a un an ou plus"
    return f"Vérifiée le {day}"


def choice(name: str, checked_on: date, today: date) -> str:
    """A resource in a list to choose from: its name, and whether it may be out of date."""
    return f"{name} ({TO_CHECK})" if needs_check(checked_on, today) else name


def needs(entry: Entry) -> str:
    """ "Logement, Défense de droits", in the order of the list."""
    return ", ".join(words for code, words in NEEDS.items() if code in entry.needs)


def populations(entry: Entry) -> str:
    """ "Familles, Personnes aînées", or everybody."""
    found = ", ".join(words for code, words in POPULATIONS.items() if code in entry.populations)
    return found or EVERYBODY


def regions(entry: Entry, names: Mapping[str, str]) -> str:
    """ "Estrie, Laval", or everywhere; `names` are those of the regions by code."""
    return ", ".join(names.get(code, code) for code in entry.regions) or EVERYWHERE


def coordinates(entry: Entry) -> str:
    """A resource in one sentence, as a letter prints it: its name and how to reach it."""
    ways = (entry.phone, entry.email, host(entry.url), entry.address)
    return f"{entry.name}\u00a0: {', '.join(way for way in ways if way)}."


def dial(phone: str) -> str:
    """A telephone number as a telephone dials it; an extension is said, not dialled."""
    digits = re.sub(r"\D", "", phone.partition(",")[0])
    return digits if len(digits) == _DIGITS_DIALLED_AS_THEY_ARE else e164(digits)


def host(url: str) -> str:
    """A web address as people say it, without its scheme and its last slash."""
    return url.partition("://")[2].rstrip("/")
