"""Every page of an organization's space passes axe at both widths, in each state of its files."""

import pytest

from tests.browser import revising, states, volunteer
from tests.browser.conftest import Arrivals
from tests.browser.office import DemoOffice
from tests.browser.walk import Walk

pytestmark = pytest.mark.serial

PART = "organizations"
KNOWN_NEQ, NEW_NEQ = "1144557686", "1145000204"
MEMBER = "Aline Saint-Onge"


def test_organization_pages(arrive: Arrivals, walk: Walk) -> None:
    """The space of an organization with a draft, a file and a team."""
    visitor = arrive()
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
    walk.finish()


def test_decided_files_of_organizations(office: DemoOffice, arrive: Arrivals, walk: Walk) -> None:
    """A decision to read, a revision to ask, an agreement to sign, one that is signed."""
    unread = states.place(office, states.REVISABLE)
    to_sign = states.place(office, states.TO_SIGN)
    signed = states.place(office, states.AGREED, states.ON_LINE)
    refused = states.place(office, states.REFUSED, states.READ)
    visitor = walk.look(arrive, unread.member, [unread.follow])
    revising.open_decision(visitor, unread.follow)
    walk.go(visitor, [visitor.page.url])
    walk.look(arrive, refused.member, [refused.follow, f"{refused.follow}/decision"])
    walk.look(arrive, to_sign.member, [to_sign.follow, f"{to_sign.follow}/protocole"])
    walk.look(arrive, signed.member, [signed.follow, f"{signed.follow}/protocole"])
    walk.finish()


def test_every_page_was_looked_at(walk: Walk) -> None:
    """No page of this part escaped the walks above."""
    assert walk.missed() == set()
