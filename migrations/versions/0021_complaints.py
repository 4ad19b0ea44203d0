"""Complaints, apart from everything; codes by which anyone follows."""

import sqlalchemy as sa
from alembic import op

revision = "0021"
down_revision = "0020"
branch_labels = None
depends_on = None

ID = sa.BigInteger().with_variant(sa.Integer(), "sqlite")


def upgrade() -> None:
    op.create_table(
        "complaint",
        sa.Column("id", ID, nullable=False),
        sa.Column("public_id", sa.String(length=32), nullable=False),
        sa.Column("secretariat_id", ID, nullable=False),
        sa.Column("number", sa.Text(), nullable=False),
        sa.Column("number_key", sa.String(length=64), nullable=False),
        sa.Column("received", sa.Text(), nullable=False),
        sa.Column("received_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("entered_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("status", sa.String(length=12), nullable=False),
        sa.Column("acknowledge_due_on", sa.Date(), nullable=False),
        sa.Column("answer_due_on", sa.Date(), nullable=False),
        sa.Column("acknowledged_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("finding", sa.Text(), nullable=True),
        sa.Column("recommendation", sa.Text(), nullable=True),
        sa.Column("follow_up", sa.Text(), nullable=True),
        sa.Column("concluded_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("closed_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("version", ID, nullable=False),
        sa.CheckConstraint(
            "(status = 'closed') = (closed_at IS NOT NULL)", name=op.f("ck_complaint_closed")
        ),
        sa.CheckConstraint(
            "(status IN ('received', 'examining') OR concluded_at IS NOT NULL)",
            name=op.f("ck_complaint_concluded"),
        ),
        sa.CheckConstraint(
            "status IN ('received', 'examining', 'concluded', 'closed')",
            name=op.f("ck_complaint_status"),
        ),
        sa.CheckConstraint(
            "concluded_at IS NULL OR (finding IS NOT NULL AND recommendation IS NOT NULL)",
            name=op.f("ck_complaint_finding"),
        ),
        sa.CheckConstraint("entered_at >= received_at", name=op.f("ck_complaint_entered")),
        sa.ForeignKeyConstraint(
            ["secretariat_id"],
            ["secretariat.id"],
            name=op.f("fk_complaint_secretariat_id_secretariat"),
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_complaint")),
        sa.UniqueConstraint("number_key", name=op.f("uq_complaint_number_key")),
        sa.UniqueConstraint("public_id", name=op.f("uq_complaint_public_id")),
    )
    op.create_index(
        "ix_complaint_open",
        "complaint",
        ["secretariat_id", "answer_due_on", "id"],
        unique=False,
        sqlite_where=sa.text("closed_at IS NULL"),
        postgresql_where=sa.text("closed_at IS NULL"),
    )
    op.create_table(
        "complaint_event",
        sa.Column("id", ID, nullable=False),
        sa.Column("complaint_id", ID, nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("kind", sa.String(length=40), nullable=False),
        sa.Column("actor_id", ID, nullable=True),
        sa.Column("facts", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(
            ["actor_id"], ["person.id"], name=op.f("fk_complaint_event_actor_id_person")
        ),
        sa.ForeignKeyConstraint(
            ["complaint_id"],
            ["complaint.id"],
            name=op.f("fk_complaint_event_complaint_id_complaint"),
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_complaint_event")),
    )
    op.create_index(
        "ix_complaint_event_complaint", "complaint_event", ["complaint_id", "id"], unique=False
    )
    op.create_table(
        "complaint_message",
        sa.Column("id", ID, nullable=False),
        sa.Column("public_id", sa.String(length=32), nullable=False),
        sa.Column("complaint_id", ID, nullable=False),
        sa.Column("kind", sa.String(length=16), nullable=False),
        sa.Column("sequence", ID, nullable=False),
        sa.Column("channel", sa.String(length=8), nullable=False),
        sa.Column("recipient", sa.Text(), nullable=False),
        sa.Column("body", sa.Text(), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("sent_at", sa.DateTime(timezone=True), nullable=True),
        sa.CheckConstraint(
            "channel = 'email' OR sent_at IS NOT NULL", name=op.f("ck_complaint_message_posted")
        ),
        sa.CheckConstraint(
            "channel IN ('email', 'post', 'phone')", name=op.f("ck_complaint_message_channel")
        ),
        sa.CheckConstraint(
            "kind IN ('acknowledgement', 'conclusion', 'follow_up')",
            name=op.f("ck_complaint_message_kind"),
        ),
        sa.ForeignKeyConstraint(
            ["complaint_id"],
            ["complaint.id"],
            name=op.f("fk_complaint_message_complaint_id_complaint"),
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_complaint_message")),
        sa.UniqueConstraint(
            "complaint_id",
            "kind",
            "sequence",
            name=op.f("uq_complaint_message_complaint_id_kind_sequence"),
        ),
        sa.UniqueConstraint("public_id", name=op.f("uq_complaint_message_public_id")),
    )
    op.create_table(
        "complaint_reader",
        sa.Column("id", ID, nullable=False),
        sa.Column("complaint_id", ID, nullable=False),
        sa.Column("person_id", ID, nullable=False),
        sa.Column("named_by_id", ID, nullable=False),
        sa.Column("named_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("ended_at", sa.DateTime(timezone=True), nullable=True),
        sa.CheckConstraint(
            "ended_at IS NULL OR ended_at >= named_at", name=op.f("ck_complaint_reader_dates")
        ),
        sa.ForeignKeyConstraint(
            ["complaint_id"],
            ["complaint.id"],
            name=op.f("fk_complaint_reader_complaint_id_complaint"),
        ),
        sa.ForeignKeyConstraint(
            ["named_by_id"], ["person.id"], name=op.f("fk_complaint_reader_named_by_id_person")
        ),
        sa.ForeignKeyConstraint(
            ["person_id"],
            ["staff_member.person_id"],
            name=op.f("fk_complaint_reader_person_id_staff_member"),
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_complaint_reader")),
    )
    op.create_index(
        "uq_complaint_reader_open",
        "complaint_reader",
        ["complaint_id", "person_id"],
        unique=True,
        sqlite_where=sa.text("ended_at IS NULL"),
        postgresql_where=sa.text("ended_at IS NULL"),
    )
    op.create_table(
        "tracking_code",
        sa.Column("id", ID, nullable=False),
        sa.Column("public_id", sa.String(length=32), nullable=False),
        sa.Column("case_file_id", ID, nullable=True),
        sa.Column("complaint_id", ID, nullable=True),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("expires_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("used_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("attempts", ID, nullable=False),
        sa.CheckConstraint("attempts BETWEEN 0 AND 5", name=op.f("ck_tracking_code_attempts")),
        sa.CheckConstraint(
            "case_file_id IS NULL OR complaint_id IS NULL", name=op.f("ck_tracking_code_one_thing")
        ),
        sa.ForeignKeyConstraint(
            ["case_file_id"], ["case_file.id"], name=op.f("fk_tracking_code_case_file_id_case_file")
        ),
        sa.ForeignKeyConstraint(
            ["complaint_id"], ["complaint.id"], name=op.f("fk_tracking_code_complaint_id_complaint")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_tracking_code")),
        sa.UniqueConstraint("public_id", name=op.f("uq_tracking_code_public_id")),
    )


def downgrade() -> None:
    op.drop_table("tracking_code")
    op.drop_table("complaint_reader")
    op.drop_table("complaint_message")
    op.drop_table("complaint_event")
    op.drop_table("complaint")
