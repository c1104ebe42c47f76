import json
from dataclasses import replace
from datetime import date, datetime

import pytest

from milestones.domain.dates import HKT, Interval
from milestones.domain.errors import WrongPage
from milestones.services.ports import Link, Listed, Listing
from scrapers.press_counts import PressCounts
from tests.scrapers.saved import answer, page

COUNTS = PressCounts()
NOW = datetime(2025, 7, 20, 6, tzinfo=HKT)
DAYS = [date(2025, 7, day) for day in range(20, 0, -1)]
SEARCH = "https://api.data.gov.hk/v1/pressrelease/search"


def question(feed: str = "en") -> Listing:
    (listing,) = COUNTS.listings(feed, DAYS, NOW)
    return listing


def listed(body: bytes, feed: str = "en") -> Listed:
    return COUNTS.read_listing(question(feed), answer(body, question(feed).url, "application/json"))


def test_asked_for_is_the_week_until_today_of_one_office_after_the_other() -> None:
    first = question("zh")
    assert first.url == f"{SEARCH}?official=CE&lang=tc&startDate=2025-07-13&endDate=2025-07-20"
    assert first.days == Interval(date(2025, 7, 13), date(2025, 7, 20))
    offices, following = [], question()
    while following:
        offices.append(following.url.partition("official=")[2].partition("&")[0])
        assert following.days == first.days
        following = COUNTS.read_listing(following, answer(b"[]", following.url)).following
    assert len(offices) == len(set(offices)) == 18


def test_days_longer_ago_were_counted_when_they_were_recent() -> None:
    assert list(COUNTS.listings("en", [date(2025, 7, 1)], NOW)) == []


def test_a_list_names_releases_by_their_address_on_the_day_of_their_folder() -> None:
    found = listed(page("press-counts/search_en.json"))
    base = "https://www.info.gov.hk/gia/general/202507"
    assert found.named == (
        Link(url=f"{base}/17/P2025071600321.htm", feed="en", day=date(2025, 7, 17), headline="Chief Executive visits harbour lights"),
        Link(url=f"{base}/18/P2025071800123.htm", feed="en", day=date(2025, 7, 18), headline="CE's schedule"),
    )
    assert (found.links, found.documents, found.total) == ((), (), None), "nothing is asked for, and nothing is read"


def test_a_list_inside_an_answer_may_give_no_address() -> None:
    named = listed(page("press-counts/search_zh.json"), "zh").named
    assert [(link.url.rpartition("/")[2], link.day, link.feed) for link in named] == [
        ("P2025071600322.htm", date(2025, 7, 17), "zh"),
        ("", date(2025, 7, 18), "zh"),
    ]
    other = page("press-counts/search_zh.json").replace(b'"results"', b'"pressReleases"')
    assert listed(other, "zh").named == named


def test_what_lies_outside_the_week_is_left_out() -> None:
    for elsewhere in (b"202507/02", b"202507/21"):
        assert [x.day for x in listed(page("press-counts/search_en.json").replace(b"202507/17", elsewhere)).named] == [date(2025, 7, 18)]


@pytest.mark.parametrize(
    ("wrong", "reason"),
    [
        (b"REQUEST ERROR: official parameter missing", "no JSON"),
        (b'{"total": 3, "data": []}', "it has: data, total"),
        (b'{"results": "none"}', "it has: results"),
        (b'"text"', "it has: str"),
        (b'[{"headline": "x", "date": "2025-07-17"}]', "no title or no day that can be read; it has: date, headline"),
        (b'[{"title": "x", "date": "17 July 2025"}]', "no title or no day"),
        (b'[{"title": "x", "date": "2025-02-31"}]', "no title or no day"),
        (b'[{"title": "x", "date": 20250717}]', "no title or no day"),
        (b"[[]]", "no title or no day"),
    ],
)
def test_an_unknown_form_is_refused_with_the_names_it_has(wrong: bytes, reason: str) -> None:
    with pytest.raises(WrongPage, match=reason):
        listed(wrong)


def test_the_shape_is_the_names_of_the_fields() -> None:
    without = json.dumps([{"title": "x", "date": "2025-07-17"}]).encode()
    gone = COUNTS.shape(answer(page("press-counts/search_en.json"))).features - COUNTS.shape(answer(without)).features
    assert gone == {"[].content", "[].url"}


def test_it_has_no_documents_of_its_own() -> None:
    with pytest.raises(WrongPage):
        COUNTS.read_saved("", page("press-counts/search_en.json"))
    with pytest.raises(WrongPage):
        COUNTS.read_page(Link(url=SEARCH, feed="en", day=None), answer(b"[]"))
    assert replace(COUNTS).habits.counts_for == "press-releases"
