"""Whether what makes the database refuse is there as shipped: triggers, their functions, grants, and the files that made it all.

A promise that a trigger keeps is a hope unless somebody looks whether the trigger is there.
"""

import re
import sqlite3
from collections.abc import Iterator
from contextlib import closing

from sqlalchemy import Connection, text

from milestones.domain.verification import Damage
from milestones.store import migrate
from milestones.store.engine import is_postgres

APPEND_ONLY = (
    "candidate", "candidate_outcome", "capture", "checkpoint", "closed_list", "count_check", "coverage", "document", "event", "fetch",
    "listed_link", "migration", "page_shape", "quarantine", "reading", "source_check", "validator",
)  # fmt: skip
"""The tables whose rows are never changed."""

# As PostgreSQL writes them out: functions of the first schema on the search_path stand without it.
_POSTGRES_TRIGGERS = {
    "event_admits_only_the_next_links": (
        "AFTER INSERT ON ledger.event REFERENCING NEW TABLE AS fresh FOR EACH STATEMENT EXECUTE FUNCTION admit_only_the_next_links()"
    ),
    "log_head_moves_only_with_events": (
        "BEFORE INSERT OR DELETE OR UPDATE OR TRUNCATE ON ledger.log_head FOR EACH STATEMENT EXECUTE FUNCTION move_head_only_with_events()"
    ),
} | {
    f"{name}_refuses_change": f"BEFORE DELETE OR UPDATE OR TRUNCATE ON ledger.{name} FOR EACH STATEMENT EXECUTE FUNCTION refuse_change()"
    for name in APPEND_ONLY
}

_SQLITE_SCHEMA = """
    SELECT type, name, sql FROM sqlite_master
    WHERE type IN ('table', 'index', 'trigger', 'view') AND name NOT LIKE 'alembic%' AND sql IS NOT NULL
"""


def check_guards(connection: Connection) -> Iterator[Damage]:
    """Whatever is missing, altered or switched off."""
    dialect = connection.dialect.name
    done = migrate.applied(connection)
    for file, digest in migrate.shipped(dialect).items():
        if done.get(file) != digest:
            yield Damage("migration", None, f"{file} as shipped was not what was run on this database last")
    if is_postgres(connection):
        yield from _check_postgres_triggers(connection)
        yield from _check_postgres_functions(connection)
        yield from _check_postgres_grants(connection)
        yield from _check_postgres_views(connection)
    else:
        yield from _check_sqlite(connection)


def _check_sqlite(connection: Connection) -> Iterator[Damage]:
    """Against a database made from the shipped files this moment: SQLite keeps the text of all it was told."""
    with closing(sqlite3.connect(":memory:")) as pattern:
        for path in sorted((migrate.SQL / "sqlite").glob("*.sql")):
            pattern.executescript(path.read_text(encoding="utf-8"))
        for path in migrate.view_files("sqlite"):
            pattern.executescript(path.read_text(encoding="utf-8"))
        wanted = {(kind, name): sql for kind, name, sql in pattern.execute(_SQLITE_SCHEMA)}
    found = {(kind, name): sql for kind, name, sql in connection.execute(text(_SQLITE_SCHEMA))}
    for kind, name in sorted(wanted.keys() | found.keys()):
        if found.get((kind, name)) != wanted.get((kind, name)):
            yield _difference(kind, name, found.get((kind, name)), wanted.get((kind, name)))


def _check_postgres_triggers(connection: Connection) -> Iterator[Damage]:
    rows = connection.execute(
        text("""
        SELECT t.tgname AS name, t.tgenabled AS enabled, pg_get_triggerdef(t.oid) AS definition
        FROM pg_trigger t JOIN pg_class c ON c.oid = t.tgrelid JOIN pg_namespace n ON n.oid = c.relnamespace
        WHERE n.nspname = 'ledger' AND NOT t.tgisinternal
        """)
    )
    found = {row.name: (row.definition.replace('"', "").removeprefix(f"CREATE TRIGGER {row.name} "), row.enabled) for row in rows}
    for name in sorted(found.keys() | _POSTGRES_TRIGGERS.keys()):
        definition, enabled = found.get(name, (None, None))
        if definition != _POSTGRES_TRIGGERS.get(name):
            yield _difference("trigger", name, definition, _POSTGRES_TRIGGERS.get(name))
        elif enabled != "A":
            yield Damage("schema", None, f"trigger {name} is switched off, or is for some sessions; ENABLE ALWAYS it")


def _check_postgres_functions(connection: Connection) -> Iterator[Damage]:
    script = "".join(path.read_text(encoding="utf-8") for path in sorted((migrate.SQL / "postgresql").glob("*.sql")))
    rows = connection.execute(
        text("""
        SELECT p.proname AS name, p.prosrc AS body, 'search_path=ledger, pg_temp' = ANY (p.proconfig) AS pinned
        FROM pg_proc p JOIN pg_namespace n ON n.oid = p.pronamespace WHERE n.nspname = 'ledger'
        """)
    )
    for row in rows:
        if f"$${row.body}$$" not in script:
            yield Damage("schema", None, f"function {row.name} is not the one shipped")
        elif not row.pinned:
            yield Damage("schema", None, f"function {row.name} may be led elsewhere by a search_path")


def _check_postgres_views(connection: Connection) -> Iterator[Damage]:
    """By name only: PostgreSQL keeps no text of a view, and to make the shipped ones for comparison would take more than reading."""
    found = {name for (name,) in connection.execute(text("SELECT viewname FROM pg_views WHERE schemaname = 'read'"))}
    scripts = "".join(path.read_text(encoding="utf-8") for path in migrate.view_files("postgresql"))
    wanted = set(re.findall(r"(?i)CREATE VIEW (\w+)", scripts))
    for name in sorted(wanted ^ found):
        yield _difference("view", name, name if name in found else None, name if name in wanted else None)


def _check_postgres_grants(connection: Connection) -> Iterator[Damage]:
    """Nobody but the owner may change rows, and nobody but the writer may add any."""
    rows = connection.execute(
        text("""
        SELECT table_name, grantee, string_agg(privilege_type, ', ' ORDER BY privilege_type) AS granted
        FROM (
            SELECT c.relname AS table_name, coalesce(r.rolname, 'PUBLIC') AS grantee, a.privilege_type
            FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace, aclexplode(c.relacl) a LEFT JOIN pg_roles r ON r.oid = a.grantee
            WHERE n.nspname = 'ledger' AND c.relkind = 'r' AND a.grantee <> c.relowner
        ) AS granted
        WHERE privilege_type IN ('UPDATE', 'DELETE', 'TRUNCATE', 'TRIGGER') AND table_name <> 'person'
            OR privilege_type = 'INSERT' AND (grantee <> 'ledger_writer' OR table_name IN ('log_head', 'migration'))
        GROUP BY table_name, grantee ORDER BY table_name, grantee
        """)
    )
    for row in rows:
        yield Damage("grants", None, f"{row.grantee} has {row.granted} on {row.table_name}, which nobody but the owner needs")


def _difference(kind: str, name: str, found: str | None, wanted: str | None) -> Damage:
    if found is None:
        return Damage("schema", None, f"{kind} {name} is missing")
    return Damage("schema", None, f"{kind} {name} is {'not one of ours' if wanted is None else 'not as shipped'}")
