"""The spine carries a revision, the call of a file, and the states after the analysis."""

import sqlalchemy as sa
from alembic import op

from migrations.rebuilding import rebuilt

revision = "0012"
down_revision = "0011"
branch_labels = None
depends_on = None

ID = sa.BigInteger().with_variant(sa.Integer(), "sqlite")

BEFORE = {
    ("case_file", "kind"): "kind IN ('application')",
    ("case_file", "side"): (
        "kind <> 'application' OR (matter_id IS NOT NULL AND side IS NOT NULL AND side = 'first')"
    ),
    ("case_file", "status"): "status IN ('received', 'under_review', 'withdrawn')",
    ("case_file", "closed"): "(status = 'withdrawn') = (closed_at IS NOT NULL)",
    ("message", "kind"): "kind IN ('acknowledgement', 'assignment')",
    ("document", "kind"): "kind IN ('deposit_proof')",
}
AFTER = {
    ("case_file", "kind"): "kind IN ('application', 'revision')",
    ("case_file", "side"): (
        "kind NOT IN ('application', 'revision') OR (matter_id IS NOT NULL"
        " AND side IS NOT NULL"
        " AND side = CASE kind WHEN 'application' THEN 'first' ELSE 'revision' END)"
    ),
    ("case_file", "status"): (
        "status IN ('received', 'under_review', 'recommended', 'granted', 'refused',"
        " 'standby', 'upheld', 'signed', 'paid', 'withdrawn')"
    ),
    ("case_file", "closed"): (
        "(status IN ('refused', 'standby', 'upheld', 'paid', 'withdrawn'))"
        " = (closed_at IS NOT NULL)"
    ),
    ("message", "kind"): (
        "kind IN ('acknowledgement', 'assignment', 'decision', 'agreement',"
        " 'agreement_received', 'payment', 'payment_returned')"
    ),
    ("document", "kind"): "kind IN ('deposit_proof', 'decision_letter', 'signature_evidence')",
}


def upgrade() -> None:
    op.add_column("case_file", sa.Column("call_id", ID, nullable=True))
    op.execute(
        "UPDATE case_file SET call_id ="
        " (SELECT call_id FROM application WHERE application.case_file_id = case_file.id)"
    )
    op.add_column("message", sa.Column("facts", sa.JSON(), nullable=False, server_default="{}"))
    with rebuilt("case_file") as batch:
        batch.create_unique_constraint(
            op.f("uq_case_file_id_organization_id"), ["id", "organization_id"]
        )
        batch.create_foreign_key(op.f("fk_case_file_call_id_call"), "call", ["call_id"], ["id"])
        batch.create_check_constraint(
            op.f("ck_case_file_call"),
            "kind NOT IN ('application', 'revision') OR call_id IS NOT NULL",
        )
        _checks(batch, "case_file", AFTER)
    op.create_index(op.f("ix_case_file_call_id"), "case_file", ["call_id"])
    with rebuilt("message") as batch:
        batch.alter_column("facts", server_default=None)
        _checks(batch, "message", AFTER)
    with rebuilt("document") as batch:
        _checks(batch, "document", AFTER)
    _create_revision()


def _checks(batch: object, table: str, rules: dict[tuple[str, str], str]) -> None:
    for (of, name), rule in rules.items():
        if of == table:
            full = op.f(f"ck_{table}_{name}")
            batch.drop_constraint(full, type_="check")
            batch.create_check_constraint(full, rule)


def _create_revision() -> None:
    op.create_table(
        "revision",
        sa.Column("case_file_id", ID, nullable=False),
        sa.Column("kind", sa.String(length=24), nullable=False),
        sa.Column("matter_id", ID, nullable=False),
        sa.Column("side", sa.String(length=8), nullable=False),
        sa.Column("first_id", ID, nullable=False),
        sa.Column("first_side", sa.String(length=8), nullable=False),
        sa.Column("grounds", sa.Text(), nullable=False),
        sa.Column("asked_by_id", ID, nullable=False),
        sa.CheckConstraint("kind = 'revision'", name=op.f("ck_revision_kind")),
        sa.CheckConstraint(
            "side = 'revision' AND first_side = 'first'", name=op.f("ck_revision_sides")
        ),
        sa.CheckConstraint("length(trim(grounds)) > 0", name=op.f("ck_revision_grounds")),
        sa.ForeignKeyConstraint(
            ["asked_by_id"], ["person.id"], name=op.f("fk_revision_asked_by_id_person")
        ),
        sa.ForeignKeyConstraint(
            ["case_file_id", "kind"],
            ["case_file.id", "case_file.kind"],
            name=op.f("fk_revision_case_file_id_kind_case_file"),
        ),
        sa.ForeignKeyConstraint(
            ["case_file_id", "matter_id", "side"],
            ["case_file.id", "case_file.matter_id", "case_file.side"],
            name=op.f("fk_revision_case_file_id_matter_id_side_case_file"),
        ),
        sa.ForeignKeyConstraint(
            ["first_id", "matter_id", "first_side"],
            ["case_file.id", "case_file.matter_id", "case_file.side"],
            name="fk_revision_first",
        ),
        sa.PrimaryKeyConstraint("case_file_id", name=op.f("pk_revision")),
        sa.UniqueConstraint("first_id", name=op.f("uq_revision_first_id")),
    )


def downgrade() -> None:
    op.drop_table("revision")
    op.drop_index(op.f("ix_case_file_call_id"), "case_file")
    with rebuilt("document") as batch:
        _checks(batch, "document", BEFORE)
    with rebuilt("message") as batch:
        batch.drop_column("facts")
        _checks(batch, "message", BEFORE)
    with rebuilt("case_file") as batch:
        batch.drop_constraint(op.f("ck_case_file_call"), type_="check")
        batch.drop_constraint(op.f("fk_case_file_call_id_call"), type_="foreignkey")
        batch.drop_constraint(op.f("uq_case_file_id_organization_id"), type_="unique")
        batch.drop_column("call_id")
        _checks(batch, "case_file", BEFORE)
