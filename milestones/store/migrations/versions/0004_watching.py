"""Watching the sources: lists, versions, shapes, counts."""

from alembic import op

from milestones.store.migrate import run_sql

revision = "0004"
down_revision = "0003"


def upgrade() -> None:
    """Runs the SQL file of the dialect. There is no way down: what sources said is kept."""
    run_sql(op.get_bind(), "0004_watching.sql")
