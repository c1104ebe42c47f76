"""`milestones rebuild`: every read model anew, the same rows as by growing, and what it says of an event that it cannot take."""

import sys
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import text

from milestones import cli
from milestones.bootstrap import Monitor, open_monitor
from milestones.domain.dates import Precision
from milestones.domain.errors import Damaged
from milestones.settings import Settings
from milestones.store.engine import open_engine
from tests.domain.build import told

NOW = datetime(2025, 3, 5, 4, tzinfo=UTC)


@pytest.fixture
def settings(database_url: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Settings:
    """A replica's, with a fixed clock; nothing is fetched."""
    for name, value in {
        "MILESTONES_HOME": str(tmp_path / "home"),
        "MILESTONES_DATABASE_URL": database_url,
        "MILESTONES_MIRROR": "http://127.0.0.1:9",
        "MILESTONES_NOW": NOW.isoformat(),
    }.items():
        monkeypatch.setenv(name, value)
    from milestones.bootstrap import load_settings

    return load_settings()


def call(monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str], *arguments: str) -> tuple[int, str, str]:
    monkeypatch.setattr(sys, "argv", ["milestones", *arguments])
    with pytest.raises(SystemExit) as stop:
        cli.main()
    said = capsys.readouterr()
    return int(stop.value.code or 0), said.out, said.err


def real(monitor: Monitor, number: int, **changed: Any) -> Any:
    """A report about some target of the real registry that a step completes."""
    targets = [(c, t) for c in monitor.registry.commitments() for t in c.targets if t.completes and t.quantity is None]
    commitment, target = targets[number % len(targets)]
    known = {"commitment": commitment.key, "target": target.slug, "subject": target.completes[0].subject, "page": f"page-{number}"}
    return told(target.completes[0].kind, **{**known, **changed})


def everything(url: str) -> dict[str, list[Any]]:
    engine = open_engine(url)
    names = ("commitment", "target", "milestone", "evidence", "source", "status_count", "target_interval")
    with engine.connect() as connection:
        found = {n: sorted(map(repr, connection.execute(text(f"SELECT * FROM read_{n}")))) for n in names}  # sorted: rows have no order
    engine.dispose()
    return found


def test_rebuild_gives_the_rows_that_grew_with_the_events(settings, database_url, monkeypatch, capsys):
    with open_monitor(settings) as monitor:
        for number in range(6):
            monitor.ledger.append([real(monitor, number), real(monitor, 1, page=f"again-{number}")], now=NOW + timedelta(hours=number))
            position = monitor.project()
    grown = everything(database_url)
    assert all(grown[n] for n in grown)
    assert call(monkeypatch, capsys, "rebuild") == (0, f"read-tables at position {position}\nstatus-history at position {position}\n", "")
    assert everything(database_url) == grown


def test_an_event_that_cannot_be_folded_stops_the_read_models_before_it(settings, monkeypatch, capsys):
    with open_monitor(settings) as monitor:
        monitor.ledger.append([real(monitor, 0)], now=NOW)
        before = monitor.project()
        no_year = real(monitor, 4, day=date(9999, 5, 5), precision=Precision.YEAR, page="forever")  # its last day cannot be told
        monitor.ledger.append([real(monitor, 1), no_year, real(monitor, 2)], now=NOW + timedelta(hours=1))
        with pytest.raises(Damaged, match=rf"read-tables stopped at position {before + 1}: event {before + 2} is poison: ValueError"):
            monitor.project()
        assert monitor.read_tables.position() == before + 1
    code, out, err = call(monkeypatch, capsys, "rebuild")
    assert (code, out) == (1, "")
    assert [line.split(": ")[1] for line in err.splitlines()] == [f"event {before + 2} is poison"] * 2
