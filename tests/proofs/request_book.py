"""What must be of requests for information, told in plain Python beside files and money."""

from dataclasses import dataclass, field
from datetime import date, datetime
from zoneinfo import ZoneInfo

from grants.domain.request_flow import TRANSITIONS, RequestAct, RequestStatus

QUEBEC = ZoneInfo("America/Toronto")
ACK, CALLBACK, ANSWER = "SACA_ACK", "SACA_CALLBACK", "SACA_ANSWER"
SATURDAY, LEAST_CALLS, LEAST_DAYS = 5, 3, 2


def day_of(at: datetime) -> date:
    """The day in Québec City."""
    return at.astimezone(QUEBEC).date()


@dataclass
class Request:
    """One question, and what was promised about it."""

    id: int
    number: str
    received_at: datetime
    has_email: bool
    wants_call: bool
    running: set[str]
    is_acknowledged: bool
    status: RequestStatus = RequestStatus.RECEIVED
    hand: int | None = None
    hands: int = 0
    announced: date | None = None
    is_moved: bool = False
    calls: list[tuple[datetime, bool]] = field(default_factory=list)  # when, whether they answered
    ended: dict[str, tuple[object, ...]] = field(default_factory=dict)  # as first seen stopped

    @property
    def is_open(self) -> bool:
        """Whether anything may still be done."""
        return (self.status, RequestAct.WITHDRAW) in TRANSITIONS

    def moves(self, act: RequestAct) -> None:
        """Go where the table says."""
        self.status = TRANSITIONS[self.status, act]

    def given_to(self, person: int) -> None:
        """In somebody's hands: the first time it is no hand-off."""
        is_first = self.status is RequestStatus.RECEIVED
        self.moves(RequestAct.TAKE if is_first else RequestAct.TRANSFER)
        self.hand, self.hands = person, self.hands + 1

    def acted_on(self, person: int) -> None:
        """Whoever acts on what nobody has takes it."""
        if self.status is RequestStatus.RECEIVED:
            self.given_to(person)

    def called(self, at: datetime, *, reached: bool) -> None:
        """A call; who was reached is called back, and knows that we have their question."""
        self.calls.append((at, reached))
        if reached:
            self.running -= {ACK, CALLBACK}

    def told(self, channel: str, at: datetime) -> None:
        """Words on the telephone are the call that the person waits for."""
        if channel == "phone" and self.wants_call:
            self.called(at, reached=True)

    def ends(self, act: RequestAct, channel: str = "") -> None:
        """Closed; what a mail ends runs until it leaves."""
        self.moves(act)
        if channel != "email":
            self.running.clear()

    def is_out_of_reach(self, days_off: frozenset[date]) -> bool:
        """Three calls in vain in a row, on two days when offices were open."""
        vain: list[date] = []
        for at, reached in sorted(self.calls):
            vain = [] if reached else [*vain, day_of(at)]
        opened = {on for on in vain if is_open(on, days_off)}
        return len(vain) >= LEAST_CALLS and len(opened) >= LEAST_DAYS


def is_open(on: date, days_off: frozenset[date]) -> bool:
    """Whether offices are open that day."""
    return on.weekday() < SATURDAY and on not in days_off
