"""What the person designated for complaints does, with the words of the screen."""

from datetime import date

from playwright.sync_api import expect

from tests.browser.visitors import Visitor

FACTS, ANSWER = "Trois appels sans réponse, confirmés.", "Vous avez raison, et nous le regrettons."
CHANGE = "Répondre au téléphone à deux, le midi."


def file_at_a_desk(visitor: Visitor, received: date) -> None:
    """Take down what a person says on the telephone, who wants no answer."""
    visitor.goto("/bureau/plaintes/deposer")
    page = visitor.page
    page.get_by_role("radio", name="Par téléphone").first.check()
    page.get_by_label("Jour").fill(str(received.day))
    page.get_by_label("Mois").select_option(str(received.month))
    page.get_by_label("Année").fill(str(received.year))
    page.get_by_label("Heure de réception").fill("9 h 30")
    page.get_by_label("Ce qui s’est passé").fill("On m’a raccroché au nez.")
    page.get_by_role("radio", name="Aucune réponse").check()
    visitor.press("Déposer la plainte")
    expect(page.get_by_role("heading", level=1)).to_contain_text("La plainte est déposée")


def open_complaint(visitor: Visitor, number: str) -> str:
    """Find a complaint in the registry; the address of its sheet."""
    visitor.goto("/bureau/plaintes")
    row = visitor.page.get_by_role("row").filter(has_text=number)
    row.get_by_role("link").first.click()
    expect(visitor.page.get_by_role("heading", level=1)).to_contain_text(number)
    return visitor.page.url


def acknowledge(visitor: Visitor) -> None:
    """Tell the person that it came, by mail."""
    visitor.follow("Accuser réception")
    visitor.press("Accuser réception")
    _done(visitor, "L’accusé de réception est inscrit")


def name_reader(visitor: Visitor, name: str) -> None:
    """Let a colleague read it."""
    visitor.follow("Désigner une personne")
    visitor.page.get_by_role("radio", name=name).check()
    visitor.press("Désigner cette personne")
    _done(visitor, "La personne est désignée")


def conclude(visitor: Visitor) -> None:
    """What was found, what must change, and the answer, by mail."""
    visitor.follow("Conclure")
    page = visitor.page
    page.get_by_role("radio", name="Fondée", exact=True).check()
    page.get_by_label("Faits établis").fill(FACTS)
    page.get_by_label("Recommandation au secrétariat").fill(CHANGE)
    page.get_by_label("Texte de la réponse").fill(ANSWER)
    visitor.press("Conclure")
    _done(visitor, "La conclusion est inscrite")


def _done(visitor: Visitor, words: str) -> None:
    expect(visitor.page.get_by_role("main")).to_contain_text(words)
