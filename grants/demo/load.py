"""The demonstration set, made by the operations themselves with a past `now`.

About seventy files over fourteen months, in every state that exists, with dates relative to the
day of loading.
"""

from collections.abc import Callable
from datetime import datetime, timedelta

from sqlalchemy import select

from grants.demo import offices, stories
from grants.demo.printing import printer
from grants.demo.stage import Stage
from grants.extensions import db
from grants.models.programs import Call
from grants.queries import calendars
from grants.storage import LocalFolder

FOURTEEN_MONTHS = timedelta(days=428)


def load(storage: LocalFolder, *, page_of: Callable[[str], str], now: datetime) -> int:
    """Make the whole set; return how many requests that was, 0 when it was there already.

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
        return stories.play(stage)
