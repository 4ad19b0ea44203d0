"""The demonstration set, made by the operations themselves with a past `now`.

About sixty files over fourteen months, in every state that exists, with dates relative to the
day of loading.
"""

from datetime import datetime, timedelta

from sqlalchemy import select

from grants.demo import offices, stories
from grants.demo.stories import Stage
from grants.extensions import db
from grants.models.programs import Call
from grants.storage import LocalFolder

FOURTEEN_MONTHS = timedelta(days=428)


def load(storage: LocalFolder, *, now: datetime) -> int:
    """Make the whole set; return how many case files that was, 0 when it was there already."""
    if db.session().scalar(select(Call.id).limit(1)) is not None:
        return 0
    beginning = now - FOURTEEN_MONTHS
    stage = Stage(
        storage=storage,
        now=now,
        staff=offices.staff(beginning),
        members=offices.members(beginning),
        calls=offices.all_calls(now),
    )
    return stories.play(stage)
