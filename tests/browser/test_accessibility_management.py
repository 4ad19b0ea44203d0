"""Every page of finance, management and administration passes axe at both widths."""

import pytest

from tests.browser import states
from tests.browser.conftest import Arrivals
from tests.browser.office import DemoOffice
from tests.browser.walk import Walk

pytestmark = pytest.mark.serial

PART = "management"
PREPARER, APPROVER = "Réjean Kirouac", "Sylvio Tanguay"
MANAGER, ADMINISTRATOR, OTHER = "Louise Audet", "Étienne Lamontagne", "Normand Sirois"


def test_finance_pages(office: DemoOffice, arrive: Arrivals, walk: Walk) -> None:
    """What is to pay, the accounts to verify, and a batch in each of its states."""
    signed = states.place(office, states.AGREED, states.ON_LINE)
    account = f"/finances/coordonnees/organismes/{signed.organization_id}"
    back = states.released_payment(office)
    batches = [states.batch(office, status) for status in ("prepared", "approved", "released")]
    walk.look(arrive, PREPARER, ["/finances/", account, back, batches[0]])
    for batch in batches:
        walk.look(arrive, APPROVER, [batch])
    walk.finish()


def test_management_pages(arrive: Arrivals, walk: Walk) -> None:
    """Results, publications, days off, commitments; and what each act shows before it is done."""
    visitor = walk.look(arrive, MANAGER, ["/gestion/resultats"])
    look = walk.findings.inspect
    visitor.goto("/gestion/jours-feries")
    visitor.follow("Vérifier et confirmer")
    visitor.press("Voir ce qui change")
    look(visitor, "management.days_off_year, its effect")
    visitor.goto("/gestion/engagements/SCT_ACK")
    visitor.page.get_by_label("Cible").fill("91")
    visitor.press("Voir l’effet")
    look(visitor, "management.edit_commitment, its effect")
    visitor.goto("/gestion/publications/nouvelle")
    for area in visitor.page.locator("main form textarea").all():
        area.fill("Deux postes sont restés vacants.")
    visitor.press("Relire avant de publier")
    look(visitor, "management.publish, read again")
    walk.finish()


def test_administration_pages(arrive: Arrivals, walk: Walk) -> None:
    """The people and the health of the system."""
    visitor = walk.look(arrive, ADMINISTRATOR, ["/administration/", "/administration/sante"])
    visitor.goto("/administration/")
    link = visitor.page.get_by_role("link", name=OTHER)
    walk.go(visitor, [str(link.get_attribute("href"))])
    walk.finish()


def test_every_page_was_looked_at(walk: Walk) -> None:
    """No page of this part escaped the walks above."""
    assert walk.missed() == set()
