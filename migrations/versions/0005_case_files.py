"""The case file, its matter, application and assignments."""

import sqlalchemy as sa
from alembic import op

revision = "0005"
down_revision = "0004"
branch_labels = None
depends_on = None

ID = sa.BigInteger().with_variant(sa.Integer(), "sqlite")


def upgrade() -> None:
    op.create_table(
        "case_counter",
        sa.Column("prefix", sa.String(length=8), nullable=False),
        sa.Column("year", ID, autoincrement=False, nullable=False),
        sa.Column("last", ID, nullable=False),
        sa.PrimaryKeyConstraint("prefix", "year", name=op.f("pk_case_counter")),
    )
    op.create_table(
        "matter",
        sa.Column("id", ID, nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_matter")),
    )
    op.create_table(
        "participant",
        sa.Column("matter_id", ID, nullable=False),
        sa.Column("person_id", ID, nullable=False),
        sa.Column("side", sa.String(length=8), nullable=False),
        sa.CheckConstraint("side IN ('first', 'revision')", name=op.f("ck_participant_side")),
        sa.ForeignKeyConstraint(
            ["matter_id"], ["matter.id"], name=op.f("fk_participant_matter_id_matter")
        ),
        sa.ForeignKeyConstraint(
            ["person_id"], ["person.id"], name=op.f("fk_participant_person_id_person")
        ),
        sa.PrimaryKeyConstraint("matter_id", "person_id", name=op.f("pk_participant")),
        sa.UniqueConstraint(
            "matter_id", "person_id", "side", name=op.f("uq_participant_matter_id_person_id_side")
        ),
    )
    op.create_table(
        "case_file",
        sa.Column("id", ID, nullable=False),
        sa.Column("public_id", sa.String(length=32), nullable=False),
        sa.Column("number", sa.String(length=24), nullable=False),
        sa.Column("kind", sa.String(length=24), nullable=False),
        sa.Column("secretariat_id", ID, nullable=False),
        sa.Column("organization_id", ID, nullable=False),
        sa.Column("channel", sa.String(length=8), nullable=False),
        sa.Column("received_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("entered_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("status", sa.String(length=16), nullable=False),
        sa.Column("matter_id", ID, nullable=True),
        sa.Column("side", sa.String(length=8), nullable=True),
        sa.Column("advisor_id", ID, nullable=True),
        sa.Column("next_due_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("touched_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("closed_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("version", ID, nullable=False),
        sa.CheckConstraint(
            "(status = 'withdrawn') = (closed_at IS NOT NULL)", name=op.f("ck_case_file_closed")
        ),
        sa.CheckConstraint(
            "channel IN ('web', 'post', 'counter', 'fax', 'email')",
            name=op.f("ck_case_file_channel"),
        ),
        sa.CheckConstraint(
            "kind <> 'application' OR (matter_id IS NOT NULL AND side IS NOT NULL AND side = 'first')",
            name=op.f("ck_case_file_side"),
        ),
        sa.CheckConstraint("kind IN ('application')", name=op.f("ck_case_file_kind")),
        sa.CheckConstraint(
            "status IN ('received', 'under_review', 'withdrawn')", name=op.f("ck_case_file_status")
        ),
        sa.CheckConstraint("entered_at >= received_at", name=op.f("ck_case_file_entered")),
        sa.ForeignKeyConstraint(
            ["advisor_id"], ["person.id"], name=op.f("fk_case_file_advisor_id_person")
        ),
        sa.ForeignKeyConstraint(
            ["matter_id", "advisor_id", "side"],
            ["participant.matter_id", "participant.person_id", "participant.side"],
            name="fk_case_file_advisor_participant",
        ),
        sa.ForeignKeyConstraint(
            ["matter_id"], ["matter.id"], name=op.f("fk_case_file_matter_id_matter")
        ),
        sa.ForeignKeyConstraint(
            ["organization_id"],
            ["organization.id"],
            name=op.f("fk_case_file_organization_id_organization"),
        ),
        sa.ForeignKeyConstraint(
            ["secretariat_id"],
            ["secretariat.id"],
            name=op.f("fk_case_file_secretariat_id_secretariat"),
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_case_file")),
        sa.UniqueConstraint("id", "kind", name=op.f("uq_case_file_id_kind")),
        sa.UniqueConstraint("id", "matter_id", "side", name=op.f("uq_case_file_id_matter_id_side")),
        sa.UniqueConstraint("number", name=op.f("uq_case_file_number")),
        sa.UniqueConstraint("public_id", name=op.f("uq_case_file_public_id")),
    )
    op.create_index(
        "ix_case_file_advisor_due",
        "case_file",
        ["advisor_id", "next_due_at", "id"],
        unique=False,
        sqlite_where=sa.text("closed_at IS NULL"),
        postgresql_where=sa.text("closed_at IS NULL"),
    )
    op.create_index(
        "ix_case_file_due",
        "case_file",
        ["secretariat_id", "next_due_at", "id"],
        unique=False,
        sqlite_where=sa.text("closed_at IS NULL"),
        postgresql_where=sa.text("closed_at IS NULL"),
    )
    op.create_index(
        op.f("ix_case_file_organization_id"), "case_file", ["organization_id"], unique=False
    )
    op.create_index(
        "ix_case_file_unassigned_due",
        "case_file",
        ["secretariat_id", "next_due_at", "id"],
        unique=False,
        sqlite_where=sa.text("closed_at IS NULL AND advisor_id IS NULL"),
        postgresql_where=sa.text("closed_at IS NULL AND advisor_id IS NULL"),
    )
    op.create_index(
        "uq_case_file_application",
        "case_file",
        ["matter_id"],
        unique=True,
        sqlite_where=sa.text("kind = 'application'"),
        postgresql_where=sa.text("kind = 'application'"),
    )
    op.create_table(
        "assignment",
        sa.Column("id", ID, nullable=False),
        sa.Column("case_file_id", ID, nullable=False),
        sa.Column("matter_id", ID, nullable=False),
        sa.Column("side", sa.String(length=8), nullable=False),
        sa.Column("person_id", ID, nullable=False),
        sa.Column("proposed_id", ID, nullable=False),
        sa.Column("assigned_by_id", ID, nullable=False),
        sa.Column("assigned_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("ended_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("reason", sa.String(length=500), nullable=False),
        sa.CheckConstraint(
            "ended_at IS NULL OR ended_at >= assigned_at", name=op.f("ck_assignment_dates")
        ),
        sa.CheckConstraint(
            "person_id = proposed_id OR length(trim(reason)) > 0",
            name=op.f("ck_assignment_change_has_reason"),
        ),
        sa.ForeignKeyConstraint(
            ["assigned_by_id"], ["person.id"], name=op.f("fk_assignment_assigned_by_id_person")
        ),
        sa.ForeignKeyConstraint(
            ["case_file_id", "matter_id", "side"],
            ["case_file.id", "case_file.matter_id", "case_file.side"],
            name=op.f("fk_assignment_case_file_id_matter_id_side_case_file"),
        ),
        sa.ForeignKeyConstraint(
            ["matter_id", "person_id", "side"],
            ["participant.matter_id", "participant.person_id", "participant.side"],
            name=op.f("fk_assignment_matter_id_person_id_side_participant"),
        ),
        sa.ForeignKeyConstraint(
            ["proposed_id"], ["person.id"], name=op.f("fk_assignment_proposed_id_person")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_assignment")),
    )
    op.create_index(
        "uq_assignment_open",
        "assignment",
        ["case_file_id"],
        unique=True,
        sqlite_where=sa.text("ended_at IS NULL"),
        postgresql_where=sa.text("ended_at IS NULL"),
    )
    op.create_table(
        "application",
        sa.Column("case_file_id", ID, nullable=False),
        sa.Column("kind", sa.String(length=24), nullable=False),
        sa.Column("call_id", ID, nullable=False),
        sa.Column("form_version_id", ID, nullable=False),
        sa.Column("answers", sa.JSON(), nullable=False),
        sa.Column("amount_cents", sa.BigInteger(), nullable=False),
        sa.Column("fingerprint", sa.String(length=64), nullable=False),
        sa.Column("sent_by_id", ID, nullable=False),
        sa.CheckConstraint("kind = 'application'", name=op.f("ck_application_kind")),
        sa.CheckConstraint(
            "amount_cents > 0 AND amount_cents <= 10000000000 AND amount_cents = CAST(amount_cents AS BIGINT)",
            name=op.f("ck_application_amount"),
        ),
        sa.CheckConstraint("length(fingerprint) = 64", name=op.f("ck_application_fingerprint")),
        sa.ForeignKeyConstraint(["call_id"], ["call.id"], name=op.f("fk_application_call_id_call")),
        sa.ForeignKeyConstraint(
            ["case_file_id", "kind"],
            ["case_file.id", "case_file.kind"],
            name=op.f("fk_application_case_file_id_kind_case_file"),
        ),
        sa.ForeignKeyConstraint(
            ["form_version_id"],
            ["form_version.id"],
            name=op.f("fk_application_form_version_id_form_version"),
        ),
        sa.ForeignKeyConstraint(
            ["sent_by_id"], ["person.id"], name=op.f("fk_application_sent_by_id_person")
        ),
        sa.PrimaryKeyConstraint("case_file_id", name=op.f("pk_application")),
    )
    op.create_index(op.f("ix_application_call_id"), "application", ["call_id"], unique=False)


def downgrade() -> None:
    op.drop_table("assignment")
    op.drop_table("application")
    op.drop_table("case_file")
    op.drop_table("participant")
    op.drop_table("matter")
    op.drop_table("case_counter")
