"""Every page of requests, complaints, the directory and absences passes axe at both widths."""

from datetime import timedelta

import pytest

from grants.clock import utc_now
from grants.domain.calendar import local_date
from tests.browser import complaining, service_states, states
from tests.browser.conftest import Arrivals
from tests.browser.office import DemoOffice
from tests.browser.walk import Walk

pytestmark = pytest.mark.serial

PART = "services"
BY_FLOW = {"staff.complaint_filed"}
AGENT, OTHER_AGENT, LEAD = "Fatou Diallo", "Carole Nadeau", "Hélène Caron"
OFFICER = "Victor Plourde"


def test_accessibility_of_requests(office: DemoOffice, arrive: Arrivals, walk: Walk) -> None:
    """A request to acknowledge, one to call back, one with its date announced."""
    to_call = service_states.request(office, "SACA", "call_returned")
    to_answer = service_states.request(office, "SCT", "answered")
    walk.look(arrive, AGENT, ["/bureau/renseignements", to_call])
    walk.look(arrive, OTHER_AGENT, [to_answer])
    walk.finish()


def test_accessibility_of_complaints(office: DemoOffice, arrive: Arrivals, walk: Walk) -> None:
    """One just filed, one examined, one concluded, one told otherwise; one filed at a desk."""
    filed, unsent = service_states.filed(office), service_states.write_unsent(office, OFFICER)
    examined = service_states.complaint(office, "examining")
    concluded = service_states.complaint(office, "concluded")
    followed = [concluded, f"{concluded}/suite"]
    walk.look(arrive, OFFICER, ["/bureau/plaintes", filed, unsent, examined, *followed])
    visitor = walk.look(arrive, OTHER_AGENT, ["/bureau/plaintes/deposer"])
    complaining.file_at_a_desk(visitor, local_date(utc_now()) - timedelta(days=1))
    walk.findings.inspect(visitor, "staff.complaint_filed")
    walk.finish()


def test_accessibility_of_the_directory_and_absences(
    office: DemoOffice, arrive: Arrivals, walk: Walk
) -> None:
    """A resource, a referral, somebody away."""
    refer = f"{states.place(office, states.UNDER_REVIEW).desk}/orienter"
    resource, referral = service_states.resource(office), service_states.referral(office)
    walk.look(arrive, LEAD, ["/bureau/ressources", resource, "/bureau/absences"])
    visitor = walk.look(arrive, AGENT, [refer, referral])
    visitor.goto(refer)
    visitor.follow("Choisir")
    walk.findings.inspect(visitor, "staff.refer to a resource")
    walk.finish()


def test_every_page_was_looked_at(walk: Walk) -> None:
    """No page of this part escaped the walks above."""
    assert walk.missed() == set()
