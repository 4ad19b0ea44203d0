"""Programs, terms, forms and calls."""

import sqlalchemy as sa
from alembic import op

revision = "0003"
down_revision = "0002"
branch_labels = None
depends_on = None

ID = sa.BigInteger().with_variant(sa.Integer(), "sqlite")


def upgrade() -> None:
    op.create_table(
        "program",
        sa.Column("id", ID, nullable=False),
        sa.Column("secretariat_id", ID, nullable=False),
        sa.Column("code", sa.String(length=8), nullable=False),
        sa.Column("name", sa.String(length=160), nullable=False),
        sa.Column("short_name", sa.String(length=60), nullable=False),
        sa.Column("purpose", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(
            ["secretariat_id"],
            ["secretariat.id"],
            name=op.f("fk_program_secretariat_id_secretariat"),
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_program")),
        sa.UniqueConstraint("code", name=op.f("uq_program_code")),
    )
    op.create_table(
        "form_version",
        sa.Column("id", ID, nullable=False),
        sa.Column("program_id", ID, nullable=False),
        sa.Column("number", ID, nullable=False),
        sa.Column("definition", sa.Text(), nullable=False),
        sa.Column("sha256", sa.String(length=64), nullable=False),
        sa.ForeignKeyConstraint(
            ["program_id"], ["program.id"], name=op.f("fk_form_version_program_id_program")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_form_version")),
        sa.UniqueConstraint("program_id", "number", name=op.f("uq_form_version_program_id_number")),
        sa.UniqueConstraint("sha256", name=op.f("uq_form_version_sha256")),
    )
    op.create_table(
        "program_terms",
        sa.Column("id", ID, nullable=False),
        sa.Column("program_id", ID, nullable=False),
        sa.Column("effective_from", sa.Date(), nullable=False),
        sa.Column("amount_min_cents", sa.BigInteger(), nullable=False),
        sa.Column("amount_max_cents", sa.BigInteger(), nullable=False),
        sa.CheckConstraint(
            "amount_max_cents >= amount_min_cents AND amount_max_cents <= 10000000000 AND amount_max_cents = CAST(amount_max_cents AS BIGINT)",
            name=op.f("ck_program_terms_amount_max"),
        ),
        sa.CheckConstraint(
            "amount_min_cents >= 0 AND amount_min_cents = CAST(amount_min_cents AS BIGINT)",
            name=op.f("ck_program_terms_amount_min"),
        ),
        sa.ForeignKeyConstraint(
            ["program_id"], ["program.id"], name=op.f("fk_program_terms_program_id_program")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_program_terms")),
        sa.UniqueConstraint(
            "program_id", "effective_from", name=op.f("uq_program_terms_program_id_effective_from")
        ),
    )
    op.create_table(
        "call",
        sa.Column("id", ID, nullable=False),
        sa.Column("public_id", sa.String(length=32), nullable=False),
        sa.Column("program_id", ID, nullable=False),
        sa.Column("terms_id", ID, nullable=False),
        sa.Column("form_version_id", ID, nullable=False),
        sa.Column("title", sa.String(length=160), nullable=False),
        sa.Column("year", ID, nullable=False),
        sa.Column("opens_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("closes_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("decision_due_on", sa.Date(), nullable=True),
        sa.CheckConstraint("opens_at < closes_at", name=op.f("ck_call_dates")),
        sa.ForeignKeyConstraint(
            ["form_version_id"],
            ["form_version.id"],
            name=op.f("fk_call_form_version_id_form_version"),
        ),
        sa.ForeignKeyConstraint(
            ["program_id"], ["program.id"], name=op.f("fk_call_program_id_program")
        ),
        sa.ForeignKeyConstraint(
            ["terms_id"], ["program_terms.id"], name=op.f("fk_call_terms_id_program_terms")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_call")),
        sa.UniqueConstraint("program_id", "title", name=op.f("uq_call_program_id_title")),
        sa.UniqueConstraint("public_id", name=op.f("uq_call_public_id")),
    )


def downgrade() -> None:
    op.drop_table("call")
    op.drop_table("form_version")
    op.drop_table("program_terms")
    op.drop_table("program")
