"""When a letter was handed over for the first time: from there on it is tried for some days, and then given up."""

import sqlalchemy as sa
from alembic import op

revision = "0010_first_tries"
down_revision = "0009_reminders"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.add_column("letters", sa.Column("first_tried_at", sa.DateTime(timezone=True), nullable=True))
    # Of letters that are tried already, nothing but the day they were written is known.
    op.execute("UPDATE letters SET first_tried_at = created_at WHERE tries > 0 AND sent_at IS NULL")


def downgrade() -> None:
    with op.batch_alter_table("letters") as letters:
        letters.drop_column("first_tried_at")
