"""The life of a file: one table says which act leads from which state to which."""

from collections.abc import Mapping
from enum import StrEnum

from grants.domain.errors import Refusal


class Status(StrEnum):
    """Where a file stands."""

    RECEIVED = "received"
    UNDER_REVIEW = "under_review"
    RECOMMENDED = "recommended"
    GRANTED = "granted"
    REFUSED = "refused"
    STANDBY = "standby"
    UPHELD = "upheld"
    SIGNED = "signed"
    PAID = "paid"
    WITHDRAWN = "withdrawn"


class Act(StrEnum):
    """What moves a file."""

    ASSIGN = "assign"
    UNASSIGN = "unassign"
    RECOMMEND = "recommend"
    SEND_BACK = "send_back"
    GRANT = "grant"
    REFUSE = "refuse"
    PUT_ON_STANDBY = "put_on_standby"
    UPHOLD = "uphold"
    SIGN = "sign"
    PAY = "pay"
    RETURN_PAYMENT = "return_payment"
    WITHDRAW = "withdraw"


START = Status.RECEIVED
CLOSED = frozenset({Status.REFUSED, Status.STANDBY, Status.UPHELD, Status.PAID, Status.WITHDRAWN})

TRANSITIONS: Mapping[tuple[Status, Act], Status] = {
    (Status.RECEIVED, Act.ASSIGN): Status.UNDER_REVIEW,
    (Status.UNDER_REVIEW, Act.ASSIGN): Status.UNDER_REVIEW,
    (Status.UNDER_REVIEW, Act.UNASSIGN): Status.RECEIVED,
    (Status.UNDER_REVIEW, Act.RECOMMEND): Status.RECOMMENDED,
    (Status.RECOMMENDED, Act.SEND_BACK): Status.UNDER_REVIEW,
    (Status.RECOMMENDED, Act.UNASSIGN): Status.RECEIVED,
    (Status.RECOMMENDED, Act.GRANT): Status.GRANTED,
    (Status.RECOMMENDED, Act.REFUSE): Status.REFUSED,
    (Status.RECOMMENDED, Act.PUT_ON_STANDBY): Status.STANDBY,
    (Status.RECOMMENDED, Act.UPHOLD): Status.UPHELD,
    (Status.GRANTED, Act.ASSIGN): Status.GRANTED,
    (Status.GRANTED, Act.UNASSIGN): Status.GRANTED,
    (Status.GRANTED, Act.SIGN): Status.SIGNED,
    (Status.SIGNED, Act.ASSIGN): Status.SIGNED,
    (Status.SIGNED, Act.UNASSIGN): Status.SIGNED,
    (Status.SIGNED, Act.PAY): Status.PAID,
    (Status.SIGNED, Act.RETURN_PAYMENT): Status.SIGNED,
    (Status.PAID, Act.RETURN_PAYMENT): Status.SIGNED,
    (Status.RECEIVED, Act.WITHDRAW): Status.WITHDRAWN,
    (Status.UNDER_REVIEW, Act.WITHDRAW): Status.WITHDRAWN,
    (Status.RECOMMENDED, Act.WITHDRAW): Status.WITHDRAWN,
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
