"""Every page of every audience passes axe at both widths, in each state of the files it shows."""

import re
from collections.abc import Iterable

import pyotp
import pytest
from werkzeug.routing import MapAdapter

from grants.clock import utc_now
from grants.domain.access import SYSTEM, Role
from grants.operations import accounts
from grants.unit_of_work import saving
from tests.browser import revising, states, volunteer
from tests.browser.conftest import Arrivals
from tests.browser.inspection import Findings
from tests.browser.office import DemoOffice
from tests.browser.visitors import Visitor
from tests.browser.walk import DOWNLOADS, Kind, Walk

pytestmark = pytest.mark.serial

BY_FLOW = {
    "account.code",
    "account.confirm_factor",
    "account.confirm_identity",
    "account.enrol",
    "account.set_password",
    "account.totp",
}
KNOWN_NEQ, NEW_NEQ = "1144557686", "1145000204"
STAFF = volunteer.Volunteer("Anaïs Pépin", "anais@secretariat.exemple", "", "")
MEMBER = "Aline Saint-Onge"
LEAD, AGENT, ADVISOR = "Hélène Caron", "Fatou Diallo", "Odile Morin"
DECIDER, PREPARER, APPROVER = "Irène Vallée", "Réjean Kirouac", "Sylvio Tanguay"


@pytest.fixture(scope="module")
def routes(office: DemoOffice) -> MapAdapter:
    """The addresses of the product."""
    return office.app.url_map.bind("127.0.0.1")


@pytest.fixture(scope="module")
def seen() -> set[Kind]:
    """The kinds of pages looked at by the tests of this file: each of them once."""
    return {(endpoint,) for endpoint in BY_FLOW}


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


def _finish(walk: Walk) -> None:
    assert walk.findings.problems == []


def test_public_pages(arrive: Arrivals, routes: MapAdapter, seen: set[Kind]) -> None:
    """What anyone reaches from the home page, the pages of an account and the mailbox."""
    visitor, walk = arrive(), Walk(routes, ("public.", "account."), seen)
    walk.go(visitor, ["/", "/compte/mot-de-passe-oublie/courriel", "/compte/avis"])
    _finish(walk)


def test_organization_pages(arrive: Arrivals, routes: MapAdapter, seen: set[Kind]) -> None:
    """The space of an organization with a draft, a file and a team."""
    visitor, walk = arrive(), Walk(routes, ["applicant."], seen)
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
    _finish(walk)


def test_desk_pages(arrive: Arrivals, routes: MapAdapter, seen: set[Kind]) -> None:
    """The desks of a team lead, an information agent, an advisor."""
    walk = Walk(routes, ["staff."], seen)
    for name in (LEAD, AGENT, ADVISOR):
        visitor = arrive()
        visitor.become(name)
        visitor.goto("/bureau/")
        first = visitor.page.locator(".queue .row-title[href]").first.get_attribute("href")
        walk.go(visitor, ["/bureau/", str(first)])
    _finish(walk)


def _look(arrive: Arrivals, walk: Walk, name: str, pages: Iterable[str]) -> Visitor:
    """As this person, these pages and the kinds of pages to which they lead."""
    visitor = arrive()
    visitor.become(name)
    walk.go(visitor, pages)
    return visitor


def test_decided_files_of_organizations(
    office: DemoOffice, arrive: Arrivals, routes: MapAdapter, seen: set[Kind]
) -> None:
    """A decision to read, a revision to ask, an agreement to sign, one that is signed."""
    walk = Walk(routes, ["applicant."], seen)
    unread = states.place(office, states.REVISABLE)
    to_sign = states.place(office, states.TO_SIGN)
    signed = states.place(office, states.AGREED, states.ON_LINE)
    refused = states.place(office, states.REFUSED, states.READ)
    visitor = _look(arrive, walk, unread.member, [unread.follow])
    revising.open_decision(visitor, unread.follow)
    walk.go(visitor, [visitor.page.url])
    _look(arrive, walk, refused.member, [refused.follow, f"{refused.follow}/decision"])
    _look(arrive, walk, to_sign.member, [to_sign.follow, f"{to_sign.follow}/protocole"])
    _look(arrive, walk, signed.member, [signed.follow, f"{signed.follow}/protocole"])
    _finish(walk)


def test_desks_of_decided_files(
    office: DemoOffice, arrive: Arrivals, routes: MapAdapter, seen: set[Kind]
) -> None:
    """A review, a decision, an agreement and its payments, at the desks where each is handled."""
    walk = Walk(routes, ["staff."], seen)
    reviewed = states.place(office, states.UNDER_REVIEW)
    granted = states.place(office, states.NOT_DRAFTED)
    to_sign = states.place(office, states.TO_SIGN)
    signed = states.place(office, states.TO_CONFIRM)
    refused = states.place(office, states.REFUSED)
    recommend = f"{reviewed.desk}/analyse/recommander"
    _look(arrive, walk, reviewed.advisor, [f"{reviewed.desk}/analyse", recommend])
    _look(arrive, walk, granted.advisor, [f"{granted.desk}/protocole", f"{granted.desk}/decision"])
    _look(arrive, walk, signed.advisor, [f"{signed.desk}/protocole"])
    _look(arrive, walk, DECIDER, ["/bureau/decisions", "/bureau/protocoles"])
    _look(arrive, walk, AGENT, [f"{to_sign.desk}/protocole", f"{refused.desk}/revision"])
    _finish(walk)


def test_finance_pages(
    office: DemoOffice, arrive: Arrivals, routes: MapAdapter, seen: set[Kind]
) -> None:
    """What is to pay, the accounts to verify, and a batch in each of its states."""
    walk = Walk(routes, ["finance."], seen)
    signed = states.place(office, states.AGREED, states.ON_LINE)
    account = f"/finances/coordonnees/organismes/{signed.organization_id}"
    back = states.released_payment(office)
    batches = [states.batch(office, status) for status in ("prepared", "approved", "released")]
    _look(arrive, walk, PREPARER, ["/finances/", account, back, batches[0]])
    for batch in batches:
        _look(arrive, walk, APPROVER, [batch])
    _finish(walk)


def test_every_page_was_looked_at(routes: MapAdapter, seen: set[Kind]) -> None:
    """No view with a page of its own escaped the walks above."""
    pages = {rule.endpoint for rule in routes.map.iter_rules() if "GET" in (rule.methods or ())}
    assert pages - DOWNLOADS - {kind[0] for kind in seen} == set()


def test_a_second_factor(office: DemoOffice, arrive: Arrivals) -> None:
    """The link of the mail, a password, both pages of the codes, and who it is asked again."""
    visitor, findings = arrive(), Findings()
    _invite(office)
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
    visitor.goto("/compte/confirmer?next=/bureau/")
    findings.inspect(visitor, "account.confirm_identity")
    visitor.page.get_by_label("Mot de passe").fill(volunteer.PASSWORD)
    visitor.press("Continuer")
    findings.inspect(visitor, "account.confirm_factor")
    visitor.goto("/bureau/")
    visitor.press("Quitter")
    visitor.goto("/compte/entrer")
    _sign_in(visitor)
    findings.inspect(visitor, "account.totp")
    assert findings.problems == []


def _invite(office: DemoOffice) -> None:
    roles = frozenset({Role.ADVISOR})
    details = accounts.StaffDetails(STAFF.name, STAFF.email, "SACA", "Conseillère", roles)
    with office.session(), saving() as session:
        accounts.create_staff(session, details, actor=SYSTEM, now=utc_now())


def _sign_in(visitor: Visitor) -> None:
    visitor.page.get_by_label("Adresse de courriel").fill(STAFF.email)
    visitor.page.get_by_label("Mot de passe").fill(volunteer.PASSWORD)
    visitor.press("Continuer")
