"""Clocks, messages and documents."""

import sqlalchemy as sa
from alembic import op

revision = "0006"
down_revision = "0005"
branch_labels = None
depends_on = None

ID = sa.BigInteger().with_variant(sa.Integer(), "sqlite")


def upgrade() -> None:
    op.create_table(
        "clock",
        sa.Column("id", ID, nullable=False),
        sa.Column("case_file_id", ID, nullable=False),
        sa.Column("commitment_id", ID, nullable=False),
        sa.Column("received_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("start_on", sa.Date(), nullable=False),
        sa.Column("due_on", sa.Date(), nullable=False),
        sa.Column("due_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("calendar_version", ID, nullable=False),
        sa.Column("provisional", sa.Boolean(), nullable=False),
        sa.Column("stopped_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("stop_event", sa.String(length=40), nullable=True),
        sa.CheckConstraint(
            "(stopped_at IS NULL) = (stop_event IS NULL)", name=op.f("ck_clock_stop")
        ),
        sa.CheckConstraint("due_at > received_at", name=op.f("ck_clock_dates")),
        sa.CheckConstraint(
            "stopped_at IS NULL OR stopped_at >= received_at", name=op.f("ck_clock_stopped")
        ),
        sa.ForeignKeyConstraint(
            ["case_file_id"], ["case_file.id"], name=op.f("fk_clock_case_file_id_case_file")
        ),
        sa.ForeignKeyConstraint(
            ["commitment_id"],
            ["service_commitment.id"],
            name=op.f("fk_clock_commitment_id_service_commitment"),
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_clock")),
        sa.UniqueConstraint(
            "case_file_id", "commitment_id", name=op.f("uq_clock_case_file_id_commitment_id")
        ),
    )
    op.create_index(
        "ix_clock_running",
        "clock",
        ["due_at"],
        unique=False,
        sqlite_where=sa.text("stopped_at IS NULL"),
        postgresql_where=sa.text("stopped_at IS NULL"),
    )
    op.create_table(
        "document",
        sa.Column("id", ID, nullable=False),
        sa.Column("public_id", sa.String(length=32), nullable=False),
        sa.Column("case_file_id", ID, nullable=False),
        sa.Column("kind", sa.String(length=24), nullable=False),
        sa.Column("storage_key", sa.String(length=64), nullable=False),
        sa.Column("sha256", sa.String(length=64), nullable=False),
        sa.Column("size", ID, nullable=False),
        sa.Column("made_at", sa.DateTime(timezone=True), nullable=False),
        sa.CheckConstraint("kind IN ('deposit_proof')", name=op.f("ck_document_kind")),
        sa.CheckConstraint("size > 0 AND length(sha256) = 64", name=op.f("ck_document_content")),
        sa.ForeignKeyConstraint(
            ["case_file_id"], ["case_file.id"], name=op.f("fk_document_case_file_id_case_file")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_document")),
        sa.UniqueConstraint("case_file_id", "kind", name=op.f("uq_document_case_file_id_kind")),
        sa.UniqueConstraint("public_id", name=op.f("uq_document_public_id")),
        sa.UniqueConstraint("storage_key", name=op.f("uq_document_storage_key")),
    )
    op.create_table(
        "message",
        sa.Column("id", ID, nullable=False),
        sa.Column("public_id", sa.String(length=32), nullable=False),
        sa.Column("case_file_id", ID, nullable=False),
        sa.Column("kind", sa.String(length=24), nullable=False),
        sa.Column("sequence", ID, nullable=False),
        sa.Column("channel", sa.String(length=8), nullable=False),
        sa.Column("recipient", sa.String(length=254), nullable=False),
        sa.Column("subject", sa.String(length=200), nullable=False),
        sa.Column("body", sa.Text(), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("sent_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("recorded_by_id", ID, nullable=True),
        sa.CheckConstraint(
            "channel = 'email' OR (sent_at IS NOT NULL AND recorded_by_id IS NOT NULL)",
            name=op.f("ck_message_posted"),
        ),
        sa.CheckConstraint("channel IN ('email', 'post')", name=op.f("ck_message_channel")),
        sa.CheckConstraint(
            "kind IN ('acknowledgement', 'assignment')", name=op.f("ck_message_kind")
        ),
        sa.ForeignKeyConstraint(
            ["case_file_id"], ["case_file.id"], name=op.f("fk_message_case_file_id_case_file")
        ),
        sa.ForeignKeyConstraint(
            ["recorded_by_id"], ["person.id"], name=op.f("fk_message_recorded_by_id_person")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_message")),
        sa.UniqueConstraint(
            "case_file_id", "kind", "sequence", name=op.f("uq_message_case_file_id_kind_sequence")
        ),
        sa.UniqueConstraint("public_id", name=op.f("uq_message_public_id")),
    )


def downgrade() -> None:
    op.drop_table("document")
    op.drop_table("message")
    op.drop_table("clock")
