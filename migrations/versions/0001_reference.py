"""Secretariats, days off, regions and declarations."""

import sqlalchemy as sa
from alembic import op

revision = "0001"
down_revision = None
branch_labels = None
depends_on = None

ID = sa.BigInteger().with_variant(sa.Integer(), "sqlite")


def upgrade() -> None:
    op.create_table(
        "calendar_year",
        sa.Column("year", ID, autoincrement=False, nullable=False),
        sa.Column("confirmed", sa.Boolean(), nullable=False),
        sa.Column("version", ID, nullable=False),
        sa.PrimaryKeyConstraint("year", name=op.f("pk_calendar_year")),
    )
    op.create_table(
        "region",
        sa.Column("code", sa.String(length=2), nullable=False),
        sa.Column("name", sa.String(length=60), nullable=False),
        sa.PrimaryKeyConstraint("code", name=op.f("pk_region")),
    )
    op.create_table(
        "secretariat",
        sa.Column("id", ID, nullable=False),
        sa.Column("code", sa.String(length=8), nullable=False),
        sa.Column("name", sa.String(length=120), nullable=False),
        sa.Column("contact", sa.JSON(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_secretariat")),
        sa.UniqueConstraint("code", name=op.f("uq_secretariat_code")),
    )
    op.create_table(
        "day_off",
        sa.Column("on_date", sa.Date(), nullable=False),
        sa.Column("year", ID, nullable=False),
        sa.Column("label", sa.String(length=80), nullable=False),
        sa.ForeignKeyConstraint(
            ["year"], ["calendar_year.year"], name=op.f("fk_day_off_year_calendar_year")
        ),
        sa.PrimaryKeyConstraint("on_date", name=op.f("pk_day_off")),
    )
    op.create_index(op.f("ix_day_off_year"), "day_off", ["year"], unique=False)
    op.create_table(
        "service_declaration",
        sa.Column("id", ID, nullable=False),
        sa.Column("secretariat_id", ID, nullable=False),
        sa.Column("slug", sa.String(length=40), nullable=False),
        sa.Column("title", sa.String(length=200), nullable=False),
        sa.Column("in_force_from", sa.Date(), nullable=True),
        sa.ForeignKeyConstraint(
            ["secretariat_id"],
            ["secretariat.id"],
            name=op.f("fk_service_declaration_secretariat_id_secretariat"),
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_service_declaration")),
        sa.UniqueConstraint(
            "secretariat_id", "slug", name=op.f("uq_service_declaration_secretariat_id_slug")
        ),
    )
    op.create_table(
        "service_commitment",
        sa.Column("id", ID, nullable=False),
        sa.Column("declaration_id", ID, nullable=False),
        sa.Column("code", sa.String(length=40), nullable=False),
        sa.Column("sentence", sa.String(length=500), nullable=False),
        sa.Column("quantity", ID, nullable=True),
        sa.Column("unit", sa.String(length=10), nullable=True),
        sa.Column("start_event", sa.String(length=40), nullable=True),
        sa.Column("stop_event", sa.String(length=40), nullable=True),
        sa.Column("applies_to", sa.JSON(), nullable=False),
        sa.Column("receipt_policy", sa.String(length=20), nullable=False),
        sa.Column("pauses_allowed", sa.Boolean(), nullable=False),
        sa.Column("target_percent", ID, nullable=False),
        sa.CheckConstraint(
            "receipt_policy IN ('arrival', 'next-business-day')",
            name=op.f("ck_service_commitment_receipt_policy"),
        ),
        sa.CheckConstraint(
            "unit IS NULL OR unit IN ('business', 'calendar', 'hours')",
            name=op.f("ck_service_commitment_unit"),
        ),
        sa.CheckConstraint(
            "(quantity IS NULL) = (unit IS NULL)", name=op.f("ck_service_commitment_delay")
        ),
        sa.CheckConstraint(
            "quantity IS NULL OR quantity > 0", name=op.f("ck_service_commitment_quantity")
        ),
        sa.ForeignKeyConstraint(
            ["declaration_id"],
            ["service_declaration.id"],
            name=op.f("fk_service_commitment_declaration_id_service_declaration"),
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_service_commitment")),
        sa.UniqueConstraint(
            "declaration_id", "code", name=op.f("uq_service_commitment_declaration_id_code")
        ),
    )


def downgrade() -> None:
    op.drop_table("service_commitment")
    op.drop_table("service_declaration")
    op.drop_table("day_off")
    op.drop_table("calendar_year")
    op.drop_table("region")
    op.drop_table("secretariat")
