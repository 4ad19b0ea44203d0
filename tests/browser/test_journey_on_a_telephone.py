"""The whole of a grant on a telephone without scripts, by way of a refusal and its revision."""

from pathlib import Path

import pytest
from playwright.sync_api import expect

from grants.clock import utc_now
from grants.domain.calendar import local_date
from tests.browser import granting, staff, volunteer
from tests.browser.conftest import Arrivals
from tests.browser.desks import Desks
from tests.browser.office import DemoOffice
from tests.browser.visitors import NARROW
from tests.browser.volunteer import TELEPHONE

pytestmark = pytest.mark.serial

AGENT = "Fatou Diallo"


def test_on_a_telephone_without_scripts(
    office: DemoOffice, arrive: Arrivals, tmp_path: Path
) -> None:
    """Account to refusal, revision by others, agreement, bank file; then a request on paper."""
    person = arrive(NARROW, scripts=False)
    staffed = Desks(lambda: arrive(NARROW, scripts=False))
    number = granting.apply(person, TELEPHONE, tmp_path)
    words = volunteer.read_mail(person, TELEPHONE, number)
    assert number in words and "418 646-9270" in words

    case = granting.assign_and_open(staffed, person, TELEPHONE, number)
    granting.named_to_the_organization(person)
    revision = granting.refused_then_revised(staffed, person, case)
    granting.to_the_bank(
        office, staffed, person, TELEPHONE, revision, granting.OTHER_ADVISOR, granting.OTHER_DECIDER
    )

    clerk = staffed.of(AGENT)
    staff.record_paper(clerk, local_date(utc_now()), TELEPHONE.paper_neq)
    expect(clerk.page.get_by_role("main")).to_contain_text("22 500,00")
