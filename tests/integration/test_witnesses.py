"""Witnesses through every real part: what another place names and nobody here knows is noticed; what they tell themselves is recorded."""

import json
from dataclasses import replace
from datetime import date, timedelta
from pathlib import Path
from urllib.parse import parse_qs, urlsplit

from milestones.bootstrap import Evidence, Monitor
from milestones.domain.events import Kind
from milestones.domain.watching import Canary, Check
from milestones.services.ports import Answer, Fetch, Validators
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


def test_a_bill_that_the_gazette_lists_is_recorded_and_traced_to_the_list(tmp_path: Path) -> None:
    with monitor_at(HELD, tmp_path) as monitor:
        subjects = [s for d in monitor.registry.documents for c in d.commitments for s in c.subjects if Kind.BILL_GAZETTED in s.kinds]
        reading = replace(monitor, fetch=gazette(subjects[0].names_en[0]))
        reading.ingest("gazette", run_id="1")
        reading.detect(run_id="1")
        audited = reading.audit(run_id="1")
        assert audited.findings == ()
        reading.append(audited.passed, run_id="1")
        [event] = [e for e in reading.ledger.read() if e.draft.kind is Kind.BILL_GAZETTED]
        assert (event.draft.occurred_on, event.draft.subject) == (date(2024, 12, 13), subjects[0].slug)
        assert Evidence(reading).trace(str(event.position)).event == event


def gazette(title: str) -> Fetch:
    """The lists of the Gazette, empty but for one bill in the English one of 13 December 2024."""

    def fetch(url: str, _hosts: frozenset[str], *, known: Validators | None = None) -> Answer:
        asked = {name: values[0] for name, values in parse_qs(urlsplit(url).query).items()}
        first = next(d for d in (date(int(asked["year"]), 1, n) for n in range(1, 8)) if d.weekday() == 4)
        friday = first + timedelta(weeks=int(asked["no"]) - 1)
        listed = (friday, asked["type"], "/english/" in url) == (date(2024, 12, 13), "3", True)
        row = f'<tr><td>--</td><td><a href="file.php?{urlsplit(url).query}&amp;number=7">{title}</a></td></tr>' if listed else ""
        head = f"Gazette Published on Friday, {friday:%d/%m/%Y}, Vol. {asked['vol']}"
        body = f"<html><body><p>{head}</p><table><tr><th>Number</th><th>Subject</th></tr>{row}</table></body></html>".encode()
        record = response_record(url, status="200 OK", headers=[], payload=body, retrieved_at=HELD)
        return Answer(url=url, status=200, headers={}, body=body, retrieved_at=HELD, record=record)

    return fetch
