"""Analysis: documents, criteria, recommendations."""

import sqlalchemy as sa
from alembic import op

revision = "0013"
down_revision = "0012"
branch_labels = None
depends_on = None

ID = sa.BigInteger().with_variant(sa.Integer(), "sqlite")


def upgrade() -> None:
    op.create_table(
        "document_check",
        sa.Column("id", ID, nullable=False),
        sa.Column("case_file_id", ID, nullable=False),
        sa.Column("matter_id", ID, nullable=False),
        sa.Column("side", sa.String(length=8), nullable=False),
        sa.Column("document_key", sa.String(length=60), nullable=False),
        sa.Column("finding", sa.String(length=12), nullable=False),
        sa.Column("note", sa.String(length=500), nullable=False),
        sa.Column("person_id", ID, nullable=False),
        sa.Column("checked_at", sa.DateTime(timezone=True), nullable=False),
        sa.CheckConstraint(
            "finding = 'received' OR length(trim(note)) > 0", name=op.f("ck_document_check_note")
        ),
        sa.CheckConstraint(
            "finding IN ('received', 'missing', 'unusable', 'not_needed')",
            name=op.f("ck_document_check_finding"),
        ),
        sa.ForeignKeyConstraint(
            ["case_file_id", "matter_id", "side"],
            ["case_file.id", "case_file.matter_id", "case_file.side"],
            name=op.f("fk_document_check_case_file_id_matter_id_side_case_file"),
        ),
        sa.ForeignKeyConstraint(
            ["matter_id", "person_id", "side"],
            ["participant.matter_id", "participant.person_id", "participant.side"],
            name=op.f("fk_document_check_matter_id_person_id_side_participant"),
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_document_check")),
        sa.UniqueConstraint(
            "case_file_id", "document_key", name=op.f("uq_document_check_case_file_id_document_key")
        ),
    )
    op.create_table(
        "assessment",
        sa.Column("id", ID, nullable=False),
        sa.Column("case_file_id", ID, nullable=False),
        sa.Column("matter_id", ID, nullable=False),
        sa.Column("side", sa.String(length=8), nullable=False),
        sa.Column("criterion", sa.String(length=16), nullable=False),
        sa.Column("finding", sa.String(length=12), nullable=False),
        sa.Column("note", sa.Text(), nullable=False),
        sa.Column("person_id", ID, nullable=False),
        sa.Column("assessed_at", sa.DateTime(timezone=True), nullable=False),
        sa.CheckConstraint(
            "finding = 'met' OR length(trim(note)) > 0", name=op.f("ck_assessment_note")
        ),
        sa.CheckConstraint(
            "finding IN ('met', 'partly_met', 'not_met', 'to_document')",
            name=op.f("ck_assessment_finding"),
        ),
        sa.ForeignKeyConstraint(
            ["case_file_id", "matter_id", "side"],
            ["case_file.id", "case_file.matter_id", "case_file.side"],
            name=op.f("fk_assessment_case_file_id_matter_id_side_case_file"),
        ),
        sa.ForeignKeyConstraint(
            ["matter_id", "person_id", "side"],
            ["participant.matter_id", "participant.person_id", "participant.side"],
            name=op.f("fk_assessment_matter_id_person_id_side_participant"),
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_assessment")),
        sa.UniqueConstraint(
            "case_file_id", "criterion", name=op.f("uq_assessment_case_file_id_criterion")
        ),
    )
    op.create_table(
        "evidence_link",
        sa.Column("assessment_id", ID, nullable=False),
        sa.Column("attachment_id", ID, nullable=False),
        sa.ForeignKeyConstraint(
            ["assessment_id"],
            ["assessment.id"],
            name=op.f("fk_evidence_link_assessment_id_assessment"),
        ),
        sa.ForeignKeyConstraint(
            ["attachment_id"],
            ["attachment.id"],
            name=op.f("fk_evidence_link_attachment_id_attachment"),
        ),
        sa.PrimaryKeyConstraint("assessment_id", "attachment_id", name=op.f("pk_evidence_link")),
    )
    op.create_table(
        "recommendation",
        sa.Column("id", ID, nullable=False),
        sa.Column("public_id", sa.String(length=32), nullable=False),
        sa.Column("case_file_id", ID, nullable=False),
        sa.Column("matter_id", ID, nullable=False),
        sa.Column("side", sa.String(length=8), nullable=False),
        sa.Column("person_id", ID, nullable=False),
        sa.Column("outcome", sa.String(length=20), nullable=False),
        sa.Column("amount_cents", sa.BigInteger(), nullable=False),
        sa.Column("reasons", sa.Text(), nullable=False),
        sa.Column("made_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("ended_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("end_reason", sa.String(length=500), nullable=False),
        sa.CheckConstraint(
            "amount_cents >= 0 AND amount_cents <= 10000000000 AND amount_cents = CAST(amount_cents AS BIGINT) AND (amount_cents > 0) = (outcome IN ('accepted', 'accepted_in_part'))",
            name=op.f("ck_recommendation_amount"),
        ),
        sa.CheckConstraint(
            "outcome IN ('accepted', 'accepted_in_part', 'refused', 'standby', 'upheld')",
            name=op.f("ck_recommendation_outcome"),
        ),
        sa.CheckConstraint("length(trim(reasons)) > 0", name=op.f("ck_recommendation_reasons")),
        sa.ForeignKeyConstraint(
            ["case_file_id", "matter_id", "side"],
            ["case_file.id", "case_file.matter_id", "case_file.side"],
            name=op.f("fk_recommendation_case_file_id_matter_id_side_case_file"),
        ),
        sa.ForeignKeyConstraint(
            ["matter_id", "person_id", "side"],
            ["participant.matter_id", "participant.person_id", "participant.side"],
            name=op.f("fk_recommendation_matter_id_person_id_side_participant"),
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_recommendation")),
        sa.UniqueConstraint("public_id", name=op.f("uq_recommendation_public_id")),
    )
    op.create_index(
        "uq_recommendation_live",
        "recommendation",
        ["case_file_id"],
        unique=True,
        sqlite_where=sa.text("ended_at IS NULL"),
        postgresql_where=sa.text("ended_at IS NULL"),
    )


def downgrade() -> None:
    op.drop_table("recommendation")
    op.drop_table("evidence_link")
    op.drop_table("assessment")
    op.drop_table("document_check")
