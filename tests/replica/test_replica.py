"""The replica answers as its docstring says."""

import json
import subprocess
import sys
from collections.abc import Iterator
from datetime import datetime
from http.client import IncompleteRead
from pathlib import Path
from typing import Any
from urllib.error import HTTPError
from urllib.parse import quote
from urllib.request import Request, urlopen

import pytest

from tests.replica.replica import HKT, replica

PAGE = "https://www.info.gov.hk/gia/general/202504/11/P2025041100001.htm"
TWIN = "https://www.info.gov.hk/gia/general/202504/11/P2025041100002.htm"
LATER = "https://www.info.gov.hk/gia/general/202504/14/P2025041400003.htm"
AGENDA = "https://www.legco.gov.hk/yr2025/english/counmtg/agenda/cm20250416.htm"
NOON = datetime(2025, 4, 12, 12, tzinfo=HKT)


def release(id_: str, url: str, lang: str, at: str, headline: str, twin: str | None = None) -> dict[str, Any]:
    paragraphs = ["政府今日宣布 <一事>。" if lang == "zh" else "The Government announced a thing & another today."]
    head = {"id": id_, "url": url, "lang": lang, "published_at": at, "headline": headline}
    return head | {"on_behalf_of": None, "paragraphs": paragraphs, "twin": twin}


def bill(key: str, gazetted: str, passed: str) -> dict[str, Any]:
    return {"internal_key": f"{key:18}", "bill_title_eng": "Gas Bill", "bill_gazette_date": gazetted, "third_reading_date": passed}


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    lines = {
        "press": [
            release("D1", PAGE, "en", "2025-04-11T11:00:00+08:00", "Gas <Bill> gazetted", "D2"),
            release("D2", TWIN, "zh", "2025-04-11T11:00:00+08:00", "《氣體條例草案》刊憲", "D1"),
            release("D3", LATER, "en", "2025-04-14T09:30:00+08:00", "Fund opens"),
        ],
        "bills": [bill("1", "2025-04-11T00:00:00", "2025-06-18T00:00:00"), bill("2", "2026-01-09T00:00:00", "2026-02-11T00:00:00")],
        "agendas": [{"id": "A1", "url": AGENDA, "lang": "en", "html": "<h1>Agenda</h1>", "meeting_date": "2025-04-16"}],
    }
    for name, rows in lines.items():
        (tmp_path / f"{name}.jsonl").write_text("".join(f"{json.dumps(row, ensure_ascii=False)}\n" for row in rows), "utf-8")
    return tmp_path


@pytest.fixture
def address(folder: Path) -> Iterator[str]:
    with replica(folder, now=NOON) as base:
        yield base


def get(address: str, url: str) -> str:
    return bytes(urlopen(f"{address}/{url.removeprefix('https://')}", timeout=10).read()).decode()


def status(address: str, url: str) -> int:
    try:
        with urlopen(f"{address}/{url.removeprefix('https://')}", timeout=10) as answer:
            return int(answer.status)
    except HTTPError as refused:
        with refused:
            return refused.code


def odata(address: str, path: str, query: str = "") -> Any:
    return json.loads(get(address, f"https://app.legco.gov.hk/{path}?{quote(query, safe='=&$')}"))


def move(address: str, now: str) -> None:
    urlopen(Request(f"{address}/_now", data=now.encode(), method="POST"), timeout=10).close()


def test_page_is_escaped_and_leads_to_its_twin(address: str) -> None:
    page = get(address, PAGE)
    assert "Gas &lt;Bill&gt; gazetted" in page
    assert "Ends/Friday, April 11, 2025" in page
    assert "Issued at HKT 11:00" in page
    assert "/gia/general/202504/11/P2025041100002.htm" in page
    assert "香港時間11時00分" in get(address, TWIN)


def test_what_is_published_later_is_not_there_until_the_clock_moves(address: str) -> None:
    assert status(address, LATER) == 404
    move(address, "2025-04-14T10:00:00+08:00")
    assert status(address, LATER) == 200
    assert "Fund opens" in get(address, "https://www.info.gov.hk/gia/general/today.htm")


@pytest.mark.parametrize(("page", "there"), [("202504/11.htm", PAGE), ("202504/11c.htm", TWIN)])
def test_index_lists_the_day(address: str, page: str, there: str) -> None:
    index = get(address, f"https://www.info.gov.hk/gia/general/{page}")
    assert "11-04-2025" in index
    assert there.removeprefix("https://www.info.gov.hk") in index
    assert LATER.removeprefix("https://www.info.gov.hk") not in index


def test_index_of_an_empty_day_is_dated_and_of_a_coming_day_missing(address: str) -> None:
    assert "10-04-2025" in get(address, "https://www.info.gov.hk/gia/general/202504/10.htm")
    assert status(address, "https://www.info.gov.hk/gia/general/202504/13.htm") == 404
    assert status(address, "https://www.info.gov.hk/gia/general/202504/31.htm") == 404


def test_feed_holds_what_is_published(address: str) -> None:
    feed = get(address, "https://www.info.gov.hk/gia/rss/general_en.xml")
    assert PAGE in feed
    assert TWIN not in feed
    assert LATER not in feed


def test_bills_stand_as_they_did(address: str) -> None:
    answer = odata(address, "BillsDB/odata/Vbills", "$inlinecount=allpages&$filter=year(bill_gazette_date) ge 2024")
    assert answer["odata.count"] == "1"
    assert [(row["bill_gazette_date"], row["third_reading_date"]) for row in answer["value"]] == [("2025-04-11T00:00:00", None)]
    move(address, "2026-03-01T00:00:00+08:00")
    assert len(odata(address, "BillsDB/odata/Vbills", "$top=1&$skip=1")["value"]) == 1
    assert odata(address, "BillsDB/odata/Vbills", "$filter=bill_gazette_date lt datetime'2025-01-01'")["value"] == []


def test_meetings_lead_to_agendas(address: str) -> None:
    [meeting] = odata(address, "ScheduleDB/odata/Tmeeting")["value"]
    assert meeting["agenda_url_eng"] == AGENDA.replace("https", "http")
    assert get(address, AGENDA) == "<h1>Agenda</h1>"


def test_other_places_are_missing(address: str) -> None:
    assert status(address, "https://example.org/") == 404
    assert status(address, "https://www.info.gov.hk/gia/secret.htm") == 404
    assert status(address, "https://www.info.gov.hk/robots.txt") == 200


def test_requests_are_logged(address: str) -> None:
    get(address, PAGE)
    [seen] = json.loads(urlopen(f"{address}/_log", timeout=10).read())
    assert (seen["host"], seen["found"], seen["fault"]) == ("www.info.gov.hk", True, None)


def test_filler_leaves_no_day_empty(folder: Path) -> None:
    with replica(folder, now=NOON, filler=1) as base:
        assert "/gia/general/202504/12/" in get(base, "https://www.info.gov.hk/gia/general/202504/12.htm")


def test_same_seed_gives_the_same_faults(folder: Path) -> None:
    runs = []
    for _ in range(2):
        with replica(folder, now=NOON, faults=0.5, seed=3, only_fault="500") as base:
            runs.append([status(base, PAGE) for _ in range(12)])
    assert runs[0] == runs[1]
    assert set(runs[0]) == {200, 500}


@pytest.mark.parametrize(("fault", "sign"), [("wrong_page", "System maintenance"), ("empty", ""), ("mojibake", "\ufffd")])
def test_faults_of_the_page(folder: Path, fault: str, sign: str) -> None:
    with replica(folder, now=NOON, faults=1.0, only_fault=fault) as base:
        page = get(base, TWIN)
    assert sign in page
    assert "刊憲" not in page


def test_cut_and_busy_answers(folder: Path) -> None:
    with replica(folder, now=NOON, faults=1.0, only_fault="cut") as base, pytest.raises(IncompleteRead):
        get(base, PAGE)
    with replica(folder, now=NOON, faults=1.0, only_fault="503") as base:
        assert status(base, PAGE) == 503


def test_stands_alone(folder: Path) -> None:
    script = Path(__file__).parent / "replica.py"
    command = [sys.executable, str(script), str(folder), "--port", "0", "--now", NOON.isoformat(), "--filler", "0"]
    with subprocess.Popen(command, stdout=subprocess.PIPE, text=True) as running:
        assert running.stdout
        line = running.stdout.readline()
        try:
            assert "3 releases, 2 bills, 1 agendas" in line
            assert status(line.split()[2], PAGE) == 200
        finally:
            running.terminate()


def test_legcos_calendar_tables_and_votes_stand_as_they_did(folder: Path) -> None:
    row = "<tr><td>{}<br>(9/25)</td><td>Gas Order</td></tr>"
    page = {"url": "https://www.legco.gov.hk/yr2025/english/subleg/sub_2025.htm", "lang": "en", "html": row.format("4.4.25") + row.format("25.4.25")}
    told = {
        "terms": [{"term_id": 7, "term": "2022-2025", "start_date": "2022-01-01T00:00:00", "end_date": "2025-12-31T00:00:00"}],
        "sessions": [],
        "sittings": ["2025-10-22"],
        "votes": [{"vote_date": f"2025-04-{day}T00:00:00", "vote_time": f"2025-04-{day}T15:00:00"} for day in ("02", "30")],
    }
    (folder / "legco-pages.jsonl").write_text(json.dumps(page), "utf-8")
    (folder / "legco.json").write_text(json.dumps(told), "utf-8")
    with replica(folder, now=NOON) as base:
        assert odata(base, "ScheduleDB/odata/Tterm")["value"] == told["terms"]
        assert odata(base, "ScheduleDB/odata/Tsession")["value"] == []
        assert [m["start_date_time"] for m in odata(base, "ScheduleDB/odata/Tmeeting")["value"]][-1] == "2025-10-22T11:00:00"
        assert [v["vote_date"] for v in odata(base, "vrdb/odata/vVotingResult")["value"]] == ["2025-04-02T00:00:00"]
        assert get(base, page["url"]) == row.format("4.4.25")
