"""Who may do what in a secretariat: the rules of giving roles and of taking people away.

Source: our decision on separation of duties. Whoever manages people never gives themselves more,
nobody prepares and approves the same payments, and somebody can always let others in.
"""

from dataclasses import dataclass

from grants.domain.access import Role
from grants.domain.errors import DomainError, Refusal

TITLE_LENGTHS = range(2, 81)  # characters
EXTENSION_MAX = 8

FINANCE_DUTIES = frozenset({Role.FINANCE_PREPARER, Role.FINANCE_APPROVER})


@dataclass(frozen=True)
class Place:
    """What a person is in a secretariat: a title, a telephone extension, roles."""

    title: str
    extension: str
    roles: frozenset[Role]


def check_roles(roles: frozenset[Role]) -> None:
    """A person has at least one role, and does not both prepare and approve payments.

    The tables hold the second rule for each batch; it is refused here for good, so that a batch
    never waits for somebody who may not approve it. Errors: roles_required, finance_duties.
    """
    if not roles:
        raise DomainError("roles_required")
    if roles >= FINANCE_DUTIES:
        raise DomainError("finance_duties")


def check_place(place: Place) -> Place:
    """The same with single spaces. Errors: title_length, extension_format, and those of roles."""
    title = " ".join(place.title.split())
    extension = place.extension.strip()
    if len(title) not in TITLE_LENGTHS:
        raise DomainError("title_length")
    if len(extension) > EXTENSION_MAX or (extension and not extension.isdecimal()):
        raise DomainError("extension_format")
    check_roles(place.roles)
    return Place(title, extension, place.roles)


def check_last_administrator(
    *, is_one: bool, stays_one: bool, others: int, actor_id: int | None
) -> None:
    """Somebody must be left who can let people in. `others`: administrators who can sign in
    now, without this person. Error: last_administrator."""
    if is_one and not stays_one and not others:
        raise Refusal("last_administrator", actor_id=actor_id)
