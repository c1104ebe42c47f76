"""The ledger and what stands beside it."""

from alembic import op

from milestones.store.migrate import run_sql

revision = "0001"
down_revision = None


def upgrade() -> None:
    """Runs the SQL file of the dialect. There is no way down: a ledger only grows."""
    run_sql(op.get_bind(), "0001_ledger.sql")
