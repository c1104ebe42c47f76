"""A writer that is killed: what it was told is recorded stays, the rest is as if it had never begun, and the next run continues."""

import os
import signal
import subprocess
import sys

import pytest
from sqlalchemy import Engine

from milestones.domain.ledger import GENESIS_HASH, chain_hash, leaf_fields, leaf_hash
from milestones.store.ledger import SqlLedger
from tests.store.examples import NOW, claim, draft

WRITER = """
import sys
from milestones.store.engine import open_engine
from milestones.store.ledger import SqlLedger
from tests.store.examples import NOW, claim, draft

ledger = SqlLedger(open_engine(sys.argv[1]))
for batch in range(int(sys.argv[2]), 100_000):
    receipt = ledger.append([draft(claim_key=claim(10 * batch + n)) for n in range(7)], now=NOW)
    print(receipt.events[-1].position, flush=True)
"""


@pytest.mark.parametrize("kills", [3])
def test_kill_9_loses_nothing_that_was_acknowledged(engine: Engine, kills: int) -> None:
    url = engine.url.render_as_string(hide_password=False)
    acknowledged = 0
    for kill in range(kills):
        with subprocess.Popen([sys.executable, "-c", WRITER, url, str(1000 * kill)], stdout=subprocess.PIPE, text=True) as writer:
            assert writer.stdout
            for _ in range(5 + kill):
                acknowledged = int(writer.stdout.readline())
            writer.send_signal(signal.SIGKILL)  # in the middle of a batch or of a commit: it never pauses
            rest = writer.stdout.read().split()
            acknowledged = int(rest[-1]) if rest else acknowledged
        events = SqlLedger(engine).read()
        assert len(events) >= acknowledged
        assert len(events) % 7 == 0
        before = GENESIS_HASH
        for position, event in enumerate(events, start=1):
            assert (event.position, event.prev_hash, event.leaf_hash) == (position, before, leaf_hash(leaf_fields(event)))
            assert event.hash == chain_hash(before, event.leaf_hash)
            before = event.hash
        assert SqlLedger(engine).head() == (len(events), before)
    again = SqlLedger(engine).append([draft(claim_key=claim(n)) for n in range(7)], now=NOW)
    assert (again.events, again.same) == ((), 7)


def test_a_forked_child_uses_connections_of_its_own(engine: Engine) -> None:
    ledger = SqlLedger(engine)
    ledger.append([draft()], now=NOW)
    child = os.fork()
    if child == 0:
        try:
            ledger.append([draft(claim_key=claim(2))], now=NOW)
        except BaseException:  # noqa: BLE001  # a child of the test must not come back into pytest
            os._exit(1)
        os._exit(0)
    assert os.waitpid(child, 0)[1] == 0
    ledger.append([draft(claim_key=claim(3))], now=NOW)
    assert [e.position for e in ledger.read()] == [1, 2, 3]
