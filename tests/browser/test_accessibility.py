"""Every page of every audience, and forms in error, pass axe at both widths."""

from collections.abc import Callable

import pytest
from werkzeug.routing import MapAdapter

from grants.clock import utc_now
from grants.domain.calendar import local_date
from tests.browser import volunteer
from tests.browser.conftest import Arrivals
from tests.browser.inspection import Findings
from tests.browser.office import DemoOffice
from tests.browser.visitors import Visitor
from tests.browser.walk import DOWNLOADS, Walk

pytestmark = pytest.mark.serial

BY_FLOW = {"account.code", "account.enrol", "account.totp", "account.set_password"}
KNOWN_NEQ, NEW_NEQ = "1144557686", "1145000204"
MEMBER, LEAD, AGENT = "Aline Saint-Onge", "Hélène Caron", "Fatou Diallo"


@pytest.fixture(scope="module")
def routes(office: DemoOffice) -> MapAdapter:
    """The addresses of the product."""
    return office.app.url_map.bind("127.0.0.1")


@pytest.fixture(scope="module")
def seen() -> set[str]:
    """The pages looked at by the tests of this file, by the name of their view."""
    return set(BY_FLOW)


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


@pytest.mark.parametrize("name", [LEAD, AGENT])
def test_desk_pages(arrive: Arrivals, routes: MapAdapter, seen: set[str], name: str) -> None:
    """The desks: a team lead's, an information agent's."""
    visitor, walk = arrive(), Walk(routes, ["staff."])
    visitor.become(name)
    walk.go(visitor, ["/bureau/", "/bureau/?qui=equipe", "/bureau/dossiers"])
    _finish(walk, seen)


def test_every_page_was_looked_at(routes: MapAdapter, seen: set[str]) -> None:
    """No view with a page of its own escaped the walks above."""
    pages = {rule.endpoint for rule in routes.map.iter_rules() if "GET" in (rule.methods or ())}
    assert pages - DOWNLOADS - seen == set()


def test_enrolling_a_second_factor(arrive: Arrivals) -> None:
    """A new member of the staff: the link in the mail, a password, then the second factor."""
    visitor, findings = arrive(), Findings()
    visitor.goto("/demonstration/courriels")
    visitor.page.get_by_role("row").filter(has_text="odile@").get_by_role("link").last.click()
    visitor.page.get_by_role("main").get_by_role("link", name="/compte/lien/").click()
    findings.inspect(visitor, "account.set_password")
    for box in visitor.page.locator("input[type=password]").all():
        box.fill(volunteer.PASSWORD)
    visitor.page.get_by_role("main").get_by_role("button").first.click()
    findings.inspect(visitor, "after the password")
    assert findings.problems == []


def _press(label: str) -> Callable[[Visitor], None]:
    def press(visitor: Visitor) -> None:
        visitor.press(label)

    return press


def _wrong_code(visitor: Visitor) -> None:
    visitor.page.get_by_label("Adresse de courriel").fill("personne@nulle-part.exemple")
    visitor.page.get_by_label("Mot de passe").fill(volunteer.PASSWORD)
    visitor.press("Continuer")
    visitor.page.get_by_label("Code").fill("12")
    visitor.press("Entrer")


def _all_tasks_at_fault(visitor: Visitor) -> None:
    visitor.follow("Continuer")
    visitor.goto(f"{visitor.page.url}/sections/amount")
    visitor.page.locator('[name="finished"][value="yes"]').check()
    visitor.page.locator("#amount_requested").fill("beaucoup")
    visitor.press("Enregistrer et continuer")


FAULTS = [
    ("", "/compte/entrer", _press("Continuer")),
    ("", "/compte/entrer", _wrong_code),
    ("", "/compte/creer", _press("Créer mon compte")),
    ("", "/compte/mot-de-passe-oublie", _press("Envoyer")),
    (MEMBER, "/mon-espace/organisme?autre=1", _press("Continuer")),
    (MEMBER, f"/mon-espace/organisme/creer?neq={NEW_NEQ}", _press("Inscrire l’organisme")),
    (MEMBER, "/mon-espace/", _all_tasks_at_fault),
    (AGENT, "/bureau/saisir", _press("Inscrire la demande")),
]


def test_forms_in_error(arrive: Arrivals) -> None:
    """Each main form refused: the summary has the focus, and the page still passes."""
    findings, today = Findings(), local_date(utc_now())
    for rank, (name, path, fault) in enumerate(FAULTS):
        visitor = arrive()
        if name:
            visitor.become(name)
        visitor.goto(path)
        fault(visitor)
        focused = visitor.page.evaluate("document.activeElement.matches('[data-error-summary]')")
        assert focused, f"{path} ({today}): the summary has no focus"
        findings.inspect(visitor, f"{rank} {path} in error")
    assert [each for each in findings.problems if "same title" not in each] == []
