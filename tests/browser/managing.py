"""What management does, with the words of the screen."""

from playwright.sync_api import expect

from tests.browser.visitors import Visitor

FORMATS = ("CSV", "XLSX", "JSON")
MISSED = "Deux postes sont restés vacants."


def confirm_days_off(visitor: Visitor) -> str:
    """The first year that is only proposed: checked, its effect read, confirmed; that year."""
    visitor.goto("/gestion/jours-feries")
    visitor.follow("Vérifier et confirmer")
    year = visitor.page.url.rpartition("/")[2]
    visitor.press("Voir ce qui change")
    main = visitor.page.get_by_role("main")
    expect(main.get_by_role("heading", name="Échéances déplacées")).to_be_visible()
    expect(main).to_contain_text("Tous les résultats déjà publiés")
    visitor.press("Confirmer les jours fériés")
    expect(main).to_contain_text("Confirmée")
    return year


def edit_commitment(visitor: Visitor, code: str, percent: int) -> None:
    """Another target for a promise, its effect read, confirmed."""
    visitor.goto(f"/gestion/engagements/{code}")
    visitor.page.get_by_label("Cible").fill(str(percent))
    visitor.press("Voir l’effet")
    main = visitor.page.get_by_role("main")
    expect(main.get_by_role("heading", name="Ce qui ne bouge pas")).to_be_visible()
    visitor.press("Confirmer le changement")
    expect(main).to_contain_text("L’engagement est changé")


def publish(visitor: Visitor, period: str) -> None:
    """A period that is over: read, explained where the rule asks, read again, published."""
    visitor.goto(f"/gestion/publications/nouvelle?periode={period}")
    for area in visitor.page.locator("main form textarea").all():
        area.fill(MISSED)
    visitor.press("Relire avant de publier")
    expect(visitor.page.get_by_role("main")).to_contain_text(MISSED)
    visitor.press("Publier pour de bon")
    expect(visitor.page.get_by_role("main")).to_contain_text("Les résultats sont publiés")


def download(visitor: Visitor) -> dict[str, bytes]:
    """The publication in each format once the worker made the last, by the name of the format."""
    page, here = visitor.page, visitor.page.url
    visitor.await_link("Télécharger en PDF", here)
    links = page.get_by_role("main").get_by_role("link", name="Télécharger en")
    files = {link.inner_text().split()[-1]: str(link.get_attribute("href")) for link in links.all()}
    return {name: visitor.get(address) for name, address in files.items()}
