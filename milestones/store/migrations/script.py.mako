"""${message}"""

from alembic import op

from milestones.store.migrate import run_sql

revision = ${repr(up_revision)}
down_revision = ${repr(down_revision)}


def upgrade() -> None:
    run_sql(op.get_bind(), "${up_revision}_NAME.sql")
