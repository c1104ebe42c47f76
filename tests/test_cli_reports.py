"""Commands that mail: what each subscription would get, and the file of subscriptions."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.command_line import Run, run, world

__all__ = ["run", "world"]  # fixtures

FILE = '[[subscription]]\nid = "desk"\nto = ["desk@example.test"]\nperiod = "monthly"\nlanguage = "zh"\n'


@pytest.fixture
def file(run: Run, world: dict[str, str]) -> Iterator[Path]:
    """The file of subscriptions of a ledger that holds nothing but the promises."""
    run("init")
    path = Path(world["MILESTONES_HOME"]) / "subscriptions.toml"
    path.write_text(FILE, "utf-8")
    yield path
    path.unlink()


def test_the_template_is_a_file_that_passes(run: Run, file: Path) -> None:
    file.write_text(run("report", "subscriptions", "template").out, "utf-8")
    checked = run("report", "subscriptions", "check")
    assert (checked.code, checked.out) == (0, "subscriptions.toml: 1 subscriptions, nothing wrong\n")


def test_what_is_wrong_is_one_line_and_code_two(run: Run, file: Path, tmp_path: Path) -> None:
    wrong = tmp_path / "wrong.toml"
    wrong.write_text(FILE.replace("monthly", "yearly"), "utf-8")
    ran = run("report", "subscriptions", "check", str(wrong))
    assert ran.code == 2
    assert ran.err == "milestones: wrong.toml, subscription 1 (desk), period: yearly is none of daily, weekly, monthly, none\n"
    assert run("report", "subscriptions", "check", str(tmp_path / "absent.toml")).err.endswith("absent.toml is not there\n")


def test_the_list_names_no_address(run: Run, file: Path) -> None:
    assert run("report", "subscriptions", "list").out == "desk: monthly on day 1; language zh; all commitments; 1 address\n"


def test_a_dry_run_and_a_preview_send_nothing(run: Run, file: Path, world: dict[str, str], tmp_path: Path) -> None:
    planned = run("report", "digest", "--dry-run").out
    assert planned.startswith("desk: due; 【仿製文件】 施政承諾里程碑監察")
    page = tmp_path / "page.html"
    run("report", "digest", "--subscription", "desk", "--preview", str(page))
    assert "data:image/png;base64," in page.read_text("utf-8")
    assert not (Path(world["MILESTONES_HOME"]) / "outbox").exists()
    assert "report." not in run("events").out


def test_a_subscription_that_is_not_there_is_said(run: Run, file: Path) -> None:
    ran = run("report", "digest", "--subscription", "dsek")
    assert (ran.code, ran.err) == (2, "milestones: no subscription 'dsek'; there are: desk\n")


def test_sent_once_a_day(run: Run, file: Path, world: dict[str, str]) -> None:
    assert "to 1 recipients" in run("report", "digest").out
    assert run("report", "digest").out == "no digest is due today; name one with --subscription\n"
    assert "was sent already" in run("report", "digest", "--subscription", "desk").out
    assert len(list((Path(world["MILESTONES_HOME"]) / "outbox").glob("*.eml"))) == 1
