"""Many files alike, made by repeating the rows of one: the proofs need thousands of them."""

from dataclasses import dataclass, field
from typing import Any

from sqlalchemy import Table, insert, select
from sqlalchemy.orm import Session

from grants.models import Base
from tests.factories import unique

OWNERS = {  # in the order of their keys: the column by which each table belongs to the file
    "matter": "id",
    "participant": "matter_id",
    "case_file": "matter_id",
    "application": "case_file_id",
    "recommendation": "case_file_id",
    "decision": "case_file_id",
    "clock": "case_file_id",
    "agreement": "case_file_id",
    "agreement_version": "agreement_id",
    "instalment": "agreement_version_id",
    "signature": "agreement_version_id",
}
FRESH = ("public_id", "storage_key", "number")  # unique columns, where they are text


@dataclass
class Copies:
    """The ids of the copies: for each table and each row of the model, one id per copy."""

    count: int
    ids: dict[str, dict[int, list[int]]] = field(default_factory=dict)

    def of(self, table: str) -> list[list[int]]:
        """For each row of a table of the model, in its order, the ids of its copies."""
        return list(self.ids[table].values())

    def named(self, column: str, old: int, rank: int) -> int:
        """What a copy has in the place of `old`: the copy of the thing, or the thing itself."""
        copied = self.ids.get(column.removesuffix("_id"), {}).get(old)
        return copied[rank] if copied else old


def repeat(session: Session, case_file_id: int, count: int) -> Copies:
    """Repeat a file with all that hangs on it, `count` times, a statement per row of it."""
    copies, file = Copies(count), Base.metadata.tables["case_file"]
    matter = session.scalars(select(file.c.matter_id).where(file.c.id == case_file_id)).one()
    known: dict[str, list[int]] = {"id": [matter]}
    for name, owner in OWNERS.items():
        table = Base.metadata.tables[name]
        query = select(table).where(table.c[owner].in_(known.get(owner, [])))
        for row in session.execute(query).mappings().all():
            made = _insert(session, table, [_copy(row, copies, rank) for rank in range(count)])
            if made:
                copies.ids.setdefault(name, {})[row["id"]] = made
                known.setdefault(f"{name}_id", []).append(row["id"])
    session.commit()
    return copies


def _copy(row: Any, copies: Copies, rank: int) -> dict[str, Any]:
    changed = {column: value for column, value in row.items() if column != "id"}
    for column, value in changed.items():
        if value is not None and column.endswith("_id") and isinstance(value, int):
            changed[column] = copies.named(column, value, rank)
        elif isinstance(value, str) and column in FRESH:
            changed[column] = unique()[:24]
    return changed


def _insert(session: Session, table: Table, rows: list[dict[str, Any]]) -> list[int]:
    if "id" not in table.c:
        session.execute(insert(table), rows)
        return []
    made = insert(table).returning(table.c.id, sort_by_parameter_order=True)
    return list(session.scalars(made, rows))
