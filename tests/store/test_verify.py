"""Every corruption is found and named. The forger owns the database: triggers are switched off, and on again before anybody looks."""

import sqlite3
from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager
from typing import Any

import psycopg
import pytest
from sqlalchemy import Engine

from milestones.domain.errors import Damaged
from milestones.domain.events import EventType
from milestones.domain.merkle import root
from milestones.domain.verification import Verified
from milestones.store.captures import SqlCaptures
from milestones.store.engine import open_engine
from milestones.store.ledger import SqlLedger
from milestones.store.rows import EVENT_COLUMNS
from milestones.store.verify import verify
from tests.store.examples import NOW, claim, document, draft, plain

RECORD = b"a record"
CAPTURE = "9b700ce8298dbf0750b1d83f36b0733424d6fcce95f86bc5a456b5eb0296697e"


class MemoryArchive(dict[str, bytes]):
    """`ports.Archive` in memory, which hands out whatever it holds."""

    def put(self, record: bytes) -> str:
        raise NotImplementedError

    def get(self, digest: str) -> bytes:  # type: ignore[override]
        if digest not in self:
            raise Damaged("missing")
        return self[digest]


@pytest.fixture
def archive() -> MemoryArchive:
    return MemoryArchive({CAPTURE: RECORD})


@pytest.fixture
def ledger_of_nine(engine: Engine) -> Engine:
    """Nine events, some of which rest on a document and one of which amends another."""
    captures, ledger = SqlCaptures(engine), SqlLedger(engine)
    captures.add_capture(digest=CAPTURE, url="https://example.org/1", body_sha256="b" * 64, retrieved_at=NOW)
    digest = captures.add_document(document(), capture=CAPTURE, seen_at=NOW)
    ledger.append([plain(EventType.LEDGER_OPENED, "ledger", data={"origin": "live"})], now=NOW)
    full = {"document_digest": digest, "caused_by": ledger.read()[0].event_id}
    ledger.append([draft(claim_key=claim(n), stream=f"commitment:{n % 2}", **full) for n in range(7)], now=NOW)
    ledger.append([draft(claim_key=claim(6), stream="commitment:0", quote="Other words", **full)], now=NOW)
    return engine


def check(engine: Engine, archive: MemoryArchive | None = None, against: list[tuple[int, str]] | None = None) -> Verified:
    return verify(engine, archive=archive, against=against or [], progress=lambda *_: None)


def found(verified: Verified) -> set[tuple[str, int | None]]:
    return {(d.check, d.position) for d in verified.damages}


@contextmanager
def forger(engine: Engine) -> Iterator[Callable[..., Any]]:
    """Runs statements with all triggers off; they are on again afterwards, as if nothing had been."""
    if engine.dialect.name == "sqlite":
        with closing(sqlite3.connect(str(engine.url.database), isolation_level=None)) as connection:
            triggers = connection.execute("SELECT name, sql FROM sqlite_master WHERE type = 'trigger'").fetchall()
            for name, _ in triggers:
                connection.execute(f"DROP TRIGGER {name}")
            yield (
                lambda sql, values=(): connection.execute(sql.replace("%s", "?"), values).fetchall() if values else connection.execute(sql).fetchall()
            )
            for _, sql in triggers:
                connection.execute(sql)
        return
    with psycopg.connect(engine.url.set(drivername="postgresql").render_as_string(hide_password=False), autocommit=True) as connection:
        connection.execute("SET search_path = ledger, read")
        tables = [r[0] for r in connection.execute("SELECT DISTINCT tgrelid::regclass::text FROM pg_trigger WHERE tgenabled = 'A'").fetchall()]
        for table in tables:
            connection.execute(f"ALTER TABLE {table} DISABLE TRIGGER ALL")

        def run(sql: str, values: tuple[object, ...] = ()) -> list[Any]:
            cursor = connection.execute(sql, values or None)
            return cursor.fetchall() if cursor.description else []

        yield run
        for table in tables:
            connection.execute(f"ALTER TABLE {table} ENABLE TRIGGER ALL")
        for table, name in connection.execute(
            "SELECT tgrelid::regclass::text, tgname FROM pg_trigger t JOIN pg_class c ON c.oid = tgrelid"
            " WHERE relnamespace = 'ledger'::regnamespace AND NOT tgisinternal"
        ).fetchall():
            connection.execute(f"ALTER TABLE {table} ENABLE ALWAYS TRIGGER {name}")


def test_an_untouched_ledger_is_clean(ledger_of_nine: Engine, archive: MemoryArchive) -> None:
    leaves = [e.leaf_hash for e in SqlLedger(ledger_of_nine).read()]
    verified = check(ledger_of_nine, archive, [(n, root(leaves[:n])) for n in (9, 4, 1, 0)])
    assert (verified.size, verified.root, verified.damages) == (9, root(leaves), ())
    with forger(ledger_of_nine):
        pass
    assert check(ledger_of_nine).damages == ()  # the forger leaves no traces but what is forged


OTHER: dict[str, object] = {
    "event_id": "00000000-0000-4000-8000-000000000001", "stream": "commitment:9", "stream_version": 77, "type": "milestone.unheard_of",
    "schema_version": 2, "commitment": "PA2024/IT-26", "target": "context", "kind": "bill_passed", "state": "scheduled", "subject": "other",
    "source": "https://example.org/9", "occurred_on": "2024-12-09", "occurred_precision": "month", "published_at": "2024-12-06T04:00:00.000000Z",
    "recorded_at": "2025-01-02T03:04:05.000679Z", "claim_key": "x", "content_digest": "c" * 64, "confidence": 94,
    "data": '{"figures":[],"reason":"the words say  so"}', "document_digest": None, "locator": "p2", "quote": "Other", "rule": "r2",
    "rule_version": 9, "producer": "somebody", "run_id": "run-2", "caused_by": "00000000-0000-4000-8000-000000000002", "amends": None,
    "leaf_version": 2, "leaf_hash": "d" * 64, "prev_hash": "e" * 64, "hash": "f" * 64,
}  # fmt: skip


def test_a_change_of_any_column_of_any_event_is_found_at_its_place(ledger_of_nine: Engine) -> None:
    assert set(OTHER) == set(EVENT_COLUMNS) - {"position"}
    with forger(ledger_of_nine) as forge:
        for column, other in OTHER.items():
            position = 9 if column == "amends" else 5
            ((before,),) = forge(f"SELECT {column} FROM event WHERE position = {position}")
            if column == "amends":  # it may only be missing where the type says so
                forge("UPDATE event SET amends = (SELECT event_id FROM event WHERE position = 2) WHERE position = 9")
            else:
                forge(f"UPDATE event SET {column} = %s WHERE position = {position}", (other,))
            places = {p for c, p in found(check(ledger_of_nine)) if c not in ("schema", "head", "document")}
            assert position in places, column
            forge(f"UPDATE event SET {column} = %s WHERE position = {position}", (before,))
    assert check(ledger_of_nine).damages == ()


def test_other_bytes_of_the_same_meaning_are_found(ledger_of_nine: Engine) -> None:
    """Hashing normalises, so this would hash to the same leaf."""
    with forger(ledger_of_nine) as forge:
        forge("UPDATE event SET data = ' ' || data WHERE position = 5")
        forge("UPDATE event SET quote = quote || 'e\u0301' WHERE position = 6")
    assert {("leaf", 5), ("leaf", 6)} <= found(check(ledger_of_nine))


def test_a_deleted_event_is_found(ledger_of_nine: Engine) -> None:
    with forger(ledger_of_nine) as forge:
        forge("DELETE FROM event WHERE position = 4")
    assert {("position", 5), ("chain", 5), ("stream", 6)} <= found(check(ledger_of_nine))


def test_a_cut_tail_is_found_by_the_head_and_with_the_head_wound_back_by_a_checkpoint_alone(ledger_of_nine: Engine) -> None:
    held = (9, check(ledger_of_nine).root)
    with forger(ledger_of_nine) as forge:
        forge("DELETE FROM event WHERE position > 7")
    assert found(check(ledger_of_nine)) == {("head", None)}
    with forger(ledger_of_nine) as forge:
        forge("UPDATE log_head SET position = 7, hash = (SELECT hash FROM event WHERE position = 7)")
    assert check(ledger_of_nine).damages == ()  # the honest limit of a chain
    assert found(check(ledger_of_nine, against=[held])) == {("against", None)}


def test_two_events_that_changed_places_are_found(ledger_of_nine: Engine) -> None:
    with forger(ledger_of_nine) as forge:
        for old, new in ((3, 100), (4, 3), (100, 4)):
            forge(f"UPDATE event SET position = {new} WHERE position = {old}")
    assert {("chain", 3), ("chain", 4), ("stream", 3)} & found(check(ledger_of_nine)) >= {("chain", 3), ("chain", 4)}


def test_a_renumbered_log_is_found(ledger_of_nine: Engine) -> None:
    with forger(ledger_of_nine) as forge:
        forge("UPDATE event SET position = position + 100")
    assert ("position", 101) in found(check(ledger_of_nine))


def test_a_log_rewritten_consistently_is_found_by_a_checkpoint_alone(database_url: str) -> None:
    engine = open_engine(database_url)
    honest = root([e.leaf_hash for e in SqlLedger(engine).append([draft(claim_key=claim(n)) for n in range(5)], now=NOW).events])
    with forger(engine) as forge:
        forge("DELETE FROM event")
        genesis = "0" * 64
        forge(f"UPDATE log_head SET position = 0, hash = '{genesis}', recorded_at = '0001-01-01T00:00:00.000000Z'")
    SqlLedger(engine).append([draft(claim_key=claim(n), quote="What was said, in other words") for n in range(5)], now=NOW)
    assert check(engine).damages == ()
    assert found(check(engine, against=[(5, honest)])) == {("against", None)}
    engine.dispose()


def test_a_kept_checkpoint_is_looked_at_as_well(ledger_of_nine: Engine) -> None:
    with forger(ledger_of_nine) as forge:
        forge(f"INSERT INTO checkpoint VALUES (4, '{'a' * 64}', 'note', '2025-01-01T00:00:00.000000Z')")
        forge(f"INSERT INTO checkpoint VALUES (40, '{'a' * 64}', 'note', '2025-01-01T00:00:00.000000Z')")
    damages = check(ledger_of_nine).damages
    assert [d.check for d in damages] == ["checkpoint", "checkpoint"]
    assert ["another root" in damages[0].detail, "40 events" in damages[1].detail] == [True, True]


@pytest.mark.parametrize(
    "change", ["content = replace(content, 'gazetted', 'withdrawn')", "headline = 'Other'", "published_at = NULL", "version = 2"]
)
def test_a_changed_document_is_found(ledger_of_nine: Engine, change: str) -> None:
    with forger(ledger_of_nine) as forge:
        forge(f"UPDATE document SET {change}")
    assert ("document", None) in found(check(ledger_of_nine))


def test_a_document_that_is_gone_is_found_at_each_event_that_rests_on_it(ledger_of_nine: Engine) -> None:
    with forger(ledger_of_nine) as forge:
        forge("DELETE FROM document")
    assert found(check(ledger_of_nine)) >= {("document", n) for n in range(2, 10)}


def test_a_capture_that_is_missing_or_altered_is_found(ledger_of_nine: Engine, archive: MemoryArchive) -> None:
    for record, fault in ((RECORD + b".", "other bytes"), (RECORD[:-1], "other bytes"), (None, "missing")):
        archive.clear()
        if record is not None:
            archive[CAPTURE] = record
        (damage,) = check(ledger_of_nine, archive).damages
        assert damage.check == "capture"
        assert fault in damage.detail


# ---- the guards ---------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("statement", "names"),
    [
        ("DROP TRIGGER event_refuses_update", "event_refuses_update is missing"),
        ("DROP TRIGGER event_admits_only_the_next_link", "event_admits_only_the_next_link is missing"),
        ("DROP INDEX event_claim", "event_claim is missing"),
        ("CREATE TRIGGER stranger AFTER INSERT ON event BEGIN SELECT 1; END", "stranger is not one of ours"),
        ("CREATE TABLE stranger (a)", "stranger is not one of ours"),
        ("ALTER TABLE event ADD COLUMN more TEXT", "event is not as shipped"),
        ("DROP VIEW fct_milestone", "view fct_milestone is missing"),
    ],
)
def test_a_changed_guard_of_sqlite_is_named(sqlite_url: str, statement: str, names: str) -> None:
    engine = open_engine(sqlite_url)
    with closing(sqlite3.connect(str(engine.url.database))) as connection:
        connection.execute(statement)
    (damage,) = check(engine).damages
    assert (damage.check, names in damage.detail) == ("schema", True)
    engine.dispose()


def test_a_view_of_sqlite_that_hides_a_promise_is_named(sqlite_url: str) -> None:
    engine = open_engine(sqlite_url)
    with closing(sqlite3.connect(str(engine.url.database))) as connection:
        connection.executescript(
            "DROP VIEW fct_milestone; CREATE VIEW fct_milestone AS SELECT * FROM read_milestone WHERE commitment <> 'PA2024/DE-04';"
        )
    (damage,) = check(engine).damages
    assert damage.detail == "view fct_milestone is not as shipped"
    engine.dispose()


BODY = "'BEGIN RETURN NULL; END'"


@pytest.mark.postgres
@pytest.mark.parametrize(
    ("statement", "where", "names"),
    [
        ("DROP TRIGGER event_refuses_change ON event", "schema", "event_refuses_change is missing"),
        ("ALTER TABLE event DISABLE TRIGGER event_refuses_change", "schema", "event_refuses_change is switched off"),
        ("ALTER TABLE event ENABLE TRIGGER event_refuses_change", "schema", "event_refuses_change is switched off, or is for some"),
        ("ALTER TABLE log_head DISABLE TRIGGER log_head_moves_only_with_events", "schema", "log_head_moves_only_with_events is switched off"),
        (f"CREATE OR REPLACE FUNCTION refuse_change() RETURNS trigger LANGUAGE plpgsql AS {BODY}", "schema", "refuse_change is not the one"),
        ("ALTER FUNCTION lock_head() RESET search_path", "schema", "lock_head may be led elsewhere"),
        ("DROP VIEW read.fct_milestone", "schema", "view fct_milestone is missing"),
        ("CREATE VIEW read.stranger AS SELECT 1 AS one", "schema", "view stranger is not one of ours"),
        ("GRANT UPDATE ON event TO ledger_writer", "grants", "ledger_writer has UPDATE on event"),
        ("GRANT UPDATE ON log_head TO PUBLIC", "grants", "PUBLIC has UPDATE on log_head"),
        ("GRANT INSERT ON event TO ledger_reader", "grants", "ledger_reader has INSERT on event"),
    ],
)
def test_a_changed_guard_of_postgres_is_named(postgres_url: str, statement: str, where: str, names: str) -> None:
    engine = open_engine(postgres_url)
    with psycopg.connect(postgres_url) as connection:
        connection.execute("SET search_path = ledger, read")
        connection.execute(statement)
    (damage,) = check(engine).damages
    assert (damage.check, names in damage.detail) == (where, True)
    engine.dispose()


def test_a_migration_that_was_not_run_is_named(engine: Engine) -> None:
    with forger(engine) as forge:
        forge("UPDATE migration SET sha256 = %s WHERE file = '0002_read.sql'", ("a" * 64,))
    assert "0002_read.sql" in check(engine).damages[0].detail
