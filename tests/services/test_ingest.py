from datetime import date

import pytest

from milestones.domain.errors import WrongPage
from milestones.services.asking import Desk
from milestones.services.ingest import ingest
from milestones.services.ports import Link, Listed
from tests.services.fakes import NOON, FakeArchive, FakeCaptures, FakeNetwork, FakeSource

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


def desk(network: FakeNetwork, captures: FakeCaptures, told: list[str] | None = None) -> Desk:
    return Desk(
        fetch=network,
        archive=FakeArchive(),
        captures=captures,
        clock=lambda: NOON,
        run_id="run",
        progress=lambda what, _done, _total: told.append(what) if told is not None else None,
    )


def closed(captures: FakeCaptures) -> set[date]:
    return {r.day for r in captures.coverage() if r.closed}


def test_closes_past_days_but_never_today(pages):
    captures = FakeCaptures()
    summary = ingest(FakeSource(), desk(FakeNetwork(pages), captures), since=DAY)
    assert (summary.documents, summary.failed, closed(captures)) == (3, 0, {DAY, NEXT})
    assert captures.rows["fake", "en", DAY].listed == captures.rows["fake", "en", DAY].read == 2


def test_second_run_asks_only_for_what_is_open(pages):
    captures = FakeCaptures()
    ingest(FakeSource(), desk(FakeNetwork(pages), captures), since=DAY)
    again = FakeNetwork(pages)
    summary = ingest(FakeSource(), desk(again, captures), since=DAY)
    assert again.asked == [index(TODAY)]
    assert summary.documents == 0


def test_an_outage_leaves_its_day_open_and_heals(pages):
    captures, network = FakeCaptures(), FakeNetwork(pages, broken={"https://example.test/b"})
    summary = ingest(FakeSource(), desk(network, captures), since=DAY)
    assert closed(captures) == {NEXT}
    assert summary.errors == ["https://example.test/b: https://example.test/b does not answer"]
    healed = FakeNetwork(pages)
    ingest(FakeSource(), desk(healed, captures), since=DAY)
    assert closed(captures) == {DAY, NEXT}
    assert "https://example.test/a" not in healed.asked


def test_a_wrong_page_is_archived_quarantined_and_stops_nothing(pages):
    pages["https://example.test/a"] = "wrong"
    captures = FakeCaptures()
    summary = ingest(FakeSource(), desk(FakeNetwork(pages), captures), since=DAY)
    [row] = captures.quarantine_rows
    assert (row["url"], row["stage"], row["reason"]) == ("https://example.test/a", "page", "no release")
    assert row["capture"] in captures.captures
    assert set(captures.documents) == {"https://example.test/b", "https://example.test/c"}
    assert summary.failed == 1
    assert closed(captures) == {NEXT}


def test_a_wrong_index_leaves_its_day_open(pages):
    pages[index(DAY)] = "wrong"
    captures = FakeCaptures()
    ingest(FakeSource(), desk(FakeNetwork(pages), captures), since=DAY)
    assert closed(captures) == {NEXT}
    assert [q["stage"] for q in captures.quarantine_rows] == ["listing"]


def test_newest_days_first_and_a_slice_leaves_the_rest(pages):
    captures, network = FakeCaptures(), FakeNetwork(pages)
    summary = ingest(FakeSource(), desk(network, captures), since=DAY, slice_of=2)
    assert network.asked[0] == index(TODAY)
    assert summary.left == 2
    ingest(FakeSource(), desk(FakeNetwork(pages), captures), since=DAY)
    assert closed(captures) == {DAY, NEXT}


def test_days_once_begun_are_never_forgotten(pages):
    """An outage longer than the default window: the first day ever read stays the first day to read."""
    captures = FakeCaptures()
    ingest(FakeSource(), desk(FakeNetwork(pages, broken={index(NEXT)}), captures), since=DAY)
    ingest(FakeSource(), desk(FakeNetwork(pages), captures), since=TODAY)
    assert closed(captures) == {DAY, NEXT}


def test_until_ends_the_days(pages):
    captures = FakeCaptures()
    ingest(FakeSource(), desk(FakeNetwork(pages), captures), since=DAY, until=DAY)
    assert {r.day for r in captures.coverage()} == {DAY}


def test_every_fetch_is_logged_with_its_capture_or_its_error(pages):
    captures = FakeCaptures()
    ingest(FakeSource(), desk(FakeNetwork(pages, broken={index(NEXT)}), captures), since=DAY)
    by_url = {f["url"]: f for f in captures.fetches}
    assert by_url[index(NEXT)]["error"].startswith("Unreachable: ")
    assert by_url[index(NEXT)]["capture"] is None
    assert by_url[index(DAY)]["capture"] in captures.captures


def test_archived_before_parsing(pages):
    class Fragile(FakeSource):
        def read_page(self, link, answer):
            assert captures.captures, "nothing was archived yet"
            raise WrongPage("never mind")

    captures = FakeCaptures()
    summary = ingest(Fragile(), desk(FakeNetwork(pages), captures), since=DAY)
    assert summary.failed == 3


def test_a_source_that_does_not_answer_is_left_alone_and_its_days_stay_open(pages):
    captures, network = FakeCaptures(), FakeNetwork(pages, broken=set(pages))
    summary = ingest(FakeSource(), desk(network, captures), since=date(2025, 2, 1))
    assert len(network.asked) == summary.failed == 3
    assert summary.left == 30
    assert closed(captures) == set()


def test_one_answer_between_silences_keeps_patience(pages):
    network = FakeNetwork(pages, broken={"https://example.test/a", "https://example.test/b"})
    summary = ingest(FakeSource(), desk(network, FakeCaptures()), since=DAY)
    assert (summary.failed, summary.left) == (2, 0)


def test_a_page_announced_for_a_day_ahead_may_still_be_missing():
    class Calendar(FakeSource):
        def read_listing(self, listing, answer):
            return Listed(links=(Link(url="https://example.test/agenda", feed="en", day=date(2025, 3, 9)),))

    captures = FakeCaptures()
    summary = ingest(Calendar(), desk(FakeNetwork({index(NEXT): "calendar"}), captures), since=NEXT, until=NEXT)
    assert (summary.errors, closed(captures)) == ([], {NEXT})


def test_a_page_listed_for_a_past_day_must_not_be_missing(pages):
    del pages["https://example.test/a"]
    captures = FakeCaptures()
    summary = ingest(FakeSource(), desk(FakeNetwork(pages), captures), since=DAY)
    assert summary.errors == ["https://example.test/a: https://example.test/a is not there"]
    assert DAY not in closed(captures)
