"""The life of an application: one table says which act leads from which state to which."""

from collections.abc import Mapping
from enum import StrEnum

from grants.domain.errors import Refusal


class Status(StrEnum):
    """Where an application stands."""

    RECEIVED = "received"
    UNDER_REVIEW = "under_review"
    WITHDRAWN = "withdrawn"


class Act(StrEnum):
    """What moves an application."""

    ASSIGN = "assign"
    UNASSIGN = "unassign"
    WITHDRAW = "withdraw"


START = Status.RECEIVED
CLOSED = frozenset({Status.WITHDRAWN})

TRANSITIONS: Mapping[tuple[Status, Act], Status] = {
    (Status.RECEIVED, Act.ASSIGN): Status.UNDER_REVIEW,
    (Status.UNDER_REVIEW, Act.ASSIGN): Status.UNDER_REVIEW,
    (Status.UNDER_REVIEW, Act.UNASSIGN): Status.RECEIVED,
    (Status.RECEIVED, Act.WITHDRAW): Status.WITHDRAWN,
    (Status.UNDER_REVIEW, Act.WITHDRAW): Status.WITHDRAWN,
}


def advance(
    status: str, act: Act, *, actor_id: int | None = None, case_file_id: int | None = None
) -> Status:
    """The state an act leads to; `actor_id` and `case_file_id` go into the journal of a refusal.

    Refuses with `act_not_possible` when the table has no such line.
    """
    try:
        return TRANSITIONS[(Status(status), act)]
    except KeyError:
        raise Refusal(
            "act_not_possible",
            actor_id=actor_id,
            case_file_id=case_file_id,
            status=str(status),
            act=act.value,
        ) from None


def replay(acts: list[Act]) -> Status:
    """The state that a history of acts leads to: the stored status must be this one."""
    status = START
    for act in acts:
        status = advance(status, act)
    return status


def diagram() -> str:
    """The flow drawn as a Mermaid state diagram, made from the table itself."""
    lines = ["stateDiagram-v2", f"    [*] --> {START.value}: send"]
    lines += [
        f"    {source.value} --> {target.value}: {act.value}"
        for (source, act), target in TRANSITIONS.items()
    ]
    lines += [f"    {status.value} --> [*]" for status in sorted(CLOSED)]
    return "\n".join(lines)
