"""`milestones sources`: how each source is doing, for people and for programs."""

import json
from dataclasses import replace

import pytest

from milestones.bootstrap import open_monitor
from milestones.domain.errors import Unreachable
from tests.command_line import run, world

__all__ = ["run", "world"]  # fixtures


def broken(url, _hosts, *, known=None):
    raise Unreachable(f"{url} does not answer")


def test_sources_tells_how_each_is_doing(run):
    assert run("ingest").code == 0
    well = run("sources")
    assert (well.code, "DEGRADED" in well.out, "FAILED" in well.out) == (0, False, False)
    assert "press-releases: well" in well.out
    assert "days read to the end: en 15 of 30, zh 15 of 30" in well.out
    assert "These texts are facsimiles" in well.err
    told = json.loads(run("sources", "--json").out)
    press = next(s for s in told["sources"] if s["source"] == "press-releases")
    assert (told["origin"], press["alarming"], press["trouble"], press["backlog"]) == ("replica", False, None, 0)
    assert press["canaries"]["freshness"]["passed"]
    assert press["last_good_read_at"].startswith("2024-12-20T12:00")
    assert all(count["theirs"] <= count["ours"] for s in told["sources"] for count in s["counts"])

    for run_id in ("one", "two"):
        with open_monitor() as monitor, pytest.raises(Unreachable):
            replace(monitor, fetch=broken).ingest("legco-bills", run_id=run_id)
    ill = run("sources")
    assert ill.code == 1
    assert "legco-bills: DEGRADED: degraded since 2024-12-20 20:00: nothing could be read in 2 passes in a row" in ill.out
    assert "cannot be judged for IT-15" in ill.out
    assert "legco-bills: degraded since" in run("status").out
    [trouble] = json.loads(run("status", "--json").out)["sources_in_trouble"]
    assert (trouble["source"], trouble["degraded"]) == ("legco-bills", True)
