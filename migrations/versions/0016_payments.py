"""Bank details, batches, payments."""

import sqlalchemy as sa
from alembic import op

revision = "0016"
down_revision = "0015"
branch_labels = None
depends_on = None

ID = sa.BigInteger().with_variant(sa.Integer(), "sqlite")


def upgrade() -> None:
    op.create_table(
        "bank_details",
        sa.Column("id", ID, nullable=False),
        sa.Column("public_id", sa.String(length=32), nullable=False),
        sa.Column("organization_id", ID, nullable=False),
        sa.Column("account", sa.Text(), nullable=False),
        sa.Column("account_end", sa.String(length=3), nullable=False),
        sa.Column("entered_by_id", ID, nullable=False),
        sa.Column("entered_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(
            ["entered_by_id"], ["person.id"], name=op.f("fk_bank_details_entered_by_id_person")
        ),
        sa.ForeignKeyConstraint(
            ["organization_id"],
            ["organization.id"],
            name=op.f("fk_bank_details_organization_id_organization"),
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_bank_details")),
        sa.UniqueConstraint(
            "id",
            "organization_id",
            "entered_by_id",
            name=op.f("uq_bank_details_id_organization_id_entered_by_id"),
        ),
        sa.UniqueConstraint("public_id", name=op.f("uq_bank_details_public_id")),
    )
    op.create_index(
        "ix_bank_details_organization", "bank_details", ["organization_id", "id"], unique=False
    )
    op.create_table(
        "bank_verification",
        sa.Column("bank_details_id", ID, autoincrement=False, nullable=False),
        sa.Column("organization_id", ID, nullable=False),
        sa.Column("entered_by_id", ID, nullable=False),
        sa.Column("verified_by_id", ID, nullable=False),
        sa.Column("verified_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("payee_name", sa.String(length=30), nullable=False),
        sa.Column("confirmed_with", sa.String(length=120), nullable=False),
        sa.CheckConstraint(
            "length(payee_name) BETWEEN 1 AND 30", name=op.f("ck_bank_verification_payee_name")
        ),
        sa.CheckConstraint(
            "verified_by_id <> entered_by_id", name=op.f("ck_bank_verification_two_persons")
        ),
        sa.ForeignKeyConstraint(
            ["bank_details_id", "organization_id", "entered_by_id"],
            ["bank_details.id", "bank_details.organization_id", "bank_details.entered_by_id"],
            name=op.f(
                "fk_bank_verification_bank_details_id_organization_id_entered_by_id_bank_details"
            ),
        ),
        sa.ForeignKeyConstraint(
            ["verified_by_id"],
            ["person.id"],
            name=op.f("fk_bank_verification_verified_by_id_person"),
        ),
        sa.PrimaryKeyConstraint("bank_details_id", name=op.f("pk_bank_verification")),
        sa.UniqueConstraint(
            "bank_details_id",
            "organization_id",
            name=op.f("uq_bank_verification_bank_details_id_organization_id"),
        ),
    )
    op.create_table(
        "bank_profile",
        sa.Column("id", ID, nullable=False),
        sa.Column("code", sa.String(length=16), nullable=False),
        sa.Column("secretariat_id", ID, nullable=False),
        sa.Column("layout", sa.Text(), nullable=False),
        sa.Column("last_number", ID, nullable=False),
        sa.Column("cycle", ID, nullable=False),
        sa.CheckConstraint(
            "last_number BETWEEN 0 AND 9999 AND cycle >= 1", name=op.f("ck_bank_profile_number")
        ),
        sa.ForeignKeyConstraint(
            ["secretariat_id"],
            ["secretariat.id"],
            name=op.f("fk_bank_profile_secretariat_id_secretariat"),
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_bank_profile")),
        sa.UniqueConstraint("code", name=op.f("uq_bank_profile_code")),
        sa.UniqueConstraint("secretariat_id", name=op.f("uq_bank_profile_secretariat_id")),
    )
    op.create_table(
        "batch",
        sa.Column("id", ID, nullable=False),
        sa.Column("public_id", sa.String(length=32), nullable=False),
        sa.Column("number", sa.String(length=24), nullable=False),
        sa.Column("secretariat_id", ID, nullable=False),
        sa.Column("profile_id", ID, nullable=False),
        sa.Column("status", sa.String(length=10), nullable=False),
        sa.Column("funds_on", sa.Date(), nullable=False),
        sa.Column("content_version", ID, nullable=False),
        sa.Column("prepared_by_id", ID, nullable=False),
        sa.Column("prepared_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("edited_by_id", ID, nullable=False),
        sa.Column("edited_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("approved_by_id", ID, nullable=True),
        sa.Column("approved_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("approved_version", ID, nullable=True),
        sa.Column("release_asked_by_id", ID, nullable=True),
        sa.Column("release_asked_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("cycle", ID, nullable=True),
        sa.Column("file_number", ID, nullable=True),
        sa.Column("released_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("storage_key", sa.String(length=64), nullable=True),
        sa.Column("file_sha256", sa.String(length=64), nullable=True),
        sa.Column("file_size", ID, nullable=True),
        sa.CheckConstraint(
            "(approved_by_id IS NULL) = (approved_at IS NULL) AND (approved_by_id IS NULL) = (approved_version IS NULL) AND (approved_by_id IS NOT NULL) = (status IN ('approved', 'released'))",
            name=op.f("ck_batch_approval"),
        ),
        sa.CheckConstraint(
            "(status = 'released') = (released_at IS NOT NULL) AND (released_at IS NULL) = (file_sha256 IS NULL) AND (released_at IS NULL) = (storage_key IS NULL) AND (released_at IS NULL OR file_number IS NOT NULL) AND (file_sha256 IS NULL OR length(file_sha256) = 64)",
            name=op.f("ck_batch_released"),
        ),
        sa.CheckConstraint(
            "status IN ('prepared', 'approved', 'released', 'cancelled')",
            name=op.f("ck_batch_status"),
        ),
        sa.CheckConstraint(
            "(file_number IS NULL) = (cycle IS NULL) AND (file_number IS NULL) = (release_asked_at IS NULL) AND (file_number IS NULL) = (release_asked_by_id IS NULL) AND (file_number IS NULL OR (file_number BETWEEN 1 AND 9999 AND approved_by_id IS NOT NULL))",
            name=op.f("ck_batch_file_number"),
        ),
        sa.CheckConstraint(
            "approved_by_id IS NULL OR approved_by_id NOT IN (prepared_by_id, edited_by_id)",
            name=op.f("ck_batch_two_persons"),
        ),
        sa.CheckConstraint(
            "approved_version IS NULL OR approved_version = content_version",
            name=op.f("ck_batch_approved_version"),
        ),
        sa.ForeignKeyConstraint(
            ["approved_by_id"], ["person.id"], name=op.f("fk_batch_approved_by_id_person")
        ),
        sa.ForeignKeyConstraint(
            ["edited_by_id"], ["person.id"], name=op.f("fk_batch_edited_by_id_person")
        ),
        sa.ForeignKeyConstraint(
            ["prepared_by_id"], ["person.id"], name=op.f("fk_batch_prepared_by_id_person")
        ),
        sa.ForeignKeyConstraint(
            ["profile_id"], ["bank_profile.id"], name=op.f("fk_batch_profile_id_bank_profile")
        ),
        sa.ForeignKeyConstraint(
            ["release_asked_by_id"], ["person.id"], name=op.f("fk_batch_release_asked_by_id_person")
        ),
        sa.ForeignKeyConstraint(
            ["secretariat_id"], ["secretariat.id"], name=op.f("fk_batch_secretariat_id_secretariat")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_batch")),
        sa.UniqueConstraint("number", name=op.f("uq_batch_number")),
        sa.UniqueConstraint(
            "profile_id", "cycle", "file_number", name=op.f("uq_batch_profile_id_cycle_file_number")
        ),
        sa.UniqueConstraint("public_id", name=op.f("uq_batch_public_id")),
        sa.UniqueConstraint("storage_key", name=op.f("uq_batch_storage_key")),
    )
    op.create_index(op.f("ix_batch_secretariat_id"), "batch", ["secretariat_id"], unique=False)
    op.create_table(
        "payment",
        sa.Column("id", ID, nullable=False),
        sa.Column("public_id", sa.String(length=32), nullable=False),
        sa.Column("batch_id", ID, nullable=False),
        sa.Column("instalment_id", ID, nullable=False),
        sa.Column("agreement_version_id", ID, nullable=False),
        sa.Column("signature_id", ID, nullable=False),
        sa.Column("organization_id", ID, nullable=False),
        sa.Column("bank_details_id", ID, nullable=False),
        sa.Column("amount_cents", sa.BigInteger(), nullable=False),
        sa.Column("reference", sa.String(length=19), nullable=False),
        sa.Column("status", sa.String(length=10), nullable=False),
        sa.Column("reissue_of", ID, nullable=True),
        sa.Column("reissued_status", sa.String(length=10), nullable=True),
        sa.Column("return_code", sa.String(length=3), nullable=True),
        sa.Column("returned_on", sa.Date(), nullable=True),
        sa.CheckConstraint(
            "(status = 'returned') = (return_code IS NOT NULL) AND (status = 'returned') = (returned_on IS NOT NULL)",
            name=op.f("ck_payment_returned"),
        ),
        sa.CheckConstraint("reissued_status = 'returned'", name=op.f("ck_payment_reissued_status")),
        sa.CheckConstraint(
            "status IN ('prepared', 'released', 'returned', 'cancelled')",
            name=op.f("ck_payment_status"),
        ),
        sa.CheckConstraint(
            "(reissue_of IS NULL) = (reissued_status IS NULL)", name=op.f("ck_payment_reissue")
        ),
        sa.CheckConstraint("reissue_of <> id", name=op.f("ck_payment_reissue_of_another")),
        sa.ForeignKeyConstraint(
            ["agreement_version_id", "organization_id"],
            ["agreement_version.id", "agreement_version.organization_id"],
            name=op.f("fk_payment_agreement_version_id_organization_id_agreement_version"),
        ),
        sa.ForeignKeyConstraint(
            ["bank_details_id", "organization_id"],
            ["bank_verification.bank_details_id", "bank_verification.organization_id"],
            name=op.f("fk_payment_bank_details_id_organization_id_bank_verification"),
        ),
        sa.ForeignKeyConstraint(["batch_id"], ["batch.id"], name=op.f("fk_payment_batch_id_batch")),
        sa.ForeignKeyConstraint(
            ["instalment_id", "agreement_version_id", "amount_cents"],
            ["instalment.id", "instalment.agreement_version_id", "instalment.amount_cents"],
            name=op.f("fk_payment_instalment_id_agreement_version_id_amount_cents_instalment"),
        ),
        sa.ForeignKeyConstraint(
            ["reissue_of", "instalment_id", "reissued_status"],
            ["payment.id", "payment.instalment_id", "payment.status"],
            name="fk_payment_reissue",
        ),
        sa.ForeignKeyConstraint(
            ["signature_id", "agreement_version_id"],
            ["signature.id", "signature.agreement_version_id"],
            name=op.f("fk_payment_signature_id_agreement_version_id_signature"),
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_payment")),
        sa.UniqueConstraint(
            "id", "instalment_id", "status", name=op.f("uq_payment_id_instalment_id_status")
        ),
        sa.UniqueConstraint("public_id", name=op.f("uq_payment_public_id")),
        sa.UniqueConstraint("reference", name=op.f("uq_payment_reference")),
    )
    op.create_index(
        "ix_payment_reissue_of",
        "payment",
        ["reissue_of", "instalment_id", "reissued_status"],
        unique=False,
    )
    op.create_index("ix_payment_batch", "payment", ["batch_id", "id"], unique=False)
    op.create_index(
        "uq_payment_live",
        "payment",
        ["instalment_id"],
        unique=True,
        sqlite_where=sa.text("status NOT IN ('returned', 'cancelled')"),
        postgresql_where=sa.text("status NOT IN ('returned', 'cancelled')"),
    )
    op.create_index(
        "uq_payment_reissue",
        "payment",
        ["reissue_of"],
        unique=True,
        sqlite_where=sa.text("status <> 'cancelled'"),
        postgresql_where=sa.text("status <> 'cancelled'"),
    )
    op.create_index(
        "uq_payment_root",
        "payment",
        ["instalment_id"],
        unique=True,
        sqlite_where=sa.text("reissue_of IS NULL AND status <> 'cancelled'"),
        postgresql_where=sa.text("reissue_of IS NULL AND status <> 'cancelled'"),
    )


def downgrade() -> None:
    op.drop_table("payment")
    op.drop_table("batch")
    op.drop_table("bank_profile")
    op.drop_table("bank_verification")
    op.drop_table("bank_details")
