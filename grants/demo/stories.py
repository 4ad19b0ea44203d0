"""What happened to each file of the demonstration."""

from collections import defaultdict
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime, time
from pathlib import Path

from grants.demo import acts, fates, offices, payments, request_acts, sequel
from grants.demo.acts import Scene
from grants.demo.fates import Fate
from grants.demo.sequel import Told
from grants.demo.stage import DAY, Stage
from grants.domain.calendar import at_local_time, local_date

RESOLUTION = Path(__file__).parent / "resolution.pdf"
ADVISORS = ("odile", "samuel", "ines")
LEADS = ("helene", "marc-andre")
REFERRED = (
    ("DCD past", 10, 276, "Corporation", "helped"),
    ("DCD past", 16, 274, "Fondation", "not_helped"),
    ("PRJ past", 2, 90, "Fonds solidaire", "declined"),
    ("DCD summer", 3, 19, "Caisse", ""),
)
"""Refused files by call and rank: sent on that many days ago, to whom, what became of it."""


@dataclass(frozen=True)
class Story:
    """One file: whose, in which call, how many days ago, and what became of it."""

    member: int
    call: str
    days_ago: float
    acknowledged_after: float | None = 1.2  # days; None: the mail has not left yet
    advisor: str | None = "odile"
    withdrawn: bool = False
    paper: str | None = None
    conflicted: str | None = None
    refused: bool = False
    fate: Fate | None = None
    rank: int = 0  # in its call


def stories() -> Iterator[Story]:
    """Seventy files: old ones long settled, this week's still moving."""
    yield from _last_year()
    yield from _spring()
    yield from _summer()
    for rank in range(9):
        yield Story(rank + 2, "DCD", 38 - rank * 3.1, advisor=ADVISORS[rank % 3])
    for rank in range(4):
        yield Story(rank + 13, "PRJ", 40 - rank * 6.4, advisor=ADVISORS[rank % 3])
    yield from _this_week()


def _last_year() -> Iterator[Story]:
    for rank in sorted([*fates.LAST_YEAR, *fates.WITHDRAWN]):
        yield Story(
            member=rank,
            call="DCD past",
            days_ago=425 - rank * 3.7,
            acknowledged_after=9.0 if rank % 11 == 5 else 1.0 + rank % 4,
            advisor=ADVISORS[rank % 3],
            withdrawn=rank in fates.WITHDRAWN,
            fate=fates.LAST_YEAR.get(rank),
            rank=rank,
        )


def _spring() -> Iterator[Story]:
    for rank in range(14):
        yield Story(
            member=(rank * 2 + 1) % 30,
            call="PRJ past",
            days_ago=300 - rank * 16.5,
            acknowledged_after=8.2 if rank == 6 else 2.0,
            advisor=ADVISORS[(rank + 1) % 3],
            withdrawn=rank == 9,
            fate=fates.SPRING.get(rank),
            rank=rank,
        )


def _summer() -> Iterator[Story]:
    for rank, (member, fate) in enumerate(fates.SUMMER):
        yield Story(
            member=member,
            call="DCD summer",
            days_ago=205 - rank * 7.9,
            advisor=("ines", "ines", "samuel")[rank % 3],
            fate=fate,
            rank=rank,
        )


def _this_week() -> Iterator[Story]:
    for member, call, days_ago, advisor, channel in (
        (20, "DCD", 12.2, "odile", "post"),
        (21, "DCD", 9.3, "samuel", "post"),
        (22, "PRJ", 7.1, "odile", "post"),
        (23, "DCD", 5.4, "odile", "counter"),
        (24, "DCD", 3.2, "ines", "fax"),
    ):
        yield Story(member, call, days_ago, None, advisor, paper=channel)
    yield Story(19, "DCD", 8.5, acknowledged_after=None, refused=True)
    yield Story(25, "DCD", 2.6, advisor=None, acknowledged_after=0.3)
    yield Story(26, "PRJ", 1.9, advisor=None, acknowledged_after=0.2)
    yield Story(27, "DCD", 1.1, advisor=None, acknowledged_after=None, conflicted="samuel")
    yield Story(28, "DCD", 0.4, advisor=None, acknowledged_after=None)
    yield Story(0, "PRJ", 0.9, advisor="odile", acknowledged_after=0.1)


def play(stage: Stage) -> int:
    """Play every story in the order of time, then the drafts; return the number of files."""
    content = RESOLUTION.read_bytes()
    ordered = sorted(stories(), key=lambda story: -story.days_ago)
    files: dict[str, dict[int, Told]] = defaultdict(dict)
    for rank, story in enumerate(ordered):
        scene = Scene(stage.storage, content, stage.now, rank)
        case_id = _play(stage, scene, story)
        if story.fate and story.advisor:
            told = Told(case_id, story.member, story.advisor, story.fate)
            files[story.call][story.rank] = told
    sequel.play(stage, [told for call in files.values() for told in call.values()])
    payments.play(payments.Books(stage, files))
    _send_on(stage, files)
    _leave_drafts(stage, content)
    return len(ordered)


def _send_on(stage: Stage, files: Mapping[str, Mapping[int, Told]]) -> None:
    """After a refusal, the advisor finds a resource; some of them helped."""
    for call, rank, days_ago, resource, became in REFERRED:
        told, at = files[call][rank], stage.office_hour(days_ago, 10)
        advisor = stage.staff[told.advisor]
        request_acts.send_on(stage, told.case_id, advisor, at, to=resource, became=became)


def _leave_drafts(stage: Stage, content: bytes) -> None:
    """A second person in the first organization, and three drafts that nobody sent."""
    offices.second_member(stage.members[0], stage.now - 30 * DAY)
    for rank in (0, 3, 29):
        scene = Scene(stage.storage, content, stage.now, rank)
        acts.begin_draft(scene, stage.members[rank], stage.calls["DCD"], stage.now - DAY)


def _hour(about: datetime, hour: int, now: datetime) -> datetime:
    """That day at an hour people keep, never after the loading."""
    return min(at_local_time(local_date(about), time(hour, hour * 7 % 60)), now)


def _play(stage: Stage, scene: Scene, story: Story) -> int:
    member, call_id = stage.members[story.member], stage.calls[story.call]
    received_at = _hour(stage.now - story.days_ago * DAY, 8 + scene.rank * 5 % 14, stage.now)
    if story.paper:
        clerk = stage.staff["fatou"]
        entered = _hour(received_at + DAY, 10, stage.now)
        case = acts.record_paper(scene, member, call_id, clerk, story.paper, received_at, entered)
    else:
        case = acts.send(scene, member, call_id, received_at)
    if story.acknowledged_after is not None:
        sent_at = received_at + story.acknowledged_after * DAY
        acts.acknowledge(case, max(received_at, _hour(sent_at, 9 + scene.rank % 7, stage.now)))
    if story.refused:
        acts.refuse_mail(case, received_at)
    if story.advisor:
        lead = stage.staff[LEADS[scene.rank % 2]]
        assigned = _hour(received_at + DAY, 9 + scene.rank % 6, stage.now)
        acts.assign(case, stage.staff[story.advisor], lead, assigned)
    if story.withdrawn:
        acts.withdraw(case, member, min(received_at + 20 * DAY, stage.now))
    if story.conflicted:
        acts.declare_conflict(case, stage.staff[story.conflicted], stage.now)
    return case
