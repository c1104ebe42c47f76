"""What we said in June, what was retracted in July, and that both answers can still be asked for: the example that the README shows."""

import json
import sys
from collections.abc import Callable, Iterator
from datetime import datetime
from pathlib import Path
from typing import Any

import pytest

from milestones import cli
from milestones.bootstrap import open_monitor
from tests.replica.replica import HKT, replica

FACSIMILES = Path(__file__).parents[1] / "facsimiles"
JUNE = datetime(2025, 6, 30, 20, tzinfo=HKT)
JULY = datetime(2025, 7, 10, 9, tzinfo=HKT)
AUGUST = datetime(2025, 8, 1, 9, tzinfo=HKT)
ON = ("--on", "2025-06-30")

At = Callable[..., str]


@pytest.fixture
def at(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> Iterator[At]:
    """A call of the command line at an instant; what it says."""
    with replica(FACSIMILES, now=JUNE) as address:
        given = {"HOME": str(tmp_path), "MIRROR": address, "SINCE": "2025-06-24", "REQUEST_INTERVAL": "0", "REPORT_TO": "reader@example.org"}
        for name, value in given.items():
            monkeypatch.setenv(f"MILESTONES_{name}", value)

        def call(now: datetime, *arguments: str) -> str:
            monkeypatch.setenv("MILESTONES_NOW", now.isoformat())
            monkeypatch.setattr(sys, "argv", ["milestones", *arguments])
            code: object = 0
            try:
                cli.main()
            except SystemExit as stop:
                code = stop.code
            said = capsys.readouterr()
            assert not code, said.err
            return said.out

        yield call


def timetable(answer: str) -> dict[str, Any]:
    """The target "timetable" of HM-02, and the position that its status is known at."""
    told = json.loads(answer)
    [target] = told["commitments"][0]["targets"]
    return {**target, "as_of_position": told["as_of_position"]}


def test_what_we_said_in_june_and_retracted_in_july_can_both_be_asked_for(at: At) -> None:
    # June: a release says that the timetable was published. It is recorded, and a mail carries it.
    at(JUNE, "ingest", "press-releases")
    in_june = timetable(at(JUNE, "status", "HM-02", "--json"))
    assert (in_june["status"], in_june["occurred_on"]) == ("met", "2025-06-26")
    [evidence] = in_june["evidence"]
    at(JUNE, "report", "digest")

    # July: a person finds that the release spoke of another timetable.
    told = at(JULY, "retract", str(evidence["position"]), "--reason", "it is another timetable", "--by", "Chan Siu-ming", "--yes")
    assert "carried by the digest up to 2025-06-30, sent to 1 recipients" in told

    # Since then the same question about the same day has two answers, by what was known.
    now = timetable(at(AUGUST, "status", "HM-02", "--json", *ON))
    then = timetable(at(AUGUST, "status", "HM-02", "--json", *ON, "--known-at", "2025-06-30"))
    assert (then["status"], now["status"]) == ("met", "not_started")
    assert then["evidence"] == in_june["evidence"]
    assert now["as_of_position"] > then["as_of_position"]

    # The machine reads the same page again and leaves the decision alone.
    at(AUGUST, "ingest", "press-releases", "--until", "2025-06-30")
    assert timetable(at(AUGUST, "status", "HM-02", "--json"))["status"] == "not_started"

    # Both answers in SQL, and a ledger that verifies and passes its data quality suites.
    with open_monitor() as monitor:
        answers = {
            row["status"]
            for known_at in (JUNE, AUGUST)
            for row in monitor.status_intervals.as_of(on=JUNE.date(), known_at=known_at)
            if (row["commitment"], row["target"]) == ("PA2024/HM-02", "timetable")
        }
        assert answers == {"met", "not_started"}
        assert monitor.inspect([], lambda *_: None).damages == ()
        assert monitor.check() == []


def test_a_retraction_that_was_wrong_is_followed_by_a_new_report_and_all_three_answers_stay(at: At) -> None:
    at(JUNE, "ingest", "press-releases")
    [evidence] = timetable(at(JUNE, "status", "HM-02", "--json"))["evidence"]
    at(JULY, "retract", str(evidence["position"]), "--reason", "it is another timetable", "--by", "Chan Siu-ming", "--yes")
    what = ("--commitment", "HM-02", "--target", "timetable", "--kind", "policy_published", "--occurred-on", "2025-06-26")
    words = ("--quote", evidence["quote"], "--reason", "it is this timetable after all", "--by", "Lee Ka-yan")
    at(AUGUST, "record", evidence["url"], *what, *words)

    def known(*options: str) -> str:
        return timetable(at(AUGUST, "status", "HM-02", "--json", *ON, *options))["status"]

    assert [known("--known-at", "2025-07-01"), known("--known-at", "2025-07-31"), known()] == ["met", "not_started", "met"]
    lines = [json.loads(line) for line in at(AUGUST, "events", "--format", "jsonl").splitlines()]
    history = [(line["type"], line["current"]) for line in lines if line["commitment"] == "PA2024/HM-02" and line["kind"]]
    assert history == [("milestone.reported", False), ("milestone.retracted", False), ("milestone.reported", True)]
