"""The notice on the collection of personal information, to read before giving any.

What it must say: Act respecting Access to documents held by public bodies (A-2.1), section 65.
"""

from flask import render_template

FACTS = (
    (
        "Qui recueille",
        "Le secrétariat qui offre le programme que votre organisme a choisi. C’est le Secrétariat "
        "à l’action communautaire autonome ou le Secrétariat du Conseil du trésor.",
    ),
    (
        "Pourquoi",
        "Vous ouvrir un accès protégé et savoir qui agit pour un organisme. Vous joindre au sujet "
        "de ses demandes et garder la preuve de ce qui est envoyé.",
    ),
    (
        "Ce qui est obligatoire",
        "Votre nom, votre adresse de courriel et un mot de passe. Le téléphone est facultatif.",
    ),
    (
        "Si vous refusez",
        "Nous ne pouvons pas ouvrir de compte. Votre organisme peut présenter sa demande sur "
        "papier, par la poste ou au comptoir. Elle est traitée de la même façon et dans "
        "les mêmes délais. Sans téléphone, nous vous écrivons.",
    ),
    (
        "Qui y a accès",
        "Le personnel du secrétariat, quand son travail le demande, et les personnes responsables "
        "de votre organisme. Rien n’est vendu ni donné à d’autres, sauf si une loi l’exige.",
    ),
    (
        "Vos droits",
        "Vous pouvez voir ces renseignements, les faire corriger, en recevoir une copie et retirer "
        "votre consentement. Écrivez ou téléphonez au secrétariat\u00a0: ses coordonnées sont au "
        "bas de chaque page. Si la réponse ne vous convient pas, la Commission d’accès à "
        "l’information peut la réviser.",
    ),
    (
        "Combien de temps",
        "Tant que le compte sert. Ensuite, selon le calendrier de conservation du "
        "secrétariat\u00a0: sept ans après la fermeture du dernier dossier. Les journaux de "
        "sécurité sont gardés vingt-quatre mois.",
    ),
)


def notice() -> str:
    """The notice on a page of its own, to read again at any time."""
    return render_template("account/notice.html", facts=FACTS)
