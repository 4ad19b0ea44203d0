"""A commitment rewritten: what it must respect."""

from dataclasses import replace
from datetime import date

import pytest

from grants.domain.commitment_changes import Wording, check, check_start, slug
from grants.domain.errors import DomainError

KEPT = Wording("Nous répondons dans les 5 jours ouvrables.", 5, "business", "arrival", 100)
WANTED = replace(KEPT, sentence="Nous répondons dans les 10 jours ouvrables.", quantity=10)


def test_a_longer_delay_said_in_its_sentence_passes() -> None:
    check(KEPT, WANTED)
    check(KEPT, replace(KEPT, target_percent=95))
    untimed = Wording("Nous vous accueillons avec courtoisie.", None, None, "arrival", 100)
    check(untimed, replace(untimed, sentence="Nous vous accueillons avec respect."))


@pytest.mark.parametrize(
    ("wanted", "code"),
    [
        (KEPT, "nothing_changed"),
        (replace(WANTED, sentence=""), "sentence_required"),
        (replace(WANTED, sentence="10" * 251), "sentence_too_long"),
        (replace(WANTED, sentence="Nous répondons dans les 100 jours."), "sentence_without_delay"),
        (replace(WANTED, target_percent=101), "target_percent_range"),
        (replace(WANTED, quantity=0), "delay_not_positive"),
        (replace(WANTED, quantity=366, sentence="366"), "delay_too_long"),
        (replace(WANTED, unit="hours"), "hours_not_whole_days"),
        (replace(WANTED, unit="announced"), "choice_unknown"),
        (replace(WANTED, receipt_policy="tomorrow"), "choice_unknown"),
    ],
)
def test_what_may_not_be_promised(wanted: Wording, code: str) -> None:
    with pytest.raises(DomainError, match=code):
        check(KEPT, wanted)


def test_tomorrow_at_the_soonest() -> None:
    check_start(date(2026, 11, 25), date(2026, 11, 24))
    with pytest.raises(DomainError, match="in_force_too_soon"):
        check_start(date(2026, 11, 24), date(2026, 11, 24))


def test_versions_of_one_day_have_their_own_names() -> None:
    day = date(2027, 4, 1)
    assert slug("saca-2003", day, frozenset({"saca-2003"})) == "saca-2003-2027-04-01"
    known = frozenset({"saca-2003", "saca-2003-2027-04-01"})
    assert slug("saca-2003", day, known) == "saca-2003-2027-04-01-2"
