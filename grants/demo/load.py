"""The demonstration set, made by the operations themselves with a past `now`.

About seventy applications and as many requests for information over fourteen months, in every state
that exists, with dates relative to the day of loading; complaints, absences, published results.
"""

from collections.abc import Callable
from datetime import datetime, timedelta

from sqlalchemy import select, update

from grants.demo import (
    complaints,
    office_life,
    offices,
    ordinary_requests,
    recent_requests,
    requests,
    results,
    stories,
)
from grants.demo.printing import printer
from grants.demo.stage import Stage
from grants.extensions import db
from grants.models.programs import Call
from grants.models.trail import OutboxRow
from grants.queries import calendars
from grants.storage import LocalFolder
from grants.unit_of_work import saving

FOURTEEN_MONTHS = timedelta(days=428)


def load(storage: LocalFolder, *, page_of: Callable[[str], str], now: datetime) -> int:
    """Make the whole set; return how many files that was, 0 when it was there already.

    `page_of` gives the address of a file's page for its organization, from its public id.
    """
    if db.session().scalar(select(Call.id).limit(1)) is not None:
        return 0
    beginning = now - FOURTEEN_MONTHS
    calls = offices.all_calls(now)
    offices.set_envelopes(beginning)
    with printer() as press:
        stage = Stage(
            storage=storage,
            now=now,
            staff=offices.staff(beginning),
            members=offices.members(beginning),
            calls=calls,
            calendar=calendars.calendar(db.session()),
            printer=press,
            page_of=page_of,
        )
        return _play(stage)


def _play(stage: Stage) -> int:
    """Everything that happened; the number of files. The press prints meanwhile."""
    files = stories.play(stage)
    files += requests.play(stage, [*ordinary_requests.plots(), *recent_requests.PLOTS])
    complaints.play(stage)
    printings = results.publish(stage)
    office_life.play(stage)
    results.count(stage)
    for printing in printings:
        results.keep(stage, printing)
    office_life.export_journal(stage)
    with saving() as session:  # what still waits was never tried: it waits since now
        waiting = update(OutboxRow).where(OutboxRow.state == "waiting")
        session.execute(waiting.values(not_before=stage.now))
    return files
