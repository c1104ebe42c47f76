"""What lists say while a source is read, counted against what is known."""

from dataclasses import replace
from datetime import date, timedelta

from milestones.domain.coverage import CoverageRow
from milestones.domain.dates import Interval
from milestones.domain.watching import IN_ALL, Count, Habits
from milestones.services.overhearing import Overheard, counts
from milestones.services.ports import Answer, Link, Listed, Listing, Source
from tests.services.fakes import NOON, FakeCaptures, FakeSource, document

TODAY = date(2025, 3, 5)
YESTERDAY = TODAY - timedelta(days=1)
PAGE = "https://example.test/page"


def of_day(listing: Listing, listed: Listed, captures: FakeCaptures) -> list[Count]:
    overheard = Overheard(FakeSource())
    overheard.heard.append((listing, listed))
    return counts(overheard, captures, today=TODAY)


def coverage(day: date, listed: int, *, closed: bool = True) -> dict[tuple[str, str, date], CoverageRow]:
    return {("fake", "en", day): CoverageRow(source="fake", feed="en", day=day, listed=listed, read=listed, closed=closed)}


def test_reading_through_it_is_reading_the_source():
    source, overheard = FakeSource(), Overheard(FakeSource())
    as_port: Source = overheard
    listing = Listing(url="https://example.test/en/2025-03-04", feed="en", days=Interval(YESTERDAY, YESTERDAY))
    answer = Answer(url=listing.url, status=200, headers={}, body=PAGE.encode(), retrieved_at=NOON, record=b"")
    assert as_port.read_listing(listing, answer) == source.read_listing(listing, answer)
    assert [h[0] for h in overheard.heard] == [listing]
    assert (as_port.name, as_port.feeds, as_port.hosts, as_port.habits) == (source.name, source.feeds, source.hosts, source.habits)
    assert as_port.listings("en", [TODAY], NOON) == source.listings("en", [TODAY], NOON)
    assert as_port.read_page(Link(url=PAGE, feed="en", day=None), answer) == source.read_page(Link(url=PAGE, feed="en", day=None), answer)
    assert as_port.read_saved(PAGE, b"text") == source.read_saved(PAGE, b"text")
    assert as_port.shape(answer) == source.shape(answer)


def test_a_feed_is_counted_against_the_list_of_each_day_that_is_over():
    feed = Listing(url="https://example.test/rss", feed="en", days=None)
    links = tuple(Link(url=f"{PAGE}{n}", feed="en", day=YESTERDAY if n < 3 else TODAY) for n in range(5))
    found = of_day(feed, Listed(links=links), FakeCaptures(rows=coverage(YESTERDAY, 2)))
    assert found == [Count(source="fake", feed="en", day=YESTERDAY, counted_by="the feed", theirs=3, ours=2)]
    assert of_day(feed, Listed(links=links), FakeCaptures(rows=coverage(YESTERDAY, 2, closed=False))) == []
    assert of_day(feed, Listed(links=links), FakeCaptures()) == []


def test_a_database_is_counted_by_its_own_total_over_all_its_questions():
    known = [document(f"{PAGE}{n}") for n in range(3)]
    captures = FakeCaptures(documents={d.url: d for d in known[:2]})
    question = Listing(url="https://example.test/odata/Vbills?$filter=a", feed="en", days=Interval(YESTERDAY, TODAY))
    [count] = of_day(question, Listed(documents=tuple(known), total=3), captures)
    assert count == Count(source="fake", feed="en", day=TODAY, counted_by="Vbills" + IN_ALL, theirs=3, ours=2)
    overheard = Overheard(FakeSource())
    second = replace(question, url=question.url + "&$skip=3")
    overheard.heard.extend([(question, Listed(documents=tuple(known[:2]), total=3)), (second, Listed(documents=(known[2], known[1]), total=3))])
    [count] = counts(overheard, captures, today=TODAY)
    assert (count.theirs, count.ours) == (3, 3), "the count of all pages stands on each of them"


def test_one_document_of_many_rows_counts_nothing():
    schedule = Listing(url="https://example.test/odata/Tmeeting", feed="en", days=Interval(YESTERDAY, TODAY))
    assert of_day(schedule, Listed(documents=(document(PAGE),), total=9), FakeCaptures()) == []


def test_a_list_that_counts_its_own_links_is_no_other_count():
    index = Listing(url="https://example.test/en/2025-03-04", feed="en", days=Interval(YESTERDAY, YESTERDAY))
    assert of_day(index, Listed(links=(Link(url=PAGE, feed="en", day=YESTERDAY),), total=1), FakeCaptures()) == []


def test_a_schedule_is_counted_on_days_that_are_over():
    schedule = Listing(url="https://example.test/odata/Tmeeting", feed="en", days=Interval(YESTERDAY, TODAY))
    links = tuple(Link(url=f"{PAGE}{day}", feed="en", day=day) for day in (YESTERDAY, TODAY, date(2024, 1, 1)))
    captures = FakeCaptures(documents={links[0].url: document(links[0].url)})
    assert of_day(schedule, Listed(links=links), captures) == [
        Count(source="fake", feed="en", day=YESTERDAY, counted_by="the schedule", theirs=1, ours=1)
    ]


def test_what_a_search_names_of_another_source_is_counted_on_days_that_this_has_read_to_the_end():
    search = Overheard(FakeSource(name="search", habits=Habits(fresh_within=None, counts_for="fake", empty_day="nothing")))
    known, missing = (Link(url=f"{PAGE}{n}", feed="en", day=YESTERDAY) for n in range(2))
    today = Link(url=f"{PAGE}9", feed="en", day=TODAY)
    week = Listing(url="https://example.test/search?for=A", feed="en", days=Interval(YESTERDAY, TODAY))
    search.heard.append((week, Listed(named=(known, missing, today))))
    search.heard.append((replace(week, url="https://example.test/search?for=B"), Listed(named=(known,))))
    captures = FakeCaptures(documents={known.url: document(known.url)}, rows=coverage(YESTERDAY, 5))
    [count] = counts(search, captures, today=TODAY)
    assert count == Count(source="fake", feed="en", day=YESTERDAY, counted_by="search", theirs=2, ours=1), "named twice, it counts once"
    captures.rows = coverage(YESTERDAY, 5, closed=False)
    assert counts(search, captures, today=TODAY) == [], "what is not read to the end may still come"


def test_something_named_without_an_address_may_be_anything_that_is_known_of_its_day():
    search = Overheard(FakeSource(name="search", habits=Habits(fresh_within=None, counts_for="fake", empty_day="nothing")))
    named = tuple(Link(url="", feed="en", day=YESTERDAY, headline=f"Release {n}") for n in range(3))
    search.heard.append((Listing(url="https://example.test/search", feed="en", days=None), Listed(named=named)))
    for read, ours in ((5, 3), (2, 2)):
        [count] = counts(search, FakeCaptures(rows=coverage(YESTERDAY, read)), today=TODAY)
        assert (count.theirs, count.ours) == (3, ours)
