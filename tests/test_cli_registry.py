"""A policy document comes in from a spreadsheet and is followed: a fictional Budget of two rows, no code touched."""

import json
import sqlite3
from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager
from datetime import datetime
from pathlib import Path
from typing import Any

import pytest
from openpyxl import load_workbook

from milestones.bootstrap import open_existing
from tests.command_line import Ran, Run, run, world  # noqa: F401  # fixtures
from tests.forms import HEADINGS, MUSEUM, SCHEME, write_csv, write_xlsx
from tests.replica.replica import HKT, replica

BEFORE = datetime(2024, 12, 10, 20, tzinfo=HKT)
AFTER = datetime(2024, 12, 20, 20, tzinfo=HKT)

RELEASES = [
    {
        "id": "B001",
        "url": "https://www.info.gov.hk/gia/general/202412/06/P2024120600901.htm",
        "lang": "en",
        "published_at": "2024-12-06T11:00:00+08:00",
        "headline": "Harbour Lantern Scheme opens for applications",
        "paragraphs": ["The Harbour Lantern Scheme opened for applications today (December 6). Owners of piers may apply."],
    },
    {
        "id": "B003",
        "url": "https://www.info.gov.hk/gia/general/202412/06/P2024120600903.htm",
        "lang": "zh",
        "published_at": "2024-12-06T11:00:00+08:00",
        "headline": "海港燈籠計劃接受申請",
        "paragraphs": ["海港燈籠計劃今日（十二月六日）起接受申請，碼頭業權人可提交申請。"],
    },
    {
        "id": "B002",
        "url": "https://www.info.gov.hk/gia/general/202412/17/P2024121700902.htm",
        "lang": "en",
        "published_at": "2024-12-17T11:00:00+08:00",
        "headline": "Lantern Museum opens",
        "paragraphs": ["The Lantern Museum was opened today (December 17) by the Director of Leisure and Cultural Services. The museum is free."],
    },
]


@pytest.fixture(scope="module")
def sites(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder of releases about things that no shipped policy document promises."""
    folder = tmp_path_factory.mktemp("sites")
    lines = [json.dumps({"on_behalf_of": None, **r}, ensure_ascii=False) for r in RELEASES]
    for name, content in (("press.jsonl", "\n".join(lines)), ("bills.jsonl", ""), ("agendas.jsonl", ""), ("legco-pages.jsonl", "")):
        (folder / name).write_text(content + "\n" if content else "", encoding="utf-8")
    return folder


@pytest.fixture
def at(sites: Path, tmp_path: Path, run: Run, monkeypatch: pytest.MonkeyPatch) -> Callable[[datetime], Any]:  # noqa: F811
    """`run` with a home of its own, in a world that stands at an instant."""

    @contextmanager
    def standing(now: datetime) -> Iterator[Run]:
        with replica(sites, now=now) as address:
            for name, value in {"HOME": str(tmp_path / "home"), "MIRROR": address, "NOW": now.isoformat(), "SOURCES": "press-releases"}.items():
                monkeypatch.setenv(f"MILESTONES_{name}", value)
            yield run

    return standing


def status_of(run: Run, name: str) -> dict[str, Any]:  # noqa: F811
    [found] = json.loads(run("status", name, "--json").out)["commitments"]
    return found["targets"][0]


def digest(run: Run, file: Path) -> str:  # noqa: F811
    assert run("report", "digest", "--preview", str(file)).code == 0
    return file.read_text("utf-8")


def query(tmp_path: Path, sql: str) -> list[tuple[Any, ...]]:
    with closing(sqlite3.connect(tmp_path / "home/ledger.sqlite")) as database:
        return database.execute(sql).fetchall()


def test_a_budget_of_two_rows_is_added_and_followed(at: Callable[[datetime], Any], tmp_path: Path) -> None:
    budget = write_xlsx(tmp_path / "budget.xlsx", SCHEME, MUSEUM)
    with at(BEFORE) as run:  # noqa: F811
        assert run("ingest").code == 0
        tried = run("registry", "try", str(budget))
        assert tried.code == 0
        assert "row 7, BUDGET2024/01 scheme: found in 2 pages" in tried.out
        assert "append applications_opened happened 2024-12-06" in tried.out
        assert "row 8, BUDGET2024/02 museum: found nowhere" in tried.out
        assert run("status", "BUDGET2024/01").code == 2

        applied = run("registry", "apply", str(budget), "--yes", "--by", "Ho")
        assert applied.code == 0, applied.err
        assert "added      BUDGET2024/01 Grants for harbour lanterns" in applied.out
        assert "2 added, 0 reworded, 0 unchanged" in applied.out
        found = status_of(run, "01")
        assert (found["status"], found["occurred_on"]) == ("met", "2024-12-06")
        assert status_of(run, "BUDGET2024/02")["status"] == "not_started"

        told = digest(run, tmp_path / "first.html")
        assert "Grants for harbour lanterns" not in told
        assert run("report", "digest").code == 0
    with at(AFTER) as run:
        assert run("ingest").code == 0
        assert (status_of(run, "02")["status"], status_of(run, "02")["occurred_on"]) == ("met", "2024-12-17")
        assert "BUDGET2024/02  A museum of lanterns  (1 of 1 met)" in run("status").out
        told = digest(run, tmp_path / "second.html")
        assert "A museum of lanterns" in told
        assert "The Lantern Museum was opened today" in told
        assert "Grants for harbour lanterns" not in told
        assert run("detect", RELEASES[-1]["url"]).out.count("BUDGET2024/02 museum facility_opened") == 1
        assert run("verify").code == 0
        with open_existing() as monitor:
            assert monitor.check() == []

    assert query(tmp_path, "SELECT target, status FROM read_target WHERE commitment LIKE 'BUDGET2024/%' ORDER BY place") == [
        ("scheme", "met"),
        ("museum", "met"),
    ]
    assert query(tmp_path, "SELECT policy_document_en, bureaux FROM dim_commitment WHERE commitment = 'BUDGET2024/01'") == [
        ("A Budget for tests", "DEVB, EEB")
    ]
    assert query(tmp_path, "SELECT commitment, kind FROM fct_milestone ORDER BY occurred_on") == [
        ("BUDGET2024/01", "applications_opened"),
        ("BUDGET2024/02", "facility_opened"),
    ]


def test_applying_again_records_only_what_differs(at: Callable[[datetime], Any], tmp_path: Path) -> None:
    with at(BEFORE) as run:  # noqa: F811
        run("init")
        assert run("registry", "apply", str(write_csv(tmp_path / "a.csv", SCHEME, MUSEUM)), "--yes", "--by", "Ho").code == 0
        again = run("registry", "apply", str(write_csv(tmp_path / "b.csv", SCHEME, MUSEUM)), "--yes", "--by", "Another")
        assert "0 added, 0 reworded, 2 unchanged" in again.out
        assert "recorded" not in again.out.replace("0 events recorded", "")

        changed = write_csv(tmp_path / "c.csv", {**SCHEME, "title_en": "Grants for lanterns on piers"})
        ran = run("registry", "apply", str(changed), "--yes", "--by", "Ho")
        assert "reworded   BUDGET2024/01 Grants for lanterns on piers: title_en" in ran.out
        assert "left out   BUDGET2024/02: it stays as it is" in ran.out
        assert "BUDGET2024/01  Grants for lanterns on piers" in run("status").out
        assert "BUDGET2024/02  A museum of lanterns" in run("status").out
    types = query(tmp_path, "SELECT type FROM event WHERE commitment LIKE 'BUDGET2024/%' ORDER BY position")
    assert types == [("commitment.registered",), ("commitment.registered",), ("commitment.reworded",)]


def test_without_a_yes_nothing_is_recorded(at: Callable[[datetime], Any], tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("typer.confirm", lambda _question: False)
    with at(BEFORE) as run:  # noqa: F811
        run("init")
        ran = run("registry", "apply", str(write_csv(tmp_path / "a.csv", SCHEME, MUSEUM)), "--by", "Ho")
        assert (ran.code, ran.err.strip()) == (2, "milestones: nothing was recorded")
    assert query(tmp_path, "SELECT count(*) FROM event WHERE commitment LIKE 'BUDGET2024/%'") == [(0,)]


def test_a_shipped_document_is_not_replaced(at: Callable[[datetime], Any], tmp_path: Path) -> None:
    file = write_csv(tmp_path / "a.csv", SCHEME)
    file.write_text(file.read_text("utf-8").replace("BUDGET2024", "PA2024"), encoding="utf-8")
    with at(BEFORE) as run:  # noqa: F811
        run("init")
        answers = [run("registry", *command) for command in (("check", str(file)), ("try", str(file)), ("apply", str(file), "--yes", "--by", "Ho"))]
    assert {(a.code, a.err.strip()) for a in answers} == {(2, "milestones: PA2024 comes with the product; choose another short name")}


@pytest.mark.parametrize("name", ["form.xlsx", "form.csv"])
def test_the_form_is_written_checked_and_never_overwritten(run: Run, tmp_path: Path, name: str) -> None:  # noqa: F811
    file = tmp_path / name

    assert run("registry", "template", str(file)).code == 0
    refused: Ran = run("registry", "check", str(file))
    assert (refused.code, refused.err.count("must be filled"), "5 to put right" in refused.err) == (1, 4, True)
    assert run("registry", "template", str(file)).err.strip() == f"milestones: {file} is there already; choose another name"


def test_the_form_explains_itself_and_offers_the_kinds(run: Run, tmp_path: Path) -> None:  # noqa: F811
    run("registry", "template", str(tmp_path / "form.xlsx"))
    book = load_workbook(tmp_path / "form.xlsx")
    rules = {str(r.sqref): r.formula1 for r in book["Promises"].data_validations.dataValidation}

    assert book.sheetnames == ["Promises", "Explanations", "Lists"]
    assert rules[f"P{HEADINGS + 1}:P1000"] == "Lists!$A$2:$A$32"
    assert [c.value for c in book["Lists"]["A"]][:4] == [
        "kind",
        "Legislative proposal put forward",
        "Bill gazetted",
        "Bill introduced (First Reading)",
    ]


def test_a_right_form_can_be_applied_and_check_says_so(run: Run, tmp_path: Path) -> None:  # noqa: F811
    ran = run("registry", "check", str(write_csv(tmp_path / "a.csv", SCHEME, MUSEUM)))

    assert (ran.code, ran.out.strip()) == (0, f"{tmp_path / 'a.csv'} can be applied: BUDGET2024 with 2 promises and 2 targets")
