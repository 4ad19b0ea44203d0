"""Who may do what: at least one role, never both finance duties, never nobody to let others in."""

import pytest

from grants.domain.access import Role
from grants.domain.errors import DomainError, Refusal
from grants.domain.people import Place, check_last_administrator, check_place

ADVISOR = frozenset({Role.ADVISOR})


def test_a_place_is_kept_with_single_spaces() -> None:
    assert check_place(Place(" Chef  d’équipe ", " 4218 ", ADVISOR)) == Place(
        "Chef d’équipe", "4218", ADVISOR
    )


@pytest.mark.parametrize(
    ("title", "extension", "roles", "code"),
    [
        ("C", "", ADVISOR, "title_length"),
        ("C" * 81, "", ADVISOR, "title_length"),
        ("Conseiller", "42a", ADVISOR, "extension_format"),
        ("Conseiller", "4" * 9, ADVISOR, "extension_format"),
        ("Conseiller", "", frozenset(), "roles_required"),
        (
            "Contrôleur",
            "",
            frozenset({Role.FINANCE_PREPARER, Role.FINANCE_APPROVER, Role.ADVISOR}),
            "finance_duties",
        ),
    ],
)
def test_what_a_place_may_not_be(
    title: str, extension: str, roles: frozenset[Role], code: str
) -> None:
    with pytest.raises(DomainError, match=code):
        check_place(Place(title, extension, roles))


def test_the_last_administrator_stays_one() -> None:
    check_last_administrator(is_one=True, stays_one=True, others=0, actor_id=1)
    check_last_administrator(is_one=False, stays_one=False, others=0, actor_id=1)
    check_last_administrator(is_one=True, stays_one=False, others=1, actor_id=1)
    with pytest.raises(Refusal, match="last_administrator"):
        check_last_administrator(is_one=True, stays_one=False, others=0, actor_id=1)
