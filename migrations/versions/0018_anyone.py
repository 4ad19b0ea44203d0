"""The spine carries requests for information; staff roles and mails of the third slice."""

import sqlalchemy as sa
from alembic import op

from migrations.rebuilding import rebuilt

revision = "0018"
down_revision = "0017"
branch_labels = None
depends_on = None

BEFORE = {
    ("case_file", "kind"): "kind IN ('application', 'revision')",
    ("case_file", "channel"): "channel IN ('web', 'post', 'counter', 'fax', 'email')",
    ("case_file", "status"): (
        "status IN ('received', 'under_review', 'recommended', 'granted', 'refused',"
        " 'standby', 'upheld', 'signed', 'paid', 'withdrawn')"
    ),
    ("case_file", "closed"): (
        "(status IN ('refused', 'standby', 'upheld', 'paid', 'withdrawn'))"
        " = (closed_at IS NOT NULL)"
    ),
    ("case_file", "call"): "kind NOT IN ('application', 'revision') OR call_id IS NOT NULL",
    ("message", "kind"): (
        "kind IN ('acknowledgement', 'assignment', 'decision', 'agreement',"
        " 'agreement_received', 'payment', 'payment_returned')"
    ),
    ("staff_role", "role"): (
        "role IN ('advisor', 'team_lead', 'information_agent', 'decider',"
        " 'finance_preparer', 'finance_approver')"
    ),
}
AFTER = {
    ("case_file", "kind"): "kind IN ('application', 'revision', 'information_request')",
    ("case_file", "channel"): (
        "channel IN ('web', 'post', 'counter', 'fax', 'email')"
        " OR (kind = 'information_request' AND channel IN ('phone', 'exhibit'))"
    ),
    ("case_file", "status"): (
        "(kind <> 'information_request' AND status IN ('received', 'under_review',"
        " 'recommended', 'granted', 'refused', 'standby', 'upheld', 'signed', 'paid',"
        " 'withdrawn')) OR (kind = 'information_request' AND status IN ('received',"
        " 'in_hand', 'answered', 'redirected', 'abandoned', 'withdrawn'))"
    ),
    ("case_file", "closed"): (
        "(status IN ('refused', 'standby', 'upheld', 'paid', 'withdrawn', 'answered',"
        " 'redirected', 'abandoned')) = (closed_at IS NOT NULL)"
    ),
    ("case_file", "call"): "(kind <> 'information_request') = (call_id IS NOT NULL)",
    ("message", "kind"): (
        "kind IN ('acknowledgement', 'assignment', 'decision', 'agreement',"
        " 'agreement_received', 'payment', 'payment_returned', 'receipt', 'answer',"
        " 'redirection', 'extension', 'requalification')"
    ),
    ("staff_role", "role"): (
        "role IN ('advisor', 'team_lead', 'information_agent', 'decider',"
        " 'finance_preparer', 'finance_approver', 'manager', 'complaints_officer',"
        " 'administrator')"
    ),
}
ADDED = {
    "organization": "(kind <> 'information_request') = (organization_id IS NOT NULL)",
    "matter": "kind <> 'information_request' OR (matter_id IS NULL AND side IS NULL)",
}
INDEXES = {
    "ix_case_file_requests": (["secretariat_id", "id"], "kind = 'information_request'"),
    "ix_case_file_requests_due": (
        ["secretariat_id", "next_due_at", "id"],
        "kind = 'information_request' AND closed_at IS NULL",
    ),
}
ID = sa.BigInteger().with_variant(sa.Integer(), "sqlite")


def upgrade() -> None:
    with rebuilt("case_file") as batch:
        batch.alter_column("organization_id", existing_type=ID, nullable=True)
        _checks(batch, "case_file", AFTER)
        for name, rule in ADDED.items():
            batch.create_check_constraint(op.f(f"ck_case_file_{name}"), rule)
    for name, (columns, rows) in INDEXES.items():
        where = {"sqlite_where": sa.text(rows), "postgresql_where": sa.text(rows)}
        op.create_index(name, "case_file", columns, **where)
    for table in ("message", "staff_role"):
        with rebuilt(table) as batch:
            _checks(batch, table, AFTER)


def _checks(batch: object, table: str, rules: dict[tuple[str, str], str]) -> None:
    for (of, name), rule in rules.items():
        if of == table:
            full = op.f(f"ck_{table}_{name}")
            batch.drop_constraint(full, type_="check")
            batch.create_check_constraint(full, rule)


def downgrade() -> None:
    for table in ("staff_role", "message"):
        with rebuilt(table) as batch:
            _checks(batch, table, BEFORE)
    for name in INDEXES:
        op.drop_index(name, "case_file")
    with rebuilt("case_file") as batch:
        for name in ADDED:
            batch.drop_constraint(op.f(f"ck_case_file_{name}"), type_="check")
        _checks(batch, "case_file", BEFORE)
        batch.alter_column("organization_id", existing_type=ID, nullable=False)
