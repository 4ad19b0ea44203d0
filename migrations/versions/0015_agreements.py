"""Agreements, instalments, signatures."""

import sqlalchemy as sa
from alembic import op

revision = "0015"
down_revision = "0014"
branch_labels = None
depends_on = None

ID = sa.BigInteger().with_variant(sa.Integer(), "sqlite")


def upgrade() -> None:
    op.create_table(
        "agreement",
        sa.Column("id", ID, nullable=False),
        sa.Column("public_id", sa.String(length=32), nullable=False),
        sa.Column("number", sa.String(length=32), nullable=False),
        sa.Column("case_file_id", ID, nullable=False),
        sa.Column("organization_id", ID, nullable=False),
        sa.Column("decision_id", ID, nullable=False),
        sa.Column("granted_cents", sa.BigInteger(), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.CheckConstraint("granted_cents > 0", name=op.f("ck_agreement_granted")),
        sa.ForeignKeyConstraint(
            ["case_file_id", "organization_id"],
            ["case_file.id", "case_file.organization_id"],
            name=op.f("fk_agreement_case_file_id_organization_id_case_file"),
        ),
        sa.ForeignKeyConstraint(
            ["decision_id", "granted_cents"],
            ["decision.id", "decision.granted_cents"],
            name=op.f("fk_agreement_decision_id_granted_cents_decision"),
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_agreement")),
        sa.UniqueConstraint("case_file_id", name=op.f("uq_agreement_case_file_id")),
        sa.UniqueConstraint("decision_id", name=op.f("uq_agreement_decision_id")),
        sa.UniqueConstraint(
            "id",
            "organization_id",
            "granted_cents",
            name=op.f("uq_agreement_id_organization_id_granted_cents"),
        ),
        sa.UniqueConstraint("number", name=op.f("uq_agreement_number")),
        sa.UniqueConstraint("public_id", name=op.f("uq_agreement_public_id")),
    )
    op.create_table(
        "agreement_version",
        sa.Column("id", ID, nullable=False),
        sa.Column("public_id", sa.String(length=32), nullable=False),
        sa.Column("agreement_id", ID, nullable=False),
        sa.Column("organization_id", ID, nullable=False),
        sa.Column("number", ID, nullable=False),
        sa.Column("total_cents", sa.BigInteger(), nullable=False),
        sa.Column("starts_on", sa.Date(), nullable=False),
        sa.Column("ends_on", sa.Date(), nullable=False),
        sa.Column("signatory_id", ID, nullable=True),
        sa.Column("terms", sa.Text(), nullable=False),
        sa.Column("drafted_by_id", ID, nullable=False),
        sa.Column("drafted_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("issued_by_id", ID, nullable=True),
        sa.Column("issued_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("storage_key", sa.String(length=64), nullable=True),
        sa.Column("file_sha256", sa.String(length=64), nullable=True),
        sa.Column("size", ID, nullable=True),
        sa.Column("ended_at", sa.DateTime(timezone=True), nullable=True),
        sa.CheckConstraint(
            "(file_sha256 IS NULL) = (storage_key IS NULL) AND (file_sha256 IS NULL) = (size IS NULL) AND (file_sha256 IS NULL OR (length(file_sha256) = 64 AND size > 0))",
            name=op.f("ck_agreement_version_file"),
        ),
        sa.CheckConstraint(
            "(issued_by_id IS NULL) = (issued_at IS NULL)", name=op.f("ck_agreement_version_issued")
        ),
        sa.CheckConstraint(
            "file_sha256 IS NULL OR issued_at IS NOT NULL",
            name=op.f("ck_agreement_version_file_issued"),
        ),
        sa.CheckConstraint(
            "issued_by_id IS NULL OR issued_by_id <> drafted_by_id",
            name=op.f("ck_agreement_version_two_persons"),
        ),
        sa.CheckConstraint("starts_on < ends_on", name=op.f("ck_agreement_version_dates")),
        sa.ForeignKeyConstraint(
            ["agreement_id", "organization_id", "total_cents"],
            ["agreement.id", "agreement.organization_id", "agreement.granted_cents"],
            name=op.f("fk_agreement_version_agreement_id_organization_id_total_cents_agreement"),
        ),
        sa.ForeignKeyConstraint(
            ["drafted_by_id"], ["person.id"], name=op.f("fk_agreement_version_drafted_by_id_person")
        ),
        sa.ForeignKeyConstraint(
            ["issued_by_id"], ["person.id"], name=op.f("fk_agreement_version_issued_by_id_person")
        ),
        sa.ForeignKeyConstraint(
            ["signatory_id"], ["person.id"], name=op.f("fk_agreement_version_signatory_id_person")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_agreement_version")),
        sa.UniqueConstraint(
            "agreement_id", "number", name=op.f("uq_agreement_version_agreement_id_number")
        ),
        sa.UniqueConstraint("id", "file_sha256", name=op.f("uq_agreement_version_id_file_sha256")),
        sa.UniqueConstraint(
            "id", "organization_id", name=op.f("uq_agreement_version_id_organization_id")
        ),
        sa.UniqueConstraint("public_id", name=op.f("uq_agreement_version_public_id")),
        sa.UniqueConstraint("storage_key", name=op.f("uq_agreement_version_storage_key")),
    )
    op.create_index(
        "uq_agreement_version_live",
        "agreement_version",
        ["agreement_id"],
        unique=True,
        sqlite_where=sa.text("ended_at IS NULL"),
        postgresql_where=sa.text("ended_at IS NULL"),
    )
    op.create_table(
        "instalment",
        sa.Column("id", ID, nullable=False),
        sa.Column("public_id", sa.String(length=32), nullable=False),
        sa.Column("agreement_version_id", ID, nullable=False),
        sa.Column("rank", ID, nullable=False),
        sa.Column("amount_cents", sa.BigInteger(), nullable=False),
        sa.Column("planned_on", sa.Date(), nullable=False),
        sa.Column("fiscal_year", ID, nullable=False),
        sa.Column("condition", sa.String(length=40), nullable=True),
        sa.Column("met_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("met_by_id", ID, nullable=True),
        sa.CheckConstraint(
            "(met_at IS NULL) = (met_by_id IS NULL) AND (condition IS NOT NULL OR met_at IS NULL)",
            name=op.f("ck_instalment_condition"),
        ),
        sa.CheckConstraint(
            "amount_cents > 0 AND amount_cents <= 10000000000 AND amount_cents = CAST(amount_cents AS BIGINT)",
            name=op.f("ck_instalment_amount"),
        ),
        sa.ForeignKeyConstraint(
            ["agreement_version_id"],
            ["agreement_version.id"],
            name=op.f("fk_instalment_agreement_version_id_agreement_version"),
        ),
        sa.ForeignKeyConstraint(
            ["met_by_id"], ["person.id"], name=op.f("fk_instalment_met_by_id_person")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_instalment")),
        sa.UniqueConstraint(
            "agreement_version_id", "rank", name=op.f("uq_instalment_agreement_version_id_rank")
        ),
        sa.UniqueConstraint(
            "id",
            "agreement_version_id",
            "amount_cents",
            name=op.f("uq_instalment_id_agreement_version_id_amount_cents"),
        ),
        sa.UniqueConstraint("public_id", name=op.f("uq_instalment_public_id")),
    )
    op.create_index(
        "ix_instalment_planned", "instalment", ["fiscal_year", "planned_on"], unique=False
    )
    op.create_table(
        "signature",
        sa.Column("id", ID, nullable=False),
        sa.Column("public_id", sa.String(length=32), nullable=False),
        sa.Column("agreement_version_id", ID, nullable=False),
        sa.Column("file_sha256", sa.String(length=64), nullable=False),
        sa.Column("channel", sa.String(length=8), nullable=False),
        sa.Column("signed_by_id", ID, nullable=True),
        sa.Column("confirmed_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("received_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("recorded_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("recorded_by_id", ID, nullable=True),
        sa.Column("scan_storage_key", sa.String(length=64), nullable=True),
        sa.Column("scan_sha256", sa.String(length=64), nullable=True),
        sa.Column("scan_media_type", sa.String(length=60), nullable=True),
        sa.CheckConstraint(
            "CASE channel WHEN 'screen' THEN signed_by_id IS NOT NULL AND confirmed_at IS NOT NULL AND recorded_by_id IS NULL AND scan_sha256 IS NULL ELSE recorded_by_id IS NOT NULL AND scan_sha256 IS NOT NULL END",
            name=op.f("ck_signature_proof"),
        ),
        sa.CheckConstraint(
            "channel IN ('screen', 'post', 'counter', 'fax', 'email')",
            name=op.f("ck_signature_channel"),
        ),
        sa.CheckConstraint(
            "(scan_sha256 IS NULL) = (scan_storage_key IS NULL) AND (scan_sha256 IS NULL OR length(scan_sha256) = 64)",
            name=op.f("ck_signature_scan"),
        ),
        sa.CheckConstraint("recorded_at >= received_at", name=op.f("ck_signature_recorded")),
        sa.ForeignKeyConstraint(
            ["agreement_version_id", "file_sha256"],
            ["agreement_version.id", "agreement_version.file_sha256"],
            name=op.f("fk_signature_agreement_version_id_file_sha256_agreement_version"),
        ),
        sa.ForeignKeyConstraint(
            ["recorded_by_id"], ["person.id"], name=op.f("fk_signature_recorded_by_id_person")
        ),
        sa.ForeignKeyConstraint(
            ["signed_by_id"], ["person.id"], name=op.f("fk_signature_signed_by_id_person")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_signature")),
        sa.UniqueConstraint("agreement_version_id", name=op.f("uq_signature_agreement_version_id")),
        sa.UniqueConstraint(
            "id", "agreement_version_id", name=op.f("uq_signature_id_agreement_version_id")
        ),
        sa.UniqueConstraint("public_id", name=op.f("uq_signature_public_id")),
        sa.UniqueConstraint("scan_storage_key", name=op.f("uq_signature_scan_storage_key")),
    )


def downgrade() -> None:
    op.drop_table("signature")
    op.drop_table("instalment")
    op.drop_table("agreement_version")
    op.drop_table("agreement")
