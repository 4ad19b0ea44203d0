"""What became of each file after it was given to an advisor.

Days are counted back from the loading. Which mission was granted, refused or set aside is
invented; the delays are those of an office that keeps most of its promises.
"""

from collections.abc import Mapping
from dataclasses import dataclass, replace

ACCEPTED, IN_PART, REFUSED, STANDBY, UPHELD = (
    "accepted",
    "accepted_in_part",
    "refused",
    "standby",
    "upheld",
)
IRENE, PAUL_EMILE = "irene", "paul-emile"


@dataclass(frozen=True)
class Agreement:
    """An agreement drafted that day, and issued, signed on screen or on paper, if it was."""

    drafted: float
    issued: float | None = None
    signed: float | None = None
    on_paper: bool = False


@dataclass(frozen=True)
class Revision:
    """A revision asked that day, maybe given to another advisor, with a fate of its own."""

    asked: float
    grounds: str
    advisor: str | None = None
    assigned: float = 0
    fate: "Fate | None" = None


@dataclass(frozen=True)
class Fate:
    """From the analysis to the signature.

    `recommended` is None while the analysis is under way; `sent_back` is the day on which the
    decider gave a first recommendation back. `percent` is the part granted of what was asked;
    `helped` names what a refusal points to: `call`, `resource` or `nothing`.
    """

    recommended: float | None
    outcome: str = ACCEPTED
    percent: int = 100
    decided: float | None = None
    decider: str = IRENE
    helped: str = ""
    read: bool = True
    sent_back: float | None = None
    agreement: Agreement | None = None
    revision: Revision | None = None


UNDER_WAY = Fate(recommended=None)


def _granted(decided: float, signed: float, percent: int = 100, *, on_paper: bool = False) -> Fate:
    return Fate(
        recommended=decided + 5,
        outcome=ACCEPTED if percent == 100 else IN_PART,
        percent=percent,
        decided=decided,
        decider=(IRENE, PAUL_EMILE)[int(decided) % 2],
        agreement=Agreement(decided - 3, decided - 6, signed, on_paper),
    )


def _refused(decided: float, helped: str, *, read: bool = True) -> Fate:
    return Fate(decided + 5, REFUSED, 0, decided, helped=helped, read=read)


def _standby(decided: float) -> Fate:
    return Fate(decided + 6, STANDBY, 0, decided, decider=PAUL_EMILE)


LAST_YEAR: Mapping[int, Fate] = {
    **{
        rank: _granted(284 - rank * 0.2, 270 - rank * 0.2, percent)
        for rank, percent in (
            (0, 100),
            (1, 80),
            (5, 100),
            (6, 100),
            (9, 75),
            (11, 90),
            (13, 100),
            (14, 65),
            (15, 100),
            (18, 100),
            (21, 70),
            (22, 85),
        )
    },
    3: _granted(304, 290, 60),  # its account came late, and so did its payment
    23: _granted(282, 268, 95, on_paper=True),
    2: _refused(280, "call"),
    10: _refused(279, "nothing"),
    16: _refused(277, "resource", read=False),
    12: _standby(276),
}
"""By member among last year's requests."""

WITHDRAWN = (7, 19)
"""Members who took last year's request back."""

SPRING: Mapping[int, Fate] = {
    0: _granted(95, 84),
    1: _granted(96, 83, 70),
    2: _refused(95, "call"),
    3: _granted(94, 83),
    4: _granted(94, 82, 90),
    5: _standby(93),
    6: _granted(92, 81, on_paper=True),
    7: _refused(50, "nothing", read=False),
    8: _granted(24, 9),
    10: _granted(22, 8, 80),
    11: Fate(recommended=4, outcome=IN_PART, percent=60),
    12: UNDER_WAY,
}
"""By rank among the projects of spring; one was withdrawn, the last one waits."""

_UPHELD = Fate(25, UPHELD, 0, decided=20, decider=PAUL_EMILE, helped="resource")
_CHANGED = Fate(
    28, IN_PART, 60, decided=24, decider=PAUL_EMILE, agreement=Agreement(21, 17, signed=6)
)

SUMMER: tuple[tuple[int, Fate], ...] = (
    (
        16,
        replace(
            _refused(70, "resource"),
            revision=Revision(55, "Notre assemblée a eu lieu en juin.", "odile", 50, _UPHELD),
        ),
    ),
    (
        20,
        replace(
            _refused(68, "nothing"),
            revision=Revision(52, "Le conseil compte deux locataires.", "samuel", 47, _CHANGED),
        ),
    ),
    (
        12,
        replace(
            _granted(36, 10, 60),
            decider=IRENE,
            revision=Revision(14, "Le salaire refusé est essentiel.", "odile", 9, UNDER_WAY),
        ),
    ),
    (2, replace(_refused(21, "call"), revision=Revision(2, "Le refus repose sur une erreur."))),
    (4, Fate(21, decided=16, agreement=Agreement(5))),
    (8, replace(_granted(19, 0), agreement=Agreement(15, 10))),
    (24, Fate(recommended=5)),
    (26, Fate(7, IN_PART, 75, decided=3, read=False, sent_back=12)),
    (28, replace(_granted(20, 3), agreement=Agreement(16, 13, signed=3, on_paper=True))),
)
"""Whose request of this summer, and what became of it."""
