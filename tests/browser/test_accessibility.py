"""Every page of every audience, and forms in error, pass axe at both widths."""

import re
from collections.abc import Callable

import pyotp
import pytest
from playwright.sync_api import expect
from werkzeug.routing import MapAdapter

from grants.clock import utc_now
from grants.domain.access import SYSTEM, Role
from grants.operations import accounts
from grants.unit_of_work import saving
from tests.browser import volunteer
from tests.browser.conftest import Arrivals
from tests.browser.inspection import Findings
from tests.browser.office import DemoOffice
from tests.browser.visitors import Visitor
from tests.browser.walk import DOWNLOADS, Walk

pytestmark = pytest.mark.serial

BY_FLOW = {"account.code", "account.enrol", "account.totp", "account.set_password"}
KNOWN_NEQ, NEW_NEQ = "1144557686", "1145000204"
STAFF = volunteer.Volunteer("Anaïs Pépin", "anais@demo.appui.example", "", "")
MEMBER = "Aline Saint-Onge"
LEAD, AGENT, ADVISOR = "Hélène Caron", "Fatou Diallo", "Odile Morin"


@pytest.fixture(scope="module")
def routes(office: DemoOffice) -> MapAdapter:
    """The addresses of the product."""
    return office.app.url_map.bind("127.0.0.1")


@pytest.fixture(scope="module")
def seen() -> set[str]:
    """The pages looked at by the tests of this file, by the name of their view."""
    return set(BY_FLOW)


def test_a_fault_would_be_seen(arrive: Arrivals) -> None:
    """The inspection finds a missing name, a second heading and a page that is too wide."""
    visitor, findings = arrive(), Findings()
    visitor.goto("/compte/entrer")
    visitor.page.evaluate("document.querySelector('label[for=email]').remove()")
    visitor.page.evaluate("document.querySelector('h1').after(document.createElement('h1'))")
    visitor.page.evaluate("document.querySelector('h1').style.width = '2000px'")
    findings.inspect(visitor, "broken")
    told = " ".join(findings.problems)
    assert "2 h1" in told and "px too wide" in told and ": label:" in told


def _finish(walk: Walk, seen: set[str]) -> None:
    seen |= walk.endpoints
    assert walk.findings.problems == []


def test_public_pages(arrive: Arrivals, routes: MapAdapter, seen: set[str]) -> None:
    """What anyone reaches from the home page, the pages of an account and the mailbox."""
    visitor, walk = arrive(), Walk(routes, ("public.", "account."))
    walk.go(visitor, ["/", "/compte/mot-de-passe-oublie/courriel", "/compte/avis"])
    _finish(walk, seen)


def test_organization_pages(arrive: Arrivals, routes: MapAdapter, seen: set[str]) -> None:
    """The space of an organization with a draft, a file and a team."""
    visitor, walk = arrive(), Walk(routes, ["applicant."])
    visitor.become(MEMBER)
    visitor.goto("/mon-espace/")
    visitor.follow("Continuer")
    visitor.goto(f"{visitor.page.url}/sections/documents")
    volunteer.add_files(visitor)
    elsewhere = [
        f"/mon-espace/organisme/creer?neq={NEW_NEQ}",
        f"/mon-espace/organisme/rejoindre?neq={KNOWN_NEQ}",
    ]
    walk.go(visitor, ["/mon-espace/", *elsewhere])
    _finish(walk, seen)


def test_desk_pages(arrive: Arrivals, routes: MapAdapter, seen: set[str]) -> None:
    """The desks of a team lead, an information agent, an advisor."""
    walk = Walk(routes, ["staff."])
    for name in (LEAD, AGENT, ADVISOR):
        visitor = arrive()
        visitor.become(name)
        visitor.goto("/bureau/")
        first = visitor.page.locator(".queue .row-title[href]").first.get_attribute("href")
        walk.go(visitor, ["/bureau/", str(first)])
    _finish(walk, seen)


def test_every_page_was_looked_at(routes: MapAdapter, seen: set[str]) -> None:
    """No view with a page of its own escaped the walks above."""
    pages = {rule.endpoint for rule in routes.map.iter_rules() if "GET" in (rule.methods or ())}
    assert pages - DOWNLOADS - seen == set()


def test_a_second_factor(office: DemoOffice, arrive: Arrivals) -> None:
    """A member of the staff: the link of the mail, a password, then both pages of the codes."""
    visitor, findings = arrive(), Findings()
    roles = frozenset({Role.ADVISOR})
    details = accounts.StaffDetails(STAFF.name, STAFF.email, "SACA", "Conseillère", roles)
    with office.session(), saving() as session:
        accounts.create_staff(session, details, actor=SYSTEM, now=utc_now())
    volunteer.read_mail(visitor, STAFF, "mot de passe")
    visitor.page.get_by_role("main").get_by_role("link", name="/compte/lien/").click()
    findings.inspect(visitor, "account.set_password")
    visitor.page.get_by_label("mot de passe").first.fill(volunteer.PASSWORD)
    visitor.press("Enregistrer ce mot de passe")
    _sign_in(visitor)
    findings.inspect(visitor, "account.enrol")
    secret = re.sub(r"\s", "", visitor.page.locator("code").first.inner_text())
    visitor.page.get_by_label("Code").fill(pyotp.TOTP(secret).now())
    visitor.press("Installer et entrer")
    visitor.press("Quitter")
    visitor.goto("/compte/entrer")
    _sign_in(visitor)
    findings.inspect(visitor, "account.totp")
    assert findings.problems == []


def _sign_in(visitor: Visitor) -> None:
    visitor.page.get_by_label("Adresse de courriel").fill(STAFF.email)
    visitor.page.get_by_label("Mot de passe").fill(volunteer.PASSWORD)
    visitor.press("Continuer")


def _press(label: str) -> Callable[[Visitor], None]:
    def press(visitor: Visitor) -> None:
        visitor.press(label)

    return press


def _wrong_code(visitor: Visitor) -> None:
    page = visitor.page
    page.get_by_label("Prénom et nom").fill("Ève Nadon")
    page.get_by_label("Adresse de courriel").fill("eve@nulle-part.exemple")
    page.get_by_label("Mot de passe").fill(volunteer.PASSWORD)
    page.get_by_label("J’ai lu l’avis").check()
    visitor.press("Créer mon compte")
    page.get_by_label("Code").fill("12")
    visitor.press("Entrer")


def _all_tasks_at_fault(visitor: Visitor) -> None:
    visitor.follow("Continuer")
    visitor.goto(f"{visitor.page.url}/sections/amount")
    visitor.page.locator('[name="finished"][value="yes"]').check()
    visitor.page.locator("#amount_requested").fill("beaucoup")
    visitor.press("Enregistrer et continuer")


FAULTS = [
    ("", "/compte/entrer", _press("Continuer")),
    ("", "/compte/creer", _wrong_code),
    ("", "/compte/creer", _press("Créer mon compte")),
    ("", "/compte/mot-de-passe-oublie", _press("Recevoir un lien")),
    (MEMBER, "/mon-espace/organisme?autre=1", _press("Continuer")),
    (MEMBER, f"/mon-espace/organisme/creer?neq={NEW_NEQ}", _press("Inscrire l’organisme")),
    (MEMBER, "/mon-espace/", _all_tasks_at_fault),
    (AGENT, "/bureau/saisir", _press("Inscrire la demande")),
]


def test_forms_in_error(arrive: Arrivals) -> None:
    """Each main form refused: the summary has the focus, and the page still passes."""
    findings = Findings()
    for rank, (name, path, fault) in enumerate(FAULTS):
        visitor = arrive()
        if name:
            visitor.become(name)
        visitor.goto(path)
        fault(visitor)
        expect(visitor.page.locator("[data-error-summary]")).to_be_focused()
        findings.inspect(visitor, f"{rank} {path} in error")
    assert [each for each in findings.problems if "same title" not in each] == []
