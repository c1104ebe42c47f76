"""The commands that tell beside digests: brief, alert, operators; and how a verdict stands in the review queue."""

import json
from pathlib import Path

from tests.command_line import Run, run, world

__all__ = ["run", "world"]


def test_a_brief_is_printed_or_written(run: Run, tmp_path: Path):
    run("ingest", "legco-bills")
    code, out, _ = run("report", "brief", "DE-04")
    assert code == 0
    assert "WHAT WOULD CHANGE THE STATUS" in out
    code, _, _ = run("report", "brief", "DE-04", "--lang", "zh", "--html", str(tmp_path / "brief.html"))
    assert code == 0
    assert "甚麼會改變狀況" in (tmp_path / "brief.html").read_text("utf-8")
    assert run("report", "brief", "DE-04", "--lang", "fr").code == 2
    assert run("report", "brief", "XX-99").code == 2


def test_a_verdict_is_listed_confirmed_and_gone(run: Run):
    waiting = [json.loads(line) for line in run("review", "list", "--format", "jsonl").out.splitlines()]
    assert "PA2024/DE-04/bill" in [line.get("name") for line in waiting]
    assert run("review", "accept", "DE-04/bill", "--reason", "read it").code == 0
    assert "PA2024/DE-04/bill" not in run("review", "list").out
    assert run("review", "accept", "DE-04/bill", "--reason", "again").code == 2


def test_without_subscriptions_that_ask_no_alert_is_due(run: Run):
    code, out, _ = run("report", "alert")
    assert (code, out) == (0, "no correction is owed and no alert is due\n")


def test_the_operators_mail_is_shown_and_left_in_the_outbox_once(run: Run, world: dict[str, str], tmp_path: Path):
    assert run("report", "operators", "--preview", str(tmp_path / "mail.html")).code == 0
    assert "Worksheet" in (tmp_path / "mail.html").read_text("utf-8")
    assert "outbox" in run("report", "operators").out
    assert "sent already" in run("report", "operators").out
    assert list((Path(world["MILESTONES_HOME"]) / "outbox").glob("operators*.eml"))
