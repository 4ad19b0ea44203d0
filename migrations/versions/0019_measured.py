"""What the figures need of a clock: when we knew of it, how long it took, where it was moved."""

from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

import sqlalchemy as sa
from alembic import op

from migrations.rebuilding import rebuilt

revision = "0019"
down_revision = "0018"
branch_labels = None
depends_on = None

ID = sa.BigInteger().with_variant(sa.Integer(), "sqlite")
INSTANT = sa.DateTime(timezone=True)
ADDED = {
    "stop_recorded": "(stopped_at IS NULL) = (stop_recorded_at IS NULL)",
    "taken": "(stopped_at IS NULL) = (taken IS NULL)",
    "extended": "extended_due_at IS NULL OR extended_due_at > due_at",
}
DELAY = (
    "(quantity IS NULL) = (unit IS NULL)",
    "(quantity IS NULL) = (unit IS NULL OR unit = 'announced')",
)
UNIT = (
    "unit IS NULL OR unit IN ('business', 'calendar', 'hours')",
    "unit IS NULL OR unit IN ('business', 'calendar', 'hours', 'announced')",
)
QUEBEC = ZoneInfo("America/Toronto")


def upgrade() -> None:
    op.add_column("clock", sa.Column("recorded_at", INSTANT, nullable=True))
    op.add_column("clock", sa.Column("extended_due_at", INSTANT, nullable=True))
    op.add_column("clock", sa.Column("stop_recorded_at", INSTANT, nullable=True))
    op.add_column("clock", sa.Column("taken", ID, nullable=True))
    op.execute(
        "UPDATE clock SET stop_recorded_at = stopped_at, recorded_at ="
        " (SELECT max(case_file.entered_at) FROM case_file WHERE case_file.id = clock.case_file_id)"
    )
    op.execute("UPDATE clock SET recorded_at = received_at WHERE recorded_at < received_at")
    _measure()
    with rebuilt("clock") as batch:
        batch.alter_column("recorded_at", existing_type=INSTANT, nullable=False)
        for name, rule in ADDED.items():
            batch.create_check_constraint(op.f(f"ck_clock_{name}"), rule)
    op.create_index("ix_clock_figures", "clock", ["commitment_id", "due_on"])
    _declarations(1)


def _measure() -> None:
    """How long each promise took that was kept or missed before this was written down."""
    connection = op.get_bind()
    clock = sa.table(
        "clock",
        *(sa.column(name, type_) for name, type_ in (("id", ID), ("commitment_id", ID))),
        *(sa.column(name, INSTANT) for name in ("received_at", "stopped_at")),
        sa.column("start_on", sa.Date()),
        sa.column("taken", ID),
    )
    units = dict(connection.execute(sa.text("SELECT id, unit FROM service_commitment")).all())
    off = set(
        connection.scalars(
            sa.select(sa.table("day_off", sa.column("on_date", sa.Date())).c.on_date)
        )
    )
    for row in connection.execute(sa.select(clock).where(clock.c.stopped_at.is_not(None))).all():
        taken = _taken(units[row.commitment_id], row, off)
        connection.execute(clock.update().where(clock.c.id == row.id).values(taken=taken))


def _taken(unit: str, row: sa.Row, off: set[date]) -> int:
    stopped, received = _aware(row.stopped_at), _aware(row.received_at)
    if unit == "hours":
        return int((stopped - received).total_seconds() // 60)
    until = stopped.astimezone(QUEBEC).date()
    days = (row.start_on + timedelta(days=n) for n in range(1, (until - row.start_on).days + 1))
    return sum(1 for day in days if unit == "calendar" or (day.weekday() < 5 and day not in off))


def _aware(instant: datetime) -> datetime:
    return instant if instant.tzinfo else instant.replace(tzinfo=ZoneInfo("UTC"))


def _declarations(side: int) -> None:
    with rebuilt("service_commitment") as batch:
        for name, rules in (("delay", DELAY), ("unit", UNIT)):
            batch.drop_constraint(op.f(f"ck_service_commitment_{name}"), type_="check")
            batch.create_check_constraint(op.f(f"ck_service_commitment_{name}"), rules[side])
        target = op.f("ck_service_commitment_target")
        if side:
            batch.create_check_constraint(target, "target_percent BETWEEN 0 AND 100")
        else:
            batch.drop_constraint(target, type_="check")
    key = op.f("fk_service_declaration_written_by_id_person")
    with rebuilt("service_declaration") as batch:
        if side:
            batch.add_column(sa.Column("written_by_id", ID, nullable=True))
            batch.create_foreign_key(key, "person", ["written_by_id"], ["id"])
        else:
            batch.drop_constraint(key, type_="foreignkey")
            batch.drop_column("written_by_id")


def downgrade() -> None:
    op.execute("UPDATE service_commitment SET unit = NULL WHERE unit = 'announced'")
    _declarations(0)
    op.drop_index("ix_clock_figures", "clock")
    with rebuilt("clock") as batch:
        for name in ADDED:
            batch.drop_constraint(op.f(f"ck_clock_{name}"), type_="check")
        for column in ("taken", "stop_recorded_at", "extended_due_at", "recorded_at"):
            batch.drop_column(column)
