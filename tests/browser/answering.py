"""What the staff do with a request for information, with the words of the screen."""

from playwright.sync_api import expect

from tests.browser.visitors import Visitor


def open_request(visitor: Visitor, number: str) -> str:
    """Find a request in the list of who waits; the address of its sheet."""
    visitor.goto("/bureau/renseignements")
    row = visitor.page.get_by_role("row").filter(has_text=number)
    row.get_by_role("link").first.click()
    expect(visitor.page.get_by_role("heading", level=1)).to_contain_text(number)
    return visitor.page.url


def acknowledge(visitor: Visitor, sheet: str) -> str:
    """Acknowledge with the date that the page proposes; that date, its spaces ordinary ones."""
    _begin(visitor, sheet, "Accuser réception")
    visitor.page.get_by_label("Ce que vous dites").fill("Je cherche la directive en vigueur.")
    visitor.press("Accuser réception")
    _told(visitor, "l’accusé de réception est inscrit")
    announced = visitor.page.get_by_text("Date annoncée").locator("strong").inner_text()
    return " ".join(announced.split())


def transfer(visitor: Visitor, sheet: str, to: str) -> None:
    """Give it to somebody else, and say why."""
    _begin(visitor, sheet, "Transférer")
    visitor.page.get_by_role("radio", name=to).check()
    visitor.page.get_by_label("Pourquoi").fill("Connaît le registre")
    visitor.press("Transférer la demande")
    _told(visitor, "est transférée")


def extend(visitor: Visitor, sheet: str, year: int) -> None:
    """Announce a later date, with the reason."""
    _begin(visitor, sheet, "Reporter la date de réponse")
    page = visitor.page
    page.get_by_label("Jour").first.fill("15")
    page.get_by_label("Mois").first.select_option("6")
    page.get_by_label("Année").first.fill(str(year))
    page.get_by_label("Ce que vous dites").fill("Il nous manque un texte, que nous attendons.")
    visitor.press("Reporter la date")
    _told(visitor, "la nouvelle date est annoncée")


def answer(visitor: Visitor, sheet: str, words: str, way: str = "Par courriel") -> None:
    """Answer, by mail unless told; the request is closed."""
    _begin(visitor, sheet, "Répondre")
    visitor.page.get_by_label("Ce que vous dites").fill(words)
    visitor.page.get_by_role("radio", name=way).check()
    visitor.press("Envoyer la réponse")
    _told(visitor, "la réponse est donnée")


def type_call(visitor: Visitor, requester: str, phone: str, question: str) -> None:
    """The short form of a caller who waits to be called back."""
    visitor.goto("/bureau/renseignements/inscrire")
    page = visitor.page
    page.get_by_label("Nom de la personne").fill(requester)
    page.get_by_label("Téléphone", exact=True).fill(phone)
    page.get_by_label("Ce que la personne demande").fill(question)
    expect(page.get_by_role("radio", name="À rappeler")).to_be_checked()


def record_call(visitor: Visitor, requester: str, phone: str, question: str) -> str:
    """Record a caller to call back; the address of the sheet."""
    type_call(visitor, requester, phone, question)
    visitor.press("Inscrire la demande")
    _told(visitor, "La demande est inscrite sous le numéro")
    return visitor.page.url


def log_call(visitor: Visitor, sheet: str, outcome: str) -> None:
    """What a call made to the person gave."""
    _begin(visitor, sheet, "Inscrire un appel")
    visitor.page.get_by_role("radio", name=outcome).check()
    visitor.press("Inscrire l’appel")
    _told(visitor, "L’appel est inscrit")


def _begin(visitor: Visitor, sheet: str, act: str) -> None:
    visitor.goto(sheet)
    visitor.page.get_by_role("main").get_by_role("link", name=act, exact=True).first.click()


def _told(visitor: Visitor, words: str) -> None:
    expect(visitor.page.get_by_role("main")).to_contain_text(words)
