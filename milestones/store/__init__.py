"""The event store and its neighbours on SQLAlchemy Core, SQLite and PostgreSQL."""
