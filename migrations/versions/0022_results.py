"""Figures, publications, moved dates, absences and exported heads."""

import sqlalchemy as sa
from alembic import op

revision = "0022"
down_revision = "0021"
branch_labels = None
depends_on = None

ID = sa.BigInteger().with_variant(sa.Integer(), "sqlite")


def upgrade() -> None:
    op.create_table(
        "journal_export",
        sa.Column("id", ID, nullable=False),
        sa.Column("exported_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("position", ID, nullable=False),
        sa.Column("digest", sa.String(length=64), nullable=False),
        sa.Column("storage_key", sa.String(length=64), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_journal_export")),
        sa.UniqueConstraint("storage_key", name=op.f("uq_journal_export_storage_key")),
    )
    op.create_table(
        "publication",
        sa.Column("id", ID, nullable=False),
        sa.Column("public_id", sa.String(length=32), nullable=False),
        sa.Column("secretariat_id", ID, nullable=False),
        sa.Column("from_on", sa.Date(), nullable=False),
        sa.Column("until_on", sa.Date(), nullable=False),
        sa.Column("number", ID, nullable=False),
        sa.Column("as_of", sa.DateTime(timezone=True), nullable=False),
        sa.Column("content", sa.Text(), nullable=False),
        sa.Column("sha256", sa.String(length=64), nullable=False),
        sa.Column("published_by_id", ID, nullable=False),
        sa.Column("storage_key", sa.String(length=64), nullable=True),
        sa.Column("file_sha256", sa.String(length=64), nullable=True),
        sa.CheckConstraint(
            "(storage_key IS NULL) = (file_sha256 IS NULL)", name=op.f("ck_publication_file")
        ),
        sa.CheckConstraint("from_on <= until_on", name=op.f("ck_publication_period")),
        sa.CheckConstraint("length(sha256) = 64", name=op.f("ck_publication_sha256")),
        sa.CheckConstraint("number > 0", name=op.f("ck_publication_number")),
        sa.ForeignKeyConstraint(
            ["published_by_id"], ["person.id"], name=op.f("fk_publication_published_by_id_person")
        ),
        sa.ForeignKeyConstraint(
            ["secretariat_id"],
            ["secretariat.id"],
            name=op.f("fk_publication_secretariat_id_secretariat"),
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_publication")),
        sa.UniqueConstraint("public_id", name=op.f("uq_publication_public_id")),
        sa.UniqueConstraint(
            "secretariat_id",
            "from_on",
            "until_on",
            "number",
            name=op.f("uq_publication_secretariat_id_from_on_until_on_number"),
        ),
    )
    op.create_table(
        "tally",
        sa.Column("secretariat_id", ID, nullable=False),
        sa.Column("from_on", sa.Date(), nullable=False),
        sa.Column("until_on", sa.Date(), nullable=False),
        sa.Column("as_of", sa.DateTime(timezone=True), nullable=False),
        sa.Column("figures", sa.Text(), nullable=False),
        sa.CheckConstraint("from_on <= until_on", name=op.f("ck_tally_period")),
        sa.ForeignKeyConstraint(
            ["secretariat_id"], ["secretariat.id"], name=op.f("fk_tally_secretariat_id_secretariat")
        ),
        sa.PrimaryKeyConstraint("secretariat_id", "from_on", name=op.f("pk_tally")),
    )
    op.create_table(
        "absence",
        sa.Column("id", ID, nullable=False),
        sa.Column("public_id", sa.String(length=32), nullable=False),
        sa.Column("person_id", ID, nullable=False),
        sa.Column("substitute_id", ID, nullable=False),
        sa.Column("from_on", sa.Date(), nullable=False),
        sa.Column("until_on", sa.Date(), nullable=False),
        sa.Column("recorded_by_id", ID, nullable=False),
        sa.Column("recorded_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("cancelled_at", sa.DateTime(timezone=True), nullable=True),
        sa.CheckConstraint("from_on <= until_on", name=op.f("ck_absence_period")),
        sa.CheckConstraint("person_id <> substitute_id", name=op.f("ck_absence_substitute")),
        sa.ForeignKeyConstraint(
            ["person_id"],
            ["staff_member.person_id"],
            name=op.f("fk_absence_person_id_staff_member"),
        ),
        sa.ForeignKeyConstraint(
            ["recorded_by_id"], ["person.id"], name=op.f("fk_absence_recorded_by_id_person")
        ),
        sa.ForeignKeyConstraint(
            ["substitute_id"],
            ["staff_member.person_id"],
            name=op.f("fk_absence_substitute_id_staff_member"),
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_absence")),
        sa.UniqueConstraint("public_id", name=op.f("uq_absence_public_id")),
    )
    op.create_index("ix_absence_person", "absence", ["person_id", "until_on"], unique=False)
    op.create_index("ix_absence_substitute", "absence", ["substitute_id", "until_on"], unique=False)
    op.create_table(
        "clock_move",
        sa.Column("id", ID, nullable=False),
        sa.Column("clock_id", ID, nullable=False),
        sa.Column("moved_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("moved_by_id", ID, nullable=False),
        sa.Column("from_due_on", sa.Date(), nullable=False),
        sa.Column("to_due_on", sa.Date(), nullable=False),
        sa.Column("calendar_version", ID, nullable=False),
        sa.ForeignKeyConstraint(
            ["clock_id"], ["clock.id"], name=op.f("fk_clock_move_clock_id_clock")
        ),
        sa.ForeignKeyConstraint(
            ["moved_by_id"], ["person.id"], name=op.f("fk_clock_move_moved_by_id_person")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_clock_move")),
    )
    op.create_index("ix_clock_move_clock", "clock_move", ["clock_id", "id"], unique=False)


def downgrade() -> None:
    op.drop_table("clock_move")
    op.drop_table("absence")
    op.drop_table("tally")
    op.drop_table("publication")
    op.drop_table("journal_export")
