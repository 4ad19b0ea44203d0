"""Envelopes and decisions."""

import sqlalchemy as sa
from alembic import op

revision = "0014"
down_revision = "0013"
branch_labels = None
depends_on = None

ID = sa.BigInteger().with_variant(sa.Integer(), "sqlite")


def upgrade() -> None:
    op.create_table(
        "envelope",
        sa.Column("id", ID, nullable=False),
        sa.Column("program_id", ID, nullable=False),
        sa.Column("fiscal_year", ID, nullable=False),
        sa.Column("total_cents", sa.BigInteger(), nullable=False),
        sa.Column("used_cents", sa.BigInteger(), nullable=False),
        sa.CheckConstraint(
            "total_cents >= 0 AND total_cents <= 100000000000 AND total_cents = CAST(total_cents AS BIGINT)",
            name=op.f("ck_envelope_total"),
        ),
        sa.CheckConstraint(
            "used_cents >= 0 AND used_cents <= total_cents AND used_cents = CAST(used_cents AS BIGINT)",
            name=op.f("ck_envelope_used"),
        ),
        sa.ForeignKeyConstraint(
            ["program_id"], ["program.id"], name=op.f("fk_envelope_program_id_program")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_envelope")),
        sa.UniqueConstraint(
            "program_id", "fiscal_year", name=op.f("uq_envelope_program_id_fiscal_year")
        ),
    )
    op.create_table(
        "decision",
        sa.Column("id", ID, nullable=False),
        sa.Column("public_id", sa.String(length=32), nullable=False),
        sa.Column("case_file_id", ID, nullable=False),
        sa.Column("matter_id", ID, nullable=False),
        sa.Column("side", sa.String(length=8), nullable=False),
        sa.Column("recommendation_id", ID, nullable=False),
        sa.Column("decided_by_id", ID, nullable=False),
        sa.Column("advised_by_id", ID, nullable=False),
        sa.Column("outcome", sa.String(length=20), nullable=False),
        sa.Column("requested_cents", sa.BigInteger(), nullable=False),
        sa.Column("granted_cents", sa.BigInteger(), nullable=False),
        sa.Column("reason_codes", sa.String(length=200), nullable=False),
        sa.Column("explanation", sa.Text(), nullable=False),
        sa.Column("alternative_call_id", ID, nullable=True),
        sa.Column("alternative", sa.Text(), nullable=False),
        sa.Column("no_alternative", sa.Text(), nullable=False),
        sa.Column("envelope_id", ID, nullable=True),
        sa.Column("available_after_cents", sa.BigInteger(), nullable=True),
        sa.Column("decided_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("letter_on", sa.Date(), nullable=False),
        sa.Column("recourse_until", sa.Date(), nullable=True),
        sa.Column("letter", sa.Text(), nullable=False),
        sa.Column("first_read_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("first_read_by_id", ID, nullable=True),
        sa.CheckConstraint(
            "granted_cents = CAST(granted_cents AS BIGINT) AND CASE outcome WHEN 'accepted' THEN granted_cents = requested_cents WHEN 'accepted_in_part' THEN granted_cents > 0 AND granted_cents < requested_cents ELSE granted_cents = 0 END",
            name=op.f("ck_decision_granted"),
        ),
        sa.CheckConstraint(
            "outcome <> CASE side WHEN 'first' THEN 'upheld' ELSE 'refused' END",
            name=op.f("ck_decision_outcome_of_side"),
        ),
        sa.CheckConstraint(
            "outcome IN ('accepted', 'accepted_in_part', 'refused', 'standby', 'upheld')",
            name=op.f("ck_decision_outcome"),
        ),
        sa.CheckConstraint(
            "outcome NOT IN ('refused', 'upheld') OR alternative_call_id IS NOT NULL OR length(trim(alternative)) > 0 OR length(trim(no_alternative)) > 0",
            name=op.f("ck_decision_alternative"),
        ),
        sa.CheckConstraint(
            "(granted_cents > 0) = (envelope_id IS NOT NULL) AND (envelope_id IS NULL) = (available_after_cents IS NULL)",
            name=op.f("ck_decision_envelope"),
        ),
        sa.CheckConstraint("decided_by_id <> advised_by_id", name=op.f("ck_decision_two_persons")),
        sa.CheckConstraint(
            "first_read_at IS NULL OR first_read_at >= decided_at", name=op.f("ck_decision_read")
        ),
        sa.CheckConstraint("length(trim(explanation)) > 0", name=op.f("ck_decision_reasons")),
        sa.CheckConstraint(
            "recourse_until IS NULL OR recourse_until > letter_on",
            name=op.f("ck_decision_recourse"),
        ),
        sa.CheckConstraint(
            "requested_cents > 0 AND requested_cents <= 10000000000 AND requested_cents = CAST(requested_cents AS BIGINT)",
            name=op.f("ck_decision_requested"),
        ),
        sa.ForeignKeyConstraint(
            ["alternative_call_id"], ["call.id"], name=op.f("fk_decision_alternative_call_id_call")
        ),
        sa.ForeignKeyConstraint(
            ["case_file_id", "matter_id", "side"],
            ["case_file.id", "case_file.matter_id", "case_file.side"],
            name=op.f("fk_decision_case_file_id_matter_id_side_case_file"),
        ),
        sa.ForeignKeyConstraint(
            ["envelope_id"], ["envelope.id"], name=op.f("fk_decision_envelope_id_envelope")
        ),
        sa.ForeignKeyConstraint(
            ["first_read_by_id"], ["person.id"], name=op.f("fk_decision_first_read_by_id_person")
        ),
        sa.ForeignKeyConstraint(
            ["matter_id", "advised_by_id", "side"],
            ["participant.matter_id", "participant.person_id", "participant.side"],
            name=op.f("fk_decision_matter_id_advised_by_id_side_participant"),
        ),
        sa.ForeignKeyConstraint(
            ["matter_id", "decided_by_id", "side"],
            ["participant.matter_id", "participant.person_id", "participant.side"],
            name=op.f("fk_decision_matter_id_decided_by_id_side_participant"),
        ),
        sa.ForeignKeyConstraint(
            ["recommendation_id"],
            ["recommendation.id"],
            name=op.f("fk_decision_recommendation_id_recommendation"),
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_decision")),
        sa.UniqueConstraint("case_file_id", name=op.f("uq_decision_case_file_id")),
        sa.UniqueConstraint("id", "granted_cents", name=op.f("uq_decision_id_granted_cents")),
        sa.UniqueConstraint("public_id", name=op.f("uq_decision_public_id")),
        sa.UniqueConstraint("recommendation_id", name=op.f("uq_decision_recommendation_id")),
    )
    op.create_table(
        "envelope_entry",
        sa.Column("id", ID, nullable=False),
        sa.Column("envelope_id", ID, nullable=False),
        sa.Column("decision_id", ID, nullable=False),
        sa.Column("amount_cents", sa.BigInteger(), nullable=False),
        sa.Column("entered_at", sa.DateTime(timezone=True), nullable=False),
        sa.CheckConstraint(
            "amount_cents > 0 AND amount_cents = CAST(amount_cents AS BIGINT)",
            name=op.f("ck_envelope_entry_amount"),
        ),
        sa.ForeignKeyConstraint(
            ["decision_id"], ["decision.id"], name=op.f("fk_envelope_entry_decision_id_decision")
        ),
        sa.ForeignKeyConstraint(
            ["envelope_id"], ["envelope.id"], name=op.f("fk_envelope_entry_envelope_id_envelope")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_envelope_entry")),
        sa.UniqueConstraint("decision_id", name=op.f("uq_envelope_entry_decision_id")),
    )
    op.create_index("ix_envelope_entry_envelope", "envelope_entry", ["envelope_id"], unique=False)


def downgrade() -> None:
    op.drop_table("envelope_entry")
    op.drop_table("decision")
    op.drop_table("envelope")
