"""Where documents do not agree, and days that were put off."""

from alembic import op

from milestones.store.migrate import run_sql

revision = "0007"
down_revision = "0006"


def upgrade() -> None:
    """Runs the SQL file of the dialect. There is no way down: what sources said is kept."""
    run_sql(op.get_bind(), "0007_findings.sql")
