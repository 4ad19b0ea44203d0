"""Every page of the desks of grants passes axe at both widths, in each state of the files."""

import pytest

from tests.browser import states
from tests.browser.conftest import Arrivals
from tests.browser.office import DemoOffice
from tests.browser.walk import Walk

pytestmark = pytest.mark.serial

PART = "desk"
LEAD, AGENT, ADVISOR = "Hélène Caron", "Fatou Diallo", "Odile Morin"
DECIDER = "Irène Vallée"


def test_desk_pages(arrive: Arrivals, walk: Walk) -> None:
    """The desks of a team lead, an information agent, an advisor."""
    for name in (LEAD, AGENT, ADVISOR):
        visitor = arrive()
        visitor.become(name)
        visitor.goto("/bureau/")
        first = visitor.page.locator(".queue .row-title[href]").first.get_attribute("href")
        walk.go(visitor, ["/bureau/", str(first)])
    walk.finish()


def test_desks_of_decided_files(office: DemoOffice, arrive: Arrivals, walk: Walk) -> None:
    """A review, a decision, an agreement and its payments, at the desks where each is handled."""
    reviewed = states.place(office, states.UNDER_REVIEW)
    granted = states.place(office, states.NOT_DRAFTED)
    to_sign = states.place(office, states.TO_SIGN)
    signed = states.place(office, states.TO_CONFIRM)
    refused = states.place(office, states.REFUSED)
    recommend = f"{reviewed.desk}/analyse/recommander"
    decided = [f"{granted.desk}/protocole", f"{granted.desk}/decision"]
    walk.look(arrive, reviewed.advisor, [f"{reviewed.desk}/analyse", recommend])
    walk.look(arrive, granted.advisor, decided)
    walk.look(arrive, signed.advisor, [f"{signed.desk}/protocole"])
    walk.look(arrive, DECIDER, ["/bureau/decisions", "/bureau/protocoles"])
    walk.look(arrive, AGENT, [f"{to_sign.desk}/protocole", f"{refused.desk}/revision"])
    walk.finish()


def test_every_page_was_looked_at(walk: Walk) -> None:
    """No page of this part escaped the walks above."""
    assert walk.missed() == set()
