"""What a line of the directory must say, when it is too old, and what a referral needs."""

from dataclasses import replace
from datetime import date

import pytest

from grants.domain.directory import Entry, check_entry, check_referral, fingerprint, needs_check
from grants.domain.errors import DomainError

REGIONS = ("03", "05")
ENTRY = Entry("community", "Halte du Marché", "Accueil de jour.", "418 555-0100", needs=("food",))


@pytest.mark.parametrize(
    ("checked_on", "today", "old"),
    [
        (date(2025, 11, 25), date(2026, 11, 24), False),
        (date(2025, 11, 24), date(2026, 11, 24), True),
        (date(2024, 2, 29), date(2025, 2, 28), False),
        (date(2024, 2, 29), date(2025, 3, 1), True),
        (date(2023, 2, 28), date(2024, 2, 29), True),
        (date(2023, 3, 1), date(2024, 2, 29), False),
    ],
)
def test_a_resource_is_to_check_after_twelve_months(
    checked_on: date, today: date, old: bool
) -> None:
    assert needs_check(checked_on, today) is old


def test_a_line_is_kept_in_one_form() -> None:
    typed = replace(ENTRY, name="  Halte  du Marché ", url="exemple.quebec", needs=("food", "food"))
    kept = check_entry(typed, REGIONS)
    assert (kept.name, kept.url, kept.needs) == (ENTRY.name, "https://exemple.quebec", ("food",))
    assert kept.phone == "418\u00a0555-0100"
    assert check_entry(kept, REGIONS) == kept and fingerprint(kept) != fingerprint(ENTRY)
    assert check_entry(replace(ENTRY, phone="811"), REGIONS).phone == "811"


@pytest.mark.parametrize(
    ("changes", "code"),
    [
        ({"name": " "}, "resource_name_required"),
        ({"purpose": ""}, "resource_purpose_required"),
        ({"phone": ""}, "resource_unreachable"),
        ({"phone": "12"}, "phone_format"),
        ({"email": "personne"}, "email_format"),
        ({"url": "javascript:alert(1)"}, "url_format"),
        ({"needs": ()}, "resource_need_required"),
        ({"regions": ("99",)}, "choice_unknown"),
        ({"kind": "autre"}, "choice_unknown"),
        ({"purpose": "x" * 401}, "text_too_long"),
    ],
)
def test_a_line_nobody_could_use_is_refused(changes: dict[str, object], code: str) -> None:
    with pytest.raises(DomainError) as refused:
        check_entry(replace(ENTRY, **changes), REGIONS)
    assert refused.value.code == code


@pytest.mark.parametrize(
    ("consent", "handed_over", "code"),
    [("", False, "consent_required"), ("refused", True, "handed_over_without_consent")],
)
def test_without_consent_nothing_is_handed_over(consent: str, handed_over: bool, code: str) -> None:
    with pytest.raises(DomainError) as refused:
        check_referral(consent, "", handed_over=handed_over)
    assert refused.value.code == code
    check_referral("refused", "", handed_over=False)
    check_referral("given", "", handed_over=True)
