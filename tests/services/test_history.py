from datetime import date, timedelta

from milestones.adapters.registry_files import load_registry
from milestones.bootstrap.headlines import names_what_is_followed
from milestones.domain.watching import Habits
from milestones.services.history import days_to_read, in_order, requests_ahead
from milestones.services.ports import Link
from tests.services.fakes import NOON, FakeBacklog, FakeCaptures, FakeSource

TODAY = date(2025, 3, 5)


def link(name: str, day: date, headline: str) -> Link:
    return Link(url=f"https://example.test/{name}", feed="en", day=day, headline=headline)


def test_lists_of_all_feeds_come_newest_first_and_live_ones_before_any_past():
    source = FakeSource(feeds=("en", "zh"))
    captures = FakeCaptures()
    days = days_to_read(source, captures, FakeBacklog(captures), since=date(2025, 3, 2), until=None, now=NOON)
    asked = [x.url.removeprefix("https://example.test/") for x in days.listings(source, NOON)]
    assert asked == [f"{feed}/2025-03-0{day}" for day in (5, 4, 3, 2) for feed in ("en", "zh")]


def test_order_by_what_headlines_say_in_both_languages():
    """With the names of the real registry."""
    day = TODAY - timedelta(days=300)
    rest = link("rest", TODAY, "Missing man in Tai Po located")
    links = [
        rest,
        link("old", day, "Water supply suspension"),
        link("lcq", day, "LCQ15: Public transport"),
        link("lcq-zh", day, "立法會十五題：公共交通"),
        link("notice", day, "LegCo to consider Fire Safety (Buildings) (Amendment) Bill"),
        link("bill-zh", day, "《穩定幣條例草案》刊憲"),
        link("bill", day, "Stablecoins Bill to be gazetted"),
    ]
    found = [x.url.rpartition("/")[2] for x in in_order(links, names_what_is_followed(load_registry()))]
    assert found == ["bill-zh", "bill", "notice", "lcq", "lcq-zh", "rest", "old"]


def test_the_estimate_counts_lists_known_links_and_what_days_usually_name():
    captures = FakeCaptures()
    backlog = FakeBacklog(captures)
    asked = {"since": TODAY - timedelta(days=9), "until": None, "now": NOON}
    source = FakeSource(habits=Habits(fresh_within=1, empty_day="", volume={"en": ((2, 6),) * 7}))
    assert requests_ahead(FakeSource(), captures, backlog, **asked) == 10, "ten lists; nobody knows what they name"
    assert requests_ahead(source, captures, backlog, **asked) == 10 + 10 * 4
    backlog.add("fake", [link("a", TODAY - timedelta(days=3), "known")], listed_at=NOON, run_id="r")
    backlog.close_list("fake", "en", TODAY - timedelta(days=3), listed=30, listed_at=NOON, run_id="r")
    assert requests_ahead(source, captures, backlog, **asked) == 9 + 1 + 9 * 30
