"""One step through every real part: notice, agenda, both languages, LegCo's record are one milestone; what nobody confirms is asked about."""

from datetime import datetime
from pathlib import Path
from urllib.parse import urlsplit

from milestones.domain.events import Kind, State
from milestones.domain.milestones import fold
from tests.integration.test_pipeline import HKT, monitor_at, publish

HELD = datetime(2024, 12, 20, 20, tzinfo=HKT)
IN_DOUBT = datetime(2024, 12, 23, 20, tzinfo=HKT)


def test_every_sort_of_document_about_a_first_reading_is_evidence_of_one_milestone(tmp_path: Path) -> None:
    with monitor_at(HELD, tmp_path) as monitor:
        for source in ("press-releases", "legco-bills", "legco-agendas", "legco-committees"):
            monitor.ingest(source, run_id="r")
        publish(monitor, "r")
        milestones = fold(monitor.ledger.read()).milestones
    (reading,) = [m for m in milestones if (m.commitment, m.target, m.kind) == ("PA2024/DE-04", "bill", Kind.BILL_FIRST_READING)]
    assert (str(reading.occurred_on), reading.state) == ("2024-12-18", State.HAPPENED)
    assert {urlsplit(e.draft.source).hostname for e in reading.evidence} >= {"www.info.gov.hk", "www.legco.gov.hk"}
    assert {e.draft.data["language"] for e in reading.evidence} >= {"en", "zh"}
    assert {e.draft.state for e in reading.evidence} == {State.SCHEDULED, State.HAPPENED}
    assert len({e.draft.claim_key for e in reading.evidence}) == len(reading.evidence)


def test_an_announced_sitting_that_nothing_confirms_goes_to_review(tmp_path: Path) -> None:
    with monitor_at(datetime(2024, 12, 17, 20, tzinfo=HKT), tmp_path) as monitor:
        monitor.ingest("press-releases", run_id="r")
        publish(monitor, "r")
        assert monitor.unconfirmed() == []
    with monitor_at(IN_DOUBT, tmp_path) as monitor:
        questions = monitor.unconfirmed()
        assert ("PA2024/DE-04", "bill", "2024-12-18") in {(q.milestone.commitment, q.milestone.target, str(q.day)) for q in questions}
        (pages,) = {q.pages for q in questions if q.milestone.commitment == "PA2024/DE-04"}
    assert "https://www.legco.gov.hk/yr2024/english/counmtg/agenda/cm20241218.htm" in pages
    assert "https://www.info.gov.hk/gia/general/202412/18.htm" in pages
