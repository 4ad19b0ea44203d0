"""The whole of a grant at a desk, with scripts."""

from pathlib import Path

import pytest

from tests.browser import granting, reviewing
from tests.browser.conftest import Arrivals
from tests.browser.desks import Desks
from tests.browser.office import DemoOffice
from tests.browser.visitors import WIDE
from tests.browser.volunteer import DESK

pytestmark = pytest.mark.serial


def test_at_a_desk_with_scripts(office: DemoOffice, arrive: Arrivals, tmp_path: Path) -> None:
    """The same acts by the same pages; scripts add comfort, never a step."""
    person, staffed = arrive(WIDE), Desks(lambda: arrive(WIDE))
    number = granting.apply(person, DESK, tmp_path)
    case = granting.assign_and_open(staffed, person, DESK, number)
    granting.named_to_the_organization(person)
    reviewing.review(staffed.of(granting.ADVISOR), case.desk, reviewing.ACCEPTED)
    reviewing.decide(staffed.of(granting.DECIDER), number, reviewing.ACCEPTED)
    granting.to_the_bank(office, staffed, person, DESK, case, granting.ADVISOR, granting.DECIDER)
