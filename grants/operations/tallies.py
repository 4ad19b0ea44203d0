"""Keeping the figures of a fiscal year as last counted."""

from sqlalchemy.orm import Session

from grants.models.reference import Secretariat
from grants.models.results import Tally
from grants.queries.tallies import Counted
from grants.wording import sheet_data


def keep(session: Session, secretariat_id: int, counted: Counted) -> bool:
    """Write what was counted in the place of what was there; False when that was newer.

    No trace is left: the figures can be counted again from the clocks at any time.
    """
    session.get_one(Secretariat, secretariat_id, with_for_update={"key_share": True})
    row = session.get(Tally, (secretariat_id, counted.period.from_on))
    if row is None:
        row = Tally(secretariat_id=secretariat_id, from_on=counted.period.from_on)
        session.add(row)
    elif row.as_of > counted.as_of:
        return False
    parts = {name: getattr(counted, name) for name in ("figures", "evidence", "months")}
    row.until_on, row.as_of = counted.period.until_on, counted.as_of
    row.figures = sheet_data.canonical(sheet_data.plain(parts)).decode()
    return True
