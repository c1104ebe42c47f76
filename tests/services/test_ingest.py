from dataclasses import dataclass, field
from datetime import date, timedelta

import pytest

from milestones.domain.dates import Interval
from milestones.domain.errors import WrongPage
from milestones.domain.watching import Habits
from milestones.services.asking import Desk
from milestones.services.ingest import ingest
from milestones.services.ports import Link, Listed, Listing
from tests.services.fakes import FakeArchive, FakeBacklog, FakeCaptures, FakeChecks, FakeNetwork, FakeRevisits, FakeSource, replayed

DAY, NEXT, TODAY = date(2025, 3, 3), date(2025, 3, 4), date(2025, 3, 5)


def index(day: date) -> str:
    return f"https://example.test/en/{day}"


@pytest.fixture
def pages() -> dict[str, str]:
    return {
        index(DAY): "https://example.test/a https://example.test/b",
        index(NEXT): "",
        index(TODAY): "https://example.test/c",
        "https://example.test/a": "first",
        "https://example.test/b": "second",
        "https://example.test/c": "third",
    }


@dataclass
class Kept:
    """What outlives a pass, as a database does."""

    captures: FakeCaptures = field(default_factory=FakeCaptures)
    archive: FakeArchive = field(default_factory=FakeArchive)
    revisits: FakeRevisits = field(default_factory=FakeRevisits)
    checks: FakeChecks = field(default_factory=FakeChecks)
    told: list[str] = field(default_factory=list)

    def __post_init__(self) -> None:
        self.backlog = FakeBacklog(self.captures)

    def desk(self, network: FakeNetwork) -> Desk:
        return Desk(
            fetch=network,
            archive=self.archive,
            replay=replayed,
            captures=self.captures,
            backlog=self.backlog,
            revisits=self.revisits,
            checks=self.checks,
            clock=lambda: network.now,
            run_id="run",
            progress=lambda what, _done, _total: self.told.append(what),
        )

    @property
    def closed(self) -> set[date]:
        return {row.day for row in self.captures.coverage() if row.closed}


def test_closes_past_days_but_never_today(pages):
    kept = Kept()
    summary = ingest(FakeSource(), kept.desk(FakeNetwork(pages)), since=DAY)
    assert (summary.documents, summary.failed, kept.closed) == (3, 0, {DAY, NEXT})
    assert kept.captures.rows["fake", "en", DAY].listed == kept.captures.rows["fake", "en", DAY].read == 2


def test_second_run_asks_only_for_what_is_open(pages):
    kept = Kept()
    ingest(FakeSource(), kept.desk(FakeNetwork(pages)), since=DAY)
    again = FakeNetwork(pages)
    summary = ingest(FakeSource(), kept.desk(again), since=DAY)
    assert again.asked == [index(TODAY)]
    assert summary.documents == 0


def test_an_outage_leaves_its_day_open_and_heals(pages):
    kept, network = Kept(), FakeNetwork(pages, broken={"https://example.test/b"})
    summary = ingest(FakeSource(), kept.desk(network), since=DAY)
    assert kept.closed == {NEXT}
    assert summary.errors == ["https://example.test/b: https://example.test/b does not answer"]
    healed = FakeNetwork(pages)
    ingest(FakeSource(), kept.desk(healed), since=DAY)
    assert kept.closed == {DAY, NEXT}
    assert "https://example.test/a" not in healed.asked


def test_a_wrong_page_is_archived_quarantined_and_stops_nothing(pages):
    pages["https://example.test/a"] = "wrong"
    kept = Kept()
    summary = ingest(FakeSource(), kept.desk(FakeNetwork(pages)), since=DAY)
    [row] = kept.captures.quarantine_rows
    assert (row["url"], row["stage"], row["reason"]) == ("https://example.test/a", "page", "no release")
    assert row["capture"] in kept.captures.captures
    assert set(kept.captures.documents) == {"https://example.test/b", "https://example.test/c"}
    assert summary.failed == 1
    assert kept.closed == {NEXT}


def test_a_wrong_index_leaves_its_day_open(pages):
    pages[index(DAY)] = "wrong"
    kept = Kept()
    ingest(FakeSource(), kept.desk(FakeNetwork(pages)), since=DAY)
    assert kept.closed == {NEXT}
    assert [q["stage"] for q in kept.captures.quarantine_rows] == ["listing"]


def test_newest_days_first_and_a_slice_leaves_the_rest(pages):
    before = date(2025, 3, 1)
    pages |= {index(before): "", index(before + timedelta(days=1)): ""}
    kept, network = Kept(), FakeNetwork(pages)
    summary = ingest(FakeSource(), kept.desk(network), since=before, slice_of=4)
    assert network.asked == [index(TODAY), "https://example.test/c", index(NEXT), index(DAY)]
    assert summary.left == 3, "two days without a list, one whose documents are unread"
    ingest(FakeSource(), kept.desk(FakeNetwork(pages)), since=before)
    assert kept.closed == {before, before + timedelta(days=1), DAY, NEXT}


def test_days_once_begun_are_never_forgotten(pages):
    """An outage longer than the default window: the first day ever read stays the first day to read."""
    kept = Kept()
    ingest(FakeSource(), kept.desk(FakeNetwork(pages, broken={index(NEXT)})), since=DAY)
    ingest(FakeSource(), kept.desk(FakeNetwork(pages)), since=TODAY)
    assert kept.closed == {DAY, NEXT}


def test_until_ends_the_days(pages):
    kept = Kept()
    ingest(FakeSource(), kept.desk(FakeNetwork(pages)), since=DAY, until=DAY)
    assert {r.day for r in kept.captures.coverage()} == {DAY}


def test_every_fetch_is_logged_with_its_capture_or_its_error(pages):
    kept = Kept()
    ingest(FakeSource(), kept.desk(FakeNetwork(pages, broken={index(NEXT)})), since=DAY)
    by_url = {f["url"]: f for f in kept.captures.fetches}
    assert by_url[index(NEXT)]["error"].startswith("Unreachable: ")
    assert by_url[index(NEXT)]["capture"] is None
    assert by_url[index(DAY)]["capture"] in kept.captures.captures


def test_archived_before_parsing(pages):
    archived = []

    class Fragile(FakeSource):
        def read_page(self, link, answer):
            archived.append(answer.record in kept.archive.records.values())
            raise WrongPage("never mind")

    kept = Kept()
    summary = ingest(Fragile(), kept.desk(FakeNetwork(pages)), since=DAY)
    assert summary.failed == 3
    assert archived == [True] * 3


def test_a_page_that_breaks_its_parser_is_quarantined_and_stops_nothing(pages):
    class Fragile(FakeSource):
        def read_page(self, link, answer):
            return super().read_page(link, answer) if "a" not in link.url[-1] else 1 / 0

    kept = Kept()
    ingest(Fragile(), kept.desk(FakeNetwork(pages)), since=DAY)
    assert [q["reason"] for q in kept.captures.quarantine_rows] == ["ZeroDivisionError: division by zero"]
    assert kept.closed == {NEXT}


def test_a_source_that_does_not_answer_is_left_alone_and_its_days_stay_open(pages):
    kept, network = Kept(), FakeNetwork(pages, broken=set(pages))
    summary = ingest(FakeSource(), kept.desk(network), since=date(2025, 2, 1))
    assert len(network.asked) == summary.failed == 3
    assert summary.left == 30
    assert kept.closed == set()


def test_one_answer_between_silences_keeps_patience(pages):
    network = FakeNetwork(pages, broken={"https://example.test/a", "https://example.test/b"})
    summary = ingest(FakeSource(), Kept().desk(network), since=DAY)
    assert (summary.failed, summary.left) == (2, 0)


def test_a_page_announced_for_a_day_ahead_may_still_be_missing():
    class Calendar(FakeSource):
        def read_listing(self, listing, answer):
            return Listed(links=(Link(url="https://example.test/agenda", feed="en", day=date(2025, 3, 9)),))

    kept = Kept()
    summary = ingest(Calendar(), kept.desk(FakeNetwork({index(NEXT): "calendar"})), since=NEXT, until=NEXT)
    assert (summary.errors, kept.closed) == ([], {NEXT})


def test_a_page_listed_for_a_past_day_must_not_be_missing(pages):
    del pages["https://example.test/a"]
    kept = Kept()
    summary = ingest(FakeSource(), kept.desk(FakeNetwork(pages)), since=DAY)
    assert summary.errors == ["https://example.test/a: https://example.test/a is not there"]
    assert DAY not in kept.closed


# ---- what lists named is kept ------------------------------------------------------------------------------------------------


def test_a_closed_list_is_not_asked_again_and_what_it_named_is_read(pages):
    kept = Kept()
    ingest(FakeSource(), kept.desk(FakeNetwork(pages, broken={"https://example.test/b"})), since=DAY)
    del pages[index(DAY)]
    again = FakeNetwork(pages)
    ingest(FakeSource(), kept.desk(again), since=DAY)
    assert again.asked == [index(TODAY), "https://example.test/b"]
    assert kept.closed == {DAY, NEXT}


def test_a_listed_page_that_is_missing_on_two_days_is_gone_and_holds_nothing_open(pages):
    del pages["https://example.test/a"]
    kept, network = Kept(), FakeNetwork(pages)
    for _ in range(2):
        assert ingest(FakeSource(), kept.desk(network), since=DAY).failed == 1, "one day's word is not enough"
    network.now += timedelta(days=1)
    pages[index(date(2025, 3, 6))] = ""
    summary = ingest(FakeSource(), kept.desk(network), since=DAY)
    assert (summary.failed, summary.gone, "1 gone from the site" in summary.line()) == (0, 1, True)
    assert DAY in kept.closed
    assert (kept.captures.rows["fake", "en", DAY].listed, kept.captures.rows["fake", "en", DAY].read) == (2, 1)
    [row] = kept.captures.quarantine_rows
    assert (row["stage"], "2025-03-05" in row["reason"], "2025-03-06" in row["reason"]) == ("gone", True, True)
    network.asked.clear()
    ingest(FakeSource(), kept.desk(network), since=DAY)
    assert "https://example.test/a" not in network.asked


def test_bodies_come_in_the_order_that_answers_soonest():
    class Titled(FakeSource):
        def read_listing(self, listing, answer):
            named = [line.split("|") for line in answer.body.decode().splitlines()]
            return Listed(links=tuple(Link(url=u, feed="en", day=listing.days.first, headline=h) for u, h in named))

    pages = {index(date(2025, 3, n)): "" for n in (2, 3, 4, 5)}
    pages[index(date(2025, 3, 2))] = "https://x/notice|LegCo to consider a bill\nhttps://x/named|Stablecoins at last"
    pages[index(DAY)] = "https://x/rest|Missing man found\nhttps://x/question|LCQ4: Trains\nhttps://x/zh|立法會四題：鐵路"
    texts = {u.split("|")[0]: "text" for body in pages.values() for u in body.splitlines()}
    network = FakeNetwork(pages | texts)
    ingest(Titled(), Kept().desk(network), since=date(2025, 3, 2), is_named=lambda headline: "Stablecoins" in headline)
    assert network.asked[4:] == [f"https://x/{name}" for name in ("named", "notice", "question", "zh", "rest")]


def test_both_ends_named_bound_the_days(pages):
    """As a backfill does, a day a run."""
    kept = Kept()
    ingest(FakeSource(), kept.desk(FakeNetwork(pages, broken={index(DAY)})), since=DAY)
    network = FakeNetwork(pages)
    ingest(FakeSource(), kept.desk(network), since=NEXT, until=NEXT)
    assert network.asked == []
    ingest(FakeSource(), kept.desk(network), since=DAY, until=DAY)
    assert kept.closed == {DAY, NEXT}


# ---- only what changed -------------------------------------------------------------------------------------------------------


def test_an_unchanged_list_counts_as_read_with_its_earlier_capture(pages):
    kept, network = Kept(), FakeNetwork(pages, tagged=True, broken={"https://example.test/c"})
    ingest(FakeSource(), kept.desk(network), since=DAY)
    network.broken.clear()
    summary = ingest(FakeSource(), kept.desk(network), since=DAY)
    assert network.spared == [index(TODAY)]
    assert summary.documents == 1, "what the unchanged list names is still read"
    first, second = [f for f in kept.captures.fetches if f["url"] == index(TODAY)]
    assert (second["status"], second["capture"]) == (304, first["capture"])


def test_every_fourth_time_a_list_is_asked_for_whole(pages):
    kept, network = Kept(), FakeNetwork(pages, tagged=True)
    for _ in range(9):
        ingest(FakeSource(), kept.desk(network), since=TODAY)
    statuses = [f["status"] for f in kept.captures.fetches if f["url"] == index(TODAY)]
    assert statuses == [200, 304, 304, 304, 200, 304, 304, 304, 200]


def test_a_wrong_page_is_never_taken_for_the_version_that_stands(pages):
    pages[index(TODAY)] = "wrong"
    kept, network = Kept(), FakeNetwork(pages, tagged=True)
    for _ in range(2):
        ingest(FakeSource(), kept.desk(network), since=TODAY)
    assert network.spared == []


def test_a_page_announced_for_a_day_ahead_is_read_again_if_it_changed():
    class Calendar(FakeSource):
        def read_listing(self, listing, answer):
            return Listed(links=(Link(url="https://example.test/agenda", feed="en", day=date(2025, 3, 9)),))

    kept, network = Kept(), FakeNetwork({index(TODAY): "calendar", "https://example.test/agenda": "one item"}, tagged=True)
    ingest(Calendar(), kept.desk(network), since=TODAY)
    ingest(Calendar(), kept.desk(network), since=TODAY)
    network.pages["https://example.test/agenda"] = "two items"
    ingest(Calendar(), kept.desk(network), since=TODAY)
    assert network.spared.count("https://example.test/agenda") == 1
    assert [s.document.paragraphs for s in kept.captures.versions] == [("one item",), ("two items",)]


# ---- lists that are not there, and lists in several pages --------------------------------------------------------------------


@pytest.mark.parametrize(("decisive", "failed"), [(True, 1), (False, 0)])
def test_a_list_that_is_not_there_fails_only_sources_that_decide(decisive, failed):
    source = FakeSource(habits=Habits(fresh_within=1, empty_day="", decisive=decisive))
    kept = Kept()
    summary = ingest(source, kept.desk(FakeNetwork({})), since=TODAY)
    assert (summary.failed, len(summary.absent), summary.blind) == (failed, 1 - failed, decisive)
    assert ("no such list: https://example.test/en/2025-03-05" in summary.line()) is not decisive
    assert kept.closed == set()


def test_a_page_of_a_list_that_cannot_be_read_holds_open_only_the_days_it_is_about():
    class InPages(FakeSource):
        def listings(self, feed, days, now):
            return [Listing(url="https://example.test/1", feed=feed, days=Interval(min(days), max(days)))] if days else []

        def read_listing(self, listing, answer):
            rest = Listing(url="https://example.test/2", feed=listing.feed, days=Interval(NEXT, TODAY))
            return Listed(links=(Link(url="https://example.test/a", feed="en", day=DAY),), following=rest if listing.url.endswith("1") else None)

    pages = {"https://example.test/1": "", "https://example.test/2": "", "https://example.test/a": "text"}
    kept = Kept()
    summary = ingest(InPages(), kept.desk(FakeNetwork(pages, broken={"https://example.test/2"})), since=DAY)
    assert (kept.closed, summary.failed) == ({DAY}, 1)
    ingest(InPages(), kept.desk(FakeNetwork(pages)), since=DAY)
    assert kept.closed == {DAY, NEXT}


def test_how_every_page_is_built_is_kept_also_where_it_cannot_be_read(pages):
    pages["https://example.test/a"] = "wrong"
    kept = Kept()
    ingest(FakeSource(), kept.desk(FakeNetwork(pages)), since=DAY)
    assert {url for url, _ in kept.checks.seen} == set(pages)


def test_where_a_list_cannot_be_read_another_is_read_instead_and_its_days_stay_open(pages):
    @dataclass(frozen=True)
    class WithFeed(FakeSource):
        def listings(self, feed, days, now):
            rss = Listing(url="https://example.test/rss", feed=feed, days=None)
            return [Listing(url=index(d), feed=feed, days=Interval(d, d), instead=rss) for d in days]

        def read_listing(self, listing, answer):
            return Listed(links=tuple(Link(url=u, feed=listing.feed, day=DAY) for u in answer.body.decode().split()))

    kept = Kept()
    network = FakeNetwork({**pages, "https://example.test/rss": "https://example.test/c"}, broken={index(DAY)})
    summary = ingest(WithFeed(), kept.desk(network), since=DAY)
    assert network.asked.count("https://example.test/rss") == 1, "only for the list that failed"
    assert "https://example.test/c" in kept.captures.documents
    assert summary.failed == 1
    assert DAY not in kept.closed
    assert NEXT in kept.closed
