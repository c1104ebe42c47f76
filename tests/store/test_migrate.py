"""A database is brought to the shipped schema once, whoever asks how often, and a changed file is found."""

import shutil
import stat
import subprocess
import sys
from pathlib import Path

import psycopg
import pytest
from sqlalchemy import event, inspect, make_url, text

from milestones.domain.errors import Damaged, LedgerError, SettingsError
from milestones.store import migrate
from milestones.store.engine import open_engine, reading, writing
from milestones.store.guards import check_guards
from milestones.store.ledger import SqlLedger
from milestones.store.migrate import applied, shipped, upgrade
from tests.conftest import copy_of
from tests.store.examples import NOW, draft


def test_a_new_database_is_ready_after_upgrade_and_a_second_one_does_nothing(empty_database_url: str) -> None:
    engine = open_engine(empty_database_url)
    upgrade(engine)
    assert SqlLedger(engine).append([draft()], now=NOW).events
    with reading(engine) as connection:
        assert applied(connection) == shipped(engine.dialect.name)
    statements: list[str] = []
    event.listen(engine, "before_cursor_execute", lambda *args: statements.append(args[2]))
    upgrade(engine)
    assert not [s for s in statements if s.startswith(("CREATE", "INSERT", "DROP", "BEGIN IMMEDIATE"))]
    engine.dispose()


START = """
import sys
from milestones.store.engine import open_engine
from milestones.store.migrate import upgrade

upgrade(open_engine(sys.argv[1]))
"""


def test_several_processes_may_start_together(empty_database_url: str) -> None:
    command = [sys.executable, "-c", START, empty_database_url]
    processes = [subprocess.Popen(command, stderr=subprocess.PIPE, text=True) for _ in range(3)]
    errors = [process.communicate()[1] for process in processes]
    assert [process.returncode for process in processes] == [0, 0, 0], errors
    engine = open_engine(empty_database_url)
    with reading(engine) as connection:
        assert connection.execute(text("SELECT count(*) FROM migration")).scalar_one() == len(shipped(engine.dialect.name))
    engine.dispose()


@pytest.fixture
def sql(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A copy of the shipped SQL that may be changed."""
    folder = tmp_path / "sql"
    shutil.copytree(migrate.SQL, folder)
    monkeypatch.setattr(migrate, "SQL", folder)
    return folder


def test_a_file_that_was_changed_after_it_ran_is_found(database_url: str, sql: Path) -> None:
    engine = open_engine(database_url)
    changed = sql / engine.dialect.name / "0001_ledger.sql"
    changed.write_text(changed.read_text() + "\n-- changed\n")
    with pytest.raises(Damaged, match=r"0001_ledger\.sql"):
        upgrade(engine)
    engine.dispose()


def test_changed_views_are_made_anew_and_dropped_ones_vanish(database_url: str, sql: Path) -> None:
    engine = open_engine(database_url)
    (sql / "views" / "zz_events.sql").write_text("CREATE VIEW zz_events AS SELECT count(*) AS n, '100 %' AS share FROM event;\n")
    upgrade(engine)
    with reading(engine) as connection:
        assert tuple(connection.execute(text("SELECT n, share FROM zz_events")).one()) == (0, "100 %")
    (sql / "views" / "zz_events.sql").unlink()
    upgrade(engine)
    with reading(engine) as connection:
        assert "zz_events" not in inspect(connection).get_view_names(schema="read" if engine.dialect.name == "postgresql" else None)
    engine.dispose()


def test_a_migration_that_fails_leaves_nothing(empty_database_url: str, sql: Path) -> None:
    engine = open_engine(empty_database_url)
    broken = sql / engine.dialect.name / "0002_read.sql"
    broken.write_text("CREATE TABLE half (a integer);\nCREATE TABLE;\n")
    with pytest.raises(LedgerError):
        upgrade(engine)
    with reading(engine) as connection:
        assert applied(connection) == {}
        assert not inspect(connection).has_table("half")
    with pytest.raises(LedgerError, match="refused"), writing(engine) as connection:  # and the schema is guarded again
        connection.exec_driver_sql("CREATE TABLE stranger (a integer)" if engine.dialect.name == "sqlite" else "CREATE TABLE;")
    engine.dispose()


@pytest.mark.postgres
@pytest.mark.parametrize(("rights", "owner"), [("SUPERUSER", "ledger_owner"), ("CREATEROLE", "ledger_owner"), ("", "migrating_user")])
def test_whoever_may_make_a_schema_may_migrate(postgres_server: str, rights: str, owner: str) -> None:
    """A superuser, one who may make roles, and one who owns just the database: to the last, nothing is granted and nothing is missing."""
    for url in copy_of(postgres_server, "empty"):
        with psycopg.connect(url, autocommit=True) as admin:
            if rights == "CREATEROLE":  # as on a new server: the roles are this user's to make, so others' databases let go of them
                admin.execute("ALTER ROLE ledger_owner RENAME TO ledger_owner_before")
            admin.execute(f"CREATE ROLE migrating_user LOGIN {rights}")
            admin.execute(f"ALTER DATABASE {make_url(url).database} OWNER TO migrating_user")
        engine = open_engine(make_url(url).set(username="migrating_user").render_as_string(hide_password=False))
        upgrade(engine)
        assert len(SqlLedger(engine).append([draft()], now=NOW).events) == 1
        with reading(engine) as connection:
            assert connection.execute(text("SELECT tableowner FROM pg_tables WHERE tablename = 'event'")).scalar_one() == owner
            assert list(check_guards(connection)) == []
        engine.dispose()
        with psycopg.connect(url, autocommit=True) as admin:
            for role in ("migrating_user", *(["ledger_owner"] if rights == "CREATEROLE" else [])):
                admin.execute(f"REASSIGN OWNED BY {role} TO postgres")
                admin.execute(f"DROP OWNED BY {role}")
            admin.execute("DROP ROLE migrating_user")
            if rights == "CREATEROLE":
                admin.execute("DROP ROLE ledger_owner")
                admin.execute("ALTER ROLE ledger_owner_before RENAME TO ledger_owner")


def test_a_new_sqlite_file_is_its_owners_alone(tmp_path: Path) -> None:
    engine = open_engine(f"sqlite:///{tmp_path}/a b/ledger.db")
    upgrade(engine)
    for name in ("ledger.db", "ledger.db-wal"):
        assert stat.S_IMODE((tmp_path / "a b" / name).stat().st_mode) == 0o600
    engine.dispose()


@pytest.mark.parametrize("url", ["sqlite://", "sqlite:///:memory:", "mysql://x/y", "nonsense", ""])
def test_other_addresses_are_refused(url: str) -> None:
    with pytest.raises(SettingsError, match="DATABASE_URL"):
        open_engine(url)
