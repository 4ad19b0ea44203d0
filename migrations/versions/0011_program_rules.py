"""What a program asks, pays and allows, with its dated terms."""

import sqlalchemy as sa
from alembic import op

from migrations.rebuilding import rebuilt

revision = "0011"
down_revision = "0010"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.add_column(
        "program_terms", sa.Column("rules", sa.JSON(), nullable=False, server_default="{}")
    )
    with rebuilt("program_terms") as batch:
        batch.alter_column("rules", server_default=None)


def downgrade() -> None:
    with rebuilt("program_terms") as batch:
        batch.drop_column("rules")
