"""What explains a promise, in the read tables."""

from alembic import op

from milestones.store.migrate import run_sql

revision = "0006"
down_revision = "0005"


def upgrade() -> None:
    """Runs the SQL file of the dialect. There is no way down: the rows are rebuilt anyway."""
    run_sql(op.get_bind(), "0006_descriptions.sql")
