"""A request for information of the demonstration, and what was done of it, as data."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field

Act = Callable[..., None]

BY: Mapping[str, str] = {
    "web": "email",
    "email": "email",
    "post": "post",
    "fax": "post",
    "phone": "phone",
    "counter": "phone",
    "exhibit": "phone",
}
"""How who came this way wants the answer."""


@dataclass(frozen=True)
class Step:
    """An act by somebody, so many business days after the request was written down."""

    days: int
    who: str
    act: Act
    how: Mapping[str, object]


def step(days: int, who: str, act: Act, **how: object) -> Step:
    """The same, with what the act needs."""
    return Step(days, who, act, how)


@dataclass(frozen=True)
class Plot:
    """One request: how and when it came, and its steps.

    `hour` is None for the instant itself so many days ago; `entered` is the business days until
    somebody wrote it down, `mailed` those until its first mail left, None while it waits.
    `answered_by` or `put_through_to` name who spoke with the person at once.
    """

    office: str
    channel: str
    topic: str
    days_ago: float
    steps: tuple[Step, ...] = ()
    hour: int | None = 9
    entered: int = 0
    mailed: int | None = 0
    wants_callback: bool = False
    urgent: bool = False
    answered_by: str = ""
    put_through_to: str = ""
    question: str = ""
    details: Mapping[str, str] = field(default_factory=dict)

    @property
    def by(self) -> str:
        """How the person wants the answer."""
        return BY[self.channel]

    @property
    def clerk(self) -> str:
        """Who writes down what does not come through the site."""
        return "fatou" if self.office == "SACA" else "carole"
