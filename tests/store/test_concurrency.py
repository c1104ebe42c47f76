"""Order under concurrency: positions without gaps, visible in their order, and a reader that follows misses nothing."""

import threading
from concurrent.futures import ThreadPoolExecutor

import psycopg
import pytest
from sqlalchemy import Engine, text

from milestones.domain.errors import Conflict, LedgerError
from milestones.domain.ledger import GENESIS_HASH
from milestones.store.engine import open_engine, writing
from milestones.store.ledger import SqlLedger, lock_head
from tests.store.examples import NOW, claim, draft

WRITERS = 4
BATCHES = 12


def test_a_tailing_reader_sees_every_event_of_many_writers_in_order(engine: Engine) -> None:
    start, done = threading.Barrier(WRITERS + 1), threading.Event()

    def write(writer: int) -> int:
        ledger = SqlLedger(engine)
        start.wait()
        recorded = 0
        for batch in range(BATCHES):
            drafts = [draft(claim_key=claim(1000 * writer + 10 * batch + n), stream=f"w:{writer}") for n in range(1 + batch % 3)]
            if batch % 4 == 3:  # a batch that fails after it has taken the head must leave no gap
                with pytest.raises(LedgerError):
                    ledger.append([*drafts, draft(document_digest="d" * 64, claim_key=claim(-1))], now=NOW)
            else:
                recorded += len(ledger.append(drafts, now=NOW).events)
        return recorded

    def follow() -> list[int]:
        ledger, seen = SqlLedger(engine), list[int]()
        start.wait()
        while True:
            last_round = done.is_set()
            events = ledger.read(after=seen[-1] if seen else 0, limit=5)
            seen += [e.position for e in events]
            if last_round and not events:
                return seen

    with ThreadPoolExecutor(WRITERS + 1) as pool:
        reader = pool.submit(follow)
        recorded = sum(pool.map(write, range(WRITERS)))
        done.set()
        seen = reader.result()
    assert seen == list(range(1, recorded + 1))
    before = GENESIS_HASH
    for event in SqlLedger(engine).read():
        assert event.prev_hash == before
        before = event.hash


def test_a_second_writer_waits_for_the_first_and_continues_behind_it(engine: Engine) -> None:
    waiting = threading.Event()
    with writing(engine) as connection:
        lock_head(connection)
        with ThreadPoolExecutor(1) as pool:
            second = pool.submit(lambda: (waiting.set(), SqlLedger(engine).append([draft()], now=NOW))[1])
            waiting.wait()
            assert SqlLedger(engine).head()[0] == 0  # readers wait for nobody
            assert not second.done()
            connection.rollback()
            assert second.result().events[0].position == 1


@pytest.mark.postgres
def test_a_writer_that_waits_too_long_says_so(postgres_url: str) -> None:
    engine = open_engine(postgres_url)
    with writing(engine) as holder:
        lock_head(holder)
        with pytest.raises(Conflict, match="try again"), writing(engine) as connection:
            connection.execute(text("SELECT set_config('lock_timeout', '50ms', true), lock_head()"))
    engine.dispose()


@pytest.mark.postgres
def test_the_control_an_identity_column_loses_events_for_a_tailing_reader(postgres_url: str) -> None:
    """Why positions are not a sequence: what is committed late stands behind what the reader has passed. Two connections, no sleeps."""
    with psycopg.connect(postgres_url) as slow, psycopg.connect(postgres_url) as fast, psycopg.connect(postgres_url, autocommit=True) as reader:
        reader.execute("CREATE TABLE public.naive (position bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY, writer text)")
        slow.execute("INSERT INTO public.naive (writer) VALUES ('slow')")  # takes position 1, not yet committed
        fast.execute("INSERT INTO public.naive (writer) VALUES ('fast')")
        fast.commit()
        seen = reader.execute("SELECT position, writer FROM public.naive WHERE position > 0 ORDER BY position").fetchall()
        slow.commit()
        seen += reader.execute("SELECT position, writer FROM public.naive WHERE position > %s", [seen[-1][0]]).fetchall()
        committed = reader.execute("SELECT position, writer FROM public.naive ORDER BY position").fetchall()
    assert committed == [(1, "slow"), (2, "fast")]
    assert seen == [(2, "fast")]  # `slow` is lost to this reader for ever
