"""How each source is doing."""

from alembic import op

from milestones.store.migrate import run_sql

revision = "0005"
down_revision = "0004"


def upgrade() -> None:
    """Runs the SQL file of the dialect. There is no way down: what sources said is kept."""
    run_sql(op.get_bind(), "0005_source_health.sql")
