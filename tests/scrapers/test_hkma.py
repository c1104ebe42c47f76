import json
from collections.abc import Callable
from datetime import date, datetime
from typing import Any

import pytest

from milestones.domain.dates import HKT, Interval
from milestones.domain.documents import Form
from milestones.domain.errors import WrongPage
from milestones.services.ports import Listed, Listing
from scrapers.hkma import Hkma
from tests.scrapers.saved import answer, page

HKMA = Hkma()
NOW = datetime(2025, 7, 20, tzinfo=HKT)
JULY = [date(2025, 7, day) for day in (20, 19, 18)]
EN = "https://www.hkma.gov.hk/eng/news-and-media/press-releases/2025/07/20250718-4/"


def question(feed: str = "en") -> Listing:
    (listing,) = HKMA.listings(feed, JULY, NOW)
    return listing


def listed(body: bytes, listing: Listing | None = None) -> Listed:
    listing = listing or question()
    return HKMA.read_listing(listing, answer(body, listing.url, "application/json"))


def spoiled(change: Callable[[dict[str, Any]], object]) -> bytes:
    told = json.loads(page("hkma/releases_en.json"))
    change(told)
    return json.dumps(told).encode()


def records(count: int, total: int | None = None) -> bytes:
    rows = [{"title": f"Release {n}", "link": EN.replace("-4", f"-{n}"), "date": "2025-07-18"} for n in range(count)]
    return json.dumps({"header": {"success": True}, "result": {"datasize": count if total is None else total, "records": rows}}).encode()


def test_asked_is_one_question_a_month_which_goes_back_a_week_behind_the_first_day() -> None:
    found = list(HKMA.listings("zh", [*JULY, date(2025, 6, 30)], NOW))
    assert [(x.days, x.instead) for x in found] == [
        (Interval(date(2025, 7, 18), date(2025, 7, 20)), None),
        (Interval(date(2025, 6, 30), date(2025, 6, 30)), None),
    ]
    assert found[0].url == ("https://api.hkma.gov.hk/public/press-releases?lang=tc&choose=date&from=2025-07-11&to=2025-07-20&pagesize=100&offset=0")
    assert list(HKMA.listings("en", [], NOW)) == []


def test_releases_are_titles_with_a_day_and_no_minute_and_those_of_others_are_left_out() -> None:
    found = listed(page("hkma/releases_en.json"))
    assert [(d.headline, d.day) for d in found.documents] == [
        ("Register of stablecoin issuers opens", date(2025, 7, 18)),
        ("Tender results of Exchange Fund Bills", date(2025, 7, 15)),
        ("Authority warns of bogus “e-banking” websites", date(2025, 7, 14)),
    ]
    first = found.documents[0]
    assert (first.document_id, first.url, first.form, first.language) == (EN, EN, Form.PRESS_RELEASE, "en")
    assert (first.paragraphs, first.published_at) == ((), None)
    assert found.following is None


def test_chinese_releases_are_told_by_the_question_or_by_their_address() -> None:
    body = page("hkma/releases_zh.json")
    assert [d.language for d in listed(body, question("zh")).documents] == ["zh", "zh"]
    assert next((d.headline, d.language) for d in HKMA.read_records("", body)) == ("穩定幣發行人登記冊啟用", "zh")


def test_what_lies_outside_the_window_is_left_out() -> None:
    assert [d.day for d in listed(page("hkma/releases_en.json").replace(b"2025-07-14", b"2025-07-10")).documents if d.day] == [
        date(2025, 7, 18),
        date(2025, 7, 15),
    ]


@pytest.mark.parametrize(("count", "total", "follows"), [(100, 100, "offset=100"), (100, 250, "offset=100"), (60, 90, "offset=60"), (60, 60, None)])
def test_pages_follow_while_one_is_full_or_fewer_came_than_are_counted(count: int, total: int, follows: str | None) -> None:
    following = listed(records(count, total)).following
    assert (following and following.url.rpartition("&")[2]) == follows
    assert following is None or (following.days, following.instead) == (question().days, question().instead)


def test_no_release_in_the_window_must_be_borne_out_by_releases_of_other_days() -> None:
    following = listed(records(0)).following
    assert following
    assert following.url.endswith("?lang=en&sortby=date&sortorder=desc&pagesize=20")
    assert listed(records(3).replace(b"2025-07-18", b"2025-07-10"), following) == Listed()
    assert listed(records(0), following) == Listed(), "no status rests on it, and freshness is watched"
    with pytest.raises(WrongPage, match="and then gave one"):
        listed(records(3), following)


def test_where_the_interface_fails_the_english_feed_names_the_newest() -> None:
    feed = question().instead
    assert feed
    assert (feed.url, feed.days) == ("https://www.hkma.gov.hk/eng/other-information/rss/rss_press-release.xml", None)
    found = listed(page("hkma/rss_en.xml"), feed)
    both = {d.url: d.text_digest for d in listed(page("hkma/releases_en.json")).documents}
    assert len(found.documents) == 2
    assert all(both[d.url] == d.text_digest for d in found.documents), "the same release, whichever way it came"
    assert HKMA.read_records("", page("hkma/rss_en.xml")) == list(found.documents)
    with pytest.raises(WrongPage, match="no item that is a release"):
        listed(page("press-releases/rss_en.xml"), feed)


@pytest.mark.parametrize(
    ("wrong", "reason"),
    [
        (b"<html>Maintenance</html>", "no JSON"),
        (b"[]", "no JSON object"),
        (spoiled(lambda t: t["header"].update(success=False, err_msg="lang is required")), "failed: lang is required"),
        (spoiled(lambda t: t.pop("header")), "no header"),
        (spoiled(lambda t: t["result"].update(records=None)), "no list of records"),
        (spoiled(lambda t: t["result"].update(datasize="many")), "which is no number"),
        (spoiled(lambda t: t["result"]["records"][0].pop("title")), "no title or no link"),
        (spoiled(lambda t: t["result"]["records"].append("text")), "no title or no link"),
        (spoiled(lambda t: t["result"]["records"][0].update(date="18 Jul 2025")), "which is no day"),
        (records(3).replace(b"www.hkma.gov.hk", b"elsewhere.example"), "address of the Authority's site"),
        (records(0, 7), "counts 7 releases but gives none"),
    ],
)
def test_what_is_no_such_answer_is_refused_with_the_reason(wrong: bytes, reason: str) -> None:
    with pytest.raises(WrongPage, match=reason):
        listed(wrong)


def test_an_address_counts_once() -> None:
    twice = records(2).replace(b"20250718-1", b"20250718-0")
    assert [d.headline for d in listed(twice).documents] == ["Release 0"]


def test_a_page_that_never_ends_is_left() -> None:
    far = Listing(url=question().url.replace("offset=0", "offset=5000"), feed="en", days=question().days)
    with pytest.raises(WrongPage, match="more than 5000"):
        listed(records(100), far)


def test_the_shape_tells_of_a_field_that_is_gone() -> None:
    whole, without = page("hkma/releases_en.json"), spoiled(lambda t: [r.pop("date") for r in t["result"]["records"]])
    gone = HKMA.shape(answer(whole)).features - HKMA.shape(answer(without)).features
    assert gone == {"result.records[].date"}
    assert "pubDate" in HKMA.shape(answer(page("hkma/rss_en.xml"), "https://www.hkma.gov.hk/rss.xml")).features


def test_a_saved_answer_of_several_is_no_single_document() -> None:
    with pytest.raises(WrongPage, match="holds 3 releases"):
        HKMA.read_saved("", page("hkma/releases_en.json"))
    assert HKMA.read_saved("", records(1)).headline == "Release 0"
