"""`milestones replay` on the command line: shows, asks, records, and leaves nothing behind it to do."""

import json
import sqlite3
from io import StringIO
from pathlib import Path

import pytest

from tests.command_line import Run, run, world

__all__ = ["run", "world"]


@pytest.fixture(scope="module")
def _ledger_is_there() -> dict[str, bool]:
    return {}


@pytest.fixture(autouse=True)
def _ingested(run: Run, _ledger_is_there: dict[str, bool]) -> None:
    """Once for all tests: the sources are read."""
    if not _ledger_is_there:
        assert run("ingest", "legco-bills", "legco-agendas").code == 0
        _ledger_is_there["read"] = True


def as_if_read_by_older_rules(world: dict[str, str]) -> None:
    """Says in the database that every reading was made by rules of another name; only the tests may."""
    path = Path(world["MILESTONES_HOME"]) / "ledger.sqlite"
    with sqlite3.connect(path) as connection:
        for (trigger,) in connection.execute("SELECT name FROM sqlite_master WHERE type = 'trigger' AND tbl_name = 'reading'").fetchall():
            connection.execute(f"DROP TRIGGER {trigger}")
        connection.execute("UPDATE reading SET rules = 'older'")
    connection.close()


def test_nothing_has_changed_so_nothing_is_asked_or_recorded(run):
    shown = run("replay", "--dry-run")
    assert shown.code == 0
    assert "0 added, 0 amended, 0 retracted, 0 held, 0 quarantined" in shown.out
    assert "nothing to record" in shown.out
    assert "facsimiles" in shown.err
    assert "nothing to record" in run("replay").out


def test_json_is_for_programs(run):
    told = json.loads(run("replay", "--dry-run", "--json").out)
    assert (told["origin"], told["counts"]["added"], told["changes"], told["failed"]) == ("replica", 0, [], [])
    assert told["documents"] > 0


def test_older_readings_are_told_shown_asked_about_and_renewed(run, world, monkeypatch):
    as_if_read_by_older_rules(world)
    assert "`milestones replay --dry-run` shows what today's would change" in run("ingest", "legco-bills").err
    assert "nothing of it was recorded" in run("replay", "--dry-run").out
    monkeypatch.setattr("sys.stdin", StringIO("n\n"))
    assert "nothing of it was recorded" in run("replay").err
    before = run("events", "--format", "jsonl").out
    done = run("replay", "--yes")
    assert done.code == 0
    assert "0 events recorded" in done.out
    assert run("events", "--format", "jsonl").out == before
    assert "nothing to record" in run("replay", "--dry-run").out
