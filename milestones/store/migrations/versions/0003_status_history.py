"""The status of every target on every day, as known at every instant."""

from alembic import op

from milestones.store.migrate import run_sql

revision = "0003"
down_revision = "0002"


def upgrade() -> None:
    """Runs the SQL file of the dialect. There is no way down: the rows are rebuilt anyway."""
    run_sql(op.get_bind(), "0003_status_history.sql")
