"""Lines of the desk and of the assignment page, in the words that templates print."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from functools import cache

from flask import url_for

from grants.domain.access import Actor
from grants.domain.calendar import Calendar, local_date
from grants.domain.next_step import Mail, Situation, Step, steps
from grants.domain.time_left import time_left
from grants.extensions import db
from grants.queries import progress as standing
from grants.queries.desk import QueuedFile
from grants.queries.progress import LastEvent, Progress
from grants.wording import journal, next_steps
from grants.wording import time_left as words
from grants.wording.case_files import revision_of
from grants.wording.next_steps import ACTS, Circumstances
from grants.wording.time_left import Chip


@dataclass(frozen=True)
class DeskRow:
    """One line, ready to print."""

    public_id: str
    url: str
    organization: str
    under: str
    act: str
    why: str
    chip: Chip | None
    last: str


def rows(
    files: Sequence[QueuedFile], *, actor: Actor, calendar: Calendar, now: datetime
) -> dict[int, DeskRow]:
    """The line of each file by its id; two statements whatever their number."""
    session, ids = db.session(), [file.id for file in files]
    progress = standing.progress(session, ids)
    events = standing.last_events(session, ids)

    @cache
    def shared_chip(of: Progress) -> Chip | None:
        """Files due the same day have the same chip: it is worked out once."""
        return chip(of, calendar, now)

    return {
        file.id: DeskRow(
            public_id=file.public_id,
            url=url_for("staff.case_file", public_id=file.public_id),
            organization=file.organization,
            under=_under(file, actor),
            act=ACTS[_step(file, progress[file.id])],
            why=_why(file, progress[file.id], actor),
            chip=shared_chip(progress[file.id]),
            last=_last(events.get(file.id), now),
        )
        for file in files
    }


def chip(progress: Progress, calendar: Calendar, now: datetime) -> Chip | None:
    """The deadline of the soonest promise that runs; None when none does."""
    start_on, due_on, due_at = progress.start_on, progress.due_on, progress.due_at
    if start_on is None or due_on is None or due_at is None:
        return None
    left = time_left(now, start_on, due_on, due_at, calendar)
    return words.chip(left, due_at, local_date(now))


def _step(file: QueuedFile, progress: Progress) -> Step:
    is_assigned, mail = file.advisor is not None, progress.acknowledgement
    return steps(Situation(file.status, is_assigned, mail, progress.agreement))[0]


def _why(file: QueuedFile, progress: Progress, actor: Actor) -> str:
    facts = Circumstances(
        channel=file.channel,
        received_at=file.received_at,
        assigned_at=file.assigned_at,
        attempts=progress.attempts,
        is_own=file.advisor_id == actor.person_id,
        acknowledged=progress.acknowledgement is Mail.GONE,
    )
    return next_steps.why(_step(file, progress), facts)


def _under(file: QueuedFile, actor: Actor) -> str:
    of = [revision_of(file.first_number)] if file.first_number else []
    parts = [file.number, *of, file.program]
    if file.advisor and file.advisor_id != actor.person_id:
        parts.append(file.advisor)
    return " · ".join(parts)


def _last(event: LastEvent | None, now: datetime) -> str:
    if event is None:
        return ""
    return f"{journal.event(event.kind).short}, {words.near(event.at, now)}"
