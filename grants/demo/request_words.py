"""What people of the demonstration ask, and what they are answered: all invented."""

from collections.abc import Mapping

NAMES = (
    "Mélina Dufresne",
    "Robert Castonguay",
    "Aïcha Benmoussa",
    "Jean-Yves Lanctôt",
    "Suzie Picard",
    "Dominic Allard",
    "Hoa Tran",
    "Ghislaine Rouleau",
    "Mamadou Sow",
    "Isabelle Côté-Lavigne",
    "Florian Desrosiers",
    "Pauline Ricard",
    "Émile Boisvert",
    "Nathalie Quirion",
    "Youssef Amrani",
    "Claire Filion",
    "Raymond Thivierge",
)

QUESTIONS: Mapping[str, tuple[str, ...]] = {
    "general": (
        "À quelle date ouvre le prochain appel pour le soutien à la mission, et où trouve-t-on le "
        "formulaire?",
        "Notre groupe vient de s’incorporer. Peut-il demander un soutien dès cette année?",
        "J’ai changé d’adresse depuis ma demande. À qui dois-je l’écrire?",
    ),
    "statistics": (
        "Combien d’organismes ont reçu un soutien l’an dernier dans ma région, et pour quel total?",
        "Avez-vous le nombre de demandes refusées par programme depuis trois ans?",
    ),
    "policies": (
        "Où peut-on lire la politique de reconnaissance de l’action communautaire?",
        "La politique de gestion contractuelle s’applique-t-elle aux organismes subventionnés?",
    ),
    "business": (
        "Notre petite entreprise fabrique du mobilier. Comment vendre au gouvernement?",
        "Où sont annoncés les contrats de moins de 25\u00a0000\u00a0$?",
    ),
    "media": (
        "Je prépare un article sur les délais de versement des subventions. Qui peut m’en parler?",
        "Pouvez-vous confirmer le nombre de contrats conclus de gré à gré cette année?",
    ),
    "procurement": (
        "Notre soumission a été écartée sans explication lors d’un appel d’offres public.",
        "Les exigences de cet appel d’offres favorisent un seul fournisseur.",
    ),
    "access": (
        "Je veux une copie de mon dossier et des notes prises à mon sujet.",
        "Je demande les rapports de visite de 2025 concernant notre organisme.",
    ),
    "ministry": (
        "Nous révisons un programme d’aide. Quelles règles de reddition de comptes appliquer?",
        "Pouvez-vous relire le projet de cadre normatif avant son dépôt?",
    ),
}

ANSWERS: Mapping[str, str] = {
    "general": (
        "L’appel ouvre chaque automne; sa date est sur la page des programmes dès qu’elle est "
        "connue. Le formulaire se remplit en ligne ou sur papier, et nous pouvons le faire avec "
        "vous au téléphone."
    ),
    "statistics": (
        "Les subventions accordées sont dans nos données ouvertes, par région et par programme. "
        "Pour l’an dernier, le tableau joint à cette page donne le nombre et le total."
    ),
    "policies": (
        "La politique est publiée sur le site du gouvernement. Le chapitre 3 répond à votre "
        "question; une personne de l’équipe peut le lire avec vous."
    ),
    "business": (
        "Inscrivez votre entreprise au système électronique d’appel d’offres, sans frais. Vous "
        "recevrez un avis pour chaque contrat de votre domaine."
    ),
    "media": (
        "Les délais de versement sont publiés à la page de nos résultats. Notre porte-parole vous "
        "rappelle avant votre heure de tombée pour le reste."
    ),
    "procurement": (
        "Écrivez d’abord à l’organisme public qui a lancé l’appel d’offres, avant la fin du délai "
        "indiqué au document. Si sa réponse ne vous satisfait pas, adressez-vous à l’Autorité des "
        "marchés publics, dont les coordonnées suivent."
    ),
    "access": (
        "Les documents demandés vous sont transmis. Les noms des autres personnes y sont masqués, "
        "comme la loi le demande."
    ),
    "ministry": (
        "Les règles de reddition de comptes s’appliquent dès la première année. Nous avons relu le "
        "projet : trois passages sont à préciser, indiqués dans la copie que vous recevez."
    ),
}

DETAILS: Mapping[str, Mapping[str, str]] = {
    "media": {"outlet": "La Voix des Deux-Rives", "deadline": "Demain, 15\u00a0h"},
    "procurement": {
        "body": "Régie des transports de la Vallée-Basse",
        "tender_number": "RTVB-2026-114",
        "agreement": "alec",
        "tender_date": "2026-02-16",
        "facts": "La grille d’évaluation a changé après le dépôt des soumissions.",
        "remedy": "Reprendre l’évaluation avec la grille annoncée.",
    },
    "ministry": {"ministry": "Ministère des Loisirs et du Plein air"},
}

ACKNOWLEDGED = (
    "Nous avons bien reçu votre demande. Une personne de l’équipe la prépare et vous répondra au "
    "plus tard à la date indiquée."
)
EXTENDED = (
    "Les chiffres que vous demandez viennent de trois directions. La dernière nous les remet la "
    "semaine prochaine; nous vous répondrons à la nouvelle date."
)
MOVED = (
    "Vous demandez un document qui existe déjà : la loi sur l’accès s’applique. La personne "
    "responsable vous répond dans les vingt jours de la réception de votre demande."
)
REDIRECTED = (
    "Votre question relève d’un autre organisme public. Voici ses coordonnées; nous ne lui avons "
    "rien transmis."
)

TO_AN_ADVISOR = "La question porte sur un dossier de soutien"
TO_A_COLLEAGUE = "Connaît ce programme mieux que moi"
TO_THE_LEAD = "La réponse engage la direction"
HOUSING = "Mon logement est insalubre et mon propriétaire ne répond plus. Qui peut m’aider?"
