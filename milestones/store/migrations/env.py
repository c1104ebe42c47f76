"""Alembic's entry: runs the versions on the connection, and in the transaction, that `store.migrate` holds."""

from alembic import context
from sqlalchemy import text

connection = context.config.attributes["connection"]
schema = "ledger" if connection.dialect.name == "postgresql" else None
if schema:
    connection.execute(text("CREATE SCHEMA IF NOT EXISTS ledger"))  # Alembic keeps its own table there and makes it first
context.configure(connection=connection, version_table_schema=schema)
context.run_migrations()
