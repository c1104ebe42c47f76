"""A projector that is killed leaves the old rows or the new ones, with the position that they stand for, and never half."""

import signal
import subprocess
import sys
import time

import pytest
from sqlalchemy import Engine, text

from milestones.store.ledger import SqlLedger
from tests.store.examples import NOW, claim, draft

PROJECTOR = """
import sys
from datetime import date, timedelta
from milestones.domain.events import Draft
from milestones.services.standings import Standing
from milestones.store.engine import open_engine
from milestones.store.projections import SqlStandings
from milestones.store.status_history import NAME, SqlStatusHistory
from tests.store.examples import NOW

engine = open_engine(sys.argv[1])
kept, standings = SqlStatusHistory(engine), SqlStandings(engine)
while True:
    at = standings.of(NAME)
    rows = [
        {
            "commitment": "c", "target": f"t{n}", "valid_from": "2025-01-01", "valid_to": None, "known_from": at.position + 1, "known_to": None,
            "known_from_at": "2025-01-01T00:00:00.000000Z", "known_to_at": None, "status": "met", "basis": None, "occurred_on": None,
            "occurred_precision": None, "straddles": False, "start_not_found": False, "slippage_days": None, "unread_sources": None,
        }
        for n in range(400)
    ]
    to = Standing(name=NAME, version=1, position=at.position + 1, digest="a" * 64)
    print(kept.grow(again_from=None, ended=[], rows=rows, expected=at, to=to, as_of=NOW, failure=None), flush=True)
"""


@pytest.mark.parametrize("kills", [3])
def test_kill_9_leaves_the_old_rows_or_the_new(engine: Engine, kills: int) -> None:
    url = engine.url.render_as_string(hide_password=False)
    for kill in range(kills):
        with subprocess.Popen([sys.executable, "-c", PROJECTOR, url], stdout=subprocess.PIPE, text=True) as projector:
            assert projector.stdout
            for _ in range(3 + kill):
                assert projector.stdout.readline() == "advanced\n"
            time.sleep(0.003 * kill)  # somewhere in the next one
            projector.send_signal(signal.SIGKILL)
        with engine.connect() as connection:
            position = connection.execute(text("SELECT position FROM projection")).scalar_one()
            found = connection.execute(text("SELECT count(*), min(known_from), max(known_from) FROM read_target_interval")).one()
        assert tuple(found) == (400, position, position)
    SqlLedger(engine).append([draft(claim_key=claim(1))], now=NOW)  # nobody holds a lock
