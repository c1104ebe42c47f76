"""Sources that go blind, stale or strange, through every real part: noticed in time, recorded once, told of, and over once they read well."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from datetime import datetime, timedelta
from pathlib import Path
from random import Random

import pytest

from milestones.bootstrap import Monitor, Watching, open_monitor
from milestones.domain.errors import Unreachable
from milestones.domain.incidents import stream_of
from milestones.domain.watching import Canary
from milestones.services.incident_mail import News
from milestones.services.ports import Answer, Validators
from milestones.settings import settings_from
from scrapers import SOURCES
from scrapers.warc import response_record
from tests.integration.test_pipeline import ANNOUNCED, FACSIMILES, HELD, monitor_at
from tests.replica.replica import replica

PRESS = "press-releases"


def broken(url: str, _hosts: frozenset[str], *, known: Validators | None = None) -> Answer:
    raise Unreachable(f"{url} does not answer")


def told_of(monitor: Monitor, source: str = PRESS) -> list[str]:
    return [e.draft.type.value for e in monitor.ledger.read() if e.draft.stream == stream_of(source)]


def passed(monitor: Monitor, run: str, *, blind: bool) -> None:
    """One pass over the press releases, all of it failing where it is blind."""
    if not blind:
        monitor.ingest(PRESS, run_id=run)
        return
    with pytest.raises(Unreachable):
        replace(monitor, fetch=broken).ingest(PRESS, run_id=run)


def test_two_blind_passes_degrade_a_source_once_and_a_good_read_ends_it(tmp_path: Path) -> None:
    with monitor_at(HELD, tmp_path) as monitor:
        passed(monitor, "1", blind=False)
        passed(monitor, "2", blind=True)
        passed(monitor, "2", blind=True)
        assert told_of(monitor) == [], "a run that is tried again is one run"
        passed(monitor, "3", blind=True)
        passed(monitor, "4", blind=True)
        assert told_of(monitor) == ["source.degraded"]
        assert not monitor.watch.is_sound(PRESS)
        [trouble] = monitor.in_trouble()
        assert "does not answer" in trouble.line()
        assert len(trouble.commitments) > 50, "nearly every promise rests on press releases"
        passed(monitor, "5", blind=False)
        assert told_of(monitor) == ["source.degraded", "source.recovered"]
        assert monitor.watch.is_sound(PRESS)
        assert monitor.in_trouble() == []


def test_faults_that_come_and_go_are_one_incident_each(tmp_path: Path) -> None:
    random = Random(1)
    with monitor_at(ANNOUNCED, tmp_path) as monitor:
        wanted, row, degraded = [], 0, False
        for run in range(16):
            blind = random.random() < 0.5
            passed(monitor, str(run), blind=blind)
            row = row + 1 if blind else 0
            if row == 2 and not degraded:
                wanted.append("source.degraded")
                degraded = True
            if degraded and not blind:
                wanted.append("source.recovered")
                degraded = False
        assert told_of(monitor) == wanted
        assert wanted.count("source.degraded") > 1


@contextmanager
def over_a_dead_site(stood_still_at: datetime, now: datetime, home: Path) -> Iterator[Monitor]:
    """A monitor of an instant over sites that stopped at an earlier one."""
    with replica(FACSIMILES, now=stood_still_at) as address:
        given = {"HOME": str(home), "MIRROR": address, "NOW": now.isoformat(), "SINCE": "2024-12-05", "REQUEST_INTERVAL": "0"}
        with open_monitor(settings_from({f"MILESTONES_{name}": value for name, value in given.items()}, tuple(SOURCES))) as monitor:
            yield monitor


def test_a_site_that_publishes_nothing_more_is_noticed_within_its_budget(tmp_path: Path) -> None:
    """Releases until Tuesday evening: Wednesday may be a storm; when offices close on Thursday the feed is frozen, on Friday nothing is new."""
    with monitor_at(ANNOUNCED, tmp_path) as monitor:
        passed(monitor, "first", blind=False)
    for hours, failed, told in (
        (45, [], []),
        (46, ["frozen"], []),
        (47, ["frozen"], ["source.degraded"]),
        (70, ["frozen", "freshness"], ["source.degraded"]),
    ):
        with over_a_dead_site(ANNOUNCED, ANNOUNCED + timedelta(hours=hours), tmp_path) as monitor:
            monitor.ingest(PRESS, run_id=str(hours))
            [press] = [h for h in Watching(monitor).health() if h.facts.source == PRESS]
            assert [c.canary.value for c in press.checks if not c.passed] == failed, hours
            assert press.alarming == bool(failed)
            assert told_of(monitor) == told


def test_a_source_that_nobody_reads_is_told_by_the_hour(tmp_path: Path) -> None:
    with monitor_at(ANNOUNCED, tmp_path) as monitor:
        passed(monitor, "first", blind=False)
    with monitor_at(ANNOUNCED + timedelta(hours=37), tmp_path) as monitor:
        [press] = [h for h in Watching(monitor).look(run_id="hour-1") if h.alarming]
        assert "nothing could be read since 2024-12-10 20:00" in press.alarm()
        assert told_of(monitor) == []
        Watching(monitor).look(run_id="hour-2")
        Watching(monitor).look(run_id="hour-3")
        assert told_of(monitor) == ["source.degraded"]
        untold = Watching(monitor).untold()
        assert [i.source for i in untold] == [PRESS]
        Watching(monitor).told(untold, News.BEGUN, recipients=1, went_to="smtp_default", run_id="hour-3")
        assert Watching(monitor).untold() == []
        assert Watching(monitor).untold_ends() == []
        passed(monitor, "again", blind=False)
        assert told_of(monitor) == ["source.degraded", "source.recovered"]
        ended = Watching(monitor).untold_ends()
        assert ended == untold
        Watching(monitor).told(ended, News.ENDED, recipients=1, went_to="smtp_default", run_id="hour-4")
        assert Watching(monitor).untold_ends() == []


def test_a_new_layout_is_noticed_though_every_page_can_be_read(tmp_path: Path) -> None:
    with monitor_at(ANNOUNCED, tmp_path) as monitor:
        passed(monitor, "first", blind=False)
    with monitor_at(HELD, tmp_path) as monitor:

        def redesigned(url: str, hosts: frozenset[str], *, known: Validators | None = None) -> Answer:
            answer = monitor.fetch(url, hosts, known=known)
            body = answer.body.replace(b'class="', b'class="new-').replace(b'<div id="', b'<section><div id="new-')
            record = response_record(url, status="200 OK", headers=[*answer.headers.items()], payload=body, retrieved_at=answer.retrieved_at)
            return replace(answer, body=body, record=record)

        for run, wanted in (("2", []), ("3", ["source.degraded"])):
            replace(monitor, fetch=redesigned).ingest(PRESS, run_id=run)
            newest = {c.canary: c for c in monitor.watch.checks.newest(PRESS, 1)}
            assert not newest[Canary.STRUCTURE].passed
            assert "features that such pages had are gone" in newest[Canary.STRUCTURE].detail
            assert told_of(monitor) == wanted
