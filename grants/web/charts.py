"""Charts as numbers: where each bar of a picture stands, and the words that say the same."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from grants.domain.results import TENTHS, WHOLE

LABEL_WIDTH, BAR_WIDTH, VALUE_WIDTH = 44, 200, 76
STEP, THICKNESS, TOP, GAP = 26, 16, 22, 8
WIDTH = LABEL_WIDTH + BAR_WIDTH + VALUE_WIDTH


@dataclass(frozen=True)
class Bar:
    """One row of a chart: its label, its value in words, and its rectangle; no width, no bar."""

    label: str
    text: str
    top: int
    width: int


@dataclass(frozen=True)
class Chart:
    """A picture of shares from 0 to 100 %, with its target, in units of its own.

    `description` says every bar in words, for whoever does not see it.
    """

    bars: Sequence[Bar]
    target: int
    target_text: str
    description: str
    width: int = WIDTH
    left: int = LABEL_WIDTH
    value_left: int = LABEL_WIDTH + BAR_WIDTH + GAP
    thickness: int = THICKNESS

    @property
    def height(self) -> int:
        """Below the last bar."""
        return TOP + STEP * len(self.bars)


def shares(rows: Iterable[tuple[str, int | None, str]], target_percent: int) -> Chart:
    """One bar a row of label, share in tenths of a percent, and share in words."""
    known = list(rows)
    bars = [
        Bar(label, text, TOP + STEP * rank, BAR_WIDTH * (share or 0) // WHOLE)
        for rank, (label, share, text) in enumerate(known)
    ]
    target = LABEL_WIDTH + BAR_WIDTH * target_percent * TENTHS // WHOLE
    said = "; ".join(f"{label}\u00a0: {text}" for label, _, text in known)
    return Chart(bars, target, f"cible\u00a0: {target_percent}\u00a0%", f"{said}.")
