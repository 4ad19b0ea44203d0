"""What the advisor, the lead and the person who decides do, with the words of the screen."""

from dataclasses import dataclass

from playwright.sync_api import expect

from tests.browser.visitors import Visitor

HELP = "La Maison des services du quartier, 418 555-0170."


@dataclass(frozen=True)
class Ruling:
    """What is recommended, then decided, with the words that the letter must hold."""

    outcome: str
    reason: str
    explanation: str
    alternative: str = ""


ACCEPTED = Ruling("accepted", "complete", "Votre projet remplit toutes les conditions.")
REFUSED = Ruling("refused", "surplus", "Vos réserves suffisent à payer ce projet.", HELP)


def review(visitor: Visitor, case: str, ruling: Ruling) -> None:
    """Documents, then each criterion, then the recommendation; the file waits for a decision."""
    visitor.goto(f"{case}/analyse")
    visitor.follow("Vérifier les documents")
    _tick_all(visitor, "received")
    visitor.press("Enregistrer la vérification")
    visitor.follow("Évaluer")
    while "/criteres/" in visitor.page.url:
        _tick_all(visitor, "met")
        with visitor.page.expect_navigation():
            visitor.press("Enregistrer")
    visitor.follow("Préparer la recommandation")
    _tick(visitor, "outcome", ruling.outcome)
    visitor.page.get_by_label("Motifs de la recommandation").fill(ruling.explanation)
    visitor.press("Transmettre la recommandation")
    expect(visitor.page.get_by_role("main")).to_contain_text("Recommandation transmise")


def decide(visitor: Visitor, number: str, ruling: Ruling) -> None:
    """From the list of those who wait: the form, the letter read again, the act."""
    visitor.goto("/bureau/decisions")
    row = visitor.page.get_by_role("row").filter(has_text=number)
    row.get_by_role("link").first.click()
    read_letter(visitor, ruling)
    visitor.press("Prendre la décision et transmettre la lettre")
    expect(visitor.page.get_by_role("main")).to_contain_text("la décision est prise")


def read_letter(visitor: Visitor, ruling: Ruling) -> None:
    """From the form of a decision to the exact letter; nothing is decided yet."""
    page = visitor.page
    _tick(visitor, "outcome", ruling.outcome)
    _tick(visitor, "reasons", ruling.reason)
    page.get_by_label("Expliquez en mots simples").fill(ruling.explanation)
    page.get_by_label("Une autre ressource").fill(ruling.alternative)
    visitor.press("Relire la lettre de décision")
    expect(page.get_by_role("article")).to_contain_text(ruling.explanation)


def _tick(visitor: Visitor, name: str, value: str) -> None:
    visitor.page.locator(f'[name="{name}"][value="{value}"]').check()


def _tick_all(visitor: Visitor, finding: str) -> None:
    for choice in visitor.page.locator(f'input[type="radio"][value="{finding}"]').all():
        choice.check()
