"""The command line as a person or a program meets it: output, exit codes, one-line errors. One small replica and ledger for all."""

import json
import sqlite3
from pathlib import Path
from urllib.request import urlopen

import pytest

from tests.command_line import run, world

__all__ = ["run", "world"]  # fixtures

EVENT_KEYS = (
    *("position", "event_id", "type", "current", "amends", "commitment", "target", "kind", "state", "occurred_on", "occurred_precision"),
    *("subject", "recorded_at", "url", "quote", "confidence"),
)
DETECTION_KEYS = {"url", "commitment", "target", "kind", "state", "occurred_on", "confidence", "decision", "quote", "rule", "reason"}


@pytest.fixture
def opened(run) -> None:
    """There is a ledger."""
    assert run("init").code == 0


@pytest.fixture
def ingested(run) -> None:
    """The ledger has read its two weeks; the first test that needs this does the work."""
    assert run("ingest").code == 0


def test_ingest_reads_everything_and_a_second_run_records_nothing(run):
    first = run("ingest")
    assert first.code == 0
    assert "press-releases: " in first.out
    assert "legco-agendas: " in first.out
    again = run("ingest")
    assert again.code == 0
    assert "0 events recorded, 0 known already" in again.out


@pytest.mark.usefixtures("ingested")
def test_status_of_one_commitment_as_data(run):
    told = json.loads(run("status", "DE-04", "--json").out)
    [commitment] = told["commitments"]
    bill = next(t for t in commitment["targets"] if t["target"] == "bill")
    assert (commitment["commitment"], bill["status"], bill["occurred_on"], bill["deadline"]) == ("PA2024/DE-04", "met", "2024-12-18", "2024-12-31")
    assert bill["evidence"]
    assert told["as_of_position"] > 63


@pytest.mark.usefixtures("ingested")
def test_status_as_data_gives_the_last_sitting_before_a_deadline_where_a_law_is_waited_for(run):
    told = json.loads(run("status", "--json").out)
    last = {(c["commitment"], t["target"]): t["last_opportunity_on"] for c in told["commitments"] for t in c["targets"] if t["last_opportunity_on"]}
    assert last[("PA2024/IT-25", "bill")] == "2025-10-22", "the Council sits no more in that year, and its term ends with it"
    assert ("PA2024/DE-04", "bill") not in last, "what is met waits for no sitting"


@pytest.mark.usefixtures("ingested")
def test_status_for_people_says_that_it_is_a_replica(run):
    whole, one = run("status"), run("status", "PA2024/DE-04")
    assert "These texts are facsimiles" in whole.out
    assert "Not affiliated with the Government" in whole.out
    assert "Read since the promise: press-releases 15 of 65 days" in whole.out
    assert "These texts are facsimiles" in one.out
    assert "These texts are facsimiles" in run("events").err
    assert "IT-01" in whole.out
    assert "DE-12" in whole.out
    assert "Met on 2024-12-18" in one.out
    assert "https://www.info.gov.hk/" in one.out


@pytest.mark.usefixtures("ingested")
def test_status_as_of_an_earlier_day_and_as_known_earlier(run):
    def bill(*options: str) -> str:
        told = json.loads(run("status", "DE-04", "--json", *options).out)
        return next(t["status"] for t in told["commitments"][0]["targets"] if t["target"] == "bill")

    assert bill("--on", "2024-12-10") == "scheduled"
    assert bill("--known-at", "2024-12-19") == "not_started"


@pytest.mark.usefixtures("ingested")
def test_events_as_lines(run):
    lines = [json.loads(line) for line in run("events", "--format", "jsonl").out.splitlines()]
    assert [line["position"] for line in lines] == list(range(1, len(lines) + 1))
    assert all(tuple(line) == EVENT_KEYS for line in lines)
    assert lines[0]["type"] == "ledger.opened"
    assert any(line["kind"] == "bill_first_reading" and line["occurred_on"] == "2024-12-18" for line in lines)
    later = run("events", "--format", "jsonl", "--since-position", "60").out.splitlines()
    assert len(later) == len(lines) - 60


def test_detect_reads_a_saved_page_and_records_nothing(run, world, tmp_path):
    url = "https://www.info.gov.hk/gia/general/202412/06/P2024120600254.htm"
    page = tmp_path / "saved.htm"
    with urlopen(f"{world['MILESTONES_MIRROR']}/{url.removeprefix('https://')}") as answer:
        page.write_bytes(answer.read())
    run("init")
    before = run("events", "--format", "jsonl").out
    lines = [json.loads(line) for line in run("detect", str(page), url, "--format", "jsonl").out.splitlines()]
    assert {frozenset(line) for line in lines} == {frozenset(DETECTION_KEYS)}
    gazetted = [line for line in lines if line["kind"] == "bill_gazetted"]
    assert [(g["url"], g["commitment"], g["occurred_on"]) for g in gazetted] == [(url, "PA2024/DE-04", "2024-12-06")] * 2
    assert run("events", "--format", "jsonl").out == before


def test_detect_of_a_wrong_page_goes_on_and_says_why(run, tmp_path):
    wrong = tmp_path / "wrong.htm"
    wrong.write_text("<html><body><h1>System maintenance</h1></body></html>")
    ran = run("detect", str(wrong), str(tmp_path / "absent.htm"))
    assert ran.code == 1
    assert "wrong.htm: not read: " in ran.err
    assert "absent.htm: not read: " in ran.err


@pytest.mark.usefixtures("ingested")
def test_digest_preview_and_outbox(run, world, tmp_path):
    preview = tmp_path / "digest.html"
    assert run("report", "digest", "--preview", str(preview)).code == 0
    assert "Facsimiles, not news." in preview.read_text("utf-8")
    assert not (Path(world["MILESTONES_HOME"]) / "outbox").exists(), "a preview sends nothing"
    sent = run("report", "digest")
    assert sent.code == 0
    assert list((Path(world["MILESTONES_HOME"]) / "outbox").glob("*.eml"))


@pytest.mark.usefixtures("opened")
@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        (("status", "XX-99"), "no commitment XX-99"),
        (("ingest", "weather"), "no source weather; there are: press-releases"),
        (("events", "--format", "xml"), "--format must be table or jsonl"),
        (("status", "--known-at", "yesterday"), "--known-at must be a day or an instant"),
        (("report", "digest", "--preview", "/nonexistent/x.html"), "/nonexistent/x.html cannot be written: No such file"),
        (("ingest", "--since", "2030-01-01"), "the first day to read, 2030-01-01, lies ahead"),
    ],
)
def test_an_error_is_one_line_and_exit_code_2(run, arguments, message):
    ran = run(*arguments)
    assert ran.code == 2
    assert message in ran.err
    assert len(ran.err.splitlines()) == 1


def test_a_replica_ledger_refuses_live_sources(run, monkeypatch):
    run("init")
    monkeypatch.delenv("MILESTONES_MIRROR")
    monkeypatch.delenv("MILESTONES_NOW")
    monkeypatch.setenv("MILESTONES_REQUEST_INTERVAL", "2")
    ran = run("ingest")
    assert ran.code == 2
    assert "opened on a replica and must not read live sources" in ran.err
    assert run("status", "DE-04").code == 0, "looking at it is no harm"
    page = run("detect", "https://www.info.gov.hk/gia/general/202412/06/P2024120600254.htm")
    assert (page.code, page.out) == (2, "")


@pytest.mark.usefixtures("ingested")
def test_a_replica_stands_still_at_its_last_event_while_no_mirror_feeds_it(run, monkeypatch):
    monkeypatch.delenv("MILESTONES_MIRROR")
    monkeypatch.delenv("MILESTONES_NOW")
    monkeypatch.setenv("MILESTONES_REQUEST_INTERVAL", "2")
    assert json.loads(run("status", "--json").out)["on"] == "2024-12-20"


@pytest.mark.parametrize("arguments", [("status",), ("events",), ("report", "digest"), ("review", "list"), ("checkpoint",)])
def test_a_typo_in_home_does_not_look_like_an_empty_record(run, monkeypatch, tmp_path, arguments):
    monkeypatch.setenv("MILESTONES_HOME", str(tmp_path / "typo"))
    ran = run(*arguments)
    assert ran.code == 2
    assert "there is no ledger at " in ran.err
    assert not (tmp_path / "typo").exists()


def test_detect_needs_no_ledger(run, monkeypatch, tmp_path):
    monkeypatch.setenv("MILESTONES_HOME", str(tmp_path / "none"))
    assert run("detect", "https://www.info.gov.hk/gia/general/202412/06/P2024120600254.htm").code == 0
    kept = {path.name for path in (tmp_path / "none").iterdir()}
    assert kept <= {"robots", "pacing"}, "what politeness needs, and no ledger"


def test_a_home_that_cannot_be_used_is_one_line(run, monkeypatch, tmp_path):
    (tmp_path / "file").write_text("not a folder")
    monkeypatch.setenv("MILESTONES_HOME", str(tmp_path / "file"))
    ran = run("init")
    assert ran.code == 2
    assert "MILESTONES_HOME: " in ran.err
    assert len(ran.err.splitlines()) == 1


def test_sources_that_do_not_answer_are_to_be_retried(run, monkeypatch, tmp_path):
    monkeypatch.setenv("MILESTONES_HOME", str(tmp_path))
    monkeypatch.setenv("MILESTONES_MIRROR", "http://127.0.0.1:9")  # the discard port: nobody listens
    monkeypatch.setattr("scrapers.http.time.sleep", lambda _seconds: None)
    ran = run("ingest", "legco-bills")
    assert ran.code == 1
    assert "legco-bills: to be retried: " in ran.out


def test_a_damaged_database_is_one_line(run, monkeypatch, tmp_path):
    monkeypatch.setenv("MILESTONES_HOME", str(tmp_path))
    (tmp_path / "ledger.sqlite").write_bytes(b"this is no database" * 100)
    ran = run("status")
    assert ran.code == 2
    assert len(ran.err.splitlines()) == 1


def test_the_ledger_file_is_an_ordinary_database_for_bi_tools(run, world):
    run("init")
    with sqlite3.connect(f"file:{world['MILESTONES_HOME']}/ledger.sqlite?mode=ro", uri=True) as connection:
        assert connection.execute("SELECT count(*) FROM event WHERE type = 'commitment.registered'").fetchone() == (62,)
    connection.close()


def test_a_long_past_is_read_in_slices_and_recorded_after_each(run, monkeypatch, tmp_path):
    monkeypatch.setenv("MILESTONES_HOME", str(tmp_path))
    monkeypatch.setenv("MILESTONES_REQUEST_INTERVAL", "0.01")
    monkeypatch.setattr("milestones.bootstrap.monitor.SLICE_SECONDS", 0.2)
    done = run("ingest", "press-releases", "legco-bills")
    assert done.code == 0
    lines = done.out.splitlines()
    assert lines[0].startswith("legco-bills: "), "what is soon done comes first"
    passes = [line for line in lines if line.startswith("press-releases: ")]
    assert len(passes) > 1
    assert all("days left for later runs" in line for line in passes[:-1])
    assert "left" not in passes[-1]
    assert sum("events recorded" in line for line in lines) == len(passes)


def test_how_long_a_past_takes_is_said_where_it_is_long(capsys):
    from milestones.cli.reading import _announce

    _announce(20, 2.0)
    _announce(21_600, 2.0)
    assert capsys.readouterr().out == "about 21,600 requests, 2 s apart: about 12 hours; it can be stopped and goes on where it was\n"
