"""Deciders, finance staff, and the proof of identity asked again before a grave act."""

import sqlalchemy as sa
from alembic import op

from migrations.rebuilding import rebuilt

revision = "0010"
down_revision = "0009"
branch_labels = None
depends_on = None

NEW = ("decider", "finance_preparer", "finance_approver")
BEFORE = "role IN ('advisor', 'team_lead', 'information_agent')"
AFTER = (
    "role IN ('advisor', 'team_lead', 'information_agent', 'decider',"
    " 'finance_preparer', 'finance_approver')"
)


def upgrade() -> None:
    _roles(AFTER)
    op.add_column(
        "web_session", sa.Column("confirmed_at", sa.DateTime(timezone=True), nullable=True)
    )


def downgrade() -> None:
    with rebuilt("web_session") as batch:
        batch.drop_column("confirmed_at")
    roles = sa.table("staff_role", sa.column("role"))
    op.execute(sa.delete(roles).where(roles.c.role.in_(NEW)))
    _roles(BEFORE)


def _roles(rule: str) -> None:
    name = op.f("ck_staff_role_role")
    with rebuilt("staff_role") as batch:
        batch.drop_constraint(name, type_="check")
        batch.create_check_constraint(name, rule)
