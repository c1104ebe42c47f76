"""Each promise of `event` and its neighbours, attacked: the database itself must refuse, whoever is connected.

On SQLite the attacker has a connection of their own (no authorizer, no recursive_triggers); on PostgreSQL they are the owner, a superuser.
What an owner can do all the same, by dropping triggers, only a checkpoint held elsewhere finds: see docs/guarantees.md.
"""

import shutil
import sqlite3
from collections.abc import Iterator
from contextlib import closing

import psycopg
import pytest
from sqlalchemy import Engine, make_url, text

from milestones.domain.errors import LedgerError
from milestones.domain.ledger import GENESIS_HASH, chain_hash
from milestones.store.captures import SqlCaptures
from milestones.store.engine import open_engine, writing
from milestones.store.ledger import SqlLedger
from milestones.store.readings import SqlReadings
from tests.conftest import copy_of
from tests.store.examples import CAPTURE, NOW, candidate, claim, document, draft

APPEND_ONLY = (
    "event", "capture", "fetch", "document", "source_check", "coverage", "quarantine", "reading", "candidate", "candidate_outcome",
    "checkpoint", "migration", "listed_link", "closed_list", "validator", "page_shape", "count_check",
)  # fmt: skip

FORGED = "f" * 64


@pytest.fixture(scope="module", params=["sqlite", pytest.param("postgres", marks=pytest.mark.postgres)])
def attacked_url(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """One database of each kind for all attacks: each is refused, so none sees another."""
    if request.param == "sqlite":
        path = tmp_path_factory.mktemp("attacked") / "ledger.db"
        shutil.copy(request.getfixturevalue("sqlite_template"), path)
        yield f"sqlite:///{path}"
    else:
        yield from copy_of(request.getfixturevalue("postgres_server"), "migrated")


@pytest.fixture(scope="module")
def full(attacked_url: str) -> Iterator[Engine]:
    """A database with a row in every append-only table, and two events."""
    engine = open_engine(attacked_url)
    fill(engine)
    yield engine
    engine.dispose()


def fill(engine: Engine) -> None:
    captures, readings, ledger = SqlCaptures(engine), SqlReadings(engine), SqlLedger(engine)
    captures.add_capture(digest=CAPTURE, url="https://example.org/1", body_sha256="b" * 64, retrieved_at=NOW)
    captures.add_document(document(), capture=CAPTURE, seen_at=NOW)
    captures.add_fetch(source="s", url="u", status=200, error=None, capture=CAPTURE, retrieved_at=NOW, run_id="r")
    captures.quarantine(source="s", url="u", capture=CAPTURE, stage="parse", reason="why", at=NOW, run_id="r")
    (stored,) = readings.unread("1", 9)
    readings.add_reading(stored, rules="1", candidates=[(draft().claim_key, candidate())], read_at=NOW, run_id="r")
    ledger.append_staged([(s, draft(document_digest=stored.digest)) for s in readings.staged()], now=NOW, run_id="r")
    ledger.append([draft(claim_key=claim(2))], now=NOW)
    rows = {
        "source_check": "(source, canary, passed, detail, checked_at, run_id) VALUES ('s', 'c', true, 'd', '2025-01-01T00:00:00.000000Z', 'r')",
        "coverage": "(source, feed, day, listed, read, closed, checked_at, run_id)"
        " VALUES ('s', 'f', '2025-01-01', 1, 1, true, '2025-01-01T00:00:00.000000Z', 'r')",
        "listed_link": "(source, feed, url, headline, listed_at, run_id) VALUES ('s', 'f', 'u', 'h', '2025-01-01T00:00:00.000000Z', 'r')",
        "closed_list": "(source, feed, day, listed, listed_at, run_id) VALUES ('s', 'f', '2025-01-01', 1, '2025-01-01T00:00:00.000000Z', 'r')",
        "validator": f"(url, capture, noted_at) VALUES ('u', '{CAPTURE}', '2025-01-01T00:00:00.000000Z')",
        "page_shape": "(source, layout, shape, features, url, capture, seen_at)"
        f" VALUES ('s', 'l', '{'d' * 64}', '[]', 'u', '{CAPTURE}', '2025-01-01T00:00:00.000000Z')",
        "count_check": "(source, feed, day, counted_by, theirs, ours, checked_at, run_id)"
        " VALUES ('s', 'f', '2025-01-01', 'c', 1, 1, '2025-01-01T00:00:00.000000Z', 'r')",
        "checkpoint": f"(tree_size, root, note, made_at) VALUES (1, '{'c' * 64}', 'n', '2025-01-01T00:00:00.000000Z')",
    }
    with writing(engine) as connection:
        for table, values in rows.items():
            connection.execute(text(f"INSERT INTO {table} {values}"))


Attacker = sqlite3.Connection | psycopg.Connection


@pytest.fixture
def attacker(full: Engine) -> Iterator[Attacker]:
    with closing(stranger(full)) as connection:
        yield connection


def stranger(engine: Engine) -> Attacker:
    """A connection that is not ours."""
    if engine.dialect.name == "sqlite":
        return sqlite3.connect(str(engine.url.database), isolation_level=None)
    connection = psycopg.connect(engine.url.set(drivername="postgresql").render_as_string(hide_password=False), autocommit=True)
    connection.execute("SET search_path = ledger, read")
    return connection


def refused(attacker: Attacker, statement: str, why: str = ".") -> None:
    """The statement is refused, by a trigger or a constraint."""
    with pytest.raises((sqlite3.IntegrityError, psycopg.IntegrityError), match=why):
        attacker.execute(statement)


def is_sqlite(attacker: Attacker) -> bool:
    return isinstance(attacker, sqlite3.Connection)


def quoted(table: str) -> str:
    return f'"{table}"'  # fetch is a word of SQL


@pytest.mark.parametrize("table", APPEND_ONLY)
def test_rows_are_neither_changed_nor_deleted(attacker: Attacker, table: str) -> None:
    assert attacker.execute(f"SELECT count(*) FROM {quoted(table)}").fetchone()[0] > 0
    column = attacker.execute(f"SELECT * FROM {quoted(table)}").description[-1][0]
    refused(attacker, f"UPDATE {quoted(table)} SET {column} = {column}", "append-only: UPDATE refused")
    refused(attacker, f"DELETE FROM {quoted(table)}", "append-only: DELETE refused")
    if is_sqlite(attacker):
        refused(attacker, f"UPDATE OR REPLACE {quoted(table)} SET {column} = {column}", "append-only: UPDATE refused")
        refused(attacker, f"INSERT OR REPLACE INTO {quoted(table)} SELECT * FROM {quoted(table)}", "refused|next one")
    else:
        refused(attacker, f"TRUNCATE {quoted(table)} CASCADE", "append-only: TRUNCATE refused")
        attacker.execute("SET session_replication_role = replica")
        refused(attacker, f"DELETE FROM {quoted(table)}", "append-only: DELETE refused")
        refused(attacker, f"TRUNCATE {quoted(table)} CASCADE", "append-only: TRUNCATE refused")


def insert(attacker: Attacker, verb: str = "INSERT", tail: str = "", **forged: object) -> str:
    """A statement that inserts a copy of the newest event as the next link, with some columns forged."""
    names = [c[0] for c in attacker.execute("SELECT * FROM event WHERE position = 0").description if c[0] != "data_json"]
    row = attacker.execute(f"SELECT {', '.join(names)} FROM event ORDER BY position DESC LIMIT 1").fetchone()
    values = dict(zip(names, row, strict=True))
    leaf = "e" * 64
    link = {"leaf_hash": leaf, "prev_hash": values["hash"], "hash": chain_hash(values["hash"], leaf)}
    values |= {"position": values["position"] + 1, "event_id": "00000000-0000-4000-8000-000000000001"}
    values |= {"stream_version": values["stream_version"] + 1, **link, **forged}
    literals = ", ".join("NULL" if v is None else f"'{str(v).replace(chr(39), chr(39) * 2)}'" for v in values.values())
    return f"{verb} INTO event ({', '.join(values)}) VALUES ({literals}) {tail}"


def test_an_honest_link_is_admitted(engine: Engine) -> None:
    """The control: what the next tests forge is refused for what they forge."""
    SqlLedger(engine).append([draft()], now=NOW)
    with closing(stranger(engine)) as connection:
        connection.execute(insert(connection))
        assert connection.execute("SELECT position FROM log_head").fetchone()[0] == 2


@pytest.mark.parametrize(
    ("forged", "why"),
    [
        ({"position": 999_999}, "position is not the next one"),
        ({"position": 4}, "position is not the next one"),
        ({"prev_hash": FORGED, "hash": chain_hash(FORGED, "e" * 64)}, "prev_hash is not the hash"),
        ({"prev_hash": GENESIS_HASH, "hash": chain_hash(GENESIS_HASH, "e" * 64)}, "prev_hash|unique"),
        ({"recorded_at": "2020-01-01T00:00:00.000000Z"}, "recorded_at is before"),
        ({"stream_version": 7}, "stream_version is not the next one"),
        ({"stream_version": 1}, "stream_version|unique"),
        ({"type": "milestone.amended", "amends": "00000000-0000-4000-8000-000000000009"}, "amends"),
        ({"type": "milestone.amended", "amends": "00000000-0000-4000-8000-000000000001"}, "amends is no earlier event"),
        ({"type": "milestone.amended"}, "(?i)check"),
        ({"type": "Milestone"}, "(?i)check"),
        ({"kind": None}, "(?i)check"),
        ({"confidence": 101}, "(?i)check"),
        ({"occurred_precision": "roughly"}, "(?i)check"),
        ({"source": "nowhere"}, "(?i)check"),
        ({"document_digest": "d" * 64}, "document_digest"),
        ({"content_digest": "short"}, "(?i)check"),
    ],
)
def test_a_forged_link_is_refused(attacker: Attacker, forged: dict[str, object], why: str) -> None:
    refused(attacker, insert(attacker, **forged), why)


def test_a_taken_name_is_refused(attacker: Attacker) -> None:
    for column in ("event_id", "hash", "prev_hash"):
        taken = attacker.execute(f"SELECT {column} FROM event WHERE position = 1").fetchone()[0]
        refused(attacker, insert(attacker, **{column: taken}))


def test_replace_and_upsert_change_nothing(attacker: Attacker) -> None:
    before = attacker.execute("SELECT position, event_id, hash FROM event ORDER BY position").fetchall()
    taken = {"position": 1, "event_id": before[0][1]}
    if is_sqlite(attacker):
        for verb in ("INSERT OR REPLACE", "REPLACE"):
            refused(attacker, insert(attacker, verb, position=1))
            refused(attacker, insert(attacker, verb, event_id=before[0][1]), "this event_id is recorded")
            refused(attacker, insert(attacker, verb, hash=before[0][2]), "this hash is recorded")
        # With a link trigger even the polite forms raise: a duplicate is never the table's to skip.
        refused(attacker, insert(attacker, "INSERT OR IGNORE", event_id=before[0][1]))
    refused(attacker, insert(attacker, tail="ON CONFLICT (position) DO UPDATE SET quote = 'other'", **taken))
    assert attacker.execute("SELECT position, event_id, hash FROM event ORDER BY position").fetchall() == before


@pytest.mark.postgres
def test_postgres_computes_the_link_again(postgres_url: str) -> None:
    """SQLite has no SHA-256: there a forged hash is found by `verify` only."""
    engine = open_engine(postgres_url)
    SqlLedger(engine).append([draft()], now=NOW)
    with psycopg.connect(make_url(postgres_url).render_as_string(hide_password=False), autocommit=True) as connection:
        connection.execute("SET search_path = ledger, read")
        refused(connection, insert(connection, hash=FORGED), "hash is not the hash of prev_hash and leaf_hash")
        connection.execute("SET session_replication_role = replica")
        refused(connection, insert(connection, hash=FORGED), "hash is not the hash of prev_hash and leaf_hash")
    engine.dispose()


@pytest.mark.parametrize(
    "statement",
    [
        "UPDATE log_head SET position = 0",
        "UPDATE log_head SET position = position + 1",
        f"UPDATE log_head SET hash = '{FORGED}'",
        "UPDATE log_head SET recorded_at = '2020-01-01T00:00:00.000000Z'",
        "DELETE FROM log_head",
        "INSERT INTO log_head SELECT * FROM log_head",
    ],
)
def test_the_head_moves_only_with_events(attacker: Attacker, statement: str) -> None:
    before = attacker.execute("SELECT * FROM log_head").fetchall()
    refused(attacker, statement, "log_head")
    if is_sqlite(attacker):
        refused(attacker, "INSERT OR REPLACE INTO log_head SELECT * FROM log_head", "log_head")
    else:
        refused(attacker, "TRUNCATE log_head", "log_head")
    assert attacker.execute("SELECT * FROM log_head").fetchall() == before


# ---- our own connections, and roles -------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "statement",
    [
        "DROP TRIGGER event_refuses_update",
        "DROP TABLE event",
        "ALTER TABLE event RENAME TO gone",
        "CREATE TABLE stranger (a)",
        "CREATE TRIGGER stranger AFTER INSERT ON event BEGIN SELECT 1; END",
        "PRAGMA writable_schema = ON",
        "PRAGMA recursive_triggers = OFF",
        "PRAGMA foreign_keys = OFF",
        "PRAGMA ignore_check_constraints = ON",
        "UPDATE sqlite_master SET sql = ''",
    ],
)
def test_a_sqlite_connection_of_ours_cannot_change_the_schema(sqlite_url: str, statement: str) -> None:
    engine = open_engine(sqlite_url)
    with pytest.raises(LedgerError, match=r"not authorized|may not be"), writing(engine) as connection:
        connection.exec_driver_sql(statement)
    engine.dispose()


@pytest.fixture(scope="module")
def postgres_attacked(postgres_server: str) -> Iterator[str]:
    yield from copy_of(postgres_server, "migrated")


WRITER_MAY_NOT = [
    "UPDATE event SET quote = 'x'", "DELETE FROM event", "TRUNCATE event", "UPDATE log_head SET position = 0",
    "ALTER TABLE event DISABLE TRIGGER ALL", "DROP TRIGGER event_refuses_change ON event", "DROP TABLE event", "CREATE TABLE ledger.mine (a int)",
    "SET session_replication_role = replica", "DELETE FROM capture", "INSERT INTO migration (file, sha256) VALUES ('x', repeat('a', 64))",
    "DELETE FROM read_target", "CREATE OR REPLACE FUNCTION ledger.refuse_change() RETURNS trigger LANGUAGE sql AS 'SELECT NULL'",
]  # fmt: skip
PROJECTOR_MAY_NOT = [
    "INSERT INTO coverage DEFAULT VALUES",
    "SELECT * FROM lock_head()",
    "SELECT * FROM person",
    "DELETE FROM event",
    "DROP TABLE read_target",
]
READER_MAY_NOT = ["DELETE FROM read_target", "SELECT * FROM person", "SELECT * FROM lock_head()", "INSERT INTO quarantine DEFAULT VALUES"]


@pytest.mark.postgres
@pytest.mark.parametrize(
    ("role", "statement"),
    [("ledger_writer", s) for s in WRITER_MAY_NOT]
    + [("ledger_projector", s) for s in PROJECTOR_MAY_NOT]
    + [("ledger_reader", s) for s in READER_MAY_NOT],
)
def test_a_role_is_refused_what_is_not_its_part(postgres_attacked: str, role: str, statement: str) -> None:
    with psycopg.connect(postgres_attacked) as connection:
        connection.execute("SET search_path = ledger, read")
        connection.execute(f"SET SESSION AUTHORIZATION {role}")
        with pytest.raises(psycopg.errors.InsufficientPrivilege):
            connection.execute(statement)


@pytest.mark.postgres
def test_writer_projector_and_reader_can_do_their_part(postgres_url: str) -> None:
    with psycopg.connect(postgres_url, autocommit=True) as owner:
        owner.execute("DROP ROLE IF EXISTS the_application")
        owner.execute("CREATE ROLE the_application LOGIN IN ROLE ledger_writer, ledger_projector")
    engine = open_engine(make_url(postgres_url).set(username="the_application").render_as_string(hide_password=False))
    ledger = SqlLedger(engine)
    assert len(ledger.append([draft(), draft(claim_key=claim(2))], now=NOW).events) == 2
    with writing(engine) as connection:
        connection.execute(text("DELETE FROM read_target"))
        connection.execute(text("INSERT INTO person (person_id, name) VALUES ('p-1', 'A')"))
        connection.execute(text("DELETE FROM person"))
    engine.dispose()
    with psycopg.connect(postgres_url) as connection:
        connection.execute("SET SESSION AUTHORIZATION ledger_reader")
        assert connection.execute("SELECT count(*) FROM ledger.event").fetchone() == (2,)
        assert connection.execute("SELECT count(*) FROM read.fct_milestone").fetchone() == (0,)
