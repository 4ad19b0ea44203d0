"""What the pages say on which staff write to whoever asked for information."""

from collections.abc import Mapping
from dataclasses import dataclass


@dataclass(frozen=True)
class PageWords:
    """A page: its question, what happens next, its button, what is said once it is done, and
    the words that the text starts with."""

    heading: str
    lead: str
    button: str
    done: str
    words: str = ""


PAGES: Mapping[str, PageWords] = {
    "acknowledge": PageWords(
        "Accuser réception",
        "La personne apprend que sa demande est entre vos mains et, si vous l’annoncez, quand "
        "viendra la réponse. La date annoncée est ensuite suivie comme une promesse.",
        "Accuser réception",
        "{number}\u00a0: l’accusé de réception est inscrit.",
    ),
    "extend": PageWords(
        "Reporter la date de réponse",
        "La personne reçoit la nouvelle date et le motif. Votre travail suit la nouvelle date; "
        "nos résultats gardent la première.",
        "Reporter la date",
        "{number}\u00a0: la nouvelle date est annoncée.",
    ),
    "move": PageWords(
        "Traiter comme une demande d’accès aux documents",
        "À faire une seule fois, quand la personne veut un document ou un dossier. La date de "
        "réception ne change pas, et l’avis donne les délais de la loi.",
        "Passer à l’accès aux documents",
        "{number}\u00a0: la demande est passée à l’accès aux documents.",
        "Vous demandez à voir un document ou un dossier. La loi sur l’accès aux documents "
        "s’applique, et elle vous donne des délais et un recours.",
    ),
    "redirect": PageWords(
        "Diriger vers un autre organisme public",
        "La personne reçoit votre message et les coordonnées de l’organisme. La demande est "
        "ensuite fermée.",
        "Diriger la personne",
        "{number}\u00a0: la personne est dirigée vers un autre organisme.",
    ),
    "answer": PageWords(
        "Répondre",
        "La demande est fermée dès que la réponse est donnée. Un courriel part tout de suite.",
        "Envoyer la réponse",
        "{number}\u00a0: la réponse est donnée.",
    ),
}
