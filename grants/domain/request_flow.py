"""The life of a request for information: one table says which act leads from which state where."""

from collections.abc import Mapping
from enum import StrEnum

from grants.domain.errors import Refusal


class RequestStatus(StrEnum):
    """Where a request stands."""

    RECEIVED = "received"
    IN_HAND = "in_hand"
    ANSWERED = "answered"
    REDIRECTED = "redirected"
    ABANDONED = "abandoned"
    WITHDRAWN = "withdrawn"


class RequestAct(StrEnum):
    """What moves a request."""

    TAKE = "take"
    TRANSFER = "transfer"
    ANSWER = "answer"
    REDIRECT = "redirect"
    ABANDON = "abandon"
    WITHDRAW = "withdraw"


START = RequestStatus.RECEIVED
CLOSED = frozenset(set(RequestStatus) - {RequestStatus.RECEIVED, RequestStatus.IN_HAND})

_ENDS: Mapping[RequestAct, RequestStatus] = {
    RequestAct.ANSWER: RequestStatus.ANSWERED,
    RequestAct.REDIRECT: RequestStatus.REDIRECTED,
    RequestAct.ABANDON: RequestStatus.ABANDONED,
    RequestAct.WITHDRAW: RequestStatus.WITHDRAWN,
}
TRANSITIONS: Mapping[tuple[RequestStatus, RequestAct], RequestStatus] = {
    (RequestStatus.RECEIVED, RequestAct.TAKE): RequestStatus.IN_HAND,
    (RequestStatus.IN_HAND, RequestAct.TRANSFER): RequestStatus.IN_HAND,
    (RequestStatus.RECEIVED, RequestAct.WITHDRAW): RequestStatus.WITHDRAWN,
    **{(RequestStatus.IN_HAND, act): status for act, status in _ENDS.items()},
}


def advance(
    status: str,
    act: RequestAct,
    *,
    actor_id: int | None = None,
    case_file_id: int | None = None,
) -> RequestStatus:
    """The state an act leads to. Refuses with `act_not_possible` when the table has no such line.

    Nobody answers, redirects or closes a request that nobody has in hand: whoever does it takes
    it first, so that a name stands beside every answer (our decision).
    """
    try:
        return TRANSITIONS[(RequestStatus(status), act)]
    except KeyError:
        raise Refusal(
            "act_not_possible",
            actor_id=actor_id,
            case_file_id=case_file_id,
            status=str(status),
            act=act.value,
        ) from None


def replay(acts: list[RequestAct]) -> RequestStatus:
    """The state that a history of acts leads to: the stored status must be this one."""
    status = START
    for act in acts:
        status = advance(status, act)
    return status
