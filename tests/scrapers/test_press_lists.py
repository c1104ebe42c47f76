from datetime import date, datetime

import pytest

from milestones.domain.dates import HKT, Interval
from milestones.domain.errors import WrongPage
from milestones.services.ports import Link, Listing
from scrapers.press_addresses import issue_day, release_address
from scrapers.press_releases import PressReleases
from tests.scrapers.saved import answer, page

PRESS = PressReleases()
DAY = date(2025, 3, 20)


def index(day: date = DAY, feed: str = "en") -> Listing:
    return next(iter(PRESS.listings(feed, [day], datetime(2030, 1, 1, tzinfo=HKT))))


def test_today_is_read_from_the_feed_first_and_every_day_from_its_index() -> None:
    found = list(PRESS.listings("zh", [DAY, date(2025, 3, 19)], datetime(2025, 3, 20, 0, 30, tzinfo=HKT)))
    assert [(w.url, w.days) for w in found] == [
        ("https://www.info.gov.hk/gia/rss/general_zh.xml", None),
        ("https://www.info.gov.hk/gia/general/202503/20c.htm", Interval(DAY, DAY)),
        ("https://www.info.gov.hk/gia/general/202503/19c.htm", Interval(date(2025, 3, 19), date(2025, 3, 19))),
    ]


def test_index_of_2017_and_later() -> None:
    listed = PRESS.read_listing(index(), answer(page("press-releases/index_en_2017.htm")))
    assert listed.links == (
        Link(
            url="https://www.info.gov.hk/gia/general/202503/20/P2025032000500.htm", feed="en", day=DAY, headline="Harbour lights dimmed (with photo)"
        ),
        Link(
            url="https://www.info.gov.hk/gia/general/202503/20/P2025031900398.htm",
            feed="en",
            day=DAY,
            headline="Pilot licences for delivery drones issued (with photos)",
        ),
    )
    assert listed.total == 2


def test_index_of_2012_with_absolute_and_simplified_addresses() -> None:
    listed = PRESS.read_listing(index(date(2012, 7, 3), "zh"), answer(page("press-releases/index_zh_2012.htm")))
    assert [link.url for link in listed.links] == [
        "https://www.info.gov.hk/gia/general/201207/03/P201207030436.htm",
        "https://www.info.gov.hk/gia/general/201207/03/P201207020611.htm",
    ]


def test_an_index_without_a_printed_day_is_dated_by_the_folder_of_its_rows() -> None:
    listed = PRESS.read_listing(index(date(2016, 6, 7)), answer(page("press-releases/index_en_bare.htm")))
    assert [link.headline for link in listed.links] == ["Ferry pier reopens"]
    with pytest.raises(WrongPage, match="dated 2016-06-07"):
        PRESS.read_listing(index(date(2016, 6, 8)), answer(page("press-releases/index_en_bare.htm")))


def test_an_empty_index_counts_only_with_the_right_day_on_it() -> None:
    assert PRESS.read_listing(index(), answer(page("press-releases/index_en_empty.htm"))).links == ()
    with pytest.raises(WrongPage, match="dated 2025-03-20, not 2025-03-21"):
        PRESS.read_listing(index(date(2025, 3, 21)), answer(page("press-releases/index_en_empty.htm")))
    with pytest.raises(WrongPage, match="dated nowhere"):
        PRESS.read_listing(index(), answer(b"<html><body><h1>System maintenance</h1></body></html>"))


@pytest.mark.parametrize("row", ['<li><a href="/gia/general/202503/20/Q1.html">New sort of address</a></li>', "<li>A row without a link</li>"])
def test_an_index_whose_rows_cannot_be_told_is_no_empty_day(row: str) -> None:
    body = page("press-releases/index_en_empty.htm").replace(b"</ul>", f"{row}</ul>".encode())
    with pytest.raises(WrongPage, match="rows"):
        PRESS.read_listing(index(), answer(body))


def test_a_cut_index_is_no_short_day() -> None:
    body = page("press-releases/index_en_2017.htm")
    with pytest.raises(WrongPage, match="cut"):
        PRESS.read_listing(index(), answer(body[: body.index(b"</ul>")]))


def rss(body: bytes) -> tuple[Link, ...]:
    listing = Listing(url="https://www.info.gov.hk/gia/rss/general_en.xml", feed="en", days=None)
    return PRESS.read_listing(listing, answer(body)).links


def test_rss_items_with_their_hong_kong_day() -> None:
    links = rss(page("press-releases/rss_en.xml"))
    assert [(link.url.rpartition("/")[2], link.day, link.headline) for link in links] == [
        ("P2025032000500.htm", DAY, "Harbour lights dimmed (with photo)"),
        ("P2025031900398.htm", DAY, "Night bus trial"),
    ]


@pytest.mark.parametrize(
    "body",
    [
        b"<html><body>System maintenance</body></html>",
        b'<?xml version="1.0"?><rss version="2.0"><channel><title>x</title></channel></rss>',
        page("press-releases/rss_en.xml").replace(b"<rss", b'<!DOCTYPE rss [<!ENTITY a SYSTEM "file:///etc/passwd">]><rss').replace(b"Night", b"&a;"),
    ],
)
def test_what_is_no_feed_is_refused(body: bytes) -> None:
    with pytest.raises(WrongPage):
        rss(body)


def test_a_cut_feed_is_refused() -> None:
    body = page("press-releases/rss_en.xml")
    with pytest.raises(WrongPage, match="cut"):
        rss(body[:-200])


@pytest.mark.parametrize(
    ("href", "address"),
    [
        ("P2025032000500p.htm", None),
        ("/gia/general/202503/20/P2025032000500p.htm", "https://www.info.gov.hk/gia/general/202503/20/P2025032000500.htm"),
        (
            "//sc.isd.gov.hk/gb/www.info.gov.hk/gia/general/202503/20/P2025032000500.htm",
            "https://www.info.gov.hk/gia/general/202503/20/P2025032000500.htm",
        ),
        ("http://www.info.gov.hk/gia/general/201207/03/P201207030436.htm#top", "https://www.info.gov.hk/gia/general/201207/03/P201207030436.htm"),
        ("/gia/general/202513/20/P2025032000500.htm", None),
        ("javascript:alert(1)", None),
        ("http://[bad/gia/general/202503/20/P2025032000500.htm", None),
        ("https://www.info.gov.hk.evil.example/gia/general/202503/20/P2025032000500.htm", None),
    ],
)
def test_one_address_per_release(href: str, address: str | None) -> None:
    assert release_address(href) == address


def test_the_day_of_issue_is_the_folder_never_the_number() -> None:
    assert issue_day("https://www.info.gov.hk/gia/general/202009/16/P2020091500123.htm") == date(2020, 9, 16)


def test_releases_of_other_days_in_the_navigation_are_no_rows() -> None:
    body = page("press-releases/index_en_2017.htm")
    news = b'<body><a href="/gia/general/202503/18/P2025031800001.htm">Most read</a>'
    assert PRESS.read_listing(index(), answer(body.replace(b"<body>", news))) == PRESS.read_listing(index(), answer(body))
    with pytest.raises(WrongPage, match="none of 2025-03-20"):
        PRESS.read_listing(index(), answer(page("press-releases/index_en_empty.htm").replace(b"</ul>", news[6:] + b"</ul>")))


def test_a_list_without_headlines_is_refused() -> None:
    with pytest.raises(WrongPage, match="no headlines"):
        rss(page("press-releases/rss_en.xml").replace(b"<title>", b"<name>").replace(b"</title>", b"</name>"))


def test_usual_numbers_are_told_for_every_weekday() -> None:
    assert {feed: len(days) for feed, days in PRESS.habits.volume.items()} == {"en": 7, "zh": 7}
    assert all(least < most for days in PRESS.habits.volume.values() for least, most in days)
