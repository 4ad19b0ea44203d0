"""The screens that anybody sees without an account."""

from tests.browser.visitors import Visitor
from tools.screens.camera import Photographer

QUESTION = (
    "Notre groupe de locataires n’est pas encore incorporé. Pouvons-nous demander une subvention "
    "cette année, ou devons-nous attendre d’avoir notre numéro d’entreprise?"
)
PAGES = (
    ("accueil", "/"),
    ("programme", "/programmes/DCD"),
    ("se-connecter", "/compte/entrer"),
    ("plainte", "/plaintes"),
    ("engagements-saca", "/engagements/saca"),
    ("declarations", "/engagements/declarations"),
    ("donnees-ouvertes", "/donnees-ouvertes"),
    ("ressources", "/ressources"),
)


def pages(camera: Photographer, visitor: Visitor) -> None:
    """What one reads; the date is counted over the days off of December."""
    for slug, path in PAGES:
        camera.open(visitor, slug, path)
    visitor.goto("/engagements/calcul")
    visitor.page.get_by_label("Jour", exact=True).fill("18")
    visitor.page.get_by_label("Mois").select_option("12")
    visitor.press("Calculer la date")
    camera.take(visitor, "calcul-date")


def question(camera: Photographer, visitor: Visitor) -> None:
    """A question, its receipt, and the way to follow it."""
    visitor.goto("/renseignements")
    page = visitor.page
    for name, value in (("office", "SACA"), ("topic", "general")):
        page.locator(f'[name="{name}"][value="{value}"]').check()
    visitor.press("Continuer")
    page.get_by_label("Que voulez-vous savoir?").fill(QUESTION)
    page.get_by_label("Adresse de courriel").fill("locataires@exemple.quebec")
    camera.take(visitor, "poser-une-question")
    visitor.press("Envoyer ma demande")
    camera.take(visitor, "question-recue")
    number = page.locator(".receipt__number").inner_text().strip()
    visitor.goto("/suivre")
    page.get_by_role("textbox", name="Numéro").fill(number)
    page.get_by_label("Adresse de courriel").fill("locataires@exemple.quebec")
    camera.take(visitor, "suivre")
