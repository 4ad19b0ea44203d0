"""What whoever asks without an account does, one act per function, with the words of the screen."""

from playwright.sync_api import expect

from tests.browser.visitors import Visitor
from tests.browser.volunteer import CODE, Volunteer, read_mail

QUESTION = "Depuis quand une commande doit-elle être publiée au registre?"


def ask(visitor: Visitor, office: str, topic: str, who: Volunteer) -> str:
    """From the home page: to whom, about what, the question; the number of the request."""
    page = visitor.page
    visitor.goto("/")
    visitor.follow("Poser une question")
    page.get_by_label(office).check()
    page.get_by_label(topic).check()
    visitor.press("Continuer")
    page.get_by_label("Que voulez-vous savoir?").fill(QUESTION)
    page.get_by_label("Adresse de courriel").fill(who.email)
    visitor.press("Envoyer ma demande")
    return _number(visitor)


def complain(visitor: Visitor, office: str, words: str, who: Volunteer) -> str:
    """From the home page: what was not right; the number, shown once."""
    page = visitor.page
    visitor.goto("/")
    visitor.follow("Commenter ou porter plainte")
    page.get_by_label(office).check()
    page.locator("[name=words]").fill(words)
    page.locator("[name=answer_by][value=email]").check()
    page.locator("[name=requester]").fill(who.name)
    page.locator("[name=email]").fill(who.email)
    visitor.press("Envoyer mon message")
    number = _number(visitor)
    page.reload()
    expect(page.get_by_role("main")).not_to_contain_text(number)
    return number


def _number(visitor: Visitor) -> str:
    return visitor.page.locator(".receipt__number").inner_text().strip()


def follow(visitor: Visitor, number: str, who: Volunteer, already: int = 0) -> None:
    """The number and the address, then the code of the mail: where it stands.

    `already`: how many codes this address was sent before.
    """
    visitor.goto("/")
    visitor.follow("Suivre une demande")
    visitor.page.get_by_role("textbox", name="Numéro").fill(number)
    visitor.page.get_by_label("Adresse de courriel").fill(who.email)
    visitor.press("Recevoir un code")
    found = CODE.search(read_mail(visitor, who, "Votre code", already))
    assert found is not None
    visitor.goto("/suivre/code")
    visitor.page.get_by_label("Code").fill(found[0])
    visitor.press("Voir")
    expect(visitor.page.get_by_role("main")).to_contain_text(number)
