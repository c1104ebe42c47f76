"""The store: the same promises kept by memory, SQLite and PostgreSQL, and attacks on the two databases."""
