"""Complaints of the demonstration, what was found and what was answered: all invented."""

from dataclasses import dataclass


@dataclass(frozen=True)
class Subject:
    """What somebody complains about, and what the examination led to."""

    words: str
    about: str
    finding: str = "founded"
    comment: str = ""
    recommendation: str = ""
    none_because: str = ""
    answer: str = ""


SILENCE = Subject(
    words=(
        "J’ai laissé trois messages en deux semaines au sujet de mon dossier. Personne ne m’a "
        "rappelée, alors que vous promettez de le faire en 24 heures."
    ),
    about="Rappels téléphoniques",
    comment="Les trois messages ont été entendus; aucun n’a été confié à une personne.",
    recommendation="Confier chaque message à une personne nommée le matin même.",
    answer=(
        "Vous avez raison : nous aurions dû vous rappeler. Chaque message devrait "
        "maintenant être confié le matin même, et une personne vous a jointe depuis."
    ),
)
TONE = Subject(
    words="Au comptoir, on m’a répondu sèchement que je n’avais qu’à lire le site.",
    about="Accueil au comptoir",
    finding="partly",
    comment="L’affluence ce jour-là ne justifie pas le ton. L’information donnée était exacte.",
    recommendation="Afficher au comptoir qu’une personne peut lire le formulaire avec le public.",
    answer=(
        "Nous regrettons le ton de cette réponse. L’information était exacte, mais vous aviez "
        "droit à de l’aide pour lire le formulaire."
    ),
)
DELAY = Subject(
    words="Notre versement est arrivé plus tard que les dix jours que vous promettez.",
    about="Versement d’une subvention",
    finding="unfounded",
    comment="Le compte a été vérifié après la signature; le délai court depuis l’entente reçue.",
    none_because="Le délai a été tenu et expliqué à l’organisme avant le versement.",
    answer=(
        "Le délai de dix jours ouvrables court à partir de la réception de l’entente signée. Le "
        "versement a été fait le neuvième jour."
    ),
)
FORM = Subject(
    words="La question 14 du formulaire demande deux fois la même chose. Je le dis en passant.",
    about="Formulaire de demande",
    finding="comment",
    comment="Les deux questions se recoupent en effet.",
    none_because="La correction est déjà prévue pour le prochain appel.",
    answer="Merci de l’avoir signalé. La question sera retirée au prochain appel.",
)
LETTER = Subject(
    words=(
        "La lettre de refus renvoie à un article que je ne trouve nulle part. J’ai dû demander à "
        "trois personnes avant qu’on me l’explique."
    ),
    about="Lettre de décision",
    comment="L’article cité a changé de numéro; trois personnes ont été jointes avant la réponse.",
    recommendation="Écrire dans la lettre ce que dit l’article, plutôt que son numéro.",
    answer=(
        "La lettre aurait dû dire en mots simples pourquoi. Nous avons recommandé de ne plus citer "
        "un article sans l’expliquer."
    ),
)
HANDS = Subject(
    words="On m’a transféré quatre fois pour une question sur un appel d’offres.",
    about="Demande de renseignements",
    comment="Le relevé montre quatre transferts, dont deux sans raison.",
    recommendation="Donner aux agents la liste des personnes par sujet.",
    answer="Quatre transferts, c’est trop. Une liste par sujet est maintenant tenue à jour.",
)
