"""The labelled documents are well formed: a wrong label would ruin the measurement.

Each line has its fields, names known commitments and kinds, and gives days that exist; weekdays printed beside a day agree
with the calendar; twins say the same.
"""

import json
import re
from collections import Counter
from collections.abc import Iterator
from datetime import date, datetime, timedelta
from itertools import pairwise
from pathlib import Path
from typing import Any

import pytest

from milestones.domain.events import Kind

HERE = Path(__file__).parent
FILES = sorted(HERE.glob("*/*.jsonl"))
COMMITMENTS = {f"{prefix}-{number:02}" for prefix, last in (("IT", 25), ("IP", 18), ("HM", 7), ("DE", 12)) for number in range(1, last + 1)}
PRESS = {
    "id",
    "url",
    "url_invented",
    "lang",
    "published_at",
    "headline",
    "on_behalf_of",
    "paragraphs",
    "twin",
    "expected",
    "trap",
}
AGENDA = {"id", "url", "lang", "html", "meeting_date", "expected"}
EVENT = {"commitment", "event", "occurred_on", "state"}

WEEKDAYS = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday")
MONTHS = (
    *("January", "February", "March", "April", "May", "June"),
    *("July", "August", "September", "October", "November", "December"),
)
EN = re.compile(
    rf"({'|'.join(WEEKDAYS)}),? \(?({'|'.join(MONTHS)}) (\d{{1,2}})\b(?:, (\d{{4}}))?"
    rf"|({'|'.join(MONTHS)}) (\d{{1,2}})(?:, (\d{{4}}))? \(({'|'.join(WEEKDAYS)})\)"
)
NUMERAL = "[一二三四五六七八九十\\d]{1,3}"
ZH = re.compile(
    rf"(?:星期|周|禮拜)([一二三四五六日])（({NUMERAL})月({NUMERAL})日"
    rf"|({NUMERAL})月({NUMERAL})日[（(](?:星期|周|禮拜)([一二三四五六日])"
)


def documents(path: Path) -> list[dict[str, Any]]:
    return [json.loads(line) for line in path.read_text("utf-8").splitlines()]


ALL = [(path, document) for path in FILES for document in documents(path)]
CASES = [pytest.param(path, document, id=document["id"]) for path, document in ALL]


def number(words: str) -> int:
    """A Chinese numeral up to 99, or Arabic digits."""
    if words.isdigit():
        return int(words)
    tens, ten, units = words.rpartition("十")
    digits = "〇一二三四五六七八九"
    return (digits.index(tens) if tens else 1) * 10 * bool(ten) + (digits.index(units) if units else 0)


def dated_weekdays(text: str) -> Iterator[tuple[int, int, int | None, int]]:
    """(month, day, year or None, weekday) wherever a weekday stands beside a day."""
    for found in EN.finditer(text):
        before, month, day, year, other_month, other_day, other_year, after = found.groups()
        printed = year or other_year
        yield (
            MONTHS.index(month or other_month) + 1,
            int(day or other_day),
            int(printed) if printed else None,
            WEEKDAYS.index(before or after),
        )
    for found in ZH.finditer(text):
        before, month, day, other_month, other_day, after = found.groups()
        yield (
            number(month or other_month),
            number(day or other_day),
            None,
            "一二三四五六日".index(before or after),
        )


def near(month: int, day: int, to: date) -> list[date]:
    """The days of that name up to eight months from a document's own day: mostly one, two about half a year away."""
    named = [date(year, month, day) for year in range(to.year - 1, to.year + 2)]
    return [each for each in named if abs(each - to) <= timedelta(days=245)]


def test_ids_are_unique_and_texts_are_not_repeated() -> None:
    assert [each for each, times in Counter(d["id"] for _, d in ALL).items() if times > 1] == []
    bodies = Counter(d.get("html") or "\n".join(d["paragraphs"]) for _, d in ALL)
    assert max(bodies.values()) == 1


@pytest.mark.parametrize(("path", "document"), CASES)
def test_fields(path: Path, document: dict[str, Any]) -> None:
    wanted = AGENDA if "html" in document else PRESS
    assert wanted <= set(document) <= wanted | {"debatable", "trap", "twin"}
    assert document["lang"] in ("en", "zh")
    if "html" in document:
        date.fromisoformat(document["meeting_date"])
        return
    published = datetime.fromisoformat(document["published_at"])
    assert published.utcoffset() == timedelta(hours=8)
    day = f"{published:%Y%m%d}"
    assert re.search(rf"/general/{day[:6]}/{day[6:]}/P\d{{13}}\.htm$", document["url"])
    assert document["headline"]
    assert document["trap"]
    assert all(paragraph.strip() for paragraph in document["paragraphs"])


@pytest.mark.parametrize(("path", "document"), CASES)
def test_expected_events(path: Path, document: dict[str, Any]) -> None:
    seen_on = date.fromisoformat(document.get("meeting_date") or document["published_at"][:10])
    claims = []
    for event in document["expected"]:
        assert EVENT <= set(event) <= EVENT | {"background", "occurred_month", "debatable"}
        assert event["commitment"] in COMMITMENTS
        assert event["event"] in set(Kind)
        assert event["state"] in ("scheduled", "happened")
        if event["occurred_on"] is None:
            assert re.fullmatch(r"\d{4}-(0[1-9]|1[0-2])", event["occurred_month"])
        else:
            assert "occurred_month" not in event
            occurred_on = date.fromisoformat(event["occurred_on"])
            # A notice may be issued on the very day of what it announces; what has happened cannot lie ahead.
            assert occurred_on >= seen_on if event["state"] == "scheduled" else occurred_on <= seen_on
        claims.append(tuple(str(event.get(key)) for key in (*sorted(EVENT), "occurred_month")))
    assert len(set(claims)) == len(claims)


@pytest.mark.parametrize(("path", "document"), CASES)
def test_weekdays_agree_with_the_calendar(path: Path, document: dict[str, Any]) -> None:
    own = date.fromisoformat(document.get("meeting_date") or document["published_at"][:10])
    text = document.get("html") or "\n".join([document["headline"], *document["paragraphs"]])
    for month, day, year, weekday in dated_weekdays(text):
        meant = [date(year, month, day)] if year else near(month, day, own)
        assert weekday in {each.weekday() for each in meant}, f"{meant} not on a {WEEKDAYS[weekday]}"


def test_the_weekday_check_can_fail() -> None:
    assert list(dated_weekdays("on Wednesday (May 21) and June 15 (Monday)")) == [(5, 21, None, 2), (6, 15, None, 0)]
    assert list(dated_weekdays("星期三（五月二十一日）、十二月八日（星期一）")) == [(5, 21, None, 2), (12, 8, None, 0)]
    assert [number(each) for each in ("十", "二十", "三十一", "9")] == [10, 20, 31, 9]


def test_twins_point_at_each_other_and_expect_the_same() -> None:
    by_id = {document["id"]: document for _, document in ALL}
    pairs = [(by_id[d["id"]], by_id[d["twin"]]) for _, d in ALL if d.get("twin")]
    assert pairs
    for one, other in pairs:
        assert (other["twin"], {one["lang"], other["lang"]}) == (one["id"], {"en", "zh"})
        assert sorted(map(str, one["expected"])) == sorted(map(str, other["expected"]))


def test_ids_run_without_a_gap() -> None:
    for path in FILES:
        numbers = [int(re.sub(r"\D", "", document["id"])) for document in documents(path)]
        assert all(after == before + 1 for before, after in pairwise(numbers)), path.name
