"""A witness through every real part: releases that another place names, and that nobody here knows, are noticed."""

import json
from dataclasses import replace
from pathlib import Path
from urllib.parse import parse_qs, urlsplit

from milestones.bootstrap import Monitor
from milestones.domain.watching import Canary, Check
from milestones.services.ports import Answer, Validators
from scrapers.warc import response_record
from tests.integration.test_pipeline import HELD, monitor_at

PRESS, COUNTS = "press-releases", "press-counts"


def searching(monitor: Monitor, named: dict[str, str]) -> Monitor:
    """The monitor, where the search of data.gov.hk names these English releases of the Chief Executive's office: titles by address."""

    def fetch(url: str, _hosts: frozenset[str], *, known: Validators | None = None) -> Answer:
        asked = {name: values[0] for name, values in parse_qs(urlsplit(url).query).items()}
        ours = asked["official"] == "CE" and asked["lang"] == "en"
        body = json.dumps([{"title": title, "url": address} for address, title in named.items()] if ours else []).encode()
        record = response_record(url, status="200 OK", headers=[], payload=body, retrieved_at=HELD)
        return Answer(url=url, status=200, headers={}, body=body, retrieved_at=HELD, record=record)

    return replace(monitor, fetch=fetch)


def completeness(monitor: Monitor) -> Check:
    return next(c for c in monitor.watch.checks.newest(PRESS, 1) if c.canary is Canary.COMPLETENESS)


def test_releases_that_only_the_search_names_fail_the_completeness_of_press_releases(tmp_path: Path) -> None:
    with monitor_at(HELD, tmp_path) as monitor:
        monitor.ingest(PRESS, run_id="1")
        released = [s.document for s in monitor.readings.unread("none", 1000) if s.document.language == "en"]
        known = {d.url: d.headline for d in released if d.published_at and 0 < (HELD - d.published_at).days < 6}
        assert len(known) > 1
        searching(monitor, known).ingest(COUNTS, run_id="2")
        monitor.ingest(PRESS, run_id="3")
        assert completeness(monitor).passed
        day = min(known).rpartition("/")[0]
        missing = {f"{day}/P20241201{n:05}.htm": "A release that nobody knows here" for n in range(3)}
        searching(monitor, known | missing).ingest(COUNTS, run_id="4")
        monitor.ingest(PRESS, run_id="5")
        failed = completeness(monitor)
        assert (failed.passed, "3 of the 5 documents that press-counts counts" in failed.detail) == (False, True)
        searching(monitor, known).ingest(COUNTS, run_id="6")
        monitor.ingest(PRESS, run_id="7")
        assert completeness(monitor).passed, "each day the week is counted anew"
