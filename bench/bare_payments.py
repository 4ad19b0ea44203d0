"""The cheapest payment of as many lines: the baseline of what a batch costs.

The rows that a real batch left are inserted again through Core in bulk, the others updated by one
statement a table, and the same bytes are written with one f-string a payment. Nothing is asked,
judged, locked, deciphered, read back or announced.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from sqlalchemy import Connection, Engine, Select, select, update

from bench.data import insert_rows
from bench.files import Row
from grants.documents.cpa005 import LINE_END, RECORD_LENGTH, Credit
from grants.models import Base
from grants.storage import LocalFolder

TABLES = Base.metadata.tables
LEFT = ("batch", "payment", "message", "outbox", "journal_event", "journal_link", "journal_head")
CHANGED = ("case_file", "clock")  # by the release, the same way in every row
STOPPED = ("stopped_at", "stop_event", "stop_recorded_at", "taken")
PER_RECORD = 6
APPROVAL = ("approved_by_id", "approved_at", "approved_version")
ASKING = ("release_asked_by_id", "release_asked_at", "cycle", "file_number")
RELEASE = ("released_at", "storage_key", "file_sha256", "file_size")


@dataclass(frozen=True)
class Made:
    """What a real batch left: the rows it added or changed by table, its lines, its bytes."""

    rows: Mapping[str, Sequence[Row]]
    credits: Sequence[Credit]
    content: bytes


def added(connection: Connection, table: str, before: int) -> list[Row]:
    """The rows of a table beyond the `before` first ones."""
    key = next(iter(TABLES[table].primary_key))
    query: Select[*tuple[object, ...]] = select(TABLES[table]).order_by(key).offset(before)
    return [dict(row) for row in connection.execute(query).mappings()]


def pay(engine: Engine, made: Made, storage: LocalFolder) -> None:
    """Write what the batch wrote, in three transactions: prepared, approved, released."""
    batch = made.rows["batch"][0]
    later = dict.fromkeys((*APPROVAL, *ASKING, *RELEASE))
    with engine.begin() as connection:
        insert_rows(connection, "batch", [batch | later | {"status": "prepared"}])
        lines = [row | {"status": "prepared"} for row in made.rows["payment"]]
        insert_rows(connection, "payment", lines)
    with engine.begin() as connection:
        _change_batch(connection, batch, (*APPROVAL, *ASKING), "approved")
    storage.put(file(made.credits, made.content[:RECORD_LENGTH].decode("ascii")))
    with engine.begin() as connection:
        _change_batch(connection, batch, RELEASE, "released")
        _settle(connection, made)


def _change_batch(connection: Connection, batch: Row, names: Sequence[str], status: str) -> None:
    values = {name: batch[name] for name in names} | {"status": status}
    connection.execute(update(TABLES["batch"]).values(values))


def _settle(connection: Connection, made: Made) -> None:
    case_file, clock = (made.rows[name][0] for name in CHANGED)
    touched = {name: case_file[name] for name in ("touched_at", "next_due_at", "version")}
    stopped = {name: clock[name] for name in STOPPED}
    promise = TABLES["clock"].c.commitment_id == clock["commitment_id"]
    connection.execute(update(TABLES["payment"]).values(status="released"))
    connection.execute(update(TABLES["clock"]).where(promise).values(stopped))
    connection.execute(update(TABLES["case_file"]).values(touched))
    for name in ("message", "outbox", "journal_event", "journal_link"):
        insert_rows(connection, name, made.rows[name])
    head = {name: made.rows["journal_head"][0][name] for name in ("position", "digest")}
    connection.execute(update(TABLES["journal_head"]).values(head))


def file(credits: Sequence[Credit], header: str) -> bytes:
    """The bytes of the same bank file, fields put together as they come."""
    return b"".join(line.encode("ascii") + LINE_END for line in _records(credits, header))


def _records(credits: Sequence[Credit], header: str) -> Iterator[str]:
    key, total = header[10:24], sum(credit.amount_cents for credit in credits)
    yield header
    number = 1
    for first in range(0, len(credits), PER_RECORD):
        number += 1
        segments = "".join(map(_segment, credits[first : first + PER_RECORD]))
        yield f"C{number:09d}{key}{segments}".ljust(RECORD_LENGTH)
    sums = f"{0:022d}{total:014d}{len(credits):08d}{0:044d}"
    yield f"Z{number + 1:09d}{key}{sums}".ljust(RECORD_LENGTH)


def _segment(credit: Credit) -> str:
    return (
        f"450{credit.amount_cents:010d}{_day(credit.funds_on)}{credit.routing}"
        f"{credit.account:<12}{0:025d}{'SACA QUEBEC':<15}{credit.payee_name:<30}"
        f"{'SECR ACTION COMMUNAUTAIRE AUT':<30}SACA000001{credit.cross_reference:<19}"
        f"000612345{'7654321':<12}{'':<39}{0:011d}"
    )


def _day(value: date) -> str:
    return f"0{value:%y%j}"
