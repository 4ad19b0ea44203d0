"""Requests for information in words: topics, channels, where one stands, what to do next."""

from collections.abc import Mapping

from grants.domain.request_flow import RequestStatus
from grants.domain.request_step import RequestStep
from grants.wording import formats

NBSP = "\u00a0"

TOPICS: Mapping[str, str] = {
    "general": "Renseignements généraux",
    "statistics": "Statistiques",
    "policies": "Politiques et orientations",
    "business": "Faire affaire avec le gouvernement",
    "media": "Médias",
    "procurement": "Plainte d’un fournisseur sur un marché public",
    "access": "Accès à un document ou à votre dossier",
    "ministry": "Demande d’un ministère ou d’un organisme public",
}
CHANNELS: Mapping[str, str] = {
    "phone": "par téléphone",
    "counter": "au comptoir",
    "exhibit": "au kiosque d’une exposition",
    "email": "par courriel",
    "post": "par la poste",
    "fax": "par télécopieur",
    "web": "par le site",
}
ANSWER_BY: Mapping[str, str] = {
    "email": "par courriel",
    "phone": "par téléphone",
    "post": "par la poste",
    "none": "aucune réponse à envoyer",
}
REPLY_CHANNELS: Mapping[str, str] = {
    "email": "par courriel",
    "phone": "par téléphone",
    "post": "par la poste",
    "counter": "de vive voix",
}
AGREEMENTS: Mapping[str, str] = {
    "alec": "Accord de libre-échange canadien (ALÉC)",
    "aci": "Accord sur le commerce intérieur (ACI)",
    "quebec_nb": "Accord Québec–Nouveau-Brunswick",
    "none": "Aucun, ou vous ne savez pas",
}
DETAILS: Mapping[str, str] = {
    "outlet": "Média",
    "deadline": "Heure de tombée",
    "body": "Organisme public visé",
    "tender_number": "Numéro de l’appel d’offres",
    "agreement": "Accord invoqué",
    "tender_date": "Date de l’appel d’offres",
    "facts": "Ce qui s’est passé",
    "remedy": "Correction demandée",
    "ministry": "Ministère ou organisme",
}
OUTCOMES: Mapping[str, str] = {
    "answered": "La personne a répondu",
    "transferred": "Passée à quelqu’un",
    "voice_mail": "Message laissé dans la boîte vocale",
    "no_answer": "Pas de réponse",
}
REPLIES: Mapping[str, str] = {
    "acknowledgement": "Accusé de réception",
    "extension": "Date de réponse reportée",
    "requalification": "Passage à l’accès aux documents",
    "redirection": "Orientation vers un autre organisme",
    "answer": "Réponse",
}
MESSAGES: Mapping[str, str] = {
    **REPLIES,
    "receipt": "Avis de réception avec le numéro",
}
CLOSED_BECAUSE: Mapping[str, str] = {
    "unreachable": "la personne n’a pas pu être jointe",
    "duplicate": "la même demande est déjà traitée",
}

# The word of a status for the staff, and the kind of its tag.
_TAGS: Mapping[str, tuple[str, str]] = {
    RequestStatus.RECEIVED: ("À prendre en charge", "wait"),
    RequestStatus.IN_HAND: ("En traitement", "doing"),
    RequestStatus.ANSWERED: ("Répondue", "ok"),
    RequestStatus.REDIRECTED: ("Dirigée ailleurs", "ok"),
    RequestStatus.ABANDONED: ("Fermée sans réponse", ""),
    RequestStatus.WITHDRAWN: ("Retirée", ""),
}
# Where a request stands, told to whoever sent it.
FOLLOWED: Mapping[str, str] = {
    RequestStatus.RECEIVED: "Votre demande est reçue. Personne ne l’a encore prise en charge.",
    RequestStatus.IN_HAND: "Une personne s’occupe de votre demande.",
    RequestStatus.ANSWERED: "Nous vous avons répondu.",
    RequestStatus.REDIRECTED: (
        "Un autre organisme peut vous répondre\u00a0: ses coordonnées sont ci-dessous."
    ),
    RequestStatus.ABANDONED: "Votre demande est fermée.",
    RequestStatus.WITHDRAWN: "Votre demande est retirée, comme vous l’avez demandé.",
}
# What the rule says to do now on a request, and why.
STEPS: Mapping[str, tuple[str, str]] = {
    RequestStep.TAKE: (
        "Prendre la demande en charge",
        "Personne ne l’a encore. Un nom va à côté de chaque réponse.",
    ),
    RequestStep.CALL: ("Rappeler la personne", "Elle attend un appel, et personne ne l’a jointe."),
    RequestStep.ACKNOWLEDGE: (
        "Accuser réception",
        "La personne ne sait pas encore que sa demande est arrivée entre vos mains.",
    ),
    RequestStep.ACKNOWLEDGE_WITH_DATE: (
        "Accuser réception et annoncer une date de réponse",
        "L’accusé de réception dit quand la personne aura sa réponse.",
    ),
    RequestStep.ANSWER: ("Répondre", "La question attend sa réponse."),
    RequestStep.ANSWER_BY_DATE: (
        "Répondre à la date annoncée",
        "Une date de réponse est annoncée à la personne.",
    ),
    RequestStep.ANSWER_OTHERWISE: (
        "Donner la réponse autrement",
        "La demande est fermée, mais le serveur de courriel a refusé la réponse. Téléphonez ou "
        "écrivez à la personne, puis inscrivez-le. Vous pouvez aussi réessayer l’envoi plus bas.",
    ),
    RequestStep.ACCESS: (
        "Répondre dans les délais de la loi sur l’accès, ou diriger la personne",
        "La demande vise un document ou un dossier : la loi donne 20 jours.",
    ),
    RequestStep.NOTHING: ("Rien à faire", "La demande est fermée."),
}


def tag(status: str) -> tuple[str, str]:
    """The word of a status and the kind of its tag."""
    return _TAGS[RequestStatus(status)]


def waiting_for_you(count: int, late: int) -> str:
    """ "3 demandes de renseignements vous attendent, dont 1 en retard"."""
    number = formats.count(count, "demande de renseignements", "demandes de renseignements")
    verb = "vous attendent" if count > 1 else "vous attend"
    return f"{number} {verb}" + (f", dont {late} en retard" if late else "")


def waiting_for_replaced(count: int) -> str:
    """ "2 demandes de renseignements d’une personne que vous remplacez"."""
    number = formats.count(count, "demande de renseignements", "demandes de renseignements")
    return f"{number} d’une personne que vous remplacez"


def waiting_for_somebody(count: int) -> str:
    """ "2 demandes de renseignements sans personne"."""
    number = formats.count(count, "demande de renseignements", "demandes de renseignements")
    return f"{number} sans personne"
