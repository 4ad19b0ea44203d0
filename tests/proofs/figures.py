"""What a proof reports: how often it was tried, what harm came of it, and what its control did."""

from dataclasses import dataclass


@dataclass(frozen=True)
class Figure:
    """One published figure on one engine.

    `harmed` counts the harm with the guards on; `control_harmed` without them, None where a
    figure has no control of that kind (a file read back by an independent parser).
    """

    name: str
    engine: str
    tried: int
    harmed: int
    control_tried: int | None = None
    control_harmed: int | None = None
    note: str = ""

    @property
    def passed(self) -> bool:
        """No harm with the guards, and harm without them: else the proof proves nothing."""
        return self.tried > 0 and self.harmed == 0 and self.control_harmed != 0

    def line(self) -> str:
        """The figure as it is printed."""
        survived = self.tried - self.harmed
        text = f"{self.name:<10} {self.engine:<11} tried {self.tried}, survived {survived}"
        if self.control_harmed is not None:
            text += f"; control: {self.control_harmed} of {self.control_tried} did harm"
        return f"{text} ({self.note})" if self.note else text
